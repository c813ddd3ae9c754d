"""The report of a consolidation (取込結果.xlsx): readable by someone who did not run it.

1. A row per department with what is to be done next, a row per file, a row per finding, the weightiest first.
2. Links lead from 結果 to the file and the cell; names with odd signs are spelled as links need them.
3. Every sheet has filters and headings on every page of A4; only the findings, of ten columns, lie across.
4. Where nothing was found, it says so in words.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.excel.table_book.table_writer import write_tables
from kohyo.tables.reports import file_link, findings_table
from kohyo.workspace.folder import Workspace
from tests.usecases.small import DEPARTMENTS, NOW, Small, made_up_plan

ODD = "6月分 #2 (100%)/市民局 [最終].xlsx"


@pytest.fixture(scope="module")
def reported_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after a defective return under an odd name, a good one and a file that is no workbook."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("reported"))
    made.send("市民局", {"2-1": {"state": "だめ", "saving": "３００"}}, name=ODD)
    made.send("東区役所")
    (made.workspace.returns / "メモ.txt").write_text("メモ", encoding="utf-8")
    made.consolidate()
    return made


@pytest.fixture
def reported(reported_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return reported_origin.copied(tmp_path)


def _book(small: Small) -> Workbook:
    return openpyxl.load_workbook(small.workspace.results / "取込結果.xlsx")


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads = [str(cell.value) for cell in sheet[2]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]


def _link(sheet: Worksheet, row: int, head: str) -> tuple[str, str | None]:
    """Return where the link of a row (from 0) leads: the file from the report, and the place in it."""
    cell = sheet.cell(row + 3, [cell.value for cell in sheet[2]].index(head) + 1)
    assert cell.hyperlink is not None
    target = unquote(str(cell.hyperlink.target)).replace("\\", "/")
    return target, cell.hyperlink.location


def test_a_row_per_department(reported: Small) -> None:
    """Who stands where, and what is to be done next, with a link to what is to be sent (1, 2)."""
    sheet = _book(reported)["部別"]
    rows = {str(row["担当局"]): row for row in _rows(sheet)}
    assert tuple(rows) == DEPARTMENTS
    assert [row["状況"] for row in rows.values()] == ["未提出", "差戻し", "受理", "未提出", "未提出"]
    assert (rows["市民局"]["誤り"], rows["市民局"]["ファイル"]) == (1, 1)
    assert "差戻し_市民局_第2回.xlsx" in str(rows["市民局"]["次にすること"])
    assert rows["東区役所"]["次にすること"] == "ありません。"
    target, _ = _link(sheet, list(rows).index("市民局"), "開く")
    assert (reported.workspace.results / target).resolve().is_file()


def test_a_row_per_file(reported: Small) -> None:
    """Every file with its outcome, round and time of receipt; a file of nobody says so (1)."""
    rows = {str(row["ファイル"]): row for row in _rows(_book(reported)["ファイル別"])}
    assert set(rows) == {ODD, "調査票_東区役所.xlsx", "メモ.txt"}
    assert (rows[ODD]["結果"], rows[ODD]["回"], rows[ODD]["受付"]) == ("差戻し", 1, "6月1日 9:00")
    assert rows["メモ.txt"]["担当局"] == "（部が分からないファイル）"


def test_the_weightiest_finding_first(reported: Small) -> None:
    """誤り before 確認 before 情報; each with its place, the sentence and how to mend (1)."""
    rows = _rows(_book(reported)["指摘一覧"])
    order = [str(row["重さ"]) for row in rows]
    assert order == sorted(order, key=["誤り", "確認", "情報"].index)
    assert {"誤り", "情報"} <= set(order)
    (wrong,) = [row for row in rows if row["番号"] == "K203"]
    assert (wrong["担当局"], wrong["ファイル"], wrong["シート"], wrong["欄"]) == (
        "市民局",
        ODD,
        "カード2-1",
        "進み具合",
    )
    assert all(str(row["内容"]).strip() and str(row["直し方"]).strip() for row in rows)


def test_a_finding_leads_to_its_cell(reported: Small) -> None:
    """The link of a finding opens the file that came back, at the cell; without a cell the file (2)."""
    sheet = _book(reported)["指摘一覧"]
    assert {bool(row["セル"]) for row in _rows(sheet)} == {True, False}
    for place, row in enumerate(_rows(sheet)):
        target, location = _link(sheet, place, "開く")
        assert (reported.workspace.results / target).resolve() == (reported.workspace.returns / str(row["ファイル"]))
        assert location == (f"'{row['シート']}'!{row['セル']}" if row["セル"] else None)


def test_every_sheet_prints(reported: Small) -> None:
    """Filters on the headings, which stand on every page; A4, one page wide, upright where there is room (3)."""
    book = _book(reported)
    assert len(book.sheetnames) > 1
    for sheet in book:
        assert str(sheet.auto_filter.ref).startswith("A2:")
        assert sheet.print_title_rows == "$2:$2"
        lies = "landscape" if sheet.title == "指摘一覧" else "portrait"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (lies, 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_nothing_to_tell_is_said(tmp_path: Path) -> None:
    """An empty list is no empty table (4)."""
    write_tables(tmp_path / "表.xlsx", made_up_plan(), [findings_table((), {}, "../回収")], created=NOW)
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")["指摘一覧"]
    assert sheet["A3"].value == "指摘はありません。"
    assert sheet.auto_filter.ref is None


@pytest.mark.parametrize(
    ("file", "place", "link"),
    [
        ("", ("", ""), ""),
        ("総務部.xlsx", ("", ""), "external:../回収/総務部.xlsx"),
        ("a b.xlsx", ("1-1", "B2"), "external:../回収/a%20b.xlsx#'1-1'!B2"),
        ("50%#1.xlsx", ("だれ'か", "C3"), "external:../回収/50%25%231.xlsx#'だれ''か'!C3"),
        ("x.xlsx", ("1-1", ""), "external:../回収/x.xlsx"),
    ],
)
def test_links_are_spelled_as_links(file: str, place: tuple[str, str], link: str) -> None:
    """What means something else in a link is escaped; without a cell it leads to the file (2)."""
    assert file_link("../回収", file, *place) == link

"""Files that hold the plan's list.

1. Text is read in every encoding that an office saves: UTF-8 with or without mark, UTF-16 with mark, cp932.
2. The separator is found by the heading; quoted cells may hold separators, quotes and line breaks.
3. A line's place is the line it begins on; a workbook's place is its sheet and cell.
4. Stray quotes in running text swallow nothing.
5. Workbooks are told by content, read with their hidden sheets left out.
6. Days are the days that Excel shows, also in a workbook that counts them from 1904, as days or as bare numbers.
7. What cannot be read is a FileError that says why; what holds no list is one finding.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.definition.load import shipped
from kohyo.definition.seed import shipped_list
from kohyo.errors import FileError
from kohyo.excel.list_book.list_file import file_lines, read_list_file
from kohyo.messages import describe_problem, located
from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from tests.documents import made_up_document, plan_document

HEADING = ["番号", "到達点", "項目名", "概要", "所管部"]
ROWS = [
    HEADING,
    ["1-1", "1", "広報", "広く知らせる。", "政策経営部"],
    ["2-1", "2", "健診", "改める。", "総務部、区長室"],
]
READ = [("1-1", 1, "広報", "広く知らせる。", "政策経営部"), ("2-1", 2, "健診", "改める。", "総務部、区長室")]


def _text(separator: str = "\t", rows: list[list[str]] | None = None) -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows or ROWS)


def _facts(path: Path, plan: Plan) -> list[tuple[str, int, str, str, str]]:
    rows, findings = read_list_file(path, plan)
    assert findings == ()
    return [(str(row.number), row.goal, row.title, row.overview, row.owners) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_every_encoding_and_separator(tmp_path: Path, plan: Plan, encoding: str, separator: str) -> None:
    """A table is read alike however it was saved, and whatever its name says (1, 2)."""
    path = tmp_path / "取組み 一覧.dat"
    path.write_bytes(_text(separator).encode(encoding))
    assert _facts(path, plan) == READ


def test_big_endian_text(tmp_path: Path, plan: Plan) -> None:
    """The mark tells which way round UTF-16 is (1)."""
    path = tmp_path / "一覧.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + _text().encode("utf-16-be"))
    assert _facts(path, plan) == READ


def test_quoted_cells(tmp_path: Path, plan: Plan) -> None:
    """A quoted cell holds commas, quotes and line breaks; the next row's place is the line it begins on (2, 3)."""
    path = tmp_path / "一覧.csv"
    path.write_text(
        '番号,項目名,概要,所管部\n1-1,広報,"一行目,\n二""行""目",政策経営部\n1-2,見直し,改める。,政策経営部\n',
        encoding="utf-8",
    )
    rows, _ = read_list_file(path, plan)
    assert rows[0].overview == '一行目,\n二"行"目'
    assert [row.place for row in rows] == [Place("一覧.csv", "", "2行目"), Place("一覧.csv", "", "4行目")]


def test_stray_quotes_swallow_nothing(tmp_path: Path, plan: Plan) -> None:
    """A quote that is never closed belongs to the text it stands in (4)."""
    path = tmp_path / "計画.txt"
    path.write_text('"はじめに\n' + _text(), encoding="utf-8")
    assert _facts(path, plan) == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_laid_out_as_the_plan(tmp_path: Path, plan: Plan, encoding: str) -> None:
    """Running text with the plan's list is a list file (1)."""
    path = tmp_path / "計画.txt"
    _, *items = shipped_list(plan.plan.code)
    path.write_text(made_up_document(items), encoding=encoding)
    assert _facts(path, plan) == [(number, int(goal), *texts) for number, goal, *texts in items]


@pytest.mark.documents
def test_the_plan_document(plan: Plan, documents: Sequence[Path]) -> None:
    """The text of the plan document itself is a list file (1)."""
    assert len(_facts(plan_document(documents), plan)) == 93


def test_a_workbook(tmp_path: Path, plan: Plan) -> None:
    """A workbook is told by content; a hidden sheet does not count; places are sheet and cell (3, 5)."""
    path = tmp_path / "一覧.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("表紙").write(0, 0, "取組み一覧")
        sheet, old = book.add_worksheet("一覧"), book.add_worksheet("昔")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row + 2, 1, cells)
            old.write_row(row, 0, cells)
        sheet.write_number(3, 2, 1)
        old.hide()
    assert _facts(path, plan) == READ
    assert read_list_file(path, plan)[0][0].place == Place("一覧.csv", "一覧", "B4")


def test_a_workbook_whose_number_became_a_date(tmp_path: Path, plan: Plan) -> None:
    """The finding leads to the cell (3)."""
    path = tmp_path / "一覧.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("一覧")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        sheet.write_datetime(1, 0, date(2024, 1, 1), book.add_format({"num_format": "m-d"}))
    rows, findings = read_list_file(path, plan)
    assert [(finding.code, finding.place) for finding in findings] == [("K308", Place("一覧.xlsx", "一覧", "A2"))]
    assert len(rows) == 1


def test_a_far_cell_does_not_widen_every_line(tmp_path: Path, plan: Plan) -> None:
    """A stray cell in the last column costs nothing and hides nothing (5)."""
    path = tmp_path / "一覧.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("一覧")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        sheet.write(0, 2000, "x")
    assert _facts(path, plan) == READ
    assert {len(line) for line in file_lines(path, lambda _line: True)} == {256}


@pytest.mark.parametrize("content", [b"", "ただの文\n".encode(), "番号,項目名\n1-1,広報\n".encode("cp932")])
def test_what_holds_no_list_is_one_finding(tmp_path: Path, plan: Plan, content: bytes) -> None:
    """Text without a heading gives no items and says what was looked for (7)."""
    path = tmp_path / "何か.txt"
    path.write_bytes(content)
    rows, findings = read_list_file(path, plan)
    assert (rows, [finding.code for finding in findings]) == ((), ["K301"])
    assert "何か.txt" in located(findings[0])


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xfe\x00", b"\x81"])
def test_what_is_no_text_is_an_error(tmp_path: Path, plan: Plan, content: bytes) -> None:
    """A picture or a broken text is refused in one sentence (7)."""
    path = tmp_path / "絵.txt"
    path.write_bytes(content)
    with pytest.raises(FileError) as raised:
        read_list_file(path, plan)
    assert raised.value.key == "list_not_text"
    assert "絵.txt" in describe_problem(raised.value)


def test_a_broken_workbook_is_an_error(tmp_path: Path, plan: Plan) -> None:
    """A broken zip, a locked or an old workbook is an error that carries the reader's own sentence (7)."""
    path = tmp_path / "一覧.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(FileError) as raised:
        read_list_file(path, plan)
    assert raised.value.key == "list_unreadable"
    assert raised.value.fields["reason"]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path, plan: Plan) -> None:
    """A missing file, or a folder, is an error with its path (7)."""
    for path in (tmp_path / "ない.tsv", tmp_path):
        with pytest.raises(FileError) as raised:
            read_list_file(path, plan)
        assert raised.value.key == "unreadable"


@pytest.mark.parametrize("shown", ["yyyy/mm/dd", "General"])
@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path, epoch: datetime, shown: str) -> None:
    """A day of a Macintosh's workbook is no four years off, whatever its cell's format says (6)."""
    days = [date(2024, 4, 1), date(1991, 3, 31), date(2027, 12, 31)] if shown != "General" else [date(2024, 4, 1)]
    plan = shipped("facilities")
    book = openpyxl.Workbook()
    book.epoch = epoch
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["施設番号", "施設名", "所在地", "所管部", "しゅん工日"])
    for serial, day in enumerate(days, 1):
        sheet.append([f"1-{serial}", "会館", "本町", "市民部", to_excel(day, epoch)])  # type: ignore[no-untyped-call]
        sheet.cell(serial + 1, 5).number_format = shown
    book.save(tmp_path / "一覧.xlsx")
    rows, findings = read_list_file(tmp_path / "一覧.xlsx", plan)
    assert [row.values["built_on"].value if "built_on" in row.values else None for row in rows] == days, findings

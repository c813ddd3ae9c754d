"""Printed tables read into the definition.

1. Every table that ships is read again from a text of the documents' layout: grids under one row of headings or two,
   bands above a grid, cards; nothing of the running text becomes a row.
2. The documents' own text gives the tables' rows, letter by letter; what the package rewords comes in full.
3. A workbook is read as well, merged cells and all; a total stays one.
4. What fits no column is told with its place; without the headings nothing is read.
5. The use case writes the rows into the definition; a second time, and of the same rows, nothing changes.
6. Of a table of figures a row is one that has a name and figures where they belong: notes, units, rows that stand one
   column too far, headings of another table and what stands below the end are told and taken nowhere; the upper of two
   rows of headings counts as the lower does, in whatever order the columns stand.
7. Rows that the definition's own checks do not hold with are not taken: what they miss is told of the real file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

import kohyo
from kohyo.definition.load import shipped
from kohyo.errors import DefinitionError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.list_book.printed_table import read_printed_table
from kohyo.model.data_table import DataTable
from kohyo.model.plan import Plan
from tests.usecases.small import new_small

BEFORE = "はじめに\n\n方針の説明です。\t\n\n| 別の | 表 |\n\n"
AFTER = "\n\n本文が続きます。\n\n次の\t表\nここは\t別のもの\n"


def _table(plan: Plan, name: str) -> DataTable:
    return next(table for table in plan.tables if table.name == name)


def _fiscal(table: DataTable) -> Iterator[str]:
    yield "区分\t\t令和4年度\t\t\t令和5年度\t\t"
    yield "\t\t予算額\t増減額\t増減率\t予算額\t増減額\t増減率"
    kind = ""
    for row in table.rows:
        bold = "<b>{}</b>" if row.get("total") else "{}"
        cells = [str(row.get(column.key, "")) for column in table.columns]
        shown = [bold.format(cell) if cell else "" for cell in cells]
        if "item" not in row:
            yield "\t".join([shown[0], *shown[2:], ""])
        else:
            yield "\t".join(["" if cells[0] == kind else cells[0], *shown[1:]])
        kind = cells[0]


def _grid(table: DataTable) -> Iterator[str]:
    yield "\t".join(table.headings)
    last = ""
    for row in table.rows:
        cells = [str(row.get(column.key, "")) for column in table.columns]
        yield "\t".join(["" if cells[0] == last else cells[0], *cells[1:]])
        last = cells[0]


def _pillars(table: DataTable) -> Iterator[str]:
    for pillar in dict.fromkeys(row["pillar"] for row in table.rows):
        yield from ("", "## 政策の柱", "", str(pillar), "", "No\t施策名")
        yield from (f"施策{row['no']}\t{row['name']}" for row in table.rows if row["pillar"] == pillar)


def _viewpoints(table: DataTable) -> Iterator[str]:
    for policy in dict.fromkeys(row["policy"] for row in table.rows):
        yield from ("", f"### {policy}", "", "視点\t取組み名")
        last = ""
        for row in (row for row in table.rows if row["policy"] == policy):
            again = "【再掲】" if row.get("reposted") else ""
            mark = ("<b>DX</b> " if len(last) % 2 else "DX ") if row.get("dx") else ""
            shown = "" if row["viewpoint"] == last else str(row["viewpoint"])
            yield f"{shown}\t{mark}{row['initiative']}{again}"
            last = str(row["viewpoint"])


def _themes(table: DataTable) -> Iterator[str]:
    for row in table.rows:
        entries = row["examples"]
        assert isinstance(entries, tuple)
        listed = " ".join(f"<li>✓ {entry}</li>" for entry in entries)
        yield from ("", f"### {row['mark']} {row['theme']}", "", f"課題\t{row['issue']}", f"方針\t{row['direction']}")
        yield f'例\t<ul style="list-style-type: none"> {listed}</ul> '


LAYOUTS = {
    "財政見通し": _fiscal,
    "DX推進方針": _grid,
    "政策の柱と施策": _pillars,
    "行政経営改革10の視点": _viewpoints,
    "重点的取組み項目": _themes,
}
DOCUMENTS = {
    "財政見通し": "今後2年間の財政見通し",
    "DX推進方針": "Re・Designの取組みイメージ",
    "政策の柱と施策": "施策19",
    "行政経営改革10の視点": "【基本方針3】",
    "重点的取組み項目": "① 大量定型事務",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_text_of_the_documents_layout_is_read(plan: Plan, name: str, tmp_path: Path) -> None:
    """The rows are those that were printed, without a finding (1)."""
    table = _table(plan, name)
    path = tmp_path / "本文.txt"
    path.write_text(BEFORE + "\n".join(LAYOUTS[name](table)) + AFTER, encoding="utf-8")
    assert read_printed_table(path, table) == (table.rows, ())


@pytest.mark.documents
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_own_text_is_read(plan: Plan, documents: tuple[Path, ...], name: str) -> None:
    """As many rows as the table has, and every text of them stands in the document (2)."""
    table = _table(plan, name)
    (path,) = [path for path in documents if DOCUMENTS[name] in path.read_text(encoding="utf-8")]
    text = path.read_text(encoding="utf-8")
    rows, findings = read_printed_table(path, table)
    assert (len(rows), findings) == (len(table.rows), ())
    for row, known in zip(rows, table.rows, strict=True):
        assert row.keys() == known.keys()
        for value in row.values():
            parts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
            assert all(part in text for part in parts)
    if name in ("財政見通し", "政策の柱と施策"):
        assert rows == table.rows


def test_a_workbook_is_read_too(plan: Plan, tmp_path: Path) -> None:
    """A title above, merged cells, a list one a line; a row that was a total is one again (3)."""
    table = _table(plan, "財政見通し")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["財政見通し"])
    sheet.append(["区分", None, "令和4年度", None, None, "令和5年度"])
    sheet.append([None, None, *(["予算額", "増減額", "増減率"] * 2)])
    sheet.append(["歳入", "特別区税", "120,000", "▲1", "0.1%", "121,000", "1,000", "0.8%"])
    sheet.append([None, "歳入合計（A）", "120,000", "▲1", "0.1%", "121,000", "1,000", "0.8%"])
    sheet.merge_cells("A4:A5")
    path = tmp_path / "表.xlsx"
    book.save(path)
    rows, findings = read_printed_table(path, table)
    assert findings == ()
    assert [(row["kind"], row["item"], row.get("total")) for row in rows] == [
        ("歳入", "特別区税", None),
        ("歳入", "歳入合計（A）", True),
    ]
    assert rows[0]["r4_change"] == "▲1"


def test_what_fits_no_column_is_told(plan: Plan, tmp_path: Path) -> None:
    """A word for a number, and a cell beside the last column, each at its line; the rest is read (4)."""
    table = _table(plan, "政策の柱と施策")
    path = tmp_path / "本文.txt"
    path.write_text("政策の柱\tNo\t施策名\n健康\t施策一\t防災\n\t施策2\t福祉\tはみ出し\n", encoding="utf-8")
    rows, findings = read_printed_table(path, table)
    assert rows == ({"pillar": "健康", "name": "防災"}, {"pillar": "健康", "no": 2, "name": "福祉"})
    assert [(one.code, one.value, one.place.cell) for one in findings] == [
        ("K317", "施策一", "2行目"),
        ("K317", "はみ出し", "3行目"),
    ]


_HEADS = "区分\t\t令和4年度\t\t\t令和5年度\t\t\n\t\t予算額\t増減額\t増減率\t予算額\t増減額\t増減率"
_TAX = "歳入\t特別区税\t120\t1\t0.1%\t121\t2\t0.8%"
_GRANT = "\t特別区交付金\t50\t▲1\t▲0.1%\t51\t1\t2.0%"
_SUM = "歳入合計（A）\t170\t0\t0.1%\t172\t2\t1.2%\t"
_PLAIN = {"特別区税": "120", "特別区交付金": "50", "歳入合計（A）": "170"}
_BENT: dict[str, tuple[list[str], dict[str, str], list[str]]] = {
    "as printed": ([_HEADS, _TAX, _GRANT, _SUM], _PLAIN, []),
    "a note between": ([_HEADS, _TAX, "※ 概数です。", _GRANT, _SUM], _PLAIN, ["K318"]),
    "a note in two cells": ([_HEADS, _TAX, _GRANT, _SUM, "（注）\t概数です。"], _PLAIN, ["K318"]),
    "a row of units": ([_HEADS, "\t\t円\t円\t％\t円\t円\t％", _TAX, _GRANT, _SUM], _PLAIN, ["K318"]),
    "a page's headings again": ([_HEADS, _TAX, _HEADS, _GRANT, _SUM], _PLAIN, []),
    "another table below": ([_HEADS, _TAX, _GRANT, _SUM, "", "種別\t件数\t額", "工事\t3\t9"], _PLAIN, ["K318"]),
    "lines go on below a heading": ([_HEADS, _TAX, "うち主なもの", _GRANT, _SUM], {"特別区税": "120"}, ["K318"]),
    "one column too far": ([_HEADS, _TAX, f"\t{_GRANT}", _SUM], {"特別区税": "120", "歳入合計（A）": "170"}, ["K318"]),
    "nothing above": ([_HEADS, _GRANT, _SUM], {"歳入合計（A）": "170"}, ["K318"]),
    "no figure for a total": (
        [_HEADS, _TAX, "財政収支\t－\t－\t－\t1\t1\t1%\t"],
        {"特別区税": "120", "財政収支": "－"},
        [],
    ),
    "twice": ([_HEADS, _TAX, _SUM, "", "特別会計", _HEADS, _TAX, _SUM], {}, ["K319"]),
    "other years": ([_HEADS.replace("令和4", "令和6"), _TAX, _SUM], {}, ["K316"]),
    "years in another order": (
        ["区分\t\t令和5年度\t\t\t令和4年度\t\t", _HEADS.split("\n")[1], _TAX, _GRANT, _SUM],
        {"特別区税": "121", "特別区交付金": "51", "歳入合計（A）": "172"},
        [],
    ),
}


@pytest.mark.parametrize("bent", _BENT)
def test_a_table_that_is_printed_otherwise(plan: Plan, bent: str, tmp_path: Path) -> None:
    """What is taken is right, and what is not taken is told (6)."""
    lines, expected, codes = _BENT[bent]
    table = _table(plan, "財政見通し")
    path = tmp_path / "本文.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    rows, findings = read_printed_table(path, table)
    assert {table.name_of(row): row["r4"] for row in rows} == expected
    assert [found.code for found in findings] == codes
    assert {row["kind"] for row in rows if "item" in row} <= {"歳入"}


def test_without_its_headings_nothing_is_read(plan: Plan, tmp_path: Path) -> None:
    """A text that prints another table is one finding, and names the headings that are looked for (4)."""
    path = tmp_path / "本文.txt"
    path.write_text(BEFORE + AFTER, encoding="utf-8")
    read = [read_printed_table(path, table) for table in plan.tables]
    assert [(rows, [found.code for found in findings]) for rows, findings in read] == [((), ["K316"])] * len(
        plan.tables
    )
    for table, (_, (found,)) in zip(plan.tables, read, strict=True):
        bare = [f"{at}列目（見出しのない列）" for at, one in enumerate(table.columns, 1) if not one.under + one.label]
        assert [name for name in found.context["labels"].split("、") if name.endswith("列）")] == bare
    assert any("列目（見出しのない列）" in found.context["labels"] for _, (found,) in read)


def test_the_definition_takes_the_rows(tmp_path: Path) -> None:
    """The official wording stands in 計画定義.xlsx; again, nothing changes; an unknown table is named (5)."""
    root = kohyo.new_workspace(tmp_path / "作業").root
    table = _table(shipped("setagaya-r6"), "政策の柱と施策")
    path = tmp_path / "本文.txt"
    path.write_text("\n".join(_pillars(table)).replace("地域防災力の向上", "地域の防災力を高める"), encoding="utf-8")
    done = kohyo.import_table(root, path, "政策の柱と施策")
    assert (done.rows, done.changed, done.needs_person) == (19, 1, False)
    definition = root / "計画定義.xlsx"
    assert _table(read_definition(definition), "政策の柱と施策").rows[0]["name"] == "地域の防災力を高める"
    before = definition.read_bytes()
    assert kohyo.import_table(root, path, "政策の柱と施策").changed == 0
    assert definition.read_bytes() == before
    with pytest.raises(UsageError) as caught:
        kohyo.import_table(root, path, "ない表")
    assert "財政見通し" in str(caught.value.fields["known"])
    bare = kohyo.new_workspace(tmp_path / "施設", "facilities").root
    with pytest.raises(UsageError, match="データの表の列"):
        kohyo.import_table(bare, path, "財政見通し")


def test_rows_that_contradict_a_check_are_not_taken(tmp_path: Path) -> None:
    """A total that a check of sums names is not printed any more: 計画定義.xlsx stays, and its places are told (7)."""
    small = new_small(tmp_path / "作業")
    before = small.workspace.definition.read_bytes()
    path = tmp_path / "見込み.tsv"
    path.write_text("区分\t\t令和12年度\t\t確認\t根拠\n\t\t額\t増減額\t\t\n歳入\t市税\t1\t1\t\t\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"(?s)計画定義 計画定義\.xlsx の次の1か所.*元のまま.*「合計」") as caught:
        kohyo.import_table(small.root, path, "財源の見込み")
    assert "00001" not in str(caught.value)
    assert small.workspace.definition.read_bytes() == before

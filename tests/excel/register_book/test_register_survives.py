"""What the secretariat added to the register survives every save.

1. Sheets, columns, comments, colours, widths, heights, filters, rules and choices stay (read by openpyxl).
2. Every part but the sheets that changed stays byte for byte, so nothing is lost that would have to be named.
3. Rows may be sorted, columns moved, a title put above: what stands beside a row stays beside it.
4. A row grows with a long text and never shrinks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kohyo.excel.register_book import load_register
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.ooxml.packages import parts, rewrite
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    column_of,
    new_register,
    retitled,
    sample_item,
    sample_register,
)

YELLOW = PatternFill("solid", fgColor="FFFF00")
STRANGE = {
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
    "xl/media/image9.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "customXml/item1.xml": b"<b:Sources xmlns:b='x'/>",
}
"""Parts that a workbook of Excel's may have and that openpyxl does not make."""


def put(cell: Cell | MergedCell, value: Any) -> None:  # noqa: ANN401 - whatever a cell holds
    """Put a value into a cell as Excel moves it: a text stays a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def decorate(book: Workbook) -> None:
    """Do to the register all that a secretariat does to a workbook."""
    items = book["項目"]
    note = items.max_column + 1
    items.cell(1, note, "メモ")
    items.cell(2, note, "部長に確認ずみ")
    items.cell(3, note, date(2024, 7, 1))
    items["B2"].comment = Comment("番号はこれでよいか", "事務局")
    items["B2"].fill = YELLOW
    items.column_dimensions["D"].width = 77
    items.row_dimensions[3].hidden = True
    items.auto_filter.add_filter_column(1, ["1-1", "1-3"])
    items.conditional_formatting.add("D2:D9", CellIsRule(operator="equal", formula=["1"], fill=YELLOW))  # type: ignore[no-untyped-call]
    rule = DataValidation(type="list", formula1='"済,未"')
    rule.add("AZ2:AZ9")
    items.add_data_validation(rule)
    own = book.create_sheet("事務局メモ", 1)
    own.append(["覚え書き", 3])
    own["B2"] = "=B1*2"
    chart = BarChart()
    chart.add_data(Reference(own, min_col=2, min_row=1))
    own.add_chart(chart, "D2")


@pytest.fixture
def decorated(tmp_path: Path, plan: Plan) -> Path:
    """Return a register with everything on it that a secretariat may add."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        decorate(book)
    rewrite(path, STRANGE)
    return path


def extended(register: Register, plan: Plan) -> Register:
    """Return the register with another title on its first item and one item more."""
    new = retitled(register, "新しい題")
    return replace(new, items=(*new.items, sample_item(plan, 4)))


def test_what_was_added_is_still_there(decorated: Path, plan: Plan) -> None:
    """A second reader finds all of it after a save that changed an item and added one (1)."""
    change(decorated, plan, lambda register: extended(register, plan))
    items = openpyxl.load_workbook(decorated)["項目"]
    note = column_of(items, "メモ")
    assert [items.cell(row, note).value for row in (2, 3)] == ["部長に確認ずみ", items.cell(3, note).value]
    assert str(items.cell(3, note).value).startswith("2024-07-01")
    assert (items["B2"].comment.text, items["B2"].fill.fgColor.rgb) == ("番号はこれでよいか", YELLOW.fgColor.rgb)
    assert (items.column_dimensions["D"].width, items.row_dimensions[3].hidden) == (77, True)
    assert items.auto_filter.filterColumn[0].filters.filter == ["1-1", "1-3"]
    assert [str(area.sqref) for area in items.conditional_formatting] == ["D2:D9"]
    assert "AZ2:AZ9" in [str(rule.sqref) for rule in items.data_validations.dataValidation]


def test_a_sheet_of_their_own_stays(decorated: Path, plan: Plan) -> None:
    """Its place, values, formulas and chart are those it had (1)."""
    change(decorated, plan, lambda register: extended(register, plan))
    book = openpyxl.load_workbook(decorated)
    own = book["事務局メモ"]
    assert book.sheetnames[1] == own.title
    assert ([cell.value for cell in own[1]][:2], own["B2"].value) == (["覚え書き", 3], "=B1*2")
    assert len(own._charts) == 1  # type: ignore[attr-defined]


def test_every_part_but_the_changed_sheets_stays(decorated: Path, plan: Plan) -> None:
    """A save exchanges 項目 and 競合, which shows its titles; all else is the same byte for byte (2)."""
    before = parts(decorated)
    change(decorated, plan, lambda register: extended(register, plan))
    after = parts(decorated)
    assert set(after) == set(before)
    assert [name for name in after if after[name] != before[name]] == [
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet11.xml",
    ]


def test_saving_again_and_again_loses_nothing(decorated: Path, plan: Plan) -> None:
    """Not one save but every one keeps it, and the file does not swell (2)."""
    change(decorated, plan, lambda register: retitled(register, "題0"))
    first = parts(decorated)
    for number in range(1, 9):
        change(decorated, plan, lambda register, number=number: retitled(register, f"題{number}"))  # type: ignore[misc]
    last = parts(decorated)
    assert {name: len(content) for name, content in last.items()} == {name: len(first[name]) for name in first}


def test_sorted_rows_keep_what_stands_beside_them(decorated: Path, plan: Plan) -> None:
    """Rows in another order are the same register; a change goes to the row of its item (3)."""
    with by_hand(decorated) as book:
        sheet = book["項目"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=4)]
        for place, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                put(sheet.cell(place, column), value)
    loaded, _ = change(decorated, plan, lambda register: replace(register, items=_renamed(register)))
    assert (loaded.edits, loaded.findings) == ((), ())
    assert [item.id for item in loaded.register.items] == ["K0003", "K0002", "K0001"]
    sheet = openpyxl.load_workbook(decorated)["項目"]
    title, note = column_of(sheet, "項目名"), column_of(sheet, "メモ")
    assert (sheet.cell(4, title).value, sheet.cell(4, note).value) == ("改めた名前", "部長に確認ずみ")
    assert sheet.cell(2, title).value == "取組み3"


def _renamed(register: Register) -> tuple[Item, ...]:
    return tuple(item.with_value("title", "改めた名前") if item.id == "K0001" else item for item in register.items)


def test_moved_columns_and_a_title_above(tmp_path: Path, plan: Plan) -> None:
    """Columns are found by their headings, wherever they and the heading row stand (3)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    register = load_register(path, plan).register
    with by_hand(path) as book:
        sheet = book["項目"]
        title = column_of(sheet, "項目名")
        sheet.insert_cols(1)
        for row in range(1, sheet.max_row + 1):
            put(sheet.cell(row, 1), sheet.cell(row, title + 1).value)
        sheet.delete_cols(title + 1)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "令和6年度　台帳（事務局用）"
    loaded, _ = change(path, plan, lambda register: retitled(register, "改めた名前"))
    assert (loaded.register, loaded.findings, loaded.edits) == (register, (), ())
    sheet = openpyxl.load_workbook(path)["項目"]
    assert [sheet[cell].value for cell in ("A1", "A3", "A4")] == ["令和6年度　台帳（事務局用）", "項目名", "改めた名前"]


def test_a_row_grows_and_never_shrinks(tmp_path: Path, plan: Plan) -> None:
    """A long text makes its row higher; a row that was made high by hand stays so (4)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        book["項目"].row_dimensions[3].height = 300
    long = "長い文です。" * 60

    def longer(register: Register) -> Register:
        return replace(register, items=tuple(item.with_value("overview", long) for item in register.items))

    change(path, plan, longer)
    sheet = openpyxl.load_workbook(path)["項目"]
    assert sheet.row_dimensions[3].height == 300
    assert 60 < (sheet.row_dimensions[2].height or 0) <= 409

"""A register of which a clerk made tables with Ctrl+T: they stay in step, and Excel has nothing to repair.

1. A row that is added is taken into the table, with its filter; a heading that is renewed is the table's too.
2. A row of totals is no item, and stays where it is; new rows stand below it and are read.
3. A sheet that somebody deleted comes back with its drop-downs, filter, widths and frozen headings.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

from kohyo.excel.register_book import load_register
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    new_register,
    retitled,
    sample_item,
    sample_register,
)
from tests.lint.lint import refusals


def _tabled(folder: Path, plan: Plan, *, totals: bool) -> Path:
    """Return a register whose 項目 is a table, as Ctrl+T makes one, with or without a row of totals."""
    path = new_register(folder, plan, sample_register(plan))
    with by_hand(path) as book:
        sheet = book["項目"]
        bottom = sheet.max_row + totals
        if totals:
            sheet.cell(bottom, 1, "集計")
            sheet.cell(bottom, 2, "3")
        sheet.auto_filter.ref = None
        book.calculation.fullCalcOnLoad = False
        table = Table(displayName="項目表", ref=f"A1:{get_column_letter(sheet.max_column)}{bottom}")
        if totals:
            table.totalsRowCount = 1
        sheet.add_table(table)
        table._initialise_columns()  # type: ignore[attr-defined] # its stubs are behind
        for column, heading in zip(table.tableColumns, sheet[1], strict=True):
            column.name = str(heading.value)
        table.autoFilter = AutoFilter(ref=f"A1:{get_column_letter(sheet.max_column)}{bottom - totals}")
    return path


def _extended(register: Register, plan: Plan) -> Register:
    return replace(register, items=(*register.items, sample_item(plan, 4)))


def test_a_new_row_is_taken_into_the_table(tmp_path: Path, plan: Plan) -> None:
    """The table and its filter reach as far as the rows (1)."""
    path = _tabled(tmp_path, plan, totals=False)
    assert refusals(path) == []
    change(path, plan, lambda register: _extended(register, plan))
    sheet = openpyxl.load_workbook(path)["項目"]
    (table,) = sheet.tables.values()
    assert (sheet.max_row, table.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == (5, "5")
    assert table.autoFilter is not None
    assert table.autoFilter.ref == table.ref
    assert refusals(path) == []


def test_a_renewed_heading_is_the_tables_too(tmp_path: Path, plan: Plan) -> None:
    """In the year after, headings that name the year are renewed, in the table as on the sheet (1)."""
    path = _tabled(tmp_path, plan, totals=False)
    later = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": plan.cycle.year + 1})})
    change(path, later, lambda register: _extended(register, later))
    sheet = openpyxl.load_workbook(path)["項目"]
    (table,) = sheet.tables.values()
    headings = [cell.value for cell in sheet[1]][: len(table.tableColumns)]
    assert any("令和7年度" in str(heading) for heading in headings)
    assert [column.name for column in table.tableColumns] == headings
    assert refusals(path) == []


@pytest.mark.parametrize("save", [False, True])
def test_a_row_of_totals_is_no_item(tmp_path: Path, plan: Plan, *, save: bool) -> None:
    """The register holds its items and nothing is said of the totals, before a save and after it (2)."""
    path = _tabled(tmp_path, plan, totals=True)
    if save:
        change(path, plan, lambda register: _extended(register, plan))
        sheet = openpyxl.load_workbook(path)["項目"]
        assert [sheet.cell(row, 1).value for row in (5, 6)] == ["集計", "K0004"]
    loaded = load_register(path, plan)
    assert ([item.id for item in loaded.register.items][:3], loaded.findings) == (["K0001", "K0002", "K0003"], ())
    assert len(loaded.register.items) == 3 + save
    assert refusals(path) == []


def test_a_deleted_sheet_comes_back_as_it_was(tmp_path: Path, plan: Plan) -> None:
    """競合 without questions may be deleted; the next save brings it back ready for decisions (3)."""
    path = new_register(tmp_path, plan, replace(sample_register(plan), conflicts=()))
    change(path, plan, lambda register: retitled(register, "新しい題"))
    before = openpyxl.load_workbook(path)["競合"]
    with by_hand(path) as book:
        del book["競合"]
        book.calculation.fullCalcOnLoad = False
    change(path, plan, lambda register: _extended(register, plan))
    back = openpyxl.load_workbook(path)["競合"]
    rules = [[str(rule.sqref) for rule in sheet.data_validations.dataValidation] for sheet in (back, before)]
    assert rules[0] == rules[1] != []
    assert back.auto_filter.ref == before.auto_filter.ref is not None
    assert (back.freeze_panes, back.column_dimensions["A"].width) == (
        before.freeze_panes,
        before.column_dimensions["A"].width,
    )
    assert [cell.value for cell in back[1]] == [cell.value for cell in before[1]]
    assert refusals(path) == []

"""What the sheets of one form share: the workbook, its styles, its lists of choices, how values go into cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kohyo.errors import UsageError
from kohyo.excel.form.correction_marks import Asks
from kohyo.excel.form.form_lists import ChoiceLists
from kohyo.excel.form.form_styles import Styles
from kohyo.excel.ooxml.cell_reference import absolute, row_column
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from kohyo.text.cell_text import CELL_LIMIT, fitted, is_unholdable, units


@dataclass(frozen=True)
class Canvas:
    """One form being drawn."""

    workbook: Workbook
    styles: Styles
    lists: ChoiceLists
    plan: Plan
    cover_tab: str
    asks: Asks = field(default_factory=dict)
    """What a correction asks for, none in a form that goes out first."""

    cover_cells: Mapping[str, str] = field(default_factory=dict)
    """Where the cover asks once for a field, as formulas of other sheets spell it."""

    targets: Mapping[str, str] = field(default_factory=dict)
    """The names that links to the issued sheets lead to, by control number."""

    next_links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What leads on from an item's sheet, by its control number: a formula and the text it shows."""

    def name_cell(self, tab: str, name: str, cell: str) -> None:
        """Give ``cell`` (A1 notation) of the sheet ``tab`` a defined name that belongs to that sheet."""
        self.workbook.define_name(f"{quoted(tab)}!{name}", f"={quoted(tab)}!{absolute(*row_column(cell))}")

    def name_target(self, name: str, tab: str, cell: str = "A1") -> str:
        """Give a place a name of the whole workbook, and return how a link leads there whatever its sheet is called."""
        self.workbook.define_name(name, f"={quoted(tab)}!{absolute(*row_column(cell))}")
        return f"internal:{name}"


def quoted(tab: str) -> str:
    """Return a sheet's name as formulas spell it."""
    return "'" + tab.replace("'", "''") + "'"


def write_value(sheet: Worksheet, cell: str, value: RawValue, style: Any, label: str) -> None:  # noqa: ANN401 - untyped
    """Write a known value: dates and numbers as such, every text as text, whatever it begins with.

    Raises UsageError with the field's ``label`` when a text is longer than a cell can hold, or holds what none can.
    """
    if value is None:
        sheet.write_blank(cell, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(cell, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(cell, value, style)
    elif units(value) > CELL_LIMIT:
        raise UsageError("too_long_for_cell", field=label, limit=CELL_LIMIT)
    elif is_unholdable(value):
        raise UsageError("unfit_for_cell", field=label, text=fitted(value, ""))
    else:
        sheet.write_string(cell, value, style)

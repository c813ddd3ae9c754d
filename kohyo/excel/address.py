"""What writer and reader of a survey form (調査票) agree on: names, the hidden sheet, the custom property."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

NAME_PREFIX = "k_"
"""Sheet-scoped names of answer cells: ``k_title``, ``k_plan_2025``, on sheets of blocks ``k_issue_text.2``."""

CONTROL_NAME = "k_control"
"""Sheet-scoped defined name of the cell that prints the control number (管理番号)."""

HIDDEN_SHEET = "_kohyo"
"""Very hidden sheet: A1 ``kohyo``, B1 the cover's control number, then a row per sheet (tab, number)."""

PROPERTY = "kohyo_control"
"""Custom document property that holds the cover's control number."""

LIST_SHEET = "_list"
"""Hidden sheet with the choices, one column a list."""


def answer_name(field: str, block: int = 0) -> str:
    """Return the defined name of a field's answer cell; ``block`` counts from 1 on sheets of blocks."""
    return f"{NAME_PREFIX}{field}.{block}" if block else f"{NAME_PREFIX}{field}"


def a1(row: int, column: int) -> str:
    """Return A1 notation of a cell given by row and column from 0."""
    return str(xl_rowcol_to_cell(row, column))


def row_column(cell: str) -> tuple[int, int]:
    """Return row and column from 0 of a cell in A1 notation."""
    row, column = xl_cell_to_rowcol(cell)
    return int(row), int(column)

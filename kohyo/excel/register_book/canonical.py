"""Rows in the form in which the register gives them back, and the values that it cannot hold."""

from __future__ import annotations

from collections.abc import Iterable

from kohyo.errors import TextError
from kohyo.excel.register_book.cell_codec import canonical
from kohyo.excel.register_book.register_columns import BookSheet
from kohyo.excel.register_book.register_rows import Row, strange_columns
from kohyo.excel.register_book.row_columns import Column
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue


def canonical_row(plan: Plan, sheet: BookSheet, row: Row) -> tuple[Row, Row]:
    """Return the row as the register gives it back, and apart from it the values that it cannot hold."""
    field = str(row.get(Column.FIELD) or "")
    kept: dict[str, FieldValue] = {}
    refused: dict[str, FieldValue] = {name: row[name] for name in strange_columns(sheet, row)}
    for column in sheet.columns:
        value = row.get(column.name)
        try:
            held = canonical(plan, column, value, field)
        except TextError:
            refused[column.name] = value
        else:
            if held is not None:
                kept[column.name] = held
    return kept, refused


def canonical_rows(plan: Plan, sheet: BookSheet, rows: Iterable[Row]) -> list[Row]:
    """Return rows as the register gives them back, without the values that it cannot hold."""
    return [canonical_row(plan, sheet, row)[0] for row in rows]

"""Rows in the form in which the register gives them back, and the values that it cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.register_book.book_sheet import BookSheet
from kohyo.excel.register_book.column_codec import ColumnCodec
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue


@dataclass(frozen=True, slots=True)
class Spelled:
    """A row as the register gives it back, what its cells show, and the values that it cannot hold."""

    kept: Row
    cells: Mapping[str, CellValue]
    refused: Row


class RowCodec:
    """The columns of one sheet, for all rows that are written into it."""

    def __init__(self, plan: Plan, sheet: BookSheet) -> None:
        """Take the sheet whose rows are written, in the words of today's definition."""
        columns = (replace(column, saved_words=()) if column.saved_words else column for column in sheet.columns)
        self._columns = {column.name: ColumnCodec(plan, column) for column in columns}

    def spelled(self, row: Row) -> Spelled:
        """Return the row as the register gives it back, and apart from it the values that it cannot hold."""
        field = str(row.get(Column.FIELD) or "")
        kept: dict[str, FieldValue] = {}
        cells: dict[str, CellValue] = {}
        columns = self._columns
        refused: dict[str, FieldValue] = {
            name: value for name, value in row.items() if name not in columns and value is not None
        }
        for name, column in columns.items():
            value = row.get(name)
            try:
                held, cells[name] = column.spelled(value, field)
            except TextError:
                refused[name] = value
            else:
                if held is not None:
                    kept[name] = held
        return Spelled(kept, cells, refused)

    def encode(self, name: str, value: FieldValue) -> CellValue:
        """Return what a column's cell shows for a value; raise TextError for one that it cannot hold."""
        return self._columns[name].encode(value)


def canonical_rows(plan: Plan, sheet: BookSheet, rows: Iterable[Row]) -> list[Row]:
    """Return rows as the register gives them back, without the values that it cannot hold."""
    codec = RowCodec(plan, sheet)
    return [codec.spelled(row).kept for row in rows]

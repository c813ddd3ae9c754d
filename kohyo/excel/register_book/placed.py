"""Rows as they stand in the workbook: values, and where each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.register_book.book_sheet import BookColumn, BookSheet
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.finding import Place


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row that was read: its sheet's title, its row from 0, the columns' places, and what could not be read."""

    values: Row
    sheet: str
    row: int
    columns: Mapping[str, int]
    unread: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """Return a value as text, empty when there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def count(self, name: str) -> int:
        """Return a whole number, 0 when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else 0

    def moment(self, name: str) -> datetime | None:
        """Return day and time, None when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, datetime) else None

    def place(self, name: str = "") -> Place:
        """Return the cell of a column, of the row's first cell when it has no such column."""
        return Place(sheet=self.sheet, cell=a1(self.row, self.columns.get(name, 0)))

    @property
    def origin(self) -> Place:
        """The file, sheet and cell that the row names as its origin."""
        return Place(self.text(Column.FILE), self.text(Column.SHEET), self.text(Column.CELL))


@dataclass(frozen=True)
class PlacedTable:
    """A sheet of the register as it stands: tab, heading row from 0, columns' places, rows, last used row."""

    sheet: BookSheet
    title: str
    header: int
    columns: Mapping[str, int]
    rows: tuple[PlacedRow, ...]
    last_row: int
    last_column: int
    outdated: tuple[str, ...] = ()
    """Names of the columns that still have the heading of another year."""
    further: tuple[PlacedTable, ...] = ()
    """The sheets on which it goes on; their rows stand among its own."""

    @property
    def sheets(self) -> tuple[PlacedTable, ...]:
        """Every sheet by itself with its own rows, the first one first."""
        if not self.further:
            return (self,)
        own: dict[str, list[PlacedRow]] = {}
        for row in self.rows:
            own.setdefault(row.sheet, []).append(row)
        parts = (replace(self, further=()), *self.further)
        return tuple(replace(part, rows=tuple(own.get(part.title, ()))) for part in parts)

    def place_of(self, name: str) -> int:
        """Return a column's place; one that the sheet lacks comes to stand to the right of all that stands there."""
        added = {column.name: place for place, column in enumerate(self.missing, start=self.last_column + 1)}
        return {**self.columns, **added}.get(name, 0)

    @property
    def missing(self) -> tuple[BookColumn, ...]:
        """The columns that the sheet should have and has not."""
        return tuple(column for column in self.sheet.columns if column.name not in self.columns)

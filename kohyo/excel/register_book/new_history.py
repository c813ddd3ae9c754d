"""New rows of 変更履歴 (履歴の追加), each worked out once: its cells, its line in the copy in 控え, its digest.

A history grows by 150 rows a return. Most cells hold what another held before, so each column keeps what it spelled
lately; nothing else of a row is kept, for a large survey has hundreds of thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_spelling import CellSpelling
from kohyo.excel.ooxml.new_rows import NO_CELL, NewCell, NewRows, new_cell, new_rows
from kohyo.excel.ooxml.sheet_patch import SheetPatch
from kohyo.excel.register_book.canonical import canonical_rows
from kohyo.excel.register_book.column_codec import ColumnCodec
from kohyo.excel.register_book.history_digests import line_of, lines_of_parts, part_of_line
from kohyo.excel.register_book.history_sheets import next_row
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.record_codec import members_by_column, plain_value, row_of
from kohyo.excel.register_book.refusals import refusal
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.excel.register_book.sheet_plan import SheetPlan
from kohyo.excel.register_book.style import RowHeights
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.register import Change
from kohyo.model.value_json import value_to_json

Lines: TypeAlias = Sequence[bytes]
"""Rows as lines of JSON (``line_of``)."""

_BUNCH = 256
_KEPT = 4096

_Piece: TypeAlias = tuple[NewCell, bytes, float]
"""A value as a cell, as its part of a line, and the height in points that it needs."""

_NOTHING: _Piece = (NO_CELL, b"", 0.0)
_REFUSED: _Piece = (NO_CELL, b"", 0.0)  # told apart by what it is
_CELL, _PART, _HEIGHT = map(itemgetter, range(3))


class NewHistory:
    """Changes to be written below the rows of 変更履歴; ``findings`` fill as they are."""

    def __init__(self, plan: Plan, table: PlacedTable, changes: Sequence[Change]) -> None:
        """Take the sheet as it stands and what comes below it."""
        self._plan = plan
        self._table = table
        self._changes = changes
        self.title = table.title
        self._take: Callable[[Lines], object] = lambda _: None
        self.first = next_row(table)
        self.count = len(changes)
        self.findings: list[Finding] = []

    def tell(self, take: Callable[[Lines], object]) -> None:
        """Let ``take`` have the rows as lines while they are written."""
        self._take = take

    def last_column(self) -> int:
        """Return the last column in which one of them holds something."""
        spelled = _Columns(self._plan, self._table, CellSpelling(""))
        return next(
            (place for place, filled in spelled.from_the_right() if any(map(filled, self._changes))),
            0,
        )

    def bunches(self, spelling: CellSpelling) -> Iterator[NewRows]:
        """Yield them spelled, some at a time."""
        columns = _Columns(self._plan, self._table, spelling)
        for start in range(0, self.count, _BUNCH):
            rows, lines = columns.spelled(self._changes[start : start + _BUNCH], self.first + start)
            self._take(lines)
            yield rows
        self.findings += columns.findings

    def rows(self) -> list[Row]:
        """Return them as the register gives them back."""
        return canonical_rows(self._plan, self._table.sheet, map(row_of, self._changes))

    def as_patch(self) -> SheetPatch:
        """Return them as new cells, for a sheet whose end is not free."""
        writer = SheetPlan(self._plan, replace(self._table, rows=()))
        writer.append(map(row_of, self._changes))
        self._take(list(map(line_of, writer.expected)))
        self.findings += writer.findings
        return writer.patch()


class _Columns:
    """The columns of 変更履歴 as they spell changes."""

    def __init__(self, plan: Plan, table: PlacedTable, spelling: CellSpelling) -> None:
        members = members_by_column(Change)
        columns = sorted((column for column in table.sheet.columns), key=lambda column: table.columns[column.name])
        heights = RowHeights(columns)
        names = [column.name for column in columns]
        self.findings: list[Finding] = []
        self._table = table
        self._members = [attrgetter(members[name]) for name in names]
        self._spellers = [
            _Speller(ColumnCodec(plan, column), table.columns[column.name], spelling, heights) for column in columns
        ]
        self._field = names.index(Column.FIELD)
        self._in_line = sorted(range(len(names)), key=names.__getitem__)

    def spelled(self, changes: Sequence[Change], first: int) -> tuple[NewRows, list[bytes]]:
        """Return rows, the first of which comes to stand in row ``first`` from 0, and their lines."""
        values = [list(map(member, changes)) for member in self._members]
        fields = values[self._field]
        pieces = [speller.pieces(held, fields) for speller, held in zip(self._spellers, values, strict=True)]
        self.findings += self._refusals(values, pieces, first)
        heights = map(max, *(map(_HEIGHT, column) for column in pieces))
        rows = new_rows(first + 1, [map(_CELL, column) for column in pieces], heights)
        return rows, lines_of_parts(map(_PART, pieces[place]) for place in self._in_line)

    def _refusals(
        self, values: Sequence[Sequence[Any]], pieces: Sequence[Sequence[_Piece]], first: int
    ) -> Iterator[Finding]:
        """Yield what is said of values that a cell cannot hold, row by row."""
        refusing = [place for place, speller in enumerate(self._spellers) if speller.refuses]
        for row in range(len(values[0])) if refusing else ():
            for place in refusing:
                if pieces[place][row] is _REFUSED:
                    name = self._spellers[place].name
                    yield refusal(self._table, first + row, name, plain_value(values[place][row]))

    def from_the_right(self) -> Iterator[tuple[int, Callable[[Change], bool]]]:
        """Yield the columns from the right, with what tells whether a change fills them."""
        for speller, member in zip(reversed(self._spellers), reversed(self._members), strict=True):
            yield speller.place, partial(_fills, member)


def _fills(member: Callable[[Change], object], change: Change) -> bool:
    """Tell whether a member of a change holds anything."""
    return plain_value(member(change)) is not None


class _Speller(dict[Any, _Piece]):
    """One column: what it spelled lately, by value; where it depends on the field, by field, kind and value."""

    def __init__(self, codec: ColumnCodec, place: int, spelling: CellSpelling, heights: RowHeights) -> None:
        super().__init__()
        self.name = codec.column.name
        self.place = place
        self.refuses = False
        """Whether a cell could not hold some value."""
        self._by_field = codec.column.kind == "value"
        self._codec = codec
        self._spelling = spelling
        self._heights = heights
        self._part = part_of_line(self.name)
        self._style = spelling.column_style(place)

    def pieces(self, values: Iterable[Any], fields: Iterable[str]) -> list[_Piece]:
        """Return the pieces of values, in rows which name these fields."""
        kept = self.__getitem__
        if not self._by_field:
            return list(map(kept, values))
        return list(map(kept, zip(fields, map(type, values), values, strict=True)))

    def __missing__(self, key: Any) -> _Piece:  # noqa: ANN401 - whatever a change holds
        """Work a value out, and keep it if a cell can hold it."""
        field, _, value = key if self._by_field else ("", None, key)
        try:
            held, shown = self._codec.spelled_anew(plain_value(value), field)
        except TextError:
            self.refuses = True
            return _REFUSED
        piece = _NOTHING
        if held is not None:
            cell = new_cell(self.place, self._spelling.held(shown, self._style))
            piece = cell, self._part(value_to_json(held)), self._heights.of(self.name, shown)
        if len(self) >= _KEPT:
            self.clear()
        self[key] = piece
        return piece

"""New rows of 変更履歴 (履歴の追加), each worked out once: its cells, its line in the copy in 控え, its digest.

A history grows by 150 rows a return. Most cells hold what another held before, so each column keeps what it spelled
lately; nothing else of a row is kept, for a large survey has hundreds of thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_reference import column_letters
from kohyo.excel.ooxml.cell_spelling import CellSpelling
from kohyo.excel.ooxml.sheet_patch import SheetPatch
from kohyo.excel.register_book.canonical import canonical_rows
from kohyo.excel.register_book.column_codec import ColumnCodec
from kohyo.excel.register_book.history_digests import line_of, part_of_line
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

_BUNCH = 64
_KEPT = 4096
_ROW = "\0"  # stands for the row's number: no cell can hold it
_NOTHING = ("", "", 0.0)

_Piece: TypeAlias = tuple[str, str, float]
"""A value as a cell with its place, as its part of a line, and the height in points that it needs."""


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

    def bunches(self, spelling: CellSpelling) -> Iterator[str]:
        """Yield them spelled, some at a time."""
        columns = _Columns(self._plan, self._table, spelling)
        for start in range(0, self.count, _BUNCH):
            told: list[bytes] = []
            rows: list[str] = []
            for number, change in enumerate(self._changes[start : start + _BUNCH], start=self.first + start + 1):
                cells, line, height = columns.spelled(change, number)
                tall = f' ht="{height}" customHeight="1"' if height else ""
                rows.append(f'<row r="{number}"{tall}>{cells}</row>')
                told.append(line)
            self._take(told)
            yield "".join(rows)
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
        self.findings: list[Finding] = []
        self._spellers = [
            _Speller(ColumnCodec(plan, column), table, spelling, heights, self.findings) for column in columns
        ]
        self._known = [speller.kept.get for speller in self._spellers]
        self._pieces = [speller.piece for speller in self._spellers]
        self._members = [attrgetter(members[column.name]) for column in columns]
        self._values: Callable[[Change], tuple[Any, ...]] = attrgetter(*(members[column.name] for column in columns))
        names = [column.name for column in columns]
        self._field = names.index(Column.FIELD)
        self._by_field = [place for place, column in enumerate(columns) if column.kind == "value"]
        self._in_line = itemgetter(*sorted(range(len(names)), key=names.__getitem__))

    def spelled(self, change: Change, number: int) -> tuple[str, bytes, float]:
        """Return the cells of a row, its line, and its height in points, 0 where one line is enough."""
        values = list(self._values(change))
        field = values[self._field]
        for place in self._by_field:
            value = values[place]
            values[place] = (field, value.__class__, value)
        pieces = [
            known(value) or piece(value, number)
            for known, piece, value in zip(self._known, self._pieces, values, strict=True)
        ]
        cells, parts, heights = zip(*pieces, strict=True)
        line = ", ".join(filter(None, self._in_line(parts)))
        return "".join(cells).replace(_ROW, str(number)), f"{{{line}}}".encode(), max(heights)

    def from_the_right(self) -> Iterator[tuple[int, Callable[[Change], bool]]]:
        """Yield the columns from the right, with what tells whether a change fills them."""
        for speller, member in zip(reversed(self._spellers), reversed(self._members), strict=True):
            yield speller.place, partial(_fills, member)


def _fills(member: Callable[[Change], object], change: Change) -> bool:
    """Tell whether a member of a change holds anything."""
    return plain_value(member(change)) is not None


class _Speller:
    """One column: what it spelled lately, by value; where it depends on the field, by field, kind and value."""

    def __init__(
        self,
        codec: ColumnCodec,
        table: PlacedTable,
        spelling: CellSpelling,
        heights: RowHeights,
        findings: list[Finding],
    ) -> None:
        name = codec.column.name
        self.place = table.columns[name]
        self.kept: dict[Any, _Piece] = {}
        self._codec = codec
        self._table = table
        self._spelling = spelling
        self._heights = heights
        self._findings = findings
        self._part = part_of_line(name)
        self._start = f'<c r="{column_letters(self.place)}{_ROW}"'
        self._style = spelling.column_style(self.place)

    def piece(self, key: Any, number: int) -> _Piece:  # noqa: ANN401 - whatever a change holds
        """Work a value out; of one that a cell cannot hold say so."""
        field, _, value = key if self._codec.column.kind == "value" else ("", None, key)
        name, value = self._codec.column.name, plain_value(value)
        try:
            held, shown = self._codec.spelled_anew(value, field)
        except TextError:
            self._findings.append(refusal(self._table, number - 1, name, value))
            return _NOTHING
        piece = _NOTHING
        if held is not None:
            cell = self._spelling.held(shown, self._style)
            part = self._part(value_to_json(held))
            piece = (f"{self._start}{cell}" if cell else "", part, self._heights.of(name, shown))
        if len(self.kept) >= _KEPT:
            self.kept.clear()
        self.kept[key] = piece
        return piece

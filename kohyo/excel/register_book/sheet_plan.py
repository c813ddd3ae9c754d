"""One sheet's part of a save: which row a new row belongs to, and which of its cells change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.ooxml.sheet_patch import Cells, NewCells, SheetPatch
from kohyo.excel.register_book.canonical import RowCodec, Spelled
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.refusals import refusal
from kohyo.excel.register_book.row_columns import Row
from kohyo.excel.register_book.style import RowHeights
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan

Names = tuple[str, ...]


class SheetPlan:
    """Collects the new cells of one sheet; ``expected`` is what its rows will hold."""

    def __init__(self, plan: Plan, table: PlacedTable) -> None:
        """Put columns that the sheet lacks to the right of all that stands there; renew headings of another year."""
        self._codec = RowCodec(plan, table.sheet)
        self._row_heights = RowHeights(table.sheet.columns)
        self._table = table
        self._standing = [row.values for row in table.rows]
        self._rows = [row.row for row in table.rows]
        self._next = max(table.last_row, table.header) + 1
        self._columns = dict(table.columns)
        self._cells: dict[int, Cells] = {}
        self._heights: dict[int, float] = {}
        self.findings: list[Finding] = []
        added = dict(enumerate(table.missing, start=table.last_column + 1))
        self._columns |= {column.name: place for place, column in added.items()}
        self._respelled = {column.name for column in table.sheet.columns if column.saved_words}
        renamed = {table.columns[name]: table.sheet.column(name) for name in table.outdated}
        if added or renamed:
            headings = {place: column.label for place, column in (added | renamed).items()}
            self._cells[table.header] = headings

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._cells)

    @property
    def title(self) -> str:
        """The sheet's title."""
        return self._table.title

    @property
    def next_row(self) -> int:
        """The first row below everything that stands there, from 0."""
        return self._next

    @property
    def expected(self) -> list[Row]:
        """The rows that the sheet will hold, from top to bottom; a row that was emptied is none."""
        standing = sorted(zip(self._rows, self._standing, strict=True), key=lambda placed: placed[0])
        return [row for _, row in standing if row]

    def patch(self) -> SheetPatch:
        """Return what is to be written."""
        return SheetPatch(self._cells, self._heights, self._table.header)

    def update_by(self, rows: Sequence[Row], keys: Sequence[Names], group: Names = ()) -> list[int]:
        """Write each row over the standing row with the same key, or below all; return the rows nobody took.

        Rows that agree in ``group`` come to stand one below the other in their order: there it has a meaning.
        """
        free = dict.fromkeys(range(len(self._standing)))
        spelled = [self._codec.spelled(row) for row in rows]
        plain = [row.kept for row in spelled]
        taken: dict[int, int] = {}
        for names in keys:
            index: dict[tuple[object, ...], list[int]] = defaultdict(list)
            for place in reversed(free):
                index[_key(self._standing[place], names)].append(place)
            for number, row in enumerate(plain):
                if number not in taken and index[_key(row, names)]:
                    taken[number] = index[_key(row, names)].pop()
                    del free[taken[number]]
        places = [taken[number] if number in taken else self._new_place() for number in range(len(rows))]
        for place, taken_over in zip(self._in_order(places, plain, group), spelled, strict=True):
            self._take(place, taken_over)
        return list(free)

    def replace_by(self, rows: Sequence[Row], keys: Sequence[Names], group: Names = ()) -> None:
        """Like ``update_by``; a standing row that nobody took is emptied, its place and what is beside it stay."""
        for place in self.update_by(rows, keys, group):
            self._empty(place)

    def restore(self, rows: Sequence[Row]) -> None:
        """Write rows over all that stands there, in their order; what stands in too many is emptied."""
        for place, row in enumerate(rows):
            self._update(place if place < len(self._standing) else self._new_place(), row)
        for place in range(len(rows), len(self._standing)):
            self._empty(place)

    def append(self, rows: Iterable[Row]) -> None:
        """Write rows below everything that stands there."""
        for row in rows:
            self._update(self._new_place(), row)

    def _new_place(self) -> int:
        self._standing.append({})
        self._rows.append(self._next)
        self._next += 1
        return len(self._standing) - 1

    def _in_order(self, places: list[int], rows: Sequence[Row], group: Names) -> list[int]:
        """Return the places exchanged within each group, so that its rows stand in their order."""
        members: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, row in enumerate(rows if group else ()):
            members[_key(row, group)].append(number)
        ordered = list(places)
        for numbers in members.values():
            below = sorted((places[number] for number in numbers), key=lambda place: self._rows[place])
            for number, place in zip(numbers, below, strict=True):
                ordered[number] = place
        return ordered

    def _update(self, place: int, row: Row) -> None:
        self._take(place, self._codec.spelled(row))

    def _take(self, place: int, row: Spelled) -> None:
        """Take a row over; a value that a cell cannot hold leaves the old one where it is."""
        if not row.refused:
            self._write(place, row.kept, row.cells)
            return
        old = self._standing[place]
        for name, value in row.refused.items():
            self.findings.append(refusal(self._table, self._rows[place], name, value))
        self._write(place, {**row.kept, **{name: old[name] for name in row.refused if name in old}}, row.cells)

    def _empty(self, place: int) -> None:
        names = [column.name for column in self._table.sheet.columns]
        self._write(place, {}, {name: self._codec.encode(name, None) for name in names})

    def _write(self, place: int, row: Row, cells: Mapping[str, CellValue]) -> None:
        """Write the cells of a row that differ from what stands there."""
        old = self._standing[place]
        names = self._columns if old else row
        differing = [(name, cells[name]) for name in names if name in self._respelled or old.get(name) != row.get(name)]
        if differing:
            number = self._rows[place]
            written = {self._columns[name]: value for name, value in differing}
            self._cells[number] = NewCells({**self._cells.get(number, {}), **written})
            if height := self._row_heights.needed(differing):
                self._heights[number] = height
        self._standing[place] = row


def _key(row: Row, names: Names) -> tuple[object, ...]:
    return tuple(row.get(name) for name in names)

"""One sheet's part of a save: which row a new row belongs to, and which of its cells change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kohyo.excel.address import a1
from kohyo.excel.register_book.canonical import canonical_row
from kohyo.excel.register_book.cells import CellValue, encode
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.rows import Row
from kohyo.excel.register_book.sheet_xml import SheetPatch
from kohyo.excel.register_book.style import needed_height
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.rules.values import show_value

_SHOWN = 40
_UNDECODABLE = "replace"

Names = tuple[str, ...]


class SheetPlan:
    """Collects the new cells of one sheet; ``expected`` is what its rows will hold."""

    def __init__(self, plan: Plan, table: PlacedTable) -> None:
        """Columns that the sheet lacks are put to the right of everything that stands there."""
        self._plan = plan
        self._table = table
        self._standing = [row.values for row in table.rows]
        self._rows = [row.row for row in table.rows]
        self._next = max(table.last_row, table.header) + 1
        self._columns = dict(table.columns)
        self._cells: dict[int, dict[int, CellValue]] = defaultdict(dict)
        self._heights: dict[int, float] = {}
        self.findings: list[Finding] = []
        for place, column in enumerate(table.missing, start=table.last_column + 1):
            self._columns[column.name] = place
            self._cells[table.header][place] = column.label

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._cells)

    @property
    def expected(self) -> list[Row]:
        """The rows that the sheet will hold; a row that was emptied is none."""
        return [row for row in self._standing if row]

    def patch(self) -> SheetPatch:
        """Return what is to be written."""
        return SheetPatch(self._cells, self._heights, self._table.header)

    def update_by(self, rows: Iterable[Row], keys: Sequence[Names]) -> list[int]:
        """Write each row over the standing row with the same key, or below all; return the rows nobody took."""
        free = dict.fromkeys(range(len(self._standing)))
        waiting = list(rows)
        for names in keys:
            index: dict[tuple[object, ...], list[int]] = defaultdict(list)
            for place in reversed(free):
                index[tuple(self._standing[place].get(name) for name in names)].append(place)
            rest: list[Row] = []
            for row in waiting:
                row_key = tuple(canonical_row(self._plan, self._table.sheet, row)[0].get(name) for name in names)
                if index[row_key]:
                    place = index[row_key].pop()
                    del free[place]
                    self._update(place, row)
                else:
                    rest.append(row)
            waiting = rest
        self.append(waiting)
        return list(free)

    def replace_by(self, rows: Iterable[Row], keys: Sequence[Names]) -> None:
        """Like ``update_by``; a standing row that nobody took is emptied, its place and what is beside it stay."""
        for place in self.update_by(rows, keys):
            self._write(place, {})

    def append(self, rows: Iterable[Row]) -> None:
        """Write rows below everything that stands there."""
        for row in rows:
            place = len(self._standing)
            self._standing.append({})
            self._rows.append(self._next)
            self._next += 1
            self._update(place, row)

    def _update(self, place: int, row: Row) -> None:
        """Take a row over; a value that a cell cannot hold leaves the old one where it is."""
        kept, refused = canonical_row(self._plan, self._table.sheet, row)
        old = self._standing[place]
        for name, value in refused.items():
            cell = a1(self._rows[place], self._columns.get(name, 0))
            known = name in self._columns
            field = self._table.sheet.column(name).label if known else name
            shown = show_value(value)[:_SHOWN].encode("utf-8", _UNDECODABLE).decode("utf-8")
            where = Place(sheet=self._table.title, cell=cell)
            self.findings.append(Finding("K521" if known else "K522", where, field=field, value=shown))
        self._write(place, {**kept, **{name: old[name] for name in refused if name in old}})

    def _write(self, place: int, row: Row) -> None:
        old = self._standing[place]
        differing = [column for column in self._table.sheet.columns if old.get(column.name) != row.get(column.name)]
        cells = {column: encode(self._plan, column, row.get(column.name)) for column in differing}
        if cells:
            self._cells[self._rows[place]] |= {self._columns[column.name]: value for column, value in cells.items()}
            self._heights[self._rows[place]] = needed_height(cells)
        self._standing[place] = row

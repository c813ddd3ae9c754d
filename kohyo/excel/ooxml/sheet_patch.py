"""Exchanging cells in the bytes of a worksheet part; every other byte of it stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TypeAlias

from kohyo.errors import FileError
from kohyo.excel.ooxml.cell_reference import a1, column_letters, row_column
from kohyo.excel.ooxml.cell_spelling import CellSpelling, CellValue
from kohyo.excel.ooxml.package import Dates, attributes
from kohyo.excel.ooxml.shared_formulas import released

Cells: TypeAlias = Mapping[int, CellValue]
"""New values of one row, by column from 0."""

_OPEN = re.compile(rb"<sheetData\s*(/?)>")
_CLOSE = b"</sheetData>"
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>((?:[^<]++|<(?!/row>))*+)</row>)")
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(?:[^<]++|<(?!/c>))*+</c>)")
_PLAIN_CELL = re.compile(r' r="([A-Z]++)[0-9]++"(?: s="([0-9]++)")?+(?: t="[A-Za-z]++")?+$')
_DIMENSION = re.compile(r'(<dimension\b[^>]*?\bref=")([A-Z0-9:]+)"')
_SPANS = re.compile(r'\s+spans="[^"]*"')
_HEIGHT = re.compile(r'\s+(?:ht|customHeight)="[^"]*"')
_NOTHING = object()  # stands above the first cell of a column

EMPTY_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)


class NewCells(Mapping[int, CellValue]):
    """New values of one row in a quarter of a dictionary's room: a history grows by hundreds of thousands of rows."""

    __slots__ = ("_columns", "_values")

    def __init__(self, cells: Cells) -> None:
        """Take over the values by column."""
        self._columns = _same_columns(tuple(cells))
        self._values = tuple(cells.values())

    def __getitem__(self, column: int) -> CellValue:
        """Return the value of a column; raise KeyError when the row has none."""
        if column not in self._columns:
            raise KeyError(column)
        return self._values[self._columns.index(column)]

    def in_order(self) -> Iterable[tuple[int, CellValue]]:
        """Return columns and values from left to right."""
        pairs = zip(self._columns, self._values, strict=True)
        return pairs if _rise(self._columns) else sorted(pairs, key=itemgetter(0))

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@lru_cache(maxsize=1024)
def _same_columns(columns: tuple[int, ...]) -> tuple[int, ...]:
    """Return one tuple for all rows that are written in the same columns."""
    return columns


@lru_cache(maxsize=1024)
def _rise(columns: tuple[int, ...]) -> bool:
    return list(columns) == sorted(columns)


@dataclass(frozen=True)
class SheetPatch:
    """What is written into one sheet: new values by row from 0, and the height in points that a row needs."""

    rows: Mapping[int, Cells]
    heights: Mapping[int, float]
    header: int = 0


def patched(xml: bytes, patch: SheetPatch, dates: Dates) -> Iterator[bytes]:
    """Return the sheet's bytes with the patch in them, row by row as they are asked for: all would be large.

    Raises FileError when the part is not as Excel and its likes write it: no rows found, rows without numbers.
    """
    xml = released(xml, patch.rows)
    opened = _OPEN.search(xml)
    closed = xml.rfind(_CLOSE)
    if opened is None or (not opened[1] and closed < 0):
        raise FileError("register_strange")
    start, end = (opened.end(), opened.end()) if opened[1] else (opened.end(), closed)
    head = xml[: opened.start()].decode("utf-8")
    writer = _Writer(patch, CellSpelling(head, dates))
    rest = xml[end:] if opened[1] else xml[end + len(_CLOSE) :]
    opening = (_extended(head, patch).encode(), b"<sheetData>")
    return chain(opening, _rows(xml, start, end, writer), (_CLOSE, rest))


class _Writer:
    """Puts rows and cells together: the patch, and how its cells are spelled."""

    def __init__(self, patch: SheetPatch, spelling: CellSpelling) -> None:
        self.patch = patch
        self._spelling = spelling
        self._columns: dict[int, tuple[str, str]] = {}
        self._above: dict[int, tuple[object, str]] = {}

    def new_row(self, row: int) -> bytes:
        """Return a row that the sheet has not yet."""
        number = str(row + 1)
        pairs = _in_order(self.patch.rows[row])
        written = "".join([self._new_cell(column, number, value) for column, value in pairs])
        return f"<row{self._attributes(row, '')}>{written}</row>".encode()

    def _new_cell(self, column: int, number: str, value: CellValue) -> str:
        letters, style = self._column(column)
        above, held = self._above.get(column, (_NOTHING, ""))
        if value is not above:
            held = self._spelling.held(value, style)
            self._above[column] = (value, held)
        return f'<c r="{letters}{number}"{held}' if held else ""

    def _column(self, column: int) -> tuple[str, str]:
        """Return a column's letters, and the style that its new cells have."""
        if column not in self._columns:
            self._columns[column] = column_letters(column), self._spelling.column_style(column)
        return self._columns[column]

    def row(self, row: int, attrs: str, body: str) -> bytes:
        """Return a row of the sheet with its new values among those that it has."""
        known: dict[int, str] = {}
        texts: dict[int, str] = {}
        end = 0
        for found in _CELL.finditer(body):
            column, style = _placed(found[1])
            known[column], texts[column], end = style, found[0], found.end()
        heading = next(iter(known.values()), "") if row == self.patch.header else ""
        number = row + 1
        for column, value in _in_order(self.patch.rows[row]):
            letters, own = self._column(column)
            held = self._spelling.held(value, known.get(column) or heading or own)
            texts[column] = f'<c r="{letters}{number}"{held}' if held else ""
        written = "".join(map(texts.__getitem__, sorted(texts)))
        return f"<row{self._attributes(row, attrs)}>{written}{body[end:]}</row>".encode()

    def _attributes(self, row: int, attrs: str) -> str:
        """Return a row's attributes; a row grows with its text and never shrinks."""
        plain = _SPANS.sub("", attrs).rstrip() or f' r="{row + 1}"'
        needed = self.patch.heights.get(row, 0.0)
        if not needed or float(attributes(plain).get("ht", "0")) >= needed:
            return plain
        return f'{_HEIGHT.sub("", plain)} ht="{needed}" customHeight="1"'


def _in_order(cells: Cells) -> Iterable[tuple[int, CellValue]]:
    """Return columns and values of a row from left to right."""
    return cells.in_order() if isinstance(cells, NewCells) else sorted(cells.items(), key=itemgetter(0))


def _placed(attrs: str) -> tuple[int, str]:
    """Return a cell's column and its style, from its attributes."""
    plain = _PLAIN_CELL.match(attrs)
    if plain:
        return _column_of(plain[1]), plain[2] or ""
    told = attributes(attrs)
    return row_column(told["r"])[1], told.get("s", "")


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    return row_column(f"{letters}1")[1]


def _rows(xml: bytes, start: int, end: int, writer: _Writer) -> Iterator[bytes]:
    """Yield the sheet's rows in order, the patched ones rewritten, new ones put in where they belong."""
    waiting = sorted(writer.patch.rows)
    done = 0
    for found in _ROW.finditer(xml, start, end):
        number = attributes(found[1].decode()).get("r")
        if number is None:
            raise FileError("register_strange")
        row = int(number) - 1
        upto = bisect_left(waiting, row, done)
        hit = upto < len(waiting) and waiting[upto] == row
        if upto == done and not hit:
            continue
        yield xml[start : found.start()]
        yield from map(writer.new_row, waiting[done:upto])
        yield writer.row(row, found[1].decode(), (found[2] or b"").decode()) if hit else found[0]
        done, start = upto + hit, found.end()
    yield xml[start:end]
    yield from map(writer.new_row, waiting[done:])


def _extended(head: str, patch: SheetPatch) -> str:
    """Return the part before the rows with a dimension that takes the new cells in."""
    found = _DIMENSION.search(head)
    if found is None:
        return head
    first, _, last = found[2].partition(":")
    row, column = row_column(last or first)
    row = max(row, *patch.rows)
    column = max(column, *(max(cells) for cells in patch.rows.values() if cells))
    return f'{head[: found.start()]}{found[1]}{first}:{a1(row, column)}"{head[found.end() :]}'

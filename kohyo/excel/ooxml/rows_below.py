"""Rows written below all that stands on a sheet (行の追加): what stands keeps its bytes, and nothing is held twice.

A history grows by hundreds of thousands of rows. They are spelled as they are asked for, of plain cells in plain rows
(``new_rows``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from kohyo.errors import FileError
from kohyo.excel.ooxml.cell_reference import a1, row_column
from kohyo.excel.ooxml.cell_spelling import CellSpelling
from kohyo.excel.ooxml.new_rows import NewRows
from kohyo.excel.ooxml.package import Dates
from kohyo.excel.ooxml.sheet_patch import SheetPatch

_CLOSE, _ROW = b"</sheetData>", b"<row "
_OPEN = re.compile(rb"<sheetData\s*(/?)>")
_NUMBER = re.compile(rb'<row\b[^>]*? r="([0-9]+)"')
_DIMENSION = re.compile(r'(<dimension\b[^>]*?\bref=")([A-Z0-9]+)(?::([A-Z0-9]+))?"')


class RowsBelow(Protocol):
    """Rows to be written below what stands: the first one's place from 0, and how many they are."""

    first: int
    count: int

    def last_column(self) -> int:
        """Return the last column in which one of them holds something."""

    def bunches(self, spelling: CellSpelling) -> Iterator[NewRows]:
        """Yield them spelled, some at a time."""

    def as_patch(self) -> SheetPatch:
        """Return them as new cells, for a sheet whose end is not free."""


def stand_above(xml: bytes, row: int) -> bool:
    """Tell whether all rows that a sheet's part names stand above a row, counted from 0."""
    last = xml.rfind(_ROW)
    found = _NUMBER.match(xml, last) if last >= 0 else None
    return last < 0 or (found is not None and int(found[1]) <= row)


def with_rows_below(xml: bytes, below: RowsBelow, dates: Dates) -> Iterator[bytes]:
    """Yield the sheet's bytes with the rows in them; raise FileError when the part is not as Excel writes it.

    Raises UsageError when a cell is not plain (``new_cell``).
    """
    opened = _OPEN.search(xml)
    closed = xml.rfind(_CLOSE)
    if opened is None or (not opened[1] and closed < 0):
        raise FileError("register_strange")
    head = xml[: opened.start()].decode("utf-8")
    yield _extended(head, below).encode()
    yield b"<sheetData>"
    if not opened[1]:
        yield from _in_blocks(xml, opened.end(), closed)
    yield from below.bunches(CellSpelling(head, dates))
    yield _CLOSE
    yield xml[opened.end() if opened[1] else closed + len(_CLOSE) :]


def _in_blocks(xml: bytes, start: int, end: int, size: int = 1 << 20) -> Iterable[bytes]:
    return (xml[at : min(end, at + size)] for at in range(start, end, size))


def _extended(head: str, below: RowsBelow) -> str:
    """Return the part before the rows with a dimension that takes the new rows in."""
    found = _DIMENSION.search(head)
    if found is None:
        return head
    row, column = row_column(found[3] or found[2])
    last = a1(max(row, below.first + below.count - 1), max(column, below.last_column()))
    return f'{head[: found.start()]}{found[1]}{found[2]}:{last}"{head[found.end() :]}'

"""New rows put together from cells that were looked at (新しい行): well-formed XML by itself.

A history grows by hundreds of thousands of rows, and few of their cells are new. Each is looked at when it is spelled,
without its row, and put into every row that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count, repeat
from typing import NewType

from kohyo.errors import UsageError
from kohyo.excel.ooxml.cell_reference import column_letters

NewCell = NewType("NewCell", bytes)
"""A plain cell without its row, as ``new_cell`` returns it; empty where there is no cell to write."""

NewRows = NewType("NewRows", bytes)
"""Plain rows, as ``new_rows`` returns them."""

NO_CELL = NewCell(b"")

_ROW = b"\0"  # stands for the row's number: no text of a cell can hold it
_SHOWN = 80
_CELL = re.compile(
    r'<c r="[A-Z]++\0"(?: s="[0-9]++")?+(?:/>|><v>[-+.0-9e]++</v></c>| t="inlineStr"><is>'
    r'<t xml:space="preserve">(?:[^<&\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]++|&(?:amp|lt|gt);)*+</t></is></c>)'
)
_HEIGHT = re.compile(r"[0-9]++(?:\.[0-9]++)?+")


def new_cell(column: int, held: str) -> NewCell:
    """Return a cell of a column; ``held`` is what follows its place (``CellSpelling.held``), nothing without a cell.

    Raises UsageError when that is no plain cell: that never is what was meant.
    """
    if not held:
        return NO_CELL
    cell = f'<c r="{column_letters(column)}\0"{held}'
    if _CELL.fullmatch(cell) is None:
        raise _broken(cell)
    return NewCell(cell.encode())


def new_rows(first: int, columns: Sequence[Iterable[NewCell]], heights: Iterable[float]) -> NewRows:
    """Return the rows that columns make, from left to right, the first with the number ``first``.

    ``heights`` are theirs in points, 0 where one line is enough.
    """
    rows = map(b"".join, zip(map(_begin, heights), *columns, repeat(b"</row>")))
    return NewRows(b"".join(map(bytes.replace, rows, repeat(_ROW), map(b"%d".__mod__, count(first)))))


@lru_cache(maxsize=1024)
def _begin(height: float) -> bytes:
    """Return the tag before the cells of a row of this height."""
    if not height:
        return b'<row r="\0">'
    if _HEIGHT.fullmatch(str(height)) is None:
        raise _broken(str(height))
    return f'<row r="\0" ht="{height}" customHeight="1">'.encode()


def _broken(detail: str) -> UsageError:
    return UsageError("part_broken", part="sheetData", detail=detail[:_SHOWN])

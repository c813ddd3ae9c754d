"""Cell references (セル番地) as a workbook's XML spells them, checked against the sheet's edges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kohyo.excel.ooxml.limits import AREA, COLUMNS, MERGED_AREA, MERGES, ROWS, RefusedError

Position = tuple[int, int]
"""Row and column, from 0."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")
_LETTERS = 26


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return a column from 0 by its letters; raise RefusedError beyond XFD."""
    column = _column(letters)
    if column >= COLUMNS:
        raise RefusedError("K137", letters)
    return column


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def row_number(digits: str) -> int:
    """Return a row from 0 by its digits; raise RefusedError for anything but a row of a sheet."""
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits[:10]) <= ROWS:
        raise RefusedError("K137", digits[:20])
    return int(digits) - 1


@lru_cache(maxsize=65_536)
def position(reference: str) -> Position:
    """Return row and column of a reference such as ``$B$5``; raise RefusedError for what is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise RefusedError("K137", reference[:20])
    return row_number(found[2]), column_number(found[1])


@lru_cache(maxsize=65_536)
def spelled(place: Position) -> str:
    """Return the reference of a position: ``B5`` for (4, 1)."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def refuse_far(rows: Iterable[int], columns: Iterable[int]) -> None:
    """Raise RefusedError when what is filled in lies so far apart that the sheet cannot be kept in memory."""
    tall, wide = set(rows), set(columns)
    if tall and (max(tall) - min(tall) + 1) * (max(wide) - min(wide) + 1) > AREA:
        raise RefusedError("K138", cell=spelled((max(tall), max(wide))))


def refuse_huge_merges(ranges: Iterable[str]) -> None:
    """Raise RefusedError when merged ranges are too many or too large."""
    area = 0
    for count, text in enumerate(ranges, start=1):
        first, _, last = text.partition(":")
        top, left = position(first)
        bottom, right = position(last or first)
        area += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if count > MERGES or area > MERGED_AREA:
            raise RefusedError("K139", text)


def a1(row: int, column: int) -> str:
    """Return A1 notation of a cell given by row and column from 0."""
    return spelled((row, column))


@lru_cache(maxsize=65_536)
def row_column(cell: str) -> Position:
    """Return row and column from 0 of a cell in A1 notation, the first cell for what is none."""
    found = _REFERENCE.fullmatch(cell)
    return (int(found[2]) - 1, _column(found[1])) if found else (0, 0)

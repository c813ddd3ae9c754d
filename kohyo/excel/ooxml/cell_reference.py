"""Cell references (セル番地) as workbooks spell them: ``B5`` is row 4 and column 1, counted from 0.

What comes from a file that nobody has looked over yet is checked against the sheet's edges (``position``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kohyo.excel.ooxml.limits import AREA, COLUMNS, MERGED_AREA, MERGES, ROWS, RefusedError
from kohyo.model.codes import Code

Position = tuple[int, int]
"""Row and column, from 0."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")
_LETTERS = 26


@lru_cache(maxsize=65_536)
def a1(row: int, column: int) -> str:
    """Return the reference of a cell."""
    return f"{column_letters(column)}{row + 1}"


def absolute(row: int, column: int) -> str:
    """Return the reference of a cell as it stays when a formula is copied: ``$B$5``."""
    return f"${column_letters(column)}${row + 1}"


def span(column: int, first: int, last: int) -> str:
    """Return the absolute range of a column from row ``first`` to ``last``, rows and columns counted from 0."""
    return f"{absolute(first, column)}:{absolute(last, column)}"


def column_letters(column: int) -> str:
    """Return the letters of a column."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters


@lru_cache(maxsize=65_536)
def row_column(cell: str) -> Position:
    """Return row and column of a cell, the first cell for what is no reference."""
    found = _REFERENCE.fullmatch(cell)
    return (int(found[2]) - 1, _column(found[1])) if found else (0, 0)


@lru_cache(maxsize=65_536)
def position(reference: str) -> Position:
    """Return row and column of a reference such as ``$B$5``; raise RefusedError for what is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise RefusedError(Code.K137, reference[:20])
    row, column = row_number(found[2]), _column(found[1])
    if column >= COLUMNS:
        raise RefusedError(Code.K137, found[1])
    return row, column


def row_number(digits: str) -> int:
    """Return a row by its digits; raise RefusedError for anything but a row of a sheet."""
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits[:10]) <= ROWS:
        raise RefusedError(Code.K137, digits[:20])
    return int(digits) - 1


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def refuse_far(rows: Iterable[int], columns: Iterable[int]) -> None:
    """Raise RefusedError when what is filled in lies so far apart that the sheet cannot be kept in memory."""
    tall, wide = set(rows), set(columns)
    if tall and (max(tall) - min(tall) + 1) * (max(wide) - min(wide) + 1) > AREA:
        raise RefusedError(Code.K138, cell=a1(max(tall), max(wide)))


def refuse_huge_merges(ranges: Iterable[str]) -> None:
    """Raise RefusedError when merged ranges are too many or too large."""
    area = 0
    for count, text in enumerate(ranges, start=1):
        first, _, last = text.partition(":")
        top, left = position(first)
        bottom, right = position(last or first)
        area += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if count > MERGES or area > MERGED_AREA:
            raise RefusedError(Code.K139, text)

"""The marks of a form (様式の目印): by which sheets that ask for nothing are known, and open ticks answered."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import RawGrid
from kohyo.messages import wording
from kohyo.model.value import RawValue
from kohyo.text.normalise import Key, key

REST, EXAMPLE, OVERVIEW = "rest.choice", "example.mark", "overview.title"
"""All ticks left open are answered; the sheet is the example (記入例), or the overview (記入状況)."""

_LONGEST = 200
_LETTERS = ((0x30, 0x39), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF))
"""Digits, kana and kanji: they have no other case, are never left out of a key and never taken for a dash."""


def spoken(grid: RawGrid) -> dict[str, Position]:
    """Return which of the form's marks stand on a sheet, each with the first cell that bears it."""
    found: dict[str, Position] = {}
    for cell, mark in zip(grid.cells, map(mark_of, grid.cells.values()), strict=True):
        if mark:
            found.setdefault(mark, cell)
    return found


@lru_cache(maxsize=8192)
def mark_of(text: RawValue) -> str:
    """Return the mark that a text is, nothing for any other."""
    if not isinstance(text, str) or len(text) > _LONGEST or not may_open_mark(text[:1]):
        return ""
    return _marks().get(key(text), "")


@lru_cache(maxsize=4096)
def may_open_mark(letter: str) -> bool:
    """Tell whether a text that begins so may be a mark: by its first letter, or blank before it.

    In a key digits, kana and kanji stay as they are, but for the sound signs that follow kana and become one with them.
    """
    return not _stays(letter) or _base(letter) in _openings()


def _stays(letter: str) -> bool:
    return bool(letter) and any(first <= ord(letter) <= last for first, last in _LETTERS)


@cache
def _openings() -> frozenset[str]:
    return frozenset(map(_base, _marks()))


def _base(text: str) -> str:
    """Return the first letter of a text, without the signs over it."""
    return unicodedata.normalize("NFKD", text)[:1]


@cache
def _marks() -> Mapping[Key, str]:
    return {key(wording(f"form.{mark}")): mark for mark in (EXAMPLE, OVERVIEW, REST)}

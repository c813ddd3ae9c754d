"""The marks of a form (様式の目印): by which sheets that ask for nothing are known, and open ticks answered."""

from __future__ import annotations

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
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = 0x4E00, 0x9FFF


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
    if not isinstance(text, str) or len(text) > _LONGEST or (text and _begins_otherwise(text[0])):
        return ""
    return _marks().get(key(text), "")


def _begins_otherwise(letter: str) -> bool:
    """Tell whether no mark can begin so: an ideograph stays what it is, whatever else a text is spelled with."""
    return _FIRST_IDEOGRAPH <= ord(letter) <= _LAST_IDEOGRAPH and letter not in _first_letters()


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(mark[0] for mark in _marks())


@cache
def _marks() -> Mapping[Key, str]:
    return {key(wording(f"form.{mark}")): mark for mark in (EXAMPLE, OVERVIEW, REST)}

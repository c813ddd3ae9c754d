"""What stands before and behind the rows of a sheet (行の前後): widths of columns, merged ranges, nothing unusual.

It is the same on the sheets of one kind in every return of a round: what was understood once is kept. Only letters are
compared, so that what is kept is what a reading anew would find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from kohyo.excel.ooxml.cell_reference import refuse_huge_merges
from kohyo.excel.ooxml.hidden_lines import narrow_columns
from kohyo.excel.ooxml.plain_spelling import is_plain_before, is_plain_behind

_T = TypeVar("_T")

_MERGES, _FOOTER = b"<mergeCell", b"<headerFooter"
_ANY_MERGE = re.compile(rb"<mergeCell[\s/>]")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_KEPT, _LONGEST = 256, 50_000
"""Parts that are kept, and the most bytes of one that is: a form has a third of them."""


def read_before(head: bytes) -> Mapping[int, float] | None:
    """Return the widths of narrow columns by what stands before the rows; None where that is not plainly spelled."""
    return (_kept_before if len(head) <= _LONGEST else _before)(head)


def split_before_footer(tail: bytes) -> tuple[bytes, bytes]:
    """Return what stands behind the rows in two: the part that all sheets of a kind share, and the footer's.

    The first part ends where a tag begins, so that no tag stands in both.
    """
    place = tail.find(_FOOTER)
    return (tail[:place], tail[place:]) if place >= 0 else (tail, b"")


def count_closings(behind: tuple[bytes, bytes]) -> int | None:
    """Return how many elements end behind the rows; None where what stands there is not plainly spelled."""
    front, footer = behind
    shared, own = (_kept_closings if len(front) <= _LONGEST else _closings)(front), _closings(footer)
    return None if shared is None or own is None else shared + own


def read_merges(behind: tuple[bytes, bytes]) -> tuple[str, ...] | None:
    """Return the merged ranges, None where they are spelled unusually; raise RefusedError: too many or too large."""
    front, footer = behind
    if _MERGES in footer:
        return _merges(front + footer)
    return (_kept_merges if len(front) <= _LONGEST else _merges)(front)


def _before(head: bytes) -> Mapping[int, float] | None:
    text = _text(head)
    return narrow_columns(text) if text is not None and is_plain_before(text) else None


def _closings(tail: bytes) -> int | None:
    return tail.count(b"</") if is_plain_behind(tail) and _is_text(tail) else None


def _merges(tail: bytes) -> tuple[str, ...] | None:
    if _MERGES not in tail:
        return ()
    merges = [ref.decode("ascii") for ref in _MERGE.findall(tail)]
    refuse_huge_merges(merges)
    return tuple(merges) if len(merges) == len(_ANY_MERGE.findall(tail)) else None


def _is_text(data: bytes) -> bool:
    return data.isascii() or _text(data) is not None


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _keeping(read: Callable[[bytes], _T]) -> Callable[[bytes], _T]:
    return lru_cache(maxsize=_KEPT)(read)


_kept_before, _kept_closings, _kept_merges = _keeping(_before), _keeping(_closings), _keeping(_merges)

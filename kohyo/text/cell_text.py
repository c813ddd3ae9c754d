"""What a cell of Excel can hold of a text: how long it is as Excel counts, and what has no place in it."""

from __future__ import annotations

import re

CELL_LIMIT = 32767
"""Most units that a cell can hold."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, as Excel counts: 𠮷 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_unprintable(text: str) -> bool:
    """Tell whether a text holds a character that a workbook cannot hold: a control sign, half a pair."""
    return _UNPRINTABLE.search(text) is not None

"""How much a text is, as Excel counts it: in UTF-16 units, so that 𠮷 counts two."""

from __future__ import annotations

CELL_LIMIT = 32767
"""Most that a cell can hold."""


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

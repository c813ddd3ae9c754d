"""Garbage (使われなくなったデータ): looked for seldom while a command works, for next to none of it lies in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OFTEN = 500_000
"""New objects between two looks; Python's own 700 make it look through the whole register again and again."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom; afterwards as before."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OFTEN) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)

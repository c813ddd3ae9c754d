"""Progress (進み具合) of long work: a use case says what it goes through, the door shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

Progress: TypeAlias = Callable[[Sequence[Any], str], Iterable[Any]]
"""Takes a sequence and what is done with it, and yields its elements while showing how far it is."""


def silent(work: Sequence[Any], _what: str) -> Iterable[Any]:
    """Show nothing."""
    return work

"""Identifiers of the register (ID): stable, in sequence, never reused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kohyo.model.item import ItemId
from kohyo.model.register import Conflict, Register

_DIGITS = re.compile("[0-9]+")


def next_item(register: Register) -> ItemId:
    """Return the next free item id, after every id that the items or the history ever held."""
    return item_after([*(item.id for item in register.items), *(change.item for change in register.changes)])


def item_after(known: Iterable[str]) -> ItemId:
    """Return the next item id after all that are known."""
    return ItemId(_after("K", (name for name in known if name.startswith("K"))))


def next_submission(register: Register) -> str:
    """Return the next free id of a proposal, issue or practice, after every one that the history tells of."""
    known = [entry.id for entry in register.submissions] + [change.item for change in register.changes]
    return _after("P", (name for name in known if name.startswith("P")))


def next_conflict(conflicts: Iterable[Conflict]) -> str:
    """Return the next free id of a conflict."""
    return _after("C", (entry.id for entry in conflicts))


def _after(letter: str, known: Iterable[str]) -> str:
    highest = max((int(found[0]) for name in known if (found := _DIGITS.search(name))), default=0)
    return f"{letter}{highest + 1:04d}"

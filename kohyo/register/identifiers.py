"""Identifiers of the register (ID): stable, never reused; in sequence, or made from what was sent."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from kohyo.model.item import ItemId
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.model.value_json import values_to_json

_LETTERS = 6
_DIGITS = re.compile("[0-9]+")


def next_item(register: Register) -> ItemId:
    """Return the next free item id, after every id that the items or the history ever held."""
    return item_after([*(item.id for item in register.items), *(change.item for change in register.changes)])


def item_after(known: Iterable[str]) -> ItemId:
    """Return the next item id after all that are known."""
    return ItemId(_after("K", (name for name in known if name.startswith("K"))))


def next_submission(register: Register) -> str:
    """Return the next free id of a proposal, issue or practice that was there before anything was sent."""
    return _after("P", (entry.id for entry in register.submissions if entry.id.startswith("P")))


def submission_id(department: str, kind: str, year: int, values: Mapping[str, FieldValue], time: int = 1) -> str:
    """Return the id of what a department sent in a year's survey, by its first words: whoever sends first.

    ``time`` counts, from 1, how often one file says these words.
    """
    said = values_to_json({name: value for name, value in sorted(values.items()) if value is not None})
    words = [department, kind, year, said, *([time] if time > 1 else [])]
    content = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return f"P-{hashlib.sha256(content.encode()).hexdigest()[:_LETTERS].upper()}"


def _after(letter: str, known: Iterable[str]) -> str:
    highest = max((int(found[0]) for name in known if (found := _DIGITS.search(name))), default=0)
    return f"{letter}{highest + 1:04d}"

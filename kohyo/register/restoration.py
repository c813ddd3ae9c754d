"""Restoration (復元): the register as a copy holds it, with the whole history and one line that says what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kohyo.model.register import Change, ChangeKind, Register


def restored(copy: Register, history: Sequence[Change], now: datetime, why: str, by: str) -> Register:
    """Return the register of a copy; nothing of the history is lost, what came after the copy counts no more.

    Edits by hand that the copy shows and that the history told only later still count.
    """
    told = _told_in(copy, history)
    line = Change(now, ChangeKind.RESTORED, "", "", "", None, told, typed=why, by=by)
    whole = history if told >= len(copy.changes) else copy.changes
    return replace(copy, changes=(*whole, line))


def _told_in(copy: Register, history: Sequence[Change]) -> int:
    """Return how many changes of the history the copy holds."""
    known = len(copy.changes)
    if tuple(history[:known]) != copy.changes:
        return known if not history else 0
    items = {item.id: item.values for item in copy.items}
    for change in history[known:]:
        values = items.get(change.item, {})  # type: ignore[call-overload] # an id as it was written
        if change.kind is not ChangeKind.EDITED or values.get(change.field) != change.new:
            break
        known += 1
    return known

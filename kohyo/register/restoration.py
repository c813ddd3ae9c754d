"""Restoration (復元): the register as a copy holds it, with the whole history and one line that says what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from kohyo.model.register import Change, ChangeKind, Register


def restored(copy: Register, history: Sequence[Change], now: datetime, why: str, by: str) -> Register:
    """Return the register of a copy; nothing of the history is lost, what came after the copy counts no more.

    Edits by hand that the copy shows and that the history told only later still count.
    """
    goes_on = tuple(history[: len(copy.changes)]) == copy.changes
    told = _told_in(copy, history) if goes_on else len(copy.changes)
    line = Change(now, ChangeKind.RESTORED, "", "", "", None, told, typed=why, by=by)
    whole = history if goes_on else (*copy.changes, *_went_out(copy, history))
    return replace(copy, changes=(*whole, line))


def _went_out(copy: Register, history: Sequence[Change]) -> Iterator[Change]:
    """Yield the forms that a history tells of which the copy does not go on to: they went out all the same."""
    known = {row.item for row in copy.changes if row.kind is ChangeKind.ISSUED}
    yield from (row for row in history if row.kind is ChangeKind.ISSUED and row.item not in known)


def _told_in(copy: Register, history: Sequence[Change]) -> int:
    """Return how many changes of the history, which goes on from its own, the copy holds."""
    known = len(copy.changes)
    items = {item.id: item.values for item in copy.items}
    for change in history[known:]:
        values = items.get(change.item, {})  # type: ignore[call-overload] # an id as it was written
        if change.kind is not ChangeKind.EDITED or values.get(change.field) != change.new:
            break
        known += 1
    return known

"""Freeze (版の確定): the register kept under a name as a version of the plan, which never changes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kohyo.definition.next_year import next_cycle
from kohyo.register.endings import due_ends, end_items
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.still_open import open_conflicts, open_in_year, returns_out, stop_if_open
from kohyo.workspace.versions import Frozen, freeze_current, frozen_before


def freeze(root: Location, name: str, now: datetime | None = None, *, anyway: bool = False) -> Frozen:
    """Freeze the register as the version ``name`` into 版, with the definition of the day.

    Returns that are not there are told. In the plan's last year no rollover follows: the version that is frozen when
    nothing of the year is open any more ends the items whose end was decided; it still holds them itself.

    One that was cut off and finished since is not refused. Raises UsageError for a name that no file can bear or that
    a version bears already, which never changes, and, unless ``anyway``, while conflicts wait for a decision.
    """
    with session(root, "freeze", now, asked=key(name)) as current:
        if current.repeated and (frozen := frozen_before(current, name)):
            return frozen
        stop_if_broken(current, row_faults(current))
        if not anyway:
            stop_if_open(open_conflicts(current))
        frozen = replace(freeze_current(current, name), open=returns_out(current))
        return _ending(current, frozen) if next_cycle(current.plan) is None else frozen


def _ending(current: Session, frozen: Frozen) -> Frozen:
    """End the items of a plan that ends, or tell which are to end once nothing is open any more."""
    year = current.plan.cycle.year
    due = {row.item for row in due_ends(current.register, year)}
    numbers = tuple(str(item.number) for item in current.register.current if item.id in due)
    if not numbers:
        return frozen
    if still := open_in_year(current):
        return replace(frozen, open=still, ending=numbers)
    saved = current.save(end_items(current.register, year, current.now))
    return replace(frozen, ended=numbers, saved=saved)

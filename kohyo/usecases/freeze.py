"""Freeze (版の確定): the register kept under a name as a version of the plan, which never changes again."""

from __future__ import annotations

from datetime import datetime

from kohyo.text.normalise import key
from kohyo.workspace.folder import Location
from kohyo.workspace.session import row_faults, session, stop_if_broken
from kohyo.workspace.still_open import open_conflicts, stop_if_open
from kohyo.workspace.versions import Frozen, freeze_current, frozen_before


def freeze(root: Location, name: str, now: datetime | None = None, *, anyway: bool = False) -> Frozen:
    """Freeze the register as the version ``name`` into 版, with the definition of the day.

    One that was cut off and finished since is not refused. Raises UsageError for a name that no file can bear or that
    a version bears already, which never changes, and, unless ``anyway``, while conflicts wait for a decision.
    """
    with session(root, "freeze", now, asked=key(name)) as current:
        if current.repeated and (frozen := frozen_before(current, name)):
            return frozen
        stop_if_broken(current, row_faults(current))
        if not anyway:
            stop_if_open(open_conflicts(current))
        return freeze_current(current, name)

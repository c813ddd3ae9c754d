"""Freeze (版の確定): the register kept under a name as a version of the plan, which never changes again."""

from __future__ import annotations

from datetime import datetime

from kohyo.workspace.folder import Location
from kohyo.workspace.session import row_faults, session, stop_if_broken
from kohyo.workspace.versions import Frozen, freeze_current


def freeze(root: Location, name: str, now: datetime | None = None) -> Frozen:
    """Freeze the register as the version ``name`` into 版, with the definition of the day.

    Raises UsageError for a name that no file can bear or that a version bears already: a version never changes.
    """
    with session(root, "freeze", now) as current:
        stop_if_broken(current, row_faults(current))
        return freeze_current(current, name)

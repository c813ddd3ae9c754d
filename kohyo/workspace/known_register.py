"""The register as it is known (控えの台帳): what was read of it before is read no more while nothing of it changed.

What is remembered is a register that was sound: nobody edited it since it was saved, and no command has to stop. What
changes the register reads it whole, for it is written back where it stands.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from kohyo.errors import FileError
from kohyo.excel.ooxml.file_status import file_sha256, sha256_if_any
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.register_files import (
    history_copy,
    last_state,
    last_state_copy,
    next_state,
    state_before,
    waiting_file,
)
from kohyo.model.finding_json import finding_from_json, finding_to_json
from kohyo.model.plan import Plan
from kohyo.model.register_json import register_from_json, register_to_json
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import definition_bytes
from kohyo.workspace.remembered import mark_of, recalled, remember

_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def known_register(workspace: Workspace, plan: Plan, now: datetime, *, keep: bool) -> LoadedRegister:
    """Return the register to look at, not to save, as ``load_register`` reads it; raise what that raises.

    It is remembered where one may ``keep`` it.
    """
    mark = _mark(workspace, plan)
    found = _recalled(workspace, mark) if mark else None
    if found is not None:
        return found
    loaded = whole_register(workspace, plan, now)
    if keep and mark and _is_sound(loaded) and _mark(workspace, plan) == mark:
        remember(
            workspace,
            workspace.register.stem,
            mark,
            json.dumps(_data(loaded), ensure_ascii=False).encode("utf-8", "surrogatepass"),
        )
    return loaded


def whole_register(workspace: Workspace, plan: Plan, now: datetime) -> LoadedRegister:
    """Return the register as it stands, with all that saving it needs; raise what ``load_register`` raises."""
    from kohyo.excel.register_book.register_load import load_register  # noqa: PLC0415 - a known one is not read

    standing = workspace.register_as_it_stands
    return load_register(workspace.register, plan, backups=workspace.backups, standing=standing, now=now)


def _is_sound(loaded: LoadedRegister) -> bool:
    """Tell whether nobody edited it since it was saved, and nothing stops a command."""
    return bool(loaded.last) and loaded.history is None and not (loaded.edits or loaded.stopping)


def _mark(workspace: Workspace, plan: Plan) -> str:
    """Return the mark of all that a register is read from; empty where something waits, or stands on the screen."""
    if workspace.register_as_it_stands or waiting_file(workspace.register).exists():
        return ""
    backups = workspace.backups
    kept = (last_state, last_state_copy, next_state, state_before, history_copy)
    beside = [sha256_if_any(of(backups)) for of in kept]
    try:
        return mark_of((sha256(definition_bytes(plan)).hexdigest(), file_sha256(workspace.register), *beside))
    except FileError:
        return ""


def _data(loaded: LoadedRegister) -> dict[str, object]:
    return {
        "sha256": loaded.sha256,
        "titles": loaded.titles,
        "findings": list(map(finding_to_json, loaded.findings)),
        "joint": list(map(finding_to_json, loaded.joint)),
        "register": register_to_json(loaded.register),
    }


def _recalled(workspace: Workspace, mark: str) -> LoadedRegister | None:
    data = recalled(workspace, workspace.register.stem, mark)
    try:
        if data is None:
            return None
        found = json.loads(data)
        return LoadedRegister(
            register=register_from_json(found["register"]),
            sha256=found["sha256"],
            titles=tuple(found["titles"]),
            findings=tuple(map(finding_from_json, found["findings"])),
            joint=tuple(map(finding_from_json, found["joint"])),
        )
    except _BROKEN:
        return None

"""Health (作業フォルダの診断): what in a workspace is sound, what is damaged, what waits; nothing is changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kohyo.errors import KohyoError, cause_of
from kohyo.excel.ooxml.file_status import holder
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.last_state import read_state
from kohyo.excel.register_book.register_files import last_state, last_state_copy, waiting_file
from kohyo.messages import describe_problem, severity, wording
from kohyo.model.finding import Severity
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import gone_in, load_bases
from kohyo.workspace.known_definition import plan_of
from kohyo.workspace.notices import listening
from kohyo.workspace.register_copies import register_copies

_ROOM = 200 << 20
"""Bytes that a disk should have left: the register is written anew beside the old one, and a copy is kept."""


class State(Enum):
    """How something is that was looked at."""

    SOUND = "sound"
    DAMAGED = "damaged"
    KNOWN = "known"  # neither: it is to be known


@dataclass(frozen=True)
class Observation:
    """One thing that was looked at, and what was seen."""

    state: State
    text: str


def examine(root: Path) -> tuple[Observation, ...]:
    """Return what is to be said of the workspace at ``root``; raises nothing."""
    try:
        if not root.is_dir():
            return (_seen(State.DAMAGED, "no_folder", path=root),)
        return tuple(_all(Workspace(root)))
    except OSError as error:
        why = wording(f"errors.because.{cause}") if (cause := cause_of(error)) else str(error)
        return (_seen(State.DAMAGED, "bad", problem=why),)


def _all(workspace: Workspace) -> Iterator[Observation]:
    yield from _place(workspace)
    plan = None
    if not workspace.definition.is_file():
        yield _seen(State.DAMAGED, "no_definition", path=workspace.definition)
    else:
        try:
            plan = plan_of(workspace)
            yield _seen(State.SOUND, "definition", plan=plan.plan.name, file=workspace.definition.name)
        except KohyoError as problem:
            yield _seen(State.DAMAGED, "bad", problem=describe_problem(problem))
    yield from _guarded(lambda: _register(workspace, plan))
    yield from _guarded(lambda: _bases(workspace, plan))
    yield from _kept(workspace)
    yield from _waiting(workspace)


def _seen(state: State, key: str, **fields: object) -> Observation:
    return Observation(state, wording(f"notices.health.{key}", **fields))


def _guarded(look: Callable[[], Iterator[Observation]]) -> Iterator[Observation]:
    """Yield what a look finds, or the problem that ends it."""
    try:
        yield from look()
    except KohyoError as problem:
        yield _seen(State.DAMAGED, "bad", problem=describe_problem(problem))


def _place(workspace: Workspace) -> Iterator[Observation]:
    """Look at the folder itself: whether it can be written, and how much room there is."""
    if not os.access(workspace.root, os.W_OK):
        yield _seen(State.DAMAGED, "read_only", path=workspace.root)
        return
    free = shutil.disk_usage(workspace.root).free
    if free > _ROOM:
        yield _seen(State.SOUND, "room", free=free >> 20)
    else:
        yield _seen(State.DAMAGED, "little_room", free=free >> 20)


def _register(workspace: Workspace, plan: Plan | None) -> Iterator[Observation]:
    if not workspace.register.is_file():
        yield _seen(State.DAMAGED, "no_register", path=workspace.register)
    elif plan is not None:
        loaded = load_register(workspace.register, plan, backups=workspace.backups)
        faults = [found for found in loaded.findings if severity(found.code) is Severity.ERROR]
        if faults:
            yield _seen(State.DAMAGED, "faulty_register", count=len(faults), file=workspace.register.name)
        else:
            register = loaded.register
            yield _seen(State.SOUND, "register", items=len(register.current), changes=len(register.changes))


def _bases(workspace: Workspace, plan: Plan | None) -> Iterator[Observation]:
    with listening() as told:
        bases = load_bases(workspace, plan)
    yield from (Observation(State.DAMAGED, sentence) for sentence in told.sentences)
    gone = gone_in(workspace, plan, bases) if plan else ()
    if gone:
        yield _seen(State.DAMAGED, "gone_bases", count=len(gone), first=gone[0])
    elif not told.sentences:
        yield _seen(State.SOUND, "bases", count=len(bases))


def _kept(workspace: Workspace) -> Iterator[Observation]:
    """Look at what 控え keeps besides: answers, the last state, copies of the register."""
    broken = [path for path in workspace.answers.glob("*.json") if not _is_json(path)]
    if broken:
        yield _seen(State.DAMAGED, "broken_answers", count=len(broken), first=broken[0].name)
    state, copy = (read_state(path(workspace.backups)) for path in (last_state, last_state_copy))
    if state is None and last_state(workspace.backups).exists():
        yield _seen(State.KNOWN, "state_from_copy") if copy else _seen(State.DAMAGED, "broken_state")
    copies = register_copies(workspace)
    if copies:
        yield _seen(State.SOUND, "copies", count=len(copies), last=copies[-1].path.name)


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True


def _waiting(workspace: Workspace) -> Iterator[Observation]:
    """Look for what the next command will take up, and for who has a file open."""
    if workspace.under_way.exists() or workspace.finished.exists():
        yield _seen(State.KNOWN, "under_way")
    if waiting_file(workspace.register).exists():
        yield _seen(State.KNOWN, "waiting", file=waiting_file(workspace.register).name)
    for path in (workspace.register, workspace.definition):
        held = holder(path)
        if held is not None:
            who = wording("notices.who.named" if held.who else "notices.who.unnamed", name=held.who)
            yield _seen(State.KNOWN, "held", path=path.name, who=who, lock=held.lock.name)

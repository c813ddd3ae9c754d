"""Health (作業フォルダの診断): what in a workspace is sound, what is damaged, what waits; nothing is changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from kohyo.errors import KohyoError
from kohyo.excel.ooxml.file_status import holder
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.register_files import waiting_file
from kohyo.messages import describe_cause, describe_problem, severity, wording
from kohyo.model.finding import Severity
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import gone_in, load_bases
from kohyo.workspace.kept_health import look_at_kept
from kohyo.workspace.known_definition import plan_of
from kohyo.workspace.notices import listening
from kohyo.workspace.observation import Observation, State, seen

_ROOM = 200 << 20
"""Bytes that a disk should have left: the register is written anew beside the old one, and a copy is kept."""


def examine(root: Path) -> tuple[Observation, ...]:
    """Return what is to be said of the workspace at ``root``; raises nothing."""
    try:
        if not root.is_dir():
            return (seen(State.DAMAGED, "no_folder", path=root),)
        return tuple(_all(Workspace(root)))
    except OSError as error:
        return (seen(State.DAMAGED, "bad", problem=describe_cause(error)),)


def _all(workspace: Workspace) -> Iterator[Observation]:
    yield from _place(workspace)
    plan = None
    if not workspace.definition.is_file():
        yield seen(State.DAMAGED, "no_definition", path=workspace.definition)
    else:
        try:
            plan = plan_of(workspace)
            yield seen(State.SOUND, "definition", plan=plan.plan.name, file=workspace.definition.name)
        except KohyoError as problem:
            yield seen(State.DAMAGED, "bad", problem=describe_problem(problem))
    yield from _guarded(lambda: _register(workspace, plan))
    yield from _guarded(lambda: _bases(workspace, plan))
    yield from look_at_kept(workspace)
    yield from _waiting(workspace)


def _guarded(look: Callable[[], Iterator[Observation]]) -> Iterator[Observation]:
    """Yield what a look finds, or the problem that ends it."""
    try:
        yield from look()
    except KohyoError as problem:
        yield seen(State.DAMAGED, "bad", problem=describe_problem(problem))


def _place(workspace: Workspace) -> Iterator[Observation]:
    """Look at the folder itself: whether it can be written, and how much room there is."""
    if not os.access(workspace.root, os.W_OK):
        yield seen(State.DAMAGED, "read_only", path=workspace.root)
        return
    free = shutil.disk_usage(workspace.root).free
    if free > _ROOM:
        yield seen(State.SOUND, "room", free=free >> 20)
    else:
        yield seen(State.DAMAGED, "little_room", free=free >> 20)
    if workspace.lock.is_dir():
        yield seen(State.DAMAGED, "lock", path=workspace.lock)
    within = (workspace.bases, workspace.answers, workspace.form_definitions, workspace.second_copies)
    for folder in (*workspace.folders, *within, workspace.data, workspace.papers):
        if folder.exists() and not folder.is_dir():
            yield seen(State.DAMAGED, "no_folder_there", path=folder)


def _register(workspace: Workspace, plan: Plan | None) -> Iterator[Observation]:
    if not workspace.register.is_file():
        yield seen(State.DAMAGED, "no_register", path=workspace.register)
    elif plan is not None:
        loaded = load_register(workspace.register, plan, backups=workspace.backups)
        faults = [found for found in loaded.findings if severity(found.code) is Severity.ERROR]
        if faults:
            yield seen(State.DAMAGED, "faulty_register", count=len(faults), file=workspace.register.name)
        else:
            register = loaded.register
            yield seen(State.SOUND, "register", items=len(register.current), changes=len(register.changes))


def _bases(workspace: Workspace, plan: Plan | None) -> Iterator[Observation]:
    with listening() as told:
        bases = load_bases(workspace, plan)
    yield from (Observation(State.DAMAGED, sentence) for sentence in told.sentences)
    gone = gone_in(workspace, plan, bases) if plan else ()
    if gone:
        yield seen(State.DAMAGED, "gone_bases", count=len(gone), first=gone[0])
    elif not told.sentences:
        yield seen(State.SOUND, "bases", count=len(bases))


def _waiting(workspace: Workspace) -> Iterator[Observation]:
    """Look for what the next command will take up, and for who has a file open."""
    if workspace.under_way.exists() or workspace.finished.exists():
        yield seen(State.KNOWN, "under_way")
    if waiting_file(workspace.register).exists():
        yield seen(State.KNOWN, "waiting", file=waiting_file(workspace.register).name)
    for path in (workspace.register, workspace.definition):
        held = holder(path)
        if held is not None:
            who = wording("notices.who.named" if held.who else "notices.who.unnamed", name=held.who)
            yield seen(State.KNOWN, "held", path=path.name, who=who, lock=held.lock.name)

"""Undo (取消し): the last command that changed the register or opened a year is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.definition.carry_over import carried_over
from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.ooxml.file_status import file_sha256, read_whole
from kohyo.excel.register_book import SaveResult
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Location, Workspace, open_workspace
from kohyo.workspace.given_day import moment_of
from kohyo.workspace.going_back import prepared_from_copy, put_away
from kohyo.workspace.journal import Doing, Record, RegisterStep, Step, read_journal
from kohyo.workspace.known_definition import definition_before
from kohyo.workspace.lock import working
from kohyo.workspace.register_copies import copy_with
from kohyo.workspace.second_copies import together
from kohyo.workspace.transaction import Transaction, discarding

_NAME = "undo"
_GIVES_OUT = ("distribute",)
"""Commands whose change of the register is that something was given out, which stays so."""


@dataclass(frozen=True)
class Undone:
    """The command that was taken back, when it had been run, and where the register was saved."""

    command: str
    at: datetime
    saved: SaveResult


def undo(root: Location, now: datetime | None = None) -> Undone:
    """Take back the last command that changed the register: register, definition and files as before it.

    What it had given out (control numbers, forms) stays given out. Called again, it takes back the one before;
    called again after it was cut off, it takes back nothing more. Raises UsageError when there is nothing to take
    back, or when somebody changed the register or the definition since; FileError when a file is open or cannot be
    read or written.
    """
    workspace = open_workspace(root)
    moment = moment_of(now)
    with working(workspace) as taken_up:
        undone = next((_undone(workspace, record) for record in taken_up if record.answers(_NAME)), None)
        if undone:
            return undone
        record, copy = _last(workspace)
        with discarding(Transaction(workspace, _NAME, moment)) as files:
            files.undoes = record.identity
            plan = _plan_before(workspace, record)
            name = wording(f"notices.commands.{record.command}")
            why = wording("notices.undone", command=name)
            prepared = prepared_from_copy(files, workspace, plan, copy, moment, why)
            for entry in reversed(record.steps):
                _reverse(files, workspace, entry, record, moment)
            saved = files.commit(prepared, in_place=True)
        return Undone(record.command, datetime.fromisoformat(record.at), saved)


def _plan_before(workspace: Workspace, record: Record) -> Plan:
    """Return the definition that stands once the command is taken back, with what others had."""
    path = _definition_before(workspace, record) or workspace.definition
    return carried_over(read_definition(path), definition_before(workspace))


def _undone(workspace: Workspace, record: Record) -> Undone | None:
    """Return what an undoing took back that was cut off, and is finished now."""
    back = (known for known in read_journal(workspace.journal) if known.identity == record.undoes)
    saved = SaveResult(changed=record.register is not None)
    return next((Undone(known.command, datetime.fromisoformat(known.at), saved) for known in back), None)


@dataclass(frozen=True)
class LastCommand:
    """The command that would be taken back, and when it was run."""

    command: str
    at: datetime


def last_command(root: Location) -> LastCommand:
    """Return what ``undo`` would take back; raise what it would raise before it begins."""
    record, _ = _last(open_workspace(root))
    return LastCommand(record.command, datetime.fromisoformat(record.at))


def _last(workspace: Workspace) -> tuple[Record, Path]:
    """Return the last record that can be taken back, with the copy of the register before it."""
    found = _standing(read_journal(workspace.journal), file_sha256(workspace.register))
    if found is None:
        raise UsageError("nothing_to_undo")
    record, step, untouched = found
    name = wording(f"notices.commands.{record.command}")
    if not untouched:
        raise UsageError("undo_edited", path=workspace.register, command=name)
    copy = copy_with(workspace, step.before)
    if copy is None:
        raise UsageError("undo_without_copy", command=name)
    return record, copy


def _standing(records: Sequence[Record], now: str) -> tuple[Record, RegisterStep, bool] | None:
    """Return the last record that changed the register and was not taken back, and whether nobody edited it since.

    ``now`` is the register that stands. What was taken back is passed over in pairs: before the undoing stood what the
    command had made, before the command what it had found.
    """
    undone = {record.undoes for record in records if record.undoes}
    untouched = True
    for record in reversed(records):
        step = record.register
        if step is None:
            continue
        untouched = untouched and step.after == now
        if not record.undoes and record.identity not in undone and record.command not in _GIVES_OUT:
            return record, step, untouched
        now = step.before
    return None


def _definition_before(workspace: Workspace, record: Record) -> Path | None:
    """Return the copy of the definition that the command kept, None where it did not change it."""
    changed = any(_is_definition(workspace, step) for step in record.steps)
    stem, suffix = workspace.definition.stem, workspace.definition.suffix
    copies = [workspace.root / step.target for step in record.steps if step.doing is Doing.PUT]
    kept = (path for path in copies if path.parent == workspace.backups and path.suffix == suffix)
    return next((path for path in kept if path.stem.startswith(stem)), None) if changed else None


def _is_definition(workspace: Workspace, step: Step) -> bool:
    return step.doing is Doing.PUT and workspace.root / step.target == workspace.definition


def _reverse(files: Transaction, workspace: Workspace, step: Step, record: Record, moment: datetime) -> None:
    """Take back one step of a command; results, answers and what was given out stay."""
    target = workspace.root / step.target
    if step.doing is Doing.MOVE:
        source = workspace.root / step.source
        if target.exists() and not source.exists():
            files.move(target, source)
        elif target.exists() and source == workspace.base_copies:
            files.put(source, together(target, source))
    elif _is_definition(workspace, step):
        before = _definition_before(workspace, record)
        if before is None or file_sha256(target) != step.after:
            raise UsageError("undo_edited", path=target, command=wording(f"notices.commands.{record.command}"))
        files.place(target, expected=step.after).write_bytes(read_whole(before))
    elif step.doing is Doing.PUT and workspace.versions in target.parents and target.exists():
        files.move(target, put_away(workspace, moment) / target.relative_to(workspace.root))

"""Recovery (途中で止まった作業の後始末): what a command that was cut off left is finished or taken back, and told.

Whether it is finished hangs on one thing: whether its record was complete and, where it changes the register, whether
the new register took its place. Either way the workspace is afterwards as if nothing had been cut off.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import is_left_over
from kohyo.excel.ooxml.exchange import came_out, give_back
from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.excel.register_book.register_files import saving_file, waiting_file
from kohyo.messages import wording
from kohyo.workspace.carry_out import carry_out, tell_held, tell_untidied
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import Record, RegisterStep, add_to_journal, finish_record, read_finished, read_record
from kohyo.workspace.notices import tell
from kohyo.workspace.transaction import remove_under_way


def take_up(workspace: Workspace) -> tuple[Record, ...]:
    """Finish or take back what a command that was cut off left, clear up, and tell; the workspace must be locked.

    Returns the records of what is done now: what a command had done that ended before it could say so, and what was
    finished here. They are known until this command ends (``forget``), whatever cuts that off. Raises FileError when
    the workspace cannot be written.
    """
    done = [record for record in (read_finished(workspace.finished),) if record]
    for record in done:
        tell("finished", command=wording(f"notices.commands.{record.command}"))
    if not workspace.under_way.is_dir():
        return tuple(done)
    begun = read_record(workspace.under_way)
    try:
        if begun and _is_to_be_done(workspace, begun):
            _carry_out(workspace, begun)
            finish_record(workspace.under_way, workspace.finished)
            done.append(begun)
        _sweep(workspace)
        remove_under_way(workspace)
    except OSError as error:
        raise FileError("unwritable", path=workspace.under_way) from error
    return tuple(done)


def forget(workspace: Workspace) -> None:
    """Forget what was done, at the end of the command that says so; where that fails, the next one says it again."""
    try:
        if workspace.finished.exists():
            workspace.finished.unlink()
    except OSError as error:
        tell_untidied(error)


def _is_to_be_done(workspace: Workspace, record: Record) -> bool:
    """Tell whether what was begun is to be finished; tell the user where it is taken back."""
    if not record.sealed or (record.register and not _took_place(workspace, record.register)):
        tell("taken_back", command=wording(f"notices.commands.{record.command}"))
        return False
    return True


def _carry_out(workspace: Workspace, record: Record) -> None:
    if record.register and not waiting_file(workspace.register).exists():
        from kohyo.excel.register_book.pending_save import advance_after  # noqa: PLC0415 - seldom is anything left

        advance_after(record.register.before, workspace.backups)
    held = carry_out(workspace, record)
    tell("finished", command=wording(f"notices.commands.{record.command}"))
    tell_held(held, workspace.root)
    if record.register:
        with contextlib.suppress(OSError):
            add_to_journal(workspace.journal, record)


def _took_place(workspace: Workspace, step: RegisterStep) -> bool:
    """Tell whether the new register stands, or waits, where it was to go, or was edited there since."""
    register, waiting, saving = workspace.register, waiting_file(workspace.register), saving_file(workspace.register)
    if sha256_if_any(waiting) == step.after:
        if not step.in_place:
            return True
        waiting.unlink()
        return False
    now, beside = sha256_if_any(register), [sha256_if_any(path) for path in (saving, came_out(saving)) if path.exists()]
    if now == step.before:
        return False
    if now == step.after:
        if set(beside) <= {step.before, step.after}:
            return True
        give_back(saving, register, step.after)  # what lies beside it is what a person saved
        return False
    return step.after not in beside  # somebody saved since: what was exchanged lies no more beside it


def _sweep(workspace: Workspace) -> None:
    """Remove what writes that were cut off left anywhere but in 回収, which is never touched."""
    saving = saving_file(workspace.register)
    for path in (saving, came_out(saving)):
        path.unlink(missing_ok=True)
    for path in _left_over(workspace.root, workspace.returns):
        path.unlink(missing_ok=True)


def _left_over(folder: Path, besides: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink() and path != besides:
            yield from _left_over(path, besides)
        elif is_left_over(path.name):
            yield path

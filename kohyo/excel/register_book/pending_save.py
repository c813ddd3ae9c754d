"""The register that waits (台帳_更新待ち.xlsx) because the old one was open: how it gets into its place."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from kohyo.errors import FileError, cause_of
from kohyo.excel.ooxml.atomic_write import copy_whole
from kohyo.excel.ooxml.exchange import exchange
from kohyo.excel.ooxml.file_status import backup_file, file_sha256, is_open, sha256_if_any
from kohyo.excel.register_book.last_state import becomes_of, read_state, replaced_by
from kohyo.excel.register_book.register_files import last_state, last_state_copy, next_state, state_before, waiting_file
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of


def stop_while_waiting(path: Path) -> None:
    """Raise FileError while a register waits beside the one at ``path`` and holds something else."""
    waiting = waiting_file(path)
    if waiting.exists() and file_sha256(waiting) != file_sha256(path):
        raise FileError("register_waiting", path=path, waiting=waiting.name)


def settle_waiting(path: Path, *, backups: Path, now: datetime) -> tuple[Finding, ...]:
    """Put the register that waits in its place, which is said (K519); nothing waits after this.

    That is done only where nobody saved the old one since: it is then kept in 控え, and nothing of it is lost.
    Raises FileError when it is still open, or when it was saved since and a person has to say what counts.
    The workspace must be locked.
    """
    if becomes_of(next_state(backups)) == file_sha256(path):
        advance(backups)
    waiting = waiting_file(path)
    if not waiting.exists() or file_sha256(waiting) == file_sha256(path):
        return ()
    if replaced_by(next_state(backups)) != file_sha256(path):
        if _is_replaced(waiting, backups):
            return _cleared(path, waiting, backups)
        if not is_open(path):
            raise FileError("register_saved_since", path=path, waiting=waiting.name)
    put_waiting(path, backups=backups, now=now)
    return (finding_of(Code.K519, Place(path.name), value=waiting.name),)


def _is_replaced(waiting: Path, backups: Path) -> bool:
    """Tell whether what waits is the old register, which changed places with the new one in a run that was cut off."""
    return file_sha256(waiting) in {replaced_by(next_state(backups)), replaced_by(last_state(backups))}


def _remove(waiting: Path) -> None:
    """Remove the old register from where the new one waited; raise FileError when it cannot be."""
    try:
        waiting.unlink(missing_ok=True)
    except OSError as error:
        raise FileError("unwritable", path=waiting) from error


def _cleared(path: Path, waiting: Path, backups: Path) -> tuple[Finding, ...]:
    """Remove the old register, of which 控え has a copy, and end what the run did that was cut off."""
    _remove(waiting)
    if next_state(backups).exists():
        advance(backups)
    return (finding_of(Code.K519, Place(path.name), value=waiting.name),)


def put_waiting(path: Path, *, backups: Path, now: datetime) -> Path:
    """Move the register that waits into its place and return the copy of the old one.

    Raises FileError when none waits or the register is still held open; then nothing has moved.
    """
    waiting = waiting_file(path)
    if not waiting.exists() or is_open(path):
        raise FileError("register_waiting", path=path, waiting=waiting.name)
    backup = backup_file(path, backups, now)
    try:
        copy_whole(path, backup)
        done = exchange(waiting, path, file_sha256(backup))
    except PermissionError as error:
        backup.unlink(missing_ok=True)
        key = "register_unwritable" if cause_of(error) == "denied" else "register_waiting"
        raise FileError(key, path=path, waiting=waiting.name) from error
    except OSError as error:
        raise FileError("register_unwritable", path=path) from error
    if not done:
        backup.unlink(missing_ok=True)
        raise FileError("register_saved_since", path=path, waiting=waiting.name)
    advance(backups)
    _remove(waiting)
    return backup


def advance(backups: Path) -> None:
    """Make the state that was to come the last one; where that fails, the one serves as well as the other."""
    _follow(last_state(backups), state_before(backups))
    _follow(next_state(backups), last_state(backups))
    keep_second_copy(backups)


def _follow(state: Path, place: Path) -> None:
    """Move a state to where the one before it lay; once more where that failed but once."""
    try:
        state.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            state.replace(place)


def advance_after(before: str, backups: Path) -> None:
    """Do so after an exchange that was cut off: the register with the SHA-256 ``before`` is replaced."""
    if replaced_by(next_state(backups)) == before:
        advance(backups)


def keep_second_copy(backups: Path) -> None:
    """Copy the last state to where it is looked for when it is gone or damaged; where that fails, there is none."""
    copy = last_state_copy(backups)
    with contextlib.suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy_whole(last_state(backups), copy)


def mend_state(backups: Path) -> bool:
    """Make the last state and its copy alike where one of them is gone or damaged; tell whether one was sound."""
    state, copy = last_state(backups), last_state_copy(backups)
    digest = sha256_if_any(state)
    if digest and digest == sha256_if_any(copy):
        return True
    if read_state(state) is not None:
        keep_second_copy(backups)
        return True
    if read_state(copy) is None:
        return False
    with contextlib.suppress(OSError):
        copy_whole(copy, state)
    return True

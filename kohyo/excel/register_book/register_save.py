"""Saving the register in place (台帳の更新): the old or the new one on disk, never another.

The new register is written to a file beside the old one, flushed, read back and compared; the old one is copied
into 控え; then one move puts the new one in its place. Where Excel holds it open, the new one waits beside it.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import copy_whole
from kohyo.excel.ooxml.exchange import exchange
from kohyo.excel.ooxml.file_status import backup_file, file_sha256, is_open
from kohyo.excel.ooxml.further_sheet import further_sheet
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.patched_book import write_patched
from kohyo.excel.ooxml.sheet_patch import EMPTY_SHEET
from kohyo.excel.register_book.book_sheet import CHANGES
from kohyo.excel.register_book.history_copy import is_whole, keep_history
from kohyo.excel.register_book.history_digests import digests_of_rows
from kohyo.excel.register_book.history_told import HistoryTold
from kohyo.excel.register_book.last_state import LastState, state_of, write_state
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.pending_save import advance, keep_second_copy, mend_state
from kohyo.excel.register_book.register_create import bare_sheet
from kohyo.excel.register_book.register_files import history_copy, last_state, next_state, saving_file, waiting_file
from kohyo.excel.register_book.register_load import standing_rows
from kohyo.excel.register_book.register_verify import Before, verify
from kohyo.excel.register_book.save_plan import SavePlan, save_plan
from kohyo.excel.register_book.save_result import SaveResult
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.register import Register


@dataclass(frozen=True)
class PreparedSave:
    """A register that is written, flushed and read back beside the one whose place it takes (保存の用意).

    ``before`` and ``after`` are the SHA-256 of both; without ``state`` there is nothing to save.
    """

    path: Path
    backups: Path
    now: datetime
    findings: tuple[Finding, ...]
    state: LastState | None = None
    after: str = ""

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.state is not None

    @property
    def before(self) -> str:
        """The SHA-256 of the register that is replaced, and of no other."""
        return self.state.replaces if self.state else ""

    def put(self, *, in_place: bool = False) -> SaveResult:
        """Let it take its place, or wait beside the old one while Excel holds that, unless it must be ``in_place``.

        Raises FileError when the old one was saved since it was read, or when it cannot be replaced.
        """
        if self.state is None:
            return SaveResult(changed=False, findings=self.findings)
        try:
            saved = _put(self.path, saving_file(self.path), self.state, self.backups, self.now)
            if in_place:
                _stop_waiting(saved, self.path)
        except OSError as error:
            raise FileError("register_unwritable", path=self.path) from error
        finally:
            self._clear()
        return replace(saved, findings=self.findings)

    def discard(self) -> None:
        """Give it up before it takes its place."""
        with contextlib.suppress(OSError):
            saving_file(self.path).unlink(missing_ok=True)

    def _clear(self) -> None:
        """Remove what is left beside the register, unless it is what a person saved and could not be given back."""
        with contextlib.suppress(OSError, FileError):
            saving = saving_file(self.path)
            if saving.exists() and file_sha256(saving) in (self.before, self.after):
                saving.unlink()


def save_register(
    path: Path, plan: Plan, loaded: LoadedRegister, new: Register, *, backups: Path, now: datetime
) -> SaveResult:
    """Bring the register at ``path`` from ``loaded`` to ``new``; when nothing changed, write nothing.

    Raises FileError as ``prepare_save`` and ``PreparedSave.put`` do.
    """
    return prepare_save(path, plan, loaded, new, backups=backups, now=now).put()


def prepare_save(
    path: Path, plan: Plan, loaded: LoadedRegister, new: Register, *, backups: Path, now: datetime
) -> PreparedSave:
    """Write what the register at ``path`` becomes, from ``loaded`` to ``new``, beside it; nothing when that is equal.

    Raises FileError when something that the register held is gone (``loaded.blocking``), when the file changed
    since it was read, when ``new`` lacks rows that are never given up, and when it cannot be written.
    """
    if loaded.blocking:
        raise FileError("register_blocked", path=path, place=loaded.blocking[0].place.sheet, count=len(loaded.blocking))
    book = loaded.standing or path
    if file_sha256(book) != loaded.sha256:
        raise FileError("register_touched", path=path)
    expected = file_sha256(path) if loaded.standing else loaded.sha256
    planned = save_plan(plan, loaded, new)
    prepared = PreparedSave(path, backups, now, _findings(path, planned))
    try:
        backups.mkdir(parents=True, exist_ok=True)
        if not planned.changes:
            _remember(plan, loaded, backups)
            return prepared
        state = replace(_written(book, plan, loaded, planned, prepared), replaces=expected)
        return replace(prepared, findings=_findings(path, planned), state=state, after=file_sha256(saving_file(path)))
    except OSError as error:
        prepared.discard()
        raise FileError("register_unwritable", path=path) from error
    except FileError as error:
        prepared.discard()
        if file_sha256(book) != loaded.sha256:  # what was read of it was half the one, half the other
            raise FileError("register_touched", path=path) from error
        raise


def _findings(path: Path, planned: SavePlan) -> tuple[Finding, ...]:
    """Return what was refused; of new rows of 変更履歴 that is known once they are written."""
    found = (*planned.findings, *(finding for part in planned.history for finding in part.findings))
    return tuple(replace(finding, place=finding.place._replace(file=path.name)) for finding in found)


def _written(book: Path, plan: Plan, loaded: LoadedRegister, planned: SavePlan, prepared: PreparedSave) -> LastState:
    """Write the new register and the copy of 変更履歴, read the register back, and return the state that it is."""
    saving = saving_file(prepared.path)
    history = HistoryTold(loaded, planned, history_copy(prepared.backups))
    with history.growing() as take:
        for part in planned.history:
            part.tell(take)
        meant = write_patched(
            book,
            saving,
            planned.patches,
            partial(_new_sheet, book, plan, loaded),
            planned.tabs,
            {part.title: part for part in planned.history},
        )
    if file_sha256(book) != loaded.sha256:
        raise FileError("register_touched", path=prepared.path)
    planned.patches.clear()  # written, and as large as what is now read back
    state = history.state(plan, planned.expected)
    verify(saving, plan, state, planned, Before(book, loaded, meant))
    return state


def _new_sheet(book: Path, plan: Plan, loaded: LoadedRegister, title: str) -> bytes:
    """Return a sheet that the workbook has not yet; one on which 変更履歴 goes on is like the one before."""
    history = loaded.tables.get(CHANGES)
    bare = bare_sheet(plan, title)
    if bare is not None or history is None:
        return bare or EMPTY_SHEET
    if history.missing or history.outdated:  # its headings are being written anew
        return bare_sheet(plan, history.sheet.title) or EMPTY_SHEET
    before = history.sheets[-1]
    return further_sheet(Package(book).sheet_xml(before.title), before.header)


def _put(path: Path, saving: Path, state: LastState, backups: Path, now: datetime) -> SaveResult:
    """Move the verified register into its place, or beside it while Excel holds the old one.

    Raises FileError when somebody saved the old one since it was read: that save stands.
    """
    write_state(next_state(backups), replace(state, becomes=file_sha256(saving)))
    if is_open(path):
        return _wait(path, saving)
    backup = backup_file(path, backups, now)
    copy_whole(path, backup)
    try:
        done = file_sha256(backup) == state.replaces and exchange(saving, path, state.replaces)
    except PermissionError:
        backup.unlink(missing_ok=True)
        return _wait(path, saving)
    if not done:
        backup.unlink(missing_ok=True)
        raise FileError("register_touched", path=path)
    advance(backups)
    return SaveResult(changed=True, backup=backup)


def _stop_waiting(saved: SaveResult, path: Path) -> None:
    """Take back a save that waits; raise FileError when there is one."""
    if saved.waiting is not None:
        saved.waiting.unlink()
        raise FileError("register_open", path=path)


def _wait(path: Path, saving: Path) -> SaveResult:
    waiting = waiting_file(path)
    saving.replace(waiting)
    return SaveResult(changed=True, waiting=waiting)


def _remember(plan: Plan, loaded: LoadedRegister, backups: Path) -> None:
    """Keep what the register holds where that is not known whole, so that the next edit is noticed.

    A last state that is damaged is made anew from its copy, and the other way about.
    """
    whole = mend_state(backups) and loaded.last is not None and is_whole(history_copy(backups), loaded.last)
    if not whole:
        rows = standing_rows(plan, loaded)
        history = rows[CHANGES]
        length = keep_history(history_copy(backups), None, history, known=0)
        state = state_of(plan, rows, len(history), digests_of_rows(history))
        write_state(last_state(backups), replace(state, history=length))
        keep_second_copy(backups)

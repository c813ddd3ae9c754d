"""The transaction (一連の書込み): all that one command writes, prepared aside and put in place together.

Nothing of the workspace changes before everything is written, flushed and recorded. Then the register takes its
place, and after it the rest; whatever cuts that off, the next command does what is left (``recovery``).
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.register_book.register_files import saving_file
from kohyo.excel.register_book.save_result import SaveResult
from kohyo.messages import describe_problem
from kohyo.workspace.carry_out import Held, carry_out, tell_held, tell_register_held, tell_untidied
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import (
    ABSENT,
    Doing,
    Record,
    RegisterStep,
    Step,
    add_to_journal,
    finish_record,
    is_record,
    write_record,
)
from kohyo.workspace.notices import tell_undone

if TYPE_CHECKING:
    from kohyo.excel.register_book import PreparedSave

_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


class Transaction:
    """What one command writes, until it is committed or discarded; the workspace must be locked."""

    def __init__(self, workspace: Workspace, command: str, moment: datetime, asked: str = "") -> None:
        """Take the workspace, and for the record the command's name and what it was asked for."""
        self._workspace = workspace
        self._record = Record(command, moment.isoformat(), asked=asked)
        self._steps: list[Step] = []
        self._read_only: list[Path] = []
        self._begun = False
        self.undoes = ""
        """Identity of the record that this transaction takes back."""
        self.held: tuple[Held, ...] = ()
        """What could not be put in its place by the last commit."""

    @property
    def begun(self) -> bool:
        """Whether anything is to be written."""
        return self._begun

    @property
    def sealed(self) -> bool:
        """Whether what was prepared is recorded as a whole, so that it is to be carried out, whoever does it."""
        return self._record.sealed

    def begin(self) -> None:
        """Say on the disk that a command is under way, before it leaves any file anywhere; once is enough."""
        if self._begun:
            return
        folder = self._workspace.under_way
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError("unwritable", path=folder) from error
        write_record(folder, self._record)
        self._begun = True

    def put(self, path: Path, data: bytes, *, guarded: bool = False) -> None:
        """Write a file that takes its place at ``path`` in the end; nothing where just this stands there already.

        With ``guarded`` it does not replace what somebody writes there meanwhile. Raises FileError when it cannot be
        written.
        """
        if _holds(path, data):
            return
        stands = (file_sha256(path) if path.exists() else ABSENT) if guarded else ""
        staged = self.place(path, expected=stands)
        try:
            staged.write_bytes(data)
            flush(staged)
        except OSError as error:
            self._steps.pop()
            raise FileError("unwritable", path=path) from error

    def put_if_possible(self, path: Path, data: bytes) -> bool:
        """Write a report beside a command that only reads; tell and return False where it cannot be written."""
        try:
            self.put(path, data)
        except FileError as problem:
            tell_undone("unwritten", problem=describe_problem(problem))
            return False
        return True

    def place(self, path: Path, *, expected: str = "", read_only: bool = False) -> Path:
        """Return where the caller writes a file, whole, that takes its place at ``path`` in the end.

        ``expected`` is the SHA-256 of what it replaces, if nothing else may be. The name keeps the suffix.
        """
        self.begin()
        staged = self._workspace.under_way / f"{len(self._steps):05}{path.suffix}"
        self._steps.append(Step(Doing.PUT, self._from_root(path), staged.name, expected))
        if read_only:
            self._read_only.append(staged)
        return staged

    def keep(self, copies: Path, path: Path) -> None:
        """Keep a second copy (``SecondCopies``) of a file that is written, once that is in its place."""
        self.begin()
        self._steps.append(Step(Doing.KEEP, self._from_root(copies), self._from_root(path)))

    def move(self, source: Path, target: Path) -> None:
        """Move a file or a folder within the workspace in the end, beside what stands there already."""
        self.begin()
        self._steps.append(Step(Doing.MOVE, self._from_root(_free(target)), self._from_root(source)))

    def remove(self, path: Path) -> None:
        """Remove a file in the end, as it is now; raise FileError when it cannot be read."""
        if path.exists():
            self.begin()
            self._steps.append(Step(Doing.REMOVE, self._from_root(path), expected=file_sha256(path)))

    def commit(self, register: PreparedSave | None = None, *, in_place: bool = False) -> SaveResult:
        """Put everything in its place: the register, then the rest; what is held stays as it is and is told.

        With ``in_place`` the register must not wait beside one that is open. Raises FileError, and nothing has
        changed, when the register cannot be saved.
        """
        step = None
        if register is not None and register.changed:
            self.begin()
            step = RegisterStep(register.before, register.after, in_place)
        saved = SaveResult(changed=False, findings=register.findings if register else ())
        if not self._begun:
            return saved
        self._seal(step)
        if register is not None and step is not None:
            saved = self._put_register(register, step)
        self.held = carry_out(self._workspace, self._record)
        later = self._to_be_finished()
        tell_held(self.held, self._workspace.root, later=later)
        if later:
            self._forget()
        else:
            self._end(keep=step is not None)
        return saved

    def _to_be_finished(self) -> bool:
        """Tell whether something is held that no command does again: then the next one finishes what is recorded.

        That is what is moved, and whatever belongs into 版 or 控え.
        """
        for_good = {self._workspace.versions, self._workspace.backups}
        moved = {self._workspace.root / step.source for step in self._steps if step.doing is Doing.MOVE}
        return any(held.path in moved or not for_good.isdisjoint(held.path.parents) for held in self.held)

    def _seal(self, step: RegisterStep | None) -> None:
        try:
            for staged in self._read_only:
                staged.chmod(_READ_ONLY)
        except OSError as error:
            raise FileError("unwritable", path=staged) from error
        steps = tuple(self._complete(entry) for entry in self._steps)
        self._record = replace(self._record, steps=steps, register=step, sealed=True, undoes=self.undoes)
        if self._steps or step:
            write_record(self._workspace.under_way, self._record)

    def _complete(self, step: Step) -> Step:
        """Return a step with the SHA-256 of what replaces a file that people edit."""
        if step.doing is not Doing.PUT or step.expected in ("", ABSENT):
            return step
        return replace(step, after=file_sha256(self._workspace.under_way / step.source))

    def _put_register(self, register: PreparedSave, step: RegisterStep) -> SaveResult:
        try:
            saved = register.put(in_place=step.in_place)
        except FileError:
            if not saving_file(self._workspace.register).exists():  # else the next command gives back what lies there
                self.discard()
            raise
        if saved.waiting is not None and self._workspace.register_as_it_stands is None:
            tell_register_held(self._workspace.register)
        return saved

    def discard(self) -> None:
        """Give up what was prepared; nothing of the workspace has changed."""
        with contextlib.suppress(OSError):
            remove_under_way(self._workspace)
        self._forget()

    def _end(self, *, keep: bool) -> None:
        """Write what changed the register into the journal and clear up; where that fails, the next command does."""
        try:
            if keep:
                add_to_journal(self._workspace.journal, self._record)
            if self._steps or keep:
                finish(self._workspace)
            else:
                remove_under_way(self._workspace)
        except OSError as error:
            tell_untidied(error)
        self._forget()

    def _forget(self) -> None:
        self._record = Record(self._record.command, self._record.at, asked=self._record.asked)
        self._steps.clear()
        self._read_only.clear()
        self._begun = False

    def _from_root(self, path: Path) -> str:
        return path.relative_to(self._workspace.root).as_posix()


@contextlib.contextmanager
def discarding(files: Transaction) -> Iterator[Transaction]:
    """Give up what a command prepared that fails before it was recorded as a whole."""
    try:
        yield files
    except BaseException:
        if not files.sealed:
            files.discard()
        raise


def _free(path: Path) -> Path:
    """Return the path, or one beside it where something stands there already."""
    number, found = 2, path
    while found.exists():
        found, number = path.with_name(f"{path.stem}_{number}{path.suffix}"), number + 1
    return found


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def finish(workspace: Workspace) -> None:
    """Say that all that is under way is done, and remove what lies there; raise OSError when something of it stays."""
    finish_record(workspace.under_way, workspace.finished)
    remove_under_way(workspace)


def remove_under_way(workspace: Workspace) -> None:
    """Remove what a command prepared, its record first; raise OSError when something of it stays."""
    folder = workspace.under_way
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda entry: not is_record(entry)):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows removes nothing that is read-only
        path.unlink()
    folder.rmdir()

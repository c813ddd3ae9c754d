"""The workspace (作業フォルダ): where everything lies, and the lock that keeps two runs apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from kohyo.errors import FileError, UsageError, cause_of
from kohyo.messages import wording

_LOCK = ".kohyo.lock"
_LOCK_SECONDS = 5


def _name(key: str) -> str:
    return wording(f"workbook.files.{key}")


@dataclass(frozen=True)
class Workspace:
    """The paths of one workspace; whether they exist is for the caller to see.

    ``register_as_it_stands`` is a copy to read in place of the register: how it stands on the screen, unsaved. A
    use case that changes the register builds on the copy; the result still goes to ``register``.
    """

    root: Path
    register_as_it_stands: Path | None = None

    @property
    def definition(self) -> Path:
        """The plan definition (計画定義.xlsx)."""
        return self.root / _name("definition")

    @property
    def register(self) -> Path:
        """The register (台帳.xlsx)."""
        return self.root / _name("register")

    @property
    def forms(self) -> Path:
        """Folder of the forms to send (配布)."""
        return self.root / _name("forms")

    @property
    def returns(self) -> Path:
        """Folder of what came back (回収); never modified."""
        return self.root / _name("returns")

    @property
    def sent_back(self) -> Path:
        """Folder of the forms to send back (差戻し)."""
        return self.root / _name("sent_back")

    @property
    def results(self) -> Path:
        """Folder of tables and reports (結果)."""
        return self.root / _name("results")

    @property
    def data(self) -> Path:
        """Folder of the machine-readable twins (結果/data)."""
        return self.results / _name("data")

    @property
    def versions(self) -> Path:
        """Folder of frozen plan versions (版)."""
        return self.root / _name("versions")

    @property
    def backups(self) -> Path:
        """Folder of the register before each change (控え)."""
        return self.root / _name("backups")

    @property
    def bases(self) -> Path:
        """Folder of what each form held when it went out (控え/配布時), the base of the merge."""
        return self.backups / _name("bases")

    @property
    def answers(self) -> Path:
        """Folder of what each received file says (控え/回答), by SHA-256."""
        return self.backups / _name("answers")

    @property
    def owed(self) -> Path:
        """What no return of a department held, as the last consolidation saw it (inside 控え)."""
        return self.backups / _name("owed")

    @property
    def nothing_new(self) -> Path:
        """What the last consolidation told that changed nothing (inside 控え)."""
        return self.backups / _name("nothing_new")

    @property
    def reminders_written(self) -> Path:
        """What the reminder drafts (督促文の案) were when kohyo wrote them (inside 控え)."""
        return self.backups / _name("reminders_written")

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder of a workspace."""
        return (self.forms, self.returns, self.sent_back, self.results, self.versions, self.backups)

    def result(self, key: str) -> Path:
        """Return the path of a result workbook by the key of its name (``workbook.files``)."""
        return self.results / _name(key)


Location: TypeAlias = Path | Workspace
"""Where a use case works: the folder of a workspace, or the workspace with its register as it stands on the screen."""


def open_workspace(location: Location) -> Workspace:
    """Return the workspace at ``location``; raise UsageError when there is no folder or it is no workspace."""
    workspace = location if isinstance(location, Workspace) else Workspace(location)
    if not workspace.root.is_dir():
        raise UsageError("no_folder", path=workspace.root)
    if not workspace.definition.is_file():
        raise UsageError("not_a_workspace", path=workspace.root, definition=workspace.definition.name)
    return workspace


@contextmanager
def working(workspace: Workspace) -> Iterator[None]:
    """Keep a second run out of the workspace.

    Raises FileError when another run is at work, and for every file that the system refuses meanwhile and says why.
    """
    lock = FileLock(workspace.root / _LOCK)
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        raise FileError("busy", path=workspace.root) from error
    except OSError as error:
        raise FileError("unwritable", path=workspace.root) from error
    try:
        yield
    except OSError as error:
        if not cause_of(error):
            raise
        named = error.filename2 or error.filename
        raise FileError("refused", path=named if isinstance(named, str) else workspace.root) from error
    finally:
        lock.release()

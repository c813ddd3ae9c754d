"""The workspace (作業フォルダ): where everything lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kohyo.errors import UsageError
from kohyo.messages import wording


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
    def remembered(self) -> Path:
        """Folder of what only spares work (控え/覚え); it may be removed at any time."""
        return self.backups / _name("remembered")

    @property
    def second_copies(self) -> Path:
        """Folder of the second copies of what cannot be made again (控え/写し)."""
        return self.backups / _name("second_copies")

    @property
    def base_copies(self) -> Path:
        """The second copy of what each form held when it went out."""
        return self.second_copies / f"{_name('bases')}.jsonl"

    @property
    def answer_copies(self) -> Path:
        """The second copy of what each received file says."""
        return self.second_copies / f"{_name('answers')}.jsonl"

    @property
    def known_definition(self) -> Path:
        """The definition with which the register was last saved (inside 控え)."""
        return self.backups / _name("known_definition")

    @property
    def form_definitions(self) -> Path:
        """Folder of the definitions under which forms went out (控え/配布時の定義)."""
        return self.backups / _name("form_definitions")

    @property
    def under_way(self) -> Path:
        """Folder of what a command is about to write (控え/作業中); there only while one works, or was cut off."""
        return self.backups / _name("under_way")

    @property
    def finished(self) -> Path:
        """The record of what a command has written (控え/済んだ作業.json), until that command ends."""
        return self.backups / _name("finished")

    @property
    def journal(self) -> Path:
        """The record of what each command wrote that changed the register (控え/作業の記録.jsonl)."""
        return self.backups / _name("journal")

    @property
    def lock(self) -> Path:
        """The file whose lock keeps two runs apart."""
        return self.root / ".kohyo.lock"

    @property
    def reminders(self) -> Path:
        """Folder of the reminder drafts (結果/督促)."""
        return self.results / _name("reminders")

    @property
    def reminders_written(self) -> Path:
        """What the reminder drafts (督促文の案) were when kohyo wrote them (inside 控え)."""
        return self.backups / _name("reminders_written")

    @property
    def papers(self) -> Path:
        """Folder of the year's papers (結果/文書)."""
        return self.results / _name("papers")

    @property
    def papers_written(self) -> Path:
        """What the papers (文書) were when kohyo wrote them (inside 控え)."""
        return self.backups / _name("papers_written")

    @property
    def templates(self) -> Path:
        """Folder of the office's own templates (様式); there only where it has any."""
        return self.root / _name("templates")

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder of a workspace."""
        return (self.forms, self.returns, self.sent_back, self.results, self.versions, self.backups)

    def result(self, key: str) -> Path:
        """Return the path of a result workbook by the key of its name (``workbook.files``)."""
        return self.results / _name(key)


Name: TypeAlias = str | Path
"""A file or folder, as a path or as text."""

Location: TypeAlias = Name | Workspace
"""Where a use case works: the folder of a workspace, or the workspace with its register as it stands on the screen."""


def open_workspace(location: Location) -> Workspace:
    """Return the workspace at ``location``; raise UsageError when there is no folder or it is no workspace."""
    workspace = location if isinstance(location, Workspace) else Workspace(Path(location))
    if not workspace.root.is_dir():
        raise UsageError("no_folder", path=workspace.root)
    if not workspace.definition.is_file():
        raise no_definition(workspace)
    return workspace


def no_definition(workspace: Workspace) -> UsageError:
    """Return what to say of a folder without a definition (計画定義): it is gone where copies are kept beside it."""
    if workspace.backups.is_dir():
        return UsageError("definition_gone", path=workspace.definition)
    return UsageError("not_a_workspace", path=workspace.root, definition=workspace.definition.name)

"""A workspace (作業フォルダ) as an object: every use case that works on one is a method of the same name.

Each method does what the function of the package does with the folder as its first argument, and raises what that
raises: UsageError, DefinitionError, FileError, whose text is the line that a user reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import kohyo
from kohyo.workspace.folder import Name, open_workspace
from kohyo.workspace.folder import Workspace as Folder
from kohyo.workspace.given_day import Day
from kohyo.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from kohyo.api.frames import Frames
    from kohyo.model.plan import Plan
    from kohyo.model.register import Register
    from kohyo.usecases.audit import Audited
    from kohyo.usecases.burden import Burdened
    from kohyo.usecases.consolidate import Consolidated
    from kohyo.usecases.contents import Contents
    from kohyo.usecases.define import Defined
    from kohyo.usecases.diff import Differences
    from kohyo.usecases.distribute import Distributed
    from kohyo.usecases.import_items import Imported
    from kohyo.usecases.import_table import ImportedTable
    from kohyo.usecases.next import NextSteps
    from kohyo.usecases.papers import Papered
    from kohyo.usecases.renumber import Renumbered
    from kohyo.usecases.resolve import Resolution
    from kohyo.usecases.restore import Restored
    from kohyo.usecases.rollover import RolledOver
    from kohyo.usecases.send_up import SentUp
    from kohyo.usecases.show import Shown
    from kohyo.usecases.tables import Tabulated
    from kohyo.usecases.trace import Traced
    from kohyo.usecases.undo import Undone
    from kohyo.usecases.verify import Verified
    from kohyo.workspace.known_status import Status
    from kohyo.workspace.versions import Frozen


class Workspace:
    """A workspace, by the name of its folder: ``kohyo.Workspace("作業フォルダ")``.

    Nothing is read before a method is called; each reads what then stands in the folder.
    """

    def __init__(self, folder: Name) -> None:
        """Take the folder, which need not be a workspace yet: see ``new``."""
        self._folder = Path(folder)

    def __repr__(self) -> str:
        return f"Workspace({str(self._folder)!r})"

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._folder

    @property
    def paths(self) -> Folder:
        """Where everything lies in it; raise UsageError where it is no workspace."""
        return open_workspace(self._folder)

    @property
    def plan(self) -> Plan:
        """The plan definition (計画定義) as it is now."""
        return self.contents().plan

    @property
    def register(self) -> Register:
        """The register (台帳) as it is now."""
        return self.contents().register

    def new(self, plan_name: str = "setagaya-r6") -> Workspace:
        """Make the workspace (新規) for a plan that ships with the package, and return it."""
        kohyo.new_workspace(self._folder, plan_name)
        return self

    def contents(self) -> Contents:
        """Return the plan, the register, the answers and the registers of earlier years (中身), read at once."""
        return kohyo.contents(self._folder)

    def frames(self, *, labels: bool = False) -> Frames:
        """Return the workspace as pandas data frames; with ``labels`` headings and words are Japanese.

        Raises UsageError where pandas is not installed.
        """
        from kohyo.api.frames import frames_of  # noqa: PLC0415 - read when it is wanted

        return frames_of(self.contents(), labels=labels)

    def next_steps(self, today: Day | None = None) -> NextSteps:
        """Return what to do today (今日すること)."""
        return kohyo.next_steps(self._folder, today)

    def import_items(self, file: Name, now: datetime | None = None) -> Imported:
        """Import the plan's list (取組み一覧の取込み)."""
        return kohyo.import_items(self._folder, file, now)

    def import_table(self, file: Name, table: str, now: datetime | None = None) -> ImportedTable:
        """Import a printed table into the definition (表の取込み)."""
        return kohyo.import_table(self._folder, file, table, now)

    def define(self, now: datetime | None = None, *, check: bool = False, same_choices: bool = False) -> Defined:
        """Bring the register in line with an edited definition, or tell what that would do (定義の反映)."""
        return kohyo.define(self._folder, now, check=check, same_choices=same_choices)

    def distribute(
        self,
        deadline: Day | None = None,
        progress: Progress = silent,
        now: datetime | None = None,
        *,
        anyway: bool = False,
        survey: str = "",
        executor: Executor | None = None,
    ) -> Distributed:
        """Write the forms (配布)."""
        return kohyo.distribute(self._folder, deadline, progress, now, anyway=anyway, survey=survey, executor=executor)

    def burden(self, survey: str = "", now: datetime | None = None) -> Burdened:
        """Tell what the forms cost their departments (記入の量)."""
        return kohyo.burden(self._folder, survey, now)

    def consolidate(
        self,
        now: datetime | None = None,
        progress: Progress = silent,
        mend_by: Day | None = None,
        passwords: Sequence[str] = (),
        *,
        anyway: bool = False,
        executor: Executor | None = None,
    ) -> Consolidated:
        """Take what came back into the register (取込)."""
        return kohyo.consolidate(self._folder, now, progress, mend_by, passwords, anyway=anyway, executor=executor)

    def status(self, today: Day | None = None, survey: str = "") -> Status:
        """Tell who has answered (回収状況)."""
        return kohyo.status(self._folder, today, survey)

    def resolve(self, now: datetime | None = None) -> Resolution:
        """Apply the decisions of the 競合 sheet (裁定の反映)."""
        return kohyo.resolve(self._folder, now)

    def verify(self) -> Verified:
        """Recompute the register from its records (検証)."""
        return kohyo.verify(self._folder)

    def audit(self, files: Sequence[Name] = ()) -> Audited:
        """Tell where register, tables, definition and documents contradict each other (点検)."""
        return kohyo.audit(self._folder, files)

    def matrix(self) -> Tabulated:
        """Write the matrix (体系表)."""
        return kohyo.matrix(self._folder)

    def make_tables(
        self,
        only: str | Sequence[str] = (),
        *,
        public: bool = False,
        pdf: bool = False,
        executor: Executor | None = None,
    ) -> Tabulated:
        """Write the plan's tables (作表)."""
        return kohyo.make_tables(self._folder, only, public=public, pdf=pdf, executor=executor)

    def make_papers(
        self, names: Sequence[str] = (), *, since: str = "", today: Day | None = None, survey: str = ""
    ) -> Papered:
        """Write the year's papers (文書)."""
        return kohyo.make_papers(self._folder, names, since=since, today=today, survey=survey)

    def freeze(self, name: str, now: datetime | None = None, *, anyway: bool = False) -> Frozen:
        """Keep the register as a version (版の確定)."""
        return kohyo.freeze(self._folder, name, now, anyway=anyway)

    def diff(self, old: str, new: str = "", *, unchanged: bool = False, now: datetime | None = None) -> Differences:
        """Compare two versions (新旧対照)."""
        return kohyo.diff(self._folder, old, new, unchanged=unchanged, now=now)

    def renumber(
        self, crosswalk: Name | None = None, *, apply: bool = False, version: str = "", now: datetime | None = None
    ) -> Renumbered:
        """Propose new numbers, and apply them if told to (番号の付け直し)."""
        return kohyo.renumber(self._folder, crosswalk, apply=apply, version=version, now=now)

    def rollover(self, now: datetime | None = None, *, anyway: bool = False) -> RolledOver:
        """Open the next fiscal year (年度更新)."""
        return kohyo.rollover(self._folder, now, anyway=anyway)

    def show(self, at: Day, out: Name | None = None, now: datetime | None = None) -> Shown:
        """Rebuild the register of a past day (過去の台帳)."""
        return kohyo.show(self._folder, at, out, now)

    def send_up(self, form: Name, now: datetime | None = None) -> SentUp:
        """Fill the form of the level above in (上位への回答)."""
        return kohyo.send_up(self._folder, form, now)

    def trace(self, number: str, field: str) -> Traced:
        """Tell where a value came from (出所)."""
        return kohyo.trace(self._folder, number, field)

    def undo(self, now: datetime | None = None) -> Undone:
        """Take back the last command (取消し)."""
        return kohyo.undo(self._folder, now)

    def restore(
        self, *, register: str = "", definition: str = "", bases: bool = False, now: datetime | None = None
    ) -> Restored:
        """Show what there is to go back to, or bring it back (復元)."""
        return kohyo.restore(self._folder, register=register, definition=definition, bases=bases, now=now)

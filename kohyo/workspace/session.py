"""A session (作業): the workspace locked, its definition and register read, the register saved at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import LoadedRegister, SaveResult, load_register, save_register, settle_waiting
from kohyo.excel.register_book.register_columns import ITEMS
from kohyo.messages import located, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.workspace.folder import Location, Workspace, open_workspace, working
from kohyo.workspace.garbage import seldom_collected


@dataclass(frozen=True)
class Session:
    """What a use case works on: the workspace, its plan, the register as the secretariat left it."""

    workspace: Workspace
    plan: Plan
    loaded: LoadedRegister
    now: datetime

    @property
    def register(self) -> Register:
        """The register, with the secretariat's own edits written into its history."""
        return self.loaded.edited

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong in the register itself."""
        return self.loaded.findings

    def save(self, register: Register) -> SaveResult:
        """Save the register, atomically and with a copy of the old one in 控え."""
        return save_register(
            self.workspace.register,
            self.plan,
            self.loaded,
            register,
            backups=self.workspace.backups,
            now=self.now,
        )


@contextmanager
def session(root: Location, now: datetime | None = None) -> Iterator[Session]:
    """Open a workspace for work; raise UsageError, DefinitionError or FileError when that cannot be."""
    workspace = open_workspace(root)
    with working(workspace), seldom_collected():
        plan = read_definition(workspace.definition)
        if not workspace.register.is_file():
            raise UsageError("no_register", path=workspace.register)
        moment = moment_of(now)
        settled = settle_waiting(workspace.register, backups=workspace.backups, now=moment)
        loaded = load_register(
            workspace.register, plan, backups=workspace.backups, standing=workspace.register_as_it_stands
        )
        yield Session(workspace, plan, replace(loaded, findings=(*settled, *loaded.findings)), moment)


def moment_of(now: datetime | None) -> datetime:
    """Return the time at which a command works, to the second."""
    return (now or datetime.now().astimezone()).replace(microsecond=0, tzinfo=None)


def stop_if_broken(current: Session, besides: Iterable[Finding] = ()) -> None:
    """Raise FileError when the register must be mended by hand first: something is gone, or contents changed rows.

    One row that cannot be used stops nothing: it keeps what it was or is left aside, and the findings say so. A
    command for which every row counts names such faults (``row_faults``) among those that stop it ``besides``.
    """
    faults = (*current.loaded.stopping, *(found for found in besides if severity(found.code) is Severity.ERROR))
    if faults:
        details = wording("errors.bullet").join(located(finding) for finding in faults)
        name = current.workspace.register.name
        raise FileError("register_broken", register=name, count=len(faults), details=details)


def row_faults(current: Session, *, items: bool = False) -> tuple[Finding, ...]:
    """Return the faults of single rows and cells, only those of 項目 if asked for ``items``."""
    title = current.loaded.tables[ITEMS].title if ITEMS in current.loaded.tables else ""
    return tuple(
        found
        for found in current.findings
        if severity(found.code) is Severity.ERROR
        and found not in current.loaded.stopping
        and (not items or found.place.sheet == title)
    )

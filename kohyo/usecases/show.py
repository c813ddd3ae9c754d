"""Show (過去の台帳): the register of any past day, from the history and the copies in 控え."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from kohyo.errors import FileError, UsageError
from kohyo.excel.register_book import create_register
from kohyo.excel.register_book.register_create import register_bytes
from kohyo.excel.register_book.register_load import read_register
from kohyo.messages import severity
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Severity
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.register.replay import Past, as_of
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.given_day import Day, given_day
from kohyo.workspace.register_copies import register_copies
from kohyo.workspace.session import Session, session

_NAME = "show"


@dataclass(frozen=True)
class Shown:
    """The register at the end of a day: its items, how many changes came before and after, where it was written."""

    day: date
    items: tuple[Item, ...]
    before: int
    after: int
    findings: tuple[Finding, ...]
    path: Path | None = None

    @property
    def needs_person(self) -> bool:
        """Tell whether some value of the past is doubtful."""
        return bool(self.findings)


def show(root: Location, at: Day, out: Name | None = None, now: datetime | None = None) -> Shown:
    """Rebuild the register as it was at the end of the day ``at``, and write it to ``out`` where that is given.

    Raises UsageError when ``out`` exists already and holds anything else, FileError when it cannot be written.
    """
    path, at = None if out is None else Path(out), given_day(at)
    with session(root, _NAME, now, reading=True, asked=f"{at} {path}") as current:
        moment = datetime.combine(at, time.max)
        past = _past(current, moment)
        register = past.register
        if path is not None and not _stands(current, path, register):
            _write(current, path, register)
        numbered = tuple(sorted(register.current, key=lambda item: (item.number, item.id)))
        after = len(current.register.changes) - len(register.changes)
        findings = tuple(
            finding_of(Code.K543, change.place, change.field, change.number, day=at.isoformat())
            for change in past.doubtful
        )
        return Shown(at, numbered, len(register.changes), after, findings, path)


def _stands(current: Session, out: Path, register: Register) -> bool:
    """Tell whether the past register lies there already, whole, of a run whose end nobody heard of; refuse all else."""
    if not out.exists() or current.repeated is not None:
        return False
    if out.is_file() and out.read_bytes() == register_bytes(current.plan, register):
        return True
    raise UsageError("out_exists", path=out)


def _past(current: Session, moment: datetime) -> Past:
    """Rebuild from the first copy after the moment that can be read surely, else from the register as it is."""
    history = current.register.changes
    for stamp, path in _copies(current, moment):
        if (copy := _sound(path, current.plan)) is not None:
            return as_of(current.plan, copy, history, moment, stamp)
    return as_of(current.plan, current.register, history, moment)


def _copies(current: Session, moment: datetime) -> Iterator[tuple[datetime, Path]]:
    """Yield the copies in 控え that were made after the moment, the earliest first; each shows what stood before."""
    for copy in register_copies(current.workspace):
        if copy.until > moment:
            yield copy.until, copy.path


def _sound(path: Path, plan: Plan) -> Register | None:
    """Return what a copy holds, None where it cannot be read or lacks something."""
    try:
        read = read_register(path, plan, [], copy=True)
    except FileError:
        return None
    faults = [finding for finding in read.findings if severity(finding.code) is Severity.ERROR]
    return None if faults or read.blocking else read.register


def _write(current: Session, out: Path, register: Register) -> None:
    """Write the past register, with all that a command writes where that lies in the workspace."""
    if out.resolve().is_relative_to(current.workspace.root.resolve()):
        inside = current.workspace.root / out.resolve().relative_to(current.workspace.root.resolve())
        current.files.put(inside, register_bytes(current.plan, register))
    else:
        create_register(out, current.plan, register)

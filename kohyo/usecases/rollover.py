"""Rollover (年度更新): the old year frozen, the next one opened: definition, register and folders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kohyo.definition.carry_over import as_written
from kohyo.definition.lives import is_end
from kohyo.definition.next_year import next_cycle
from kohyo.errors import FileError, UsageError
from kohyo.excel.ooxml.file_status import is_open
from kohyo.excel.register_book import PreparedSave, SaveResult, load_register, prepare_save
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.history import standing
from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind
from kohyo.register.adoption import adopt
from kohyo.register.coming_year import closed_year
from kohyo.register.rollover import roll
from kohyo.text.dates import fiscal_year_label
from kohyo.workspace.folder import Location
from kohyo.workspace.journal import Doing, Record
from kohyo.workspace.person import person_at_work
from kohyo.workspace.returns_folder import unread_files
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.still_open import open_in_year, stop_if_open
from kohyo.workspace.versions import end_of_year, find_version, freeze_current, load_version

_NAME = "rollover"


@dataclass(frozen=True)
class RolledOver:
    """The year that ended and the one that begins, the version kept, what was emptied, where the old files lie.

    ``left`` are files that could not be moved, because something held them open. ``begun`` are the numbers of the items
    that begin in the new year: adopted proposals of the years before; ``ended`` of those whose end was decided.
    """

    old: FiscalYear
    new: FiscalYear
    plan: Plan
    version: str
    emptied: int
    archive: Path
    left: tuple[Path, ...]
    saved: SaveResult
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Tell whether files are still where they were, because something holds them."""
        return bool(self.left)


def rollover(root: Location, now: datetime | None = None, *, anyway: bool = False) -> RolledOver:
    """Open the next fiscal year: the old one is frozen first, and everything of it stays in 版 and 控え.

    A run that was cut off is taken up where it stopped. Raises UsageError when the plan has no next year, when
    conflicts or returns still wait, and, unless ``anyway``, when no forms went out, returns are missing, corrections
    are out, or proposals or ends of items are undecided; FileError when register or definition are open or cannot be
    written.
    """
    with session(root, _NAME, now) as current:
        if current.repeated:
            return _finished(current, current.repeated)
        stop_if_broken(current, row_faults(current))
        plan = next_cycle(current.plan)
        if plan is None:
            raise UsageError("no_next_year", year=_label(current.plan))
        _stop_if_unfinished(current)
        if not anyway:
            stop_if_open(open_in_year(current))
        version = end_of_year(current.plan.cycle.year)
        if find_version(current.workspace, version) is None:
            freeze_current(current, version)
        opened = _open_register(current, plan)
        current.change_definition(plan)
        archive = current.workspace.backups / _label(current.plan)
        _archive(current, archive)
        saved = current.commit(opened.prepared, in_place=True)
        left = tuple(held.path for held in current.files.held)
        old, new = FiscalYear(current.plan.cycle.year), FiscalYear(plan.cycle.year)
        return RolledOver(
            old, new, as_written(plan), version, opened.emptied, archive, left, saved, opened.begun, opened.ended
        )


def _finished(current: Session, record: Record) -> RolledOver:
    """Return what a rollover did that was cut off, and that was finished just now."""
    plan, at = current.plan, datetime.fromisoformat(record.at)
    new = plan.cycle.year
    old = new - 1
    before = len(load_version(current.workspace, plan, end_of_year(old)).register.changes)
    rows = standing(current.register.changes)
    told = [change for place, change in rows if place >= before and change.at == at]
    emptied = sum(change.kind is ChangeKind.ROLLED for change in told)
    begun = tuple(change.number for change in told if change.kind is ChangeKind.CREATED)
    ended = tuple(change.number for change in told if is_end(change))
    archive = current.workspace.backups / fiscal_year_label(FiscalYear(old))
    steps = (current.workspace.root / step.source for step in record.steps if step.doing is Doing.MOVE)
    left = tuple(path for path in steps if path.exists())
    saved = SaveResult(changed=False)
    return RolledOver(
        FiscalYear(old),
        FiscalYear(new),
        as_written(plan),
        end_of_year(old),
        emptied,
        archive,
        left,
        saved,
        begun,
        ended,
    )


def _label(plan: Plan) -> str:
    return fiscal_year_label(FiscalYear(plan.cycle.year))


def _stop_if_unfinished(current: Session) -> None:
    """Raise UsageError while something of the old year waits, FileError while Excel holds what must be written."""
    register, place = current.register, current.workspace
    if register.open_questions:
        raise UsageError("rollover_conflicts", count=len(register.open_questions))
    unread = unread_files(register, place.returns)
    if register.receipts and unread:
        raise UsageError("rollover_unread", count=len(unread), first=unread[0])
    for path in (place.register, place.definition):
        if is_open(path):
            raise FileError("definition_open", path=path)


@dataclass(frozen=True)
class _Opened:
    """The register of the new year, how many values were emptied for it, and the numbers that begin or ended."""

    prepared: PreparedSave
    emptied: int
    begun: tuple[str, ...]
    ended: tuple[str, ...]


def _open_register(current: Session, plan: Plan) -> _Opened:
    """Empty what the old year brought, under the headings of the new one, and let begin what was adopted for it.

    What the office wrote and nobody applied (``resolve``) is taken up first, as the old year's.
    """
    place = current.workspace
    current.files.begin()
    loaded = load_register(
        place.register, plan, backups=place.backups, standing=current.loaded.standing, now=current.now
    )
    before = replace(loaded.edited, submissions=current.register.submissions)
    ended = closed_year(before, current.plan, current.now, person_at_work(current.plan))
    rolled = roll(ended, plan, current.now)
    taken = adopt(rolled, plan, current.now)
    prepared = prepare_save(place.register, plan, loaded, taken.register, backups=place.backups, now=current.now)
    known = {item.id for item in before.items}
    begun = tuple(str(item.number) for item in taken.register.items if item.id not in known)
    leaving = {item.id for item in before.current} - {item.id for item in rolled.current}
    gone = tuple(str(item.number) for item in before.current if item.id in leaving)
    return _Opened(prepared, len(rolled.changes) - len(ended.changes), begun, gone)


def _archive(current: Session, archive: Path) -> None:
    """Move what was sent, what came back and what was made of it (結果) into ``archive``."""
    place = current.workspace
    for folder in (place.forms, place.returns, place.sent_back, place.bases, place.results):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            current.files.move(entry, archive / folder.name / entry.name)
    copies = place.base_copies
    if copies.exists():
        current.files.move(copies, archive / copies.parent.name / copies.name)

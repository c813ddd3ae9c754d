"""Next (今日すること): what the schedule and the state of a workspace ask for today, in one to three steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kohyo.excel.register_book.register_files import waiting_file
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.returns.submission_status import submission_statuses
from kohyo.tables.schedule import upcoming
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.workspace.folder import Location
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.received_files import unread_files
from kohyo.workspace.session import Session, session
from kohyo.workspace.versions import version_files

_MOST = 3


@dataclass(frozen=True)
class Step:
    """One thing to do: the key of its wording (``next.steps``) with its fields, and the command that does it, if any.

    What nobody can do anything about today (waiting for a deadline) is a step that is not ``due``.
    """

    key: str
    fields: Mapping[str, object]
    command: str = ""
    due: bool = True


@dataclass(frozen=True)
class NextSteps:
    """What to do today, the most pressing first, and what the schedule says next (empty where it ends)."""

    root: Path
    today: date
    steps: tuple[Step, ...]
    milestone: str = ""

    @property
    def needs_person(self) -> bool:
        """Tell whether anything is to be done today."""
        return any(step.due for step in self.steps)


def next_steps(root: Location, today: date | None = None) -> NextSteps:
    """Tell what to do today; nothing is changed. Raises UsageError or FileError when the workspace cannot be read."""
    with session(root, "next", reading=True) as current:
        day = today or current.now.date()
        steps = tuple(_steps(current, day))[:_MOST]
        return NextSteps(current.workspace.root, day, steps, upcoming(current.plan, day))


def _steps(current: Session, day: date) -> Iterator[Step]:
    """Yield the steps in the order in which they are to be taken."""
    plan, register, workspace = current.plan, current.register, current.workspace
    if waiting_file(workspace.register).exists():
        yield Step("close", {"file": workspace.register.name})
    if not register.current:
        yield Step("import", {}, "import")
        return
    issues = load_bases(workspace, plan)
    if not any(issue.year == plan.cycle.year and plan.open_form(issue.department) is None for issue in issues.values()):
        yield _distribute(plan.cycle.issued, day)
        return
    statuses = submission_statuses(plan, register, issues, load_owed(workspace.owed), day)
    pressing = tuple(_pressing(current, statuses))
    yield from pressing
    waits = tuple(_waits(statuses))
    yield from waits
    if not pressing and not waits:
        yield from _year_end(current, day)
    if register.open_notes:
        yield Step("notes", {"count": len(register.open_notes)})


def _distribute(issued: date, day: date) -> Step:
    if day < issued:
        return Step("distribute_later", {"day": show_date(issued)}, "distribute", due=False)
    return Step("distribute", {"day": show_date(issued)}, "distribute")


def _pressing(current: Session, statuses: tuple[SubmissionStatus, ...]) -> Iterator[Step]:
    """Yield what the secretariat can do now: take in, decide, remind."""
    register = current.register
    if unread := unread_files(register, current.workspace.returns):
        yield Step("consolidate", {"count": len(unread)}, "consolidate")
    decided = {row.group for row in register.open_conflicts if row.decision is not None}
    if decided:
        yield Step("resolve", {"count": len(decided)}, "resolve")
    if asked := set(register.open_questions) - decided:
        yield Step("decide", {"count": len(asked)}, "resolve")
    if late := [entry for entry in statuses if entry.overdue]:
        yield Step("remind", {"count": len(late), "first": late[0].department}, "status")


def _waits(statuses: tuple[SubmissionStatus, ...]) -> Iterator[Step]:
    """Yield what departments are still to send, by its deadline."""
    owing = [entry for entry in statuses if entry.owes and not entry.overdue]
    back = [entry for entry in owing if entry.state is State.SENT_BACK]
    if back:
        yield Step("sent_back", {"count": len(back), "first": back[0].department}, "status")
    if others := [entry for entry in owing if entry not in back]:
        nearest = min(entry.deadline for entry in others)
        yield Step("wait", {"count": len(others), "day": show_date(nearest)}, "status", due=False)


def _year_end(current: Session, day: date) -> Iterator[Step]:
    """Yield what follows when everything came: tables and a version, and in the next fiscal year the turn of it."""
    plan = current.plan
    year, following = FiscalYear(plan.cycle.year), FiscalYear.of(day)
    goes_on = not plan.years or any(phase.year == year.next.year for phase in plan.years)
    if following > year and goes_on:
        yield Step("rollover", {"old": fiscal_year_label(year), "new": fiscal_year_label(year.next)}, "rollover")
        return
    yield Step("tables", {}, "tables", due=False)
    if not version_files(current.workspace):
        yield Step("freeze", {"example": wording("next.example", year=fiscal_year_label(year))}, "freeze", due=False)

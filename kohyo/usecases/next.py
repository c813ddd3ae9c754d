"""Next (今日すること): what the schedule and the state of a workspace ask for today, in one to three steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kohyo.definition.fields import team_kinds
from kohyo.definition.surveys import current_survey, left_out, survey_after, survey_plan
from kohyo.excel.register_book.register_files import waiting_file
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.plan_years import Survey
from kohyo.model.proposed_team import TeamStage, proposed_teams
from kohyo.model.register import Register
from kohyo.model.submission_status import State, StillOut, SubmissionStatus
from kohyo.register.adoption import adopt
from kohyo.register.endings import due_ends, undecided_ends
from kohyo.returns.after_end import to_be_asked
from kohyo.returns.in_survey import narrowed, sent_surveys
from kohyo.returns.submission_status import submission_statuses
from kohyo.tables.schedule import upcoming
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.workspace.folder import Location
from kohyo.workspace.given_day import Day, given_day
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.returns_folder import unread_files
from kohyo.workspace.session import Session, session
from kohyo.workspace.still_out import still_out
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
    survey: str = ""
    """The survey of the year that the command is told, empty for the one under way."""


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


def next_steps(root: Location, today: Day | None = None) -> NextSteps:
    """Tell what to do today; nothing is changed. Raises UsageError or FileError when the workspace cannot be read."""
    given = given_day(today)
    with session(root, "next", reading=True) as current:
        day = given or current.now.date()
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
    sent = sent_surveys(plan, issues)
    survey = current_survey(plan, sent)
    asked = narrowed(plan, register, issues, survey)
    if not sent:
        yield _distribute(asked[0], day)
        yield from _recruit(plan, register)
        return
    statuses = submission_statuses(*asked, load_owed(workspace.owed, survey), day)
    earlier = tuple(still_out(current, issues, survey, day))
    pressing = (*_to_do(current), *_after_all(asked[0], asked[1]), *_reminders(statuses, earlier))
    yield from pressing
    waits = (*_waits_earlier(earlier), *_waits(statuses))
    skipped = tuple(_left_out(plan, sent, day))
    yield from skipped
    following = survey_after(plan, survey)
    if following and following.issued <= day:
        yield _distribute(survey_plan(plan, following.key), day)
    yield from waits
    if not (pressing or waits or skipped):
        yield from _after_all_came(current, following, day)
    yield from _recruit(plan, register)
    if register.open_notes:
        yield Step("notes", {"count": len(register.open_notes)})


def _recruit(plan: Plan, register: Register) -> Iterator[Step]:
    """Yield that members are to be looked for, as long as a team that was adopted has not begun."""
    recruiting = [entry for entry in proposed_teams(register, team_kinds(plan)) if entry.stage is TeamStage.RECRUITING]
    if recruiting:
        first = recruiting[0]
        yield Step("recruit", {"count": len(recruiting), "first": first.title, "id": first.proposal.id}, "papers")


def _left_out(plan: Plan, sent: Collection[str], day: date) -> Iterator[Step]:
    """Yield the surveys of the year that were never sent, because one behind them was: only by their name they are."""
    for entry in left_out(plan, sent, day):
        yield replace(_distribute(survey_plan(plan, entry.key), day), survey=entry.name)


def _distribute(asked: Plan, day: date) -> Step:
    """Return that the forms of a survey are to go out, or when."""
    issued = asked.cycle.issued
    fields = {"day": show_date(issued), "form": asked.plan.survey_form_name}
    if day < issued:
        return Step("distribute_later", fields, "distribute", due=False)
    return Step("distribute", fields, "distribute")


def _after_all_came(current: Session, following: Survey | None, day: date) -> Iterator[Step]:
    """Yield what follows when everything of a survey came: the next one of the year, else the year's end."""
    if following is None:
        yield from _year_end(current, day)
    elif following.issued > day:
        yield _distribute(survey_plan(current.plan, following.key), day)


def _to_do(current: Session) -> Iterator[Step]:
    """Yield what the secretariat can do now with what came: take in, decide."""
    register = current.register
    if unread := unread_files(register, current.workspace.returns):
        yield Step("consolidate", {"count": len(unread)}, "consolidate")
    yield from _decisions(current)


def _after_all(plan: Plan, register: Register) -> Iterator[Step]:
    """Yield that the plans of the years to come are to be asked of items that were to end, and do not."""
    if found := to_be_asked(plan, register):
        yield Step("after_all", {"count": len(found), "first": str(found[0].number)}, "consolidate")


def _reminders(statuses: tuple[SubmissionStatus, ...], earlier: tuple[StillOut, ...]) -> Iterator[Step]:
    """Yield who is to be reminded: of earlier surveys of the year first, then of the one under way."""
    yield from (_of_earlier("remind_earlier", out) for out in earlier if out.overdue)
    if late := [entry for entry in statuses if entry.overdue]:
        yield Step("remind", {"count": len(late), "first": late[0].department}, "status")


def _waits_earlier(earlier: tuple[StillOut, ...]) -> Iterator[Step]:
    yield from (replace(_of_earlier("wait_earlier", out), due=False) for out in earlier if not out.overdue)


def _of_earlier(key: str, out: StillOut) -> Step:
    fields = {"form": out.form, "count": len(out.owing), "first": out.departments[0]}
    return Step(key, fields, "status", survey=out.survey)


def _decisions(current: Session) -> Iterator[Step]:
    """Yield that decisions are to be applied, then what is still to be decided: conflicts, ends of items, proposals."""
    plan, register = current.plan, current.register
    groups = {row.group for row in register.open_conflicts if row.decision is not None}
    ends = undecided_ends(register)
    unwritten = [row for row in ends if row.decision is None]
    adopted = adopt(register, plan, current.now)
    if written := len(groups) + len(ends) - len(unwritten) + len(adopted.items):
        yield Step("resolve", {"count": written}, "resolve")
    if asked := set(register.open_questions) - groups:
        yield Step("decide", {"count": len(asked)}, "resolve")
    if unwritten:
        yield Step("endings", {"count": len(unwritten)}, "resolve")
    if adopted.undecided:
        yield Step("proposals", {"count": adopted.undecided}, "resolve")


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
    ending = due_ends(current.register, plan.cycle.year) if not goes_on else ()
    if ending or not version_files(current.workspace):
        yield Step("freeze", {"example": wording("next.example", year=fiscal_year_label(year))}, "freeze", due=False)

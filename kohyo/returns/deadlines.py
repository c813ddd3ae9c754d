"""Deadlines (締切) before they go out: one that is past, one on which offices are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kohyo.errors import UsageError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm, latest
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.model.submission_status import MovedDeadline
from kohyo.returns.in_survey import Issues, earlier_surveys, narrowed, under_way
from kohyo.text.dates import show_date, show_weekday
from kohyo.text.working_days import is_working_day, next_working_day


def moved_deadlines(plan: Plan, register: Register, issues: Issues) -> tuple[MovedDeadline, ...]:
    """Return the deadlines of forms that have not come back and of which the definition says another day.

    What counts is what the form says that a department has; a deadline of the definition counts once it went out.
    """
    found: dict[MovedDeadline, None] = {}
    for survey in (*earlier_surveys(plan, issues, under_way(plan, issues)), under_way(plan, issues)):
        view, known, own = narrowed(plan, register, issues, survey)
        answered = {row.department for row in known.receipts if row.outcome in READABLE}
        for department in (entry for entry in plan.departments if entry.name not in answered):
            issue = latest((form for form in own.values() if not form.correction), department.name)
            if issue and issue.survey == survey:
                _note_moved(found, view.plan.survey_form_name, issue, view.cycle.closes)
    for form in plan.forms:
        _note_moved(found, form.name, latest(issues.values(), form.name), form.closes)
    return tuple(found)


def _note_moved(found: dict[MovedDeadline, None], form: str, issue: IssuedForm | None, closes: date) -> None:
    if issue and issue.deadline and issue.deadline != closes:
        found[MovedDeadline(form, issue.deadline, closes)] = None


def stop_if_past(typed: date | None, today: date, *, anyway: bool) -> None:
    """Raise UsageError for a typed deadline before today, unless it is meant ``anyway``."""
    if typed is not None and typed < today and not anyway:
        raise UsageError("deadline_past", day=show_date(typed), today=show_date(today))


def deadline_findings(form: str, day: date, today: date, *, anyway: bool = False) -> Iterator[Finding]:
    """Yield what is odd about the deadline of ``form``; that it is past only where nobody said ``anyway``."""
    if day < today and not anyway:
        yield finding_of(Code.K551, field=form, value=show_date(day), today=show_date(today))
    elif not is_working_day(day):
        following = next_working_day(day)
        shown = f"{show_date(following)}({show_weekday(following)})"
        yield finding_of(Code.K552, field=form, value=f"{show_date(day)}({show_weekday(day)})", proposed=shown)

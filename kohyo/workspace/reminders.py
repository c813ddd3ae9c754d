"""Reminder drafts (督促文の案): for each department that owes something, what it owes, in polite Japanese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kohyo.definition.surveys import survey_plan
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.issued_form import IssuedForm, latest
from kohyo.model.plan import Plan
from kohyo.model.submission_status import OWING, State, SubmissionStatus
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.text.tabs import file_stem
from kohyo.workspace.drafts import Drafts, put_drafts
from kohyo.workspace.session import Session

_SUFFIX = ".txt"
_BOM = b"\xef\xbb\xbf"


def write_reminders(
    current: Session, issues: Mapping[str, IssuedForm], statuses: Sequence[SubmissionStatus], today: date
) -> Drafts:
    """Write one draft per department that owes something in the survey of ``issues``.

    Drafts of those who no longer do are removed. What somebody changed is left alone. Raises FileError when a draft or
    the record cannot be written.
    """
    survey = next((issue.survey for issue in issues.values()), "")
    plan = survey_plan(current.plan, survey)
    letters = {
        f"{file_stem(status.department)}{_SUFFIX}": encoded(reminder_letter(plan, issues, status, today))
        for status in statuses
        if status.owes
    }
    return put_drafts(current, current.workspace.reminders, current.workspace.reminders_written, letters)


def encoded(letter: str) -> bytes:
    """Return a letter as a file that Windows' editors read: UTF-8 with BOM, CRLF."""
    return _BOM + letter.replace("\n", "\r\n").encode("utf-8")


def reminder_letter(plan: Plan, issues: Mapping[str, IssuedForm], status: SubmissionStatus, today: date) -> str:
    """Return what a department is told that it owes, in polite Japanese."""
    return wording(
        "reminder.letter",
        date=show_date(today),
        department=status.department,
        secretariat=plan.plan.secretariat,
        contact=plan.plan.contact,
        plan=plan.plan.name,
        year=fiscal_year_label(FiscalYear(plan.cycle.year)),
        form=plan.plan.survey_form_name,
        body=_body(plan, issues, status),
        list="\n".join(_list(issues, status)),
    )


def _body(plan: Plan, issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> str:
    return wording(
        f"reminder.{status.state if status.state in OWING else 'absent'}",
        form=plan.plan.survey_form_name,
        deadline=show_date(status.deadline),
        errors=status.errors,
        items=status.items,
        round=_round(issues, status),
        absent=len(status.absent),
        files=wording("text.list.joiner").join(status.files),
        overdue=wording("reminder.overdue") if status.overdue else "",
    ).strip()


def _round(issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> int:
    issue = latest(issues.values(), status.department)
    return issue.round if issue else 0


def _list(issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> Iterator[str]:
    """Yield what is missing, a line each: sheets that did not come, then what is to be mended on those that did."""
    issue = latest(issues.values(), status.department)
    absent = [sheet for sheet in issue.sheets if sheet.item] if issue else []
    if status.state is not State.MISSING:
        absent = [sheet for sheet in absent if sheet.tab in status.absent]
    if absent:
        yield wording("reminder.list.sheets")
        yield from (
            wording("reminder.list.sheet", tab=sheet.tab, title=sheet.values.get("title") or "") for sheet in absent
        )
    if status.to_mend:
        yield wording("reminder.list.mend")
        yield from (wording("reminder.list.place", tab=ask.tab, reason=ask.reason) for ask in status.to_mend)

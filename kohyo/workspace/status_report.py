"""The status as it is found out (回収状況の調べ): from definition, register and 回収, with report and drafts."""

from __future__ import annotations

from datetime import date

from kohyo.definition.surveys import named_survey, survey_name
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.returns.in_survey import narrowed, under_way
from kohyo.returns.submission_status import submission_statuses
from kohyo.tables.respondents import status_table
from kohyo.tables.state_counts import count_line
from kohyo.text.dates import show_date
from kohyo.workspace.correction_files import correction_paths
from kohyo.workspace.issued_forms import load_bases, stop_if_bases_are_gone
from kohyo.workspace.known_status import Status
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.reminders import write_reminders
from kohyo.workspace.returns_folder import unread_files
from kohyo.workspace.session import Session


def find_status(current: Session, day: date, survey: str) -> Status:
    """Find out where every respondent stands; write 結果/回収状況.xlsx and the reminder drafts.

    Raises UsageError when no forms went out or no survey is called so, FileError when a file cannot be written.
    """
    workspace = current.workspace
    issues = load_bases(workspace, current.plan)
    stop_if_bases_are_gone(workspace.bases, issues, current.register.receipts)
    asked = named_survey(current.plan, survey) if survey else under_way(current.plan, issues)
    plan, register, issues = narrowed(current.plan, current.register, issues, asked)
    if not issues:
        raise UsageError("no_forms")
    found = submission_statuses(plan, register, issues, load_owed(workspace.owed, asked), day)
    reminders = write_reminders(current, issues, found, day)
    path = workspace.result("status")
    unread = len(unread_files(current.register, workspace.returns))
    done = Status(found, unread, reminders.written, path, reminders.kept, survey_name(current.plan, asked))
    corrections = correction_paths(workspace, issues)
    table = status_table(found, corrections, workspace.register, _subtitle(done, day))
    current.put_tables(path, (table,))
    return done


def _subtitle(done: Status, day: date) -> str:
    said = wording("report.status.said", day=show_date(day), counts=count_line(done.counts))
    return wording("report.status.survey", survey=done.survey, said=said) if done.survey else said

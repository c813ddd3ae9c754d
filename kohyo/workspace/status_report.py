"""The status as it is found out (回収状況の調べ): from definition, register and 回収, with report and drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kohyo.definition.surveys import survey_name
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.returns.deadlines import moved_deadlines
from kohyo.returns.in_survey import narrowed, sent_survey, under_way
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
from kohyo.workspace.status_lines import earlier_lines, moved_lines
from kohyo.workspace.still_out import still_out


def find_status(current: Session, day: date, survey: str) -> Status:
    """Find out where every respondent stands; write 結果/回収状況.xlsx and the reminder drafts.

    Raises UsageError when no forms went out or no survey is called so, FileError when a file cannot be written.
    """
    workspace = current.workspace
    issues = load_bases(workspace, current.plan)
    stop_if_bases_are_gone(workspace.bases, issues, current.register.receipts)
    asked = sent_survey(current.plan, issues, survey) if survey else under_way(current.plan, issues)
    earlier = tuple(still_out(current, issues, asked, day))
    moved = tuple(moved_deadlines(current.plan, current.register, issues))
    plan, register, issues = narrowed(current.plan, current.register, issues, asked)
    if not issues:
        raise UsageError("no_forms")
    found = submission_statuses(plan, register, issues, load_owed(workspace.owed, asked), day)
    reminders = write_reminders(current, issues, found, day)
    path = workspace.result("status")
    unread = len(unread_files(current.register, workspace.returns))
    name = survey_name(current.plan, asked)
    done = Status(found, unread, reminders.written, path, reminders.kept, name, earlier, moved)
    corrections = correction_paths(workspace, issues)
    table = status_table(found, corrections, workspace.register, _subtitle(done, day))
    notes = (*earlier_lines(earlier), *moved_lines(moved))
    current.put_tables(path, (replace(table, notes=notes),))
    return done


def _subtitle(done: Status, day: date) -> str:
    said = wording("report.status.said", day=show_date(day), counts=count_line(done.counts))
    return wording("report.status.survey", survey=done.survey, said=said) if done.survey else said

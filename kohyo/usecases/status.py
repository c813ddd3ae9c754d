"""Status (回収状況): who has answered, who owes something, and a reminder draft for each who does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kohyo.definition.surveys import survey_name
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.returns.deadlines import MovedDeadline, moved_deadlines
from kohyo.returns.in_survey import narrowed, sent_survey, under_way
from kohyo.returns.submission_status import submission_statuses
from kohyo.tables.respondents import count_line, status_table
from kohyo.text.dates import show_date
from kohyo.usecases.status_lines import earlier_lines, moved_lines
from kohyo.workspace.correction_files import correction_paths
from kohyo.workspace.folder import Location
from kohyo.workspace.given_day import Day, given_day
from kohyo.workspace.issued_forms import load_bases, stop_if_bases_are_gone
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.reminders import write_reminders
from kohyo.workspace.returns_folder import unread_files
from kohyo.workspace.session import session
from kohyo.workspace.still_out import StillOut, still_out


@dataclass(frozen=True)
class Status:
    """Every respondent's standing, files not consolidated yet, the report and the reminder drafts written.

    ``reminders_kept`` are drafts that somebody changed; they are left as they are.
    """

    respondents: tuple[SubmissionStatus, ...]
    unread: int
    reminders: tuple[Path, ...]
    report: Path
    reminders_kept: tuple[Path, ...] = ()
    survey: str = ""
    """Name of the survey of the year that it is about; empty where the year has but one."""
    earlier: tuple[StillOut, ...] = ()
    """Earlier surveys of the year of which something is still out."""
    moved: tuple[MovedDeadline, ...] = ()
    """Deadlines of the definition that the forms which are out do not name."""

    @property
    def counts(self) -> Mapping[State, int]:
        """Respondents by state, in the order of the states."""
        counted = Counter(respondent.state for respondent in self.respondents)
        return {state: counted[state] for state in State if counted[state]}

    @property
    def needs_person(self) -> bool:
        """Tell whether anybody owes anything, something is to be decided or a file waits to be consolidated."""
        return bool(self.unread or self.earlier) or any(
            respondent.owes or respondent.conflicts for respondent in self.respondents
        )


def status(root: Location, today: Day | None = None, survey: str = "") -> Status:
    """Tell where every respondent stands; write 結果/回収状況.xlsx and reminder drafts (nothing is mailed).

    Of a year with several surveys (調査の回) it tells the one that is called ``survey``, else the one under way.
    Raises UsageError when no forms went out or no survey is called so, FileError when a file cannot be written.
    """
    given = given_day(today)
    with session(root, "status", looking=True) as current:
        workspace = current.workspace
        issues = load_bases(workspace, current.plan)
        stop_if_bases_are_gone(workspace.bases, issues, current.register.receipts)
        day = given or current.now.date()
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

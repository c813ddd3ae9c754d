"""Status (回収状況): who has answered, who owes something, and a reminder draft for each who does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kohyo.errors import UsageError
from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.table_book.table_writer import write_tables
from kohyo.messages import wording
from kohyo.tables.respondents import status_table
from kohyo.text.dates import show_date
from kohyo.usecases.bases import load_bases, stop_if_bases_are_gone
from kohyo.usecases.owed import load_owed
from kohyo.usecases.reminders import write_reminders
from kohyo.usecases.respondents import count_line, respondent_rows
from kohyo.usecases.returned import received_files
from kohyo.usecases.sending_back import correction_paths
from kohyo.usecases.session import Session, session
from kohyo.usecases.standing import STATES, Standing, standings


@dataclass(frozen=True)
class Status:
    """Every respondent's standing, files not consolidated yet, the report and the reminder drafts written."""

    standings: tuple[Standing, ...]
    unread: int
    reminders: tuple[Path, ...]
    report: Path

    @property
    def counts(self) -> Mapping[str, int]:
        """Respondents by state, in the order of the states."""
        counted = Counter(one.state for one in self.standings)
        return {state: counted[state] for state in STATES if counted[state]}

    @property
    def needs_person(self) -> bool:
        """Tell whether anybody owes anything, something is to be decided or a file waits to be consolidated."""
        return bool(self.unread) or any(one.owes or one.conflicts for one in self.standings)


def status(root: Path, today: date | None = None) -> Status:
    """Tell where every respondent stands; write 結果/回収状況.xlsx and reminder drafts (nothing is mailed).

    Raises UsageError when no forms went out, FileError when a file cannot be written.
    """
    with session(root) as current:
        workspace = current.workspace
        issues = load_bases(workspace.bases, current.plan)
        stop_if_bases_are_gone(workspace.bases, issues, current.register.receipts)
        if not issues:
            raise UsageError("no_forms")
        day = today or current.now.date()
        found = standings(current.plan, current.register, issues, load_owed(workspace.owed), day)
        folder = workspace.results / wording("workbook.files.reminders")
        reminders = write_reminders(folder, current.plan, issues, found, day)
        path = workspace.result("status")
        done = Status(found, _unread(current), reminders, path)
        rows = respondent_rows(found, correction_paths(workspace, issues), workspace.register, path.parent)
        write_tables(path, current.plan, (status_table(rows, _said(done, day)),), created=current.now)
        return done


def _said(done: Status, day: date) -> str:
    return wording("report.status.said", day=show_date(day), counts=count_line(done.counts))


def _unread(current: Session) -> int:
    """Count the files in 回収 that consolidating would read and no row of the register names."""
    known = {row.file for row in current.register.receipts}
    folder = current.workspace.returns
    files = [path.relative_to(folder).as_posix() for path in received_files(folder) if not is_temporary_file(path.name)]
    return sum(1 for file in files if file not in known)

"""Status (回収状況): who has answered, who owes something, and a reminder draft for each who does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kohyo.errors import FileError, UsageError
from kohyo.excel.read.content import is_left_over
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.response import FormIssue
from kohyo.register.receiving import READABLE
from kohyo.register.state import Receipt, Register
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.usecases.bases import latest, load_bases
from kohyo.usecases.returned import received_files
from kohyo.usecases.session import Session, session


@dataclass(frozen=True)
class Standing:
    """Where one respondent stands: missing (未提出), defective (不備), submitted (提出) or accepted (受理)."""

    department: str
    state: str
    items: int
    files: tuple[str, ...]
    errors: int
    checks: int
    deadline: date
    overdue: bool

    @property
    def owes(self) -> bool:
        """Tell whether the department owes a return or a correction."""
        return self.state in ("missing", "defective")


@dataclass(frozen=True)
class Status:
    """Every respondent's standing, files not consolidated yet, and the reminder drafts written."""

    standings: tuple[Standing, ...]
    unread: int
    reminders: tuple[Path, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Respondents by state."""
        return Counter(one.state for one in self.standings)

    @property
    def needs_person(self) -> bool:
        """Tell whether anybody owes anything or a file waits to be consolidated."""
        return bool(self.unread) or any(one.owes for one in self.standings)


def status(root: Path, today: date | None = None) -> Status:
    """Tell where every respondent stands; write reminder drafts into 結果/督促 (nothing is mailed).

    Raises UsageError when no forms went out.
    """
    with session(root) as current:
        issues = load_bases(current.workspace.bases)
        if not issues:
            raise UsageError("no_forms")
        day = today or current.now.date()
        standings = tuple(_standings(current.plan, current.register, issues, day))
        reminders = _write_reminders(current, standings, day)
        return Status(standings, _unread(current), reminders)


def _standings(plan: Plan, register: Register, issues: Mapping[str, FormIssue], today: date) -> list[Standing]:
    standings = []
    for entry in plan.departments:
        issue = latest(issues.values(), entry.name)
        if issue is None:
            continue
        receipts = [row for row in register.receipts if row.department == entry.name and row.outcome in READABLE]
        deadline = issue.deadline or plan.cycle.closes
        state = _state(receipts)
        standings.append(
            Standing(
                department=entry.name,
                state=state,
                items=sum(1 for sheet in issue.sheets if sheet.item),
                files=tuple(row.file for row in receipts),
                errors=sum(row.errors for row in receipts),
                checks=sum(row.checks for row in receipts),
                deadline=deadline,
                overdue=today > deadline and state in ("missing", "defective"),
            )
        )
    return standings


def _state(receipts: list[Receipt]) -> str:
    outcomes = {row.outcome for row in receipts}
    if not outcomes:
        return "missing"
    if Outcome.DEFECTIVE in outcomes:
        return "defective"
    return "submitted" if Outcome.CONFLICT in outcomes else "accepted"


def _unread(current: Session) -> int:
    """Count the files in 回収 that no row of the register names."""
    known = {row.file for row in current.register.receipts}
    folder = current.workspace.returns
    paths = [path for path in received_files(folder) if not is_left_over(path.name)]
    return sum(1 for path in paths if path.relative_to(folder).as_posix() not in known)


def _write_reminders(current: Session, standings: tuple[Standing, ...], today: date) -> tuple[Path, ...]:
    """Write one draft per department that owes something; drafts of those who no longer do are removed."""
    folder = current.workspace.results / wording("workbook.files.reminders")
    owing = {f"{one.department}.txt": one for one in standings if one.owes}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            if old.name not in owing:
                old.unlink()
        for name, one in owing.items():
            (folder / name).write_text(_reminder(current.plan, one, today), encoding="utf-8-sig", newline="\r\n")
    except OSError as error:
        raise FileError("unwritable", path=folder) from error
    return tuple(folder / name for name in owing)


def _reminder(plan: Plan, one: Standing, today: date) -> str:
    body = wording(
        f"reminder.{one.state}",
        deadline=show_date(one.deadline),
        errors=one.errors,
        items=one.items,
        files=wording("text.list.joiner").join(one.files),
        overdue=wording("reminder.overdue") if one.overdue else "",
    )
    return wording(
        "reminder.letter",
        date=show_date(today),
        department=one.department,
        secretariat=plan.plan.secretariat,
        contact=plan.plan.contact,
        plan=plan.plan.name,
        year=_year(plan),
        form=plan.plan.survey_form_name,
        body=body,
    )


def _year(plan: Plan) -> str:
    """Return the survey's fiscal year as 令和6年度."""
    return fiscal_year_label(FiscalYear(plan.cycle.year))

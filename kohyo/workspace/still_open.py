"""What is still open (残っていること) before a year ends or a version is kept: said, and gone past only when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.surveys import survey_keys, survey_name, surveys_of
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.returns.in_survey import earlier_surveys, narrowed, sent_surveys
from kohyo.workspace.correction_files import correction_paths
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.session import Session


def open_in_year(current: Session) -> tuple[str, ...]:
    """Return what of the survey is not done: forms never sent, returns missing, corrections out, ends undecided."""
    year, plan = current.plan.cycle.year, current.plan
    issues = load_bases(current.workspace, plan)
    asked = {issue.department: None for issue in issues.values() if issue.year == year and not issue.correction}
    departments = [name for name in asked if plan.open_form(name) is None]
    if not departments:
        return (wording("versions.open.no_forms"),)
    never = [entry.name for entry in surveys_of(plan) if entry.key not in sent_surveys(plan, issues)]
    last = survey_keys(plan)[-1]
    missing = [
        name for survey in (*earlier_surveys(plan, issues, last), last) for name in _missing(current, issues, survey)
    ]
    corrections = list(correction_paths(current.workspace, issues))
    items = {item.id: str(item.number) for item in current.register.items}
    undecided = [row.item for row in current.register.endings if row.year == year and row.decided_at is None]
    endings = [items.get(item, item) for item in undecided]
    found = {"never_sent": never, "missing": missing, "corrections": corrections, "endings": endings}
    return tuple(_line(key, names) for key, names in found.items() if names)


def _missing(current: Session, issues: Mapping[str, IssuedForm], survey: str) -> Iterator[str]:
    """Yield who has not answered in a survey, with its name where the year holds several."""
    plan, register, own = narrowed(current.plan, current.register, issues, survey)
    name = survey_name(plan, survey)
    answered = {row.department for row in register.receipts if row.outcome in READABLE}
    asked = {issue.department: None for issue in own.values() if issue.year == plan.cycle.year and not issue.correction}
    for department in asked:
        if plan.open_form(department) is None and department not in answered:
            yield wording("versions.open.of_survey", survey=name, department=department) if name else department


def open_conflicts(current: Session) -> tuple[str, ...]:
    """Return that conflicts wait for a decision, if any do."""
    count = len(current.register.open_questions)
    return (wording("versions.open.conflicts", count=count),) if count else ()


def stop_if_open(lines: Sequence[str]) -> None:
    """Raise UsageError that says what is open, if anything is."""
    if lines:
        bullet = wording("errors.bullet")
        raise UsageError("still_open", details="".join(f"{bullet}{line}" for line in lines))


def _line(key: str, names: Sequence[str]) -> str:
    joined = wording("text.list.joiner").join(names)
    return wording(f"versions.open.{key}", count=len(names), names=joined)

"""What is still open (残っていること) before a year ends or a version is kept: said, and gone past only when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.surveys import survey_keys, survey_name, surveys_of
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.register.adoption import adopt
from kohyo.register.endings import decide_endings
from kohyo.returns.in_survey import earlier_surveys, narrowed, sent_surveys
from kohyo.workspace.correction_files import correction_paths
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.session import Session


def open_in_year(current: Session) -> tuple[str, ...]:
    """Return what of the year is not done: forms never sent, returns missing, corrections out, what nobody decided."""
    year, plan = current.plan.cycle.year, current.plan
    issues = load_bases(current.workspace, plan)
    decisions = tuple(_undecided(current))
    asked = {issue.department: None for issue in issues.values() if issue.year == year and not issue.correction}
    departments = [name for name in asked if plan.open_form(name) is None]
    if not departments:
        return (wording("versions.open.no_forms"), *decisions)
    never = [entry.name for entry in surveys_of(plan) if entry.key not in sent_surveys(plan, issues)]
    return (*_lines({"never_sent": never}), *_out(current, issues), *decisions)


def returns_out(current: Session) -> tuple[str, ...]:
    """Return which returns are not there: those that never came, and those that were sent back."""
    return tuple(_out(current, load_bases(current.workspace, current.plan)))


def _out(current: Session, issues: Mapping[str, IssuedForm]) -> Iterator[str]:
    last = survey_keys(current.plan)[-1]
    surveys = (*earlier_surveys(current.plan, issues, last), last)
    missing = [name for survey in surveys for name in _missing(current, issues, survey)]
    yield from _lines({"missing": missing, "corrections": list(correction_paths(current.workspace, issues))})


def _undecided(current: Session) -> Iterator[str]:
    """Yield what nobody decided; what the office wrote into the register is decided, if nothing is missing."""
    register, plan = current.register, current.plan
    items = {item.id: str(item.number) for item in register.items}
    waiting = decide_endings(register, plan, current.now).waiting
    endings = [items.get(row.item, row.item) for row in waiting]
    proposals = [entry.id for entry in adopt(register, plan, current.now).waiting]
    yield from _lines({"endings": endings, "proposals": proposals})


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


def _lines(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for key, names in found.items():
        if names:
            joined = wording("text.list.joiner").join(names)
            yield wording(f"versions.open.{key}", count=len(names), names=joined)

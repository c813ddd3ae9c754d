"""Where each respondent stands (提出の状況): what came, what is awaited, what is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from kohyo.definition.departments import split_names
from kohyo.model.issued_form import Ask, IssuedForm, latest
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt, Register
from kohyo.model.submission_status import OWING, State, SubmissionStatus
from kohyo.returns.former_departments import under_todays_names


def submission_statuses(
    plan: Plan, register: Register, issues: Mapping[str, IssuedForm], absent: Mapping[str, Sequence[str]], today: date
) -> tuple[SubmissionStatus, ...]:
    """Return every respondent in the order of the organisation; ``absent`` are tabs of sheets by department."""
    return tuple(_statuses(plan, register, issues, absent, today))


def _statuses(
    plan: Plan, register: Register, issues: Mapping[str, IssuedForm], absent: Mapping[str, Sequence[str]], today: date
) -> Iterator[SubmissionStatus]:
    register = under_todays_names(register, plan)
    asked = {(row.group, name) for row in register.open_conflicts for name in split_names(row.department)}
    open_conflicts = [name for _, name in asked]
    for entry in plan.departments:
        issue = latest(issues.values(), entry.name)
        if issue is None:
            continue
        receipts = [row for row in register.receipts if row.department == entry.name and row.outcome in READABLE]
        counted = [row for row in receipts if row.outcome is not Outcome.SUPERSEDED]
        missing = tuple(absent.get(entry.name, ())) if counted else ()
        state = _state(counted, missing)
        owes = state in OWING or bool(missing)
        yield SubmissionStatus(
            department=entry.name,
            state=state,
            round=max((row.round for row in receipts), default=0),
            items=sum(1 for sheet in issue.sheets if sheet.item),
            files=tuple(row.file for row in counted),
            errors=sum(row.errors for row in counted),
            checks=sum(row.checks for row in counted),
            conflicts=open_conflicts.count(entry.name),
            deadline=issue.deadline or plan.cycle.closes,
            overdue=owes and today > (issue.deadline or plan.cycle.closes),
            absent=missing,
            asks=_asks(issues.values(), entry.name) if state is State.SENT_BACK else (),
            received=sum(1 for row in register.receipts if row.department == entry.name and row.file),
        )


def _state(receipts: Collection[Receipt], absent: Sequence[str]) -> State:
    outcomes = {row.outcome for row in receipts}
    if not outcomes:
        return State.MISSING
    for outcome, state in ((Outcome.SENT_BACK, State.SENT_BACK), (Outcome.DEFECTIVE, State.DEFECTIVE)):
        if outcome in outcomes:
            return state
    return State.SUBMITTED if Outcome.CONFLICT in outcomes or absent else State.ACCEPTED


def _asks(issues: Collection[IssuedForm], department: str) -> tuple[Ask, ...]:
    """Return what the last correction of a department asks for."""
    correction = latest((issue for issue in issues if issue.correction), department)
    return correction.asks if correction else ()

"""Where each respondent stands (提出の状況): what came, what is awaited, what is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt, Register
from kohyo.model.response import Ask, FormIssue
from kohyo.register.former_departments import under_todays_names
from kohyo.register.receipts import READABLE
from kohyo.workspace.issued_forms import latest

STATES = ("missing", "sent_back", "defective", "submitted", "accepted")
"""未提出, 差戻し, 不備, 提出 (something is still to come or to be decided), 受理."""

_OWING = ("missing", "sent_back", "defective")


@dataclass(frozen=True)
class Standing:
    """Where one respondent stands: one of ``STATES``, and what is behind it.

    ``absent`` are item sheets that stand in no return, ``asks`` what the correction that is awaited asks for.
    """

    department: str
    state: str
    round: int
    items: int
    files: tuple[str, ...]
    errors: int
    checks: int
    conflicts: int
    deadline: date
    overdue: bool
    absent: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def owes(self) -> bool:
        """Tell whether the department owes a return, a sheet of it or a correction."""
        return self.state in _OWING or bool(self.absent)

    @property
    def to_mend(self) -> tuple[Ask, ...]:
        """What must be mended."""
        return tuple(ask for ask in self.asks if ask.must)

    @property
    def sheets(self) -> Mapping[str, int]:
        """Its item sheets by what became of them: come in, to be mended, still to come."""
        if self.state == "missing":
            return {"come": 0, "mend": 0, "absent": self.items}
        mend = min(len({ask.sheet for ask in self.to_mend}), self.items - len(self.absent))
        return {"come": self.items - mend - len(self.absent), "mend": mend, "absent": len(self.absent)}


def standings(
    plan: Plan, register: Register, issues: Mapping[str, FormIssue], absent: Mapping[str, Sequence[str]], today: date
) -> tuple[Standing, ...]:
    """Return every respondent in the order of the organisation; ``absent`` are tabs of sheets by department."""
    return tuple(_standings(plan, register, issues, absent, today))


def _standings(
    plan: Plan, register: Register, issues: Mapping[str, FormIssue], absent: Mapping[str, Sequence[str]], today: date
) -> Iterator[Standing]:
    register = under_todays_names(register, plan)
    open_conflicts = [row.department for row in register.conflicts if row.decided_at is None]
    for entry in plan.departments:
        issue = latest(issues.values(), entry.name)
        if issue is None:
            continue
        receipts = [row for row in register.receipts if row.department == entry.name and row.outcome in READABLE]
        counted = [row for row in receipts if row.outcome is not Outcome.SUPERSEDED]
        missing = tuple(absent.get(entry.name, ())) if counted else ()
        state = _state(counted, missing)
        owes = state in _OWING or bool(missing)
        yield Standing(
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
            asks=_asks(issues.values(), entry.name) if state == "sent_back" else (),
        )


def _state(receipts: Collection[Receipt], absent: Sequence[str]) -> str:
    outcomes = {row.outcome for row in receipts}
    if not outcomes:
        return "missing"
    for outcome, state in ((Outcome.SENT_BACK, "sent_back"), (Outcome.DEFECTIVE, "defective")):
        if outcome in outcomes:
            return state
    return "submitted" if Outcome.CONFLICT in outcomes or absent else "accepted"


def _asks(issues: Collection[FormIssue], department: str) -> tuple[Ask, ...]:
    """Return what the last correction of a department asks for."""
    correction = latest((issue for issue in issues if issue.correction), department)
    return correction.asks if correction else ()

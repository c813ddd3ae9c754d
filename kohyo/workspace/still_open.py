"""What is still open (残っていること) before a year ends or a version is kept: said, and gone past only when asked."""

from __future__ import annotations

from collections.abc import Sequence

from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.outcome import READABLE
from kohyo.workspace.corrections import correction_paths
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
    answered = {row.department for row in current.register.receipts if row.outcome in READABLE}
    missing = [name for name in departments if name not in answered]
    corrections = list(correction_paths(current.workspace, issues))
    items = {item.id: str(item.number) for item in current.register.items}
    undecided = [row.item for row in current.register.endings if row.year == year and row.decided_at is None]
    endings = [items.get(item, item) for item in undecided]
    found = {"missing": missing, "corrections": corrections, "endings": endings}
    return tuple(_line(key, names) for key, names in found.items() if names)


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

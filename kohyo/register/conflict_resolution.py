"""Decisions on conflicts (裁定): what the secretariat wrote in 競合 becomes the register's value, nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.fields import register_label
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Change, ChangeKind, Conflict, Decision, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import contribution, lead_of, own_name, with_contribution

_TAKES = (Decision.ANSWER, Decision.OTHER)
_BY_HAND = wording("workbook.change_kind.edited")


@dataclass(frozen=True)
class Resolved:
    """The register after the decisions; how many questions were settled and how many wait."""

    register: Register
    settled: int
    waiting: int
    findings: tuple[Finding, ...]


def resolve(register: Register, plan: Plan, now: datetime, by: str = "") -> Resolved:
    """Apply every group of conflicts that is decided and not applied yet; refuse half-filled decisions.

    A group is decided when exactly one row takes an answer (回答) or another value (別の値), or when every row
    says 台帳. The values that were not taken go into the history as refused. Where 決めた人 is empty, ``by`` is
    who decided.
    """
    groups: dict[str, list[Conflict]] = defaultdict(list)
    for row in register.conflicts:
        if row.decided_at is None:
            groups[row.group].append(row)
    settled: dict[str, Conflict] = {}
    findings: list[Finding] = []
    for group, rows in groups.items():
        item = register.item(rows[0].item)
        problem = _problem(group, rows, plan)
        if problem:
            findings.append(problem)
        elif _is_decided(rows) and item is None:
            findings.append(finding_of(Code.K411, Place(), register_label(plan, rows[0].field), group))
        elif item is not None and _is_decided(rows):
            signed = _signed(rows, by, now)
            register = _apply(register, plan, item, signed, now)
            settled |= {row.id: replace(row, decision=row.decision or Decision.REGISTER) for row in signed}
    conflicts = tuple(settled.get(row.id, row) for row in register.conflicts)
    resolved = replace(register, conflicts=conflicts)
    applied = {row.group for row in settled.values()}
    return Resolved(resolved, len(applied), len(resolved.open_questions), tuple(findings))


def _signed(rows: list[Conflict], by: str, now: datetime) -> list[Conflict]:
    """Return the rows of a group with who decided: whoever is named on the row, on the one taken, or on any."""
    named = [row.decided_by for row in sorted(rows, key=lambda row: row.decision not in _TAKES) if row.decided_by]
    decider = named[0] if named else by
    return [replace(row, decided_by=row.decided_by or decider, decided_at=now) for row in rows]


def _is_decided(rows: list[Conflict]) -> bool:
    return any(row.decision in _TAKES for row in rows) or all(row.decision is Decision.REGISTER for row in rows)


def _problem(group: str, rows: list[Conflict], plan: Plan) -> Finding | None:
    """Return what is half-filled or contradicts itself in one group, None when nothing is."""
    takes = [row for row in rows if row.decision in _TAKES]
    label = register_label(plan, rows[0].field)
    if len(takes) > 1:
        return finding_of(Code.K407, Place(), label, group)
    for row in rows:
        if row.decision is Decision.OTHER and row.other is None:
            return finding_of(Code.K408, Place(), label, row.id)
        if row.decision is not Decision.OTHER and row.other is not None:
            return finding_of(Code.K409, Place(), label, row.id)
    if any(row.decision or row.decided_by for row in rows) and not _is_decided(rows):
        open_rows = wording("text.list.joiner").join(row.id for row in rows if row.decision is None)
        return finding_of(Code.K410, Place(), label, open_rows)
    return None


def decided_by_edits(register: Register, plan: Plan, edits: Iterable[Change]) -> Register:
    """Return the register whose open questions are closed where a person edited the field itself by hand.

    An owner's own answer is edited in 部別回答.
    """
    for edit in edits:
        for row in register.open_conflicts:
            if edit.kind is ChangeKind.EDITED and (edit.item, edit.field) == (row.item, _called(register, plan, row)):
                closed = replace(row, decision=Decision.OTHER, other=edit.new, decided_by=_BY_HAND, decided_at=edit.at)
                refused = _change(
                    ChangeKind.REFUSED, (edit.field, closed), edit.number, (edit.new, row.theirs), edit.at
                )
                rows = tuple(closed if known is row else known for known in register.conflicts)
                register = replace(register, conflicts=rows, changes=(*register.changes, refused))
    return register


def _called(register: Register, plan: Plan, row: Conflict) -> str:
    """Return how the history calls the field that a question is about."""
    item = register.item(row.item)
    own = bool(row.whose) and item is not None and row.whose != lead_of(plan, item)
    return own_name(plan, row.field, row.whose) if own else row.field


def _apply(register: Register, plan: Plan, item: Item, rows: list[Conflict], now: datetime) -> Register:
    """Put the decided value where it belongs; the history tells it, unchanged or not, and what was refused."""
    taken = next((row for row in rows if row.decision in _TAKES), None)
    first = taken or rows[0]
    name = _called(register, plan, first)
    own = name != first.field
    known = contribution(register, item.id, first.whose) if own else None
    old = (known.values if known else {} if own else item.values).get(first.field)
    value = old if taken is None else taken.other if taken.decision is Decision.OTHER else taken.theirs
    if value != old:
        register = _with_value(register, item, (first.whose if own else "", first.field), value)
    refused = [row for row in rows if not (row is taken and row.decision is Decision.ANSWER)]
    changes = [
        _change(ChangeKind.DECIDED, (name, first), str(item.number), (old, value), now),
        *(_change(ChangeKind.REFUSED, (name, row), str(item.number), (old, row.theirs), now) for row in refused),
    ]
    return replace(register, changes=(*register.changes, *changes))


def _with_value(register: Register, item: Item, target: tuple[str, str], value: FieldValue) -> Register:
    department, field = target
    if department:
        return with_contribution(register, item, department, field, value)
    changed = item.with_value(field, value, Evidence.ANSWER if isinstance(value, Tick) else None)
    return replace(register, items=tuple(changed if known.id == item.id else known for known in register.items))


def _change(
    kind: ChangeKind, named: tuple[str, Conflict], number: str, values: tuple[FieldValue, FieldValue], now: datetime
) -> Change:
    field, row = named
    return Change(
        at=now,
        kind=kind,
        item=row.item,
        number=number,
        field=field,
        old=values[0],
        new=values[1],
        place=row.place,
        by=row.decided_by,
    )

"""Proposals that become items (提案の採用): by the decision written in 提案, with their origin kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.departments import owners
from kohyo.definition.fields import FormField, all_fields, field_named, item_fields
from kohyo.definition.structure import OLD_NUMBER
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import Item
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Adoption, Change, ChangeKind, Register, Submission
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import next_item
from kohyo.register.matrix_evidence import unknown_ticks

_NOT_CARRIED = ("number", OLD_NUMBER)
_NEEDED = ("title",)


@dataclass(frozen=True)
class Adopted:
    """The register with the new items, the items, what a proposal lacks, and how many proposals are undecided."""

    register: Register
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    undecided: int


def adopt(register: Register, plan: Plan, now: datetime) -> Adopted:
    """Make an item of every proposal that is to be adopted and is none yet.

    Its id is new, its number the next free one of its goal, its lineage the proposal. Findings K541 and K542 say
    what is missing: such a proposal waits.
    """
    items: list[Item] = []
    findings: list[Finding] = []
    for entry in register.submissions:
        if entry.decision is Adoption.ADOPTED and not entry.item:
            values = _values(plan, entry)
            if found := _lacking(plan, entry, values):
                findings.append(found)
            else:
                item = _item(register, plan, entry, values)
                items.append(item)
                register = _with(register, entry, item, now)
    proposed = {kind.key for kind in plan.sheets if kind.per in ("item", "blank")}
    undecided = sum(1 for entry in register.submissions if entry.kind in proposed and entry.decision is None)
    return Adopted(register, tuple(items), tuple(findings), undecided)


def _values(plan: Plan, entry: Submission) -> dict[str, FieldValue]:
    """Return what the proposal says of the item: the fields that an item has, its goal, its owners."""
    own = {field.name for field in item_fields(plan) if field.nature != "year"} - set(_NOT_CARRIED)
    values = {name: value for name, value in entry.values.items() if name in own}
    for field in _goal_fields(plan, entry):
        values.setdefault("goal", entry.values.get(field.name))
        if values["goal"] is None:
            values["goal"] = entry.values.get(field.name)
    values["owners"] = values.get("owners") or entry.department
    return values


def _goal_fields(plan: Plan, entry: Submission) -> list[FormField]:
    """Return the fields that may say a proposal's goal; any will do where the secretariat filled it in."""
    fields = [field for field in all_fields(plan) if field.type == "goal"]
    return sorted(fields, key=lambda field: entry.kind not in field.sheets)


def _lacking(plan: Plan, entry: Submission, values: Mapping[str, FieldValue]) -> Finding | None:
    """Return what keeps the proposal from becoming an item, None when nothing does."""
    if values.get("goal") not in {goal.code for goal in plan.goals}:
        return finding_of(Code.K541, entry.place, field_named(plan, _goal_fields(plan, entry)[0].name).label, entry.id)
    for name in _NEEDED:
        if not values.get(name):
            return finding_of(Code.K541, entry.place, field_named(plan, name).label, entry.id)
    try:
        owners(plan, str(values["owners"]))
    except TextError as error:
        return finding_of(Code.K542, entry.place, str(error.text), entry.id)
    return None


def _item(register: Register, plan: Plan, entry: Submission, values: Mapping[str, FieldValue]) -> Item:
    goal = int(str(values["goal"]))
    serial = max((item.number.serial for item in register.items if item.number.goal == goal), default=0) + 1
    number = ItemNumber(goal, serial)
    item = Item(next_item(register), number, {"number": str(number), **values}, origins=(entry.id,))
    item = unknown_ticks(plan, item)
    for name, value in values.items():
        if isinstance(value, Tick) and value is not Tick.UNKNOWN:
            item = item.with_value(name, value, Evidence.ANSWER)
    return item


def _with(register: Register, entry: Submission, item: Item, now: datetime) -> Register:
    known = replace(entry, item=item.id)
    submissions = tuple(known if submission is entry else submission for submission in register.submissions)
    kind, number = ChangeKind.CREATED, str(item.number)
    told = Change(now, kind, item.id, number, "title", None, item.title, entry.place, by=entry.department)
    return replace(register, items=(*register.items, item), submissions=submissions, changes=(*register.changes, told))

"""Proposals that become items (提案の採用): by the decision written in 提案, with their origin kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.departments import owners
from kohyo.definition.fields import FormField, all_fields, begins_next_year, field_named, item_fields, team_kinds
from kohyo.definition.structure import OLD_NUMBER
from kohyo.errors import TextError
from kohyo.model.answer import is_nothing
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import Item
from kohyo.model.numbering import ItemNumber, names_goal
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
    """The register with the new items, the items, what proposals lack, and those that wait: undecided or lacking.

    ``later`` are adopted proposals that become items when their first year begins.
    """

    register: Register
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    waiting: tuple[Submission, ...]
    later: tuple[Submission, ...] = ()

    @property
    def undecided(self) -> int:
        """How many proposals nobody decided on."""
        return sum(entry.decision is None for entry in self.waiting)


def adopt(register: Register, plan: Plan, now: datetime) -> Adopted:
    """Make an item of every proposal that is to be adopted, is none yet, and whose first year has begun.

    Its id is new, its number the next free one of its goal, its lineage the proposal. One that begins later (新規)
    keeps its first year and becomes an item when the year is rolled over. Findings K541 and K542 say what is missing:
    such a proposal waits. A team's proposal becomes an item only where a goal is given.
    """
    items: list[Item] = []
    findings: list[Finding] = []
    later: list[Submission] = []
    lacking: list[str] = []
    for entry in register.submissions:
        if entry.decision is Adoption.ADOPTED and not entry.item:
            values = _values(plan, entry)
            first = replace(entry, first_year=entry.first_year or _first_year(plan, entry))
            if _is_team(plan, entry) and values.get("goal") is None:
                register = _in_place_of(register, entry, first)
            elif found := _lacking(plan, entry, values):
                findings.append(found)
                lacking.append(entry.id)
            elif first.first_year > plan.cycle.year:
                register = _in_place_of(register, entry, first)
                later.append(first)
            else:
                item = _item(register, plan, entry, values)
                items.append(item)
                register = _with(register, entry, replace(first, item=item.id), item, now)
    proposed = {kind.key for kind in plan.sheets if kind.per in ("item", "blank")}
    waiting = tuple(
        entry
        for entry in register.submissions
        if entry.kind in proposed and (entry.decision is None or entry.id in lacking)
    )
    return Adopted(register, tuple(items), tuple(findings), waiting, tuple(later))


def _first_year(plan: Plan, entry: Submission) -> int:
    """Return the fiscal year in which a proposal begins: by the sheet that it came on, never before it is adopted."""
    return max((entry.year or plan.cycle.year) + begins_next_year(plan.sheet_kind(entry.kind)), plan.cycle.year)


def _is_team(plan: Plan, entry: Submission) -> bool:
    """Tell whether a proposal is a project team's (提案型ＰＴ): its sheet asks for members."""
    return entry.kind in team_kinds(plan)


def _in_place_of(register: Register, entry: Submission, known: Submission) -> Register:
    submissions = tuple(known if submission is entry else submission for submission in register.submissions)
    return replace(register, submissions=submissions)


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
    if plan.goals and values.get("goal") not in {goal.code for goal in plan.goals}:
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
    pattern = plan.plan.numbering
    goal = int(str(values["goal"])) if names_goal(pattern) else 0
    serial = max((item.number.serial for item in register.items if item.number.goal == goal), default=0) + 1
    number = ItemNumber(goal, serial, pattern)
    item = Item(next_item(register), number, {"number": str(number), **values}, origins=(entry.id,))
    item = unknown_ticks(plan, item)
    for name, value in values.items():
        if isinstance(value, Tick) and value is not Tick.UNKNOWN:
            item = item.with_value(name, value, Evidence.ANSWER)
    return item


def _with(register: Register, entry: Submission, known: Submission, item: Item, now: datetime) -> Register:
    """Take the item into the register; the history tells each value that it begins with."""
    register = _in_place_of(register, entry, known)
    number = str(item.number)
    told = [Change(now, ChangeKind.CREATED, item.id, number, "title", None, item.title, entry.place)]
    for name, value in item.values.items():
        if name not in ("number", "title") and not is_nothing(value):
            told.append(told[0]._replace(kind=ChangeKind.IMPORTED, field=name, new=value))
    told = [change._replace(by=entry.department) for change in told]
    return replace(register, items=(*register.items, item), changes=(*register.changes, *told))

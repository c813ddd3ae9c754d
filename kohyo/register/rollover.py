"""The next fiscal year (年度更新): what a year brought is emptied and told, the plan itself is carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kohyo.definition.fields import is_held, is_in_phase, item_fields
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Cycle, Milestone, Plan, Survey
from kohyo.model.register import Change, ChangeKind, Contribution, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import lead_of, own_name

_FEBRUARY_29 = (2, 29)


def next_cycle(plan: Plan) -> Plan | None:
    """Return the plan with its survey moved by a year, deadlines and schedule with it; None after its last year.

    A plan that names no years goes on.
    """
    year = plan.cycle.year + 1
    if plan.years and year not in {phase.year for phase in plan.years}:
        return None
    cycle = Cycle(
        year=year,
        issued=_later(plan.cycle.issued),
        closes=_later(plan.cycle.closes),
        milestones=tuple(_milestone(plan, known) for known in plan.cycle.milestones),
    )
    forms = tuple(form.model_copy(update={"closes": _later(form.closes)}) for form in plan.forms)
    days = tuple(entry.model_copy(update={"day": _later(entry.day)}) for entry in plan.hearings)
    surveys = tuple(_in_next_year(plan, survey) for survey in plan.surveys)
    return plan.model_copy(update={"cycle": cycle, "forms": forms, "hearings": days, "surveys": surveys})


def _in_next_year(plan: Plan, survey: Survey) -> Survey:
    """Return a survey with its days a year later; one that waits for its year keeps those that lie in it already."""
    issued, closes = survey.issued, survey.closes
    if is_held(plan, survey) or FiscalYear.of(issued).year <= plan.cycle.year:
        issued, closes = _later(issued), _later(closes)
    return survey.model_copy(update={"issued": issued, "closes": closes})


def _milestone(plan: Plan, known: Milestone) -> Milestone:
    """Return a line of the schedule a year later; one that waits for its phase keeps a time that lies in it already."""
    begins = date.fromisoformat(f"{known.date.split('/')[0]}-01"[: len("2024-04-17")])
    waits = FiscalYear.of(begins).year > plan.cycle.year
    moved = known.date if waits and not is_in_phase(plan, known.phase) else _span(known.date)
    return known.model_copy(update={"date": moved})


def _later(day: date) -> date:
    """Return the same day a year later; 29 February is the 28th then."""
    same = 28 if (day.month, day.day) == _FEBRUARY_29 else day.day
    return date(day.year + 1, day.month, same)


def _span(text: str) -> str:
    """Return a day, a month or a span of them, a year later."""
    return "/".join(_moved(part) for part in text.split("/"))


def _moved(part: str) -> str:
    year, month, *day = part.split("-")
    if not day:
        return f"{int(year) + 1:04d}-{month}"
    return _later(date.fromisoformat(part)).isoformat()


def roll(register: Register, plan: Plan, now: datetime) -> Register:
    """Return the register for the next year: fields of nature ``year`` emptied, each told in the history.

    So is what each owner answered for itself; who and where (所管課, 担当者) is carried.

    Items keep their ids and lineage; those that ended keep all that they were. What departments sent besides stays;
    the receipts of the year that ends do not: they are in its version.
    """
    changes: list[Change] = []
    gone = {item.id for item in register.items if item.standing is not Standing.CURRENT}
    items = tuple(item if item.id in gone else _rolled(item, plan, now, changes) for item in register.items)
    by_id = {item.id: item for item in register.items}
    kept = (
        row if row.item in gone else _rolled_own(row, plan, now, (by_id.get(row.item), changes))
        for row in register.contributions
    )
    return replace(
        register,
        items=items,
        contributions=tuple(row for row in kept if row.values),
        receipts=(),
        changes=(*register.changes, *changes),
    )


def _rolled_own(row: Contribution, plan: Plan, now: datetime, told: tuple[Item | None, list[Change]]) -> Contribution:
    """Empty what an owner answered of the year; the lead's own stands in the item, which tells it."""
    item, changes = told
    yearly = [field.name for field in item_fields(plan) if field.nature == "year" and field.name in row.values]
    for name in yearly if item and row.department != lead_of(plan, item) else ():
        own, number = own_name(plan, name, row.department), str(item.number) if item else ""
        changes.append(Change(now, ChangeKind.ROLLED, row.item, number, own, row.values[name], None))
    return replace(row, values={name: value for name, value in row.values.items() if name not in yearly})


def _rolled(item: Item, plan: Plan, now: datetime, changes: list[Change]) -> Item:
    for field in item_fields(plan):
        old = item.values.get(field.name)
        empty: FieldValue = Tick.UNKNOWN if field.type == "tick" else None
        if field.nature == "year" and old not in (None, "", empty):
            changes.append(Change(now, ChangeKind.ROLLED, item.id, str(item.number), field.name, old, empty))
            item = item.with_value(field.name, empty, Evidence.NONE if field.type == "tick" else None)
    return item

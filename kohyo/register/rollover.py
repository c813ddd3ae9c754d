"""The next fiscal year (年度更新): what a year brought is emptied and told, the plan itself is carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kohyo.definition.fields import item_fields
from kohyo.model.item import Item
from kohyo.model.plan import Cycle, Milestone, Plan
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue

_FEBRUARY_29 = (2, 29)


def next_cycle(plan: Plan) -> Plan | None:
    """Return the plan with its survey moved by a year, deadlines and schedule with it; None after its last year."""
    year = plan.cycle.year + 1
    if year not in {one.year for one in plan.years}:
        return None
    cycle = Cycle(
        year=year,
        issued=_later(plan.cycle.issued),
        closes=_later(plan.cycle.closes),
        milestones=tuple(Milestone(date=_span(one.date), what=one.what) for one in plan.cycle.milestones),
    )
    forms = tuple(form.model_copy(update={"closes": _later(form.closes)}) for form in plan.forms)
    return plan.model_copy(update={"cycle": cycle, "forms": forms})


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

    Items keep their ids and lineage. What departments sent besides stays; the receipts of the year that ends do
    not: they are in its version.
    """
    changes: list[Change] = []
    items = tuple(_rolled(item, plan, now, changes) for item in register.items)
    return replace(register, items=items, receipts=(), changes=(*register.changes, *changes))


def _rolled(item: Item, plan: Plan, now: datetime, changes: list[Change]) -> Item:
    for field in item_fields(plan):
        old = item.values.get(field.name)
        empty: FieldValue = Tick.UNKNOWN if field.type == "tick" else None
        if field.nature == "year" and old not in (None, "", empty):
            changes.append(Change(now, ChangeKind.ROLLED, item.id, str(item.number), field.name, old, empty))
            item = item.with_value(field.name, empty, Evidence.NONE if field.type == "tick" else None)
    return item

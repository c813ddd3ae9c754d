"""The next fiscal year (年度更新): what a year brought is emptied and told, the plan itself is carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kohyo.definition.fields import item_fields
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Contribution, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import lead_of, own_name


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

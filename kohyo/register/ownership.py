"""Whose a field is (部ごとの欄): the lead of an item, and how the history calls what an owner answers for itself."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kohyo.definition.departments import lead
from kohyo.definition.fields import field_named, item_fields, register_fields
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.register import Contribution, Register
from kohyo.model.value import FieldValue


def lead_of(plan: Plan, item: Item) -> str:
    """Return the department that leads an item (主たる所管部), empty where the register names nobody known."""
    return lead(plan, item.owners)


def own_name(plan: Plan, field: str, department: str) -> str:
    """Return how the history calls a field that a department answers for itself: 実績（土木部）."""
    return wording("text.own_field", field=field_named(plan, field).register_label, department=department)


def todays_name(plan: Plan, field: str) -> str:
    """Return how the history would call today what it calls ``field``: an owner's own field may have been renamed."""
    for then, now in _starts(plan):
        if field.startswith(then):
            return f"{now}{field.removeprefix(then)}"
    return field


@lru_cache(maxsize=KEPT_PLANS)
def _starts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return how the history's names of owners' own fields began under earlier definitions, and how they do today."""
    fields = [field for field in register_fields(plan) if field.each]
    renamed = ((then, field.register_label) for field in fields for then in field.former)
    return tuple((_start(then), _start(now)) for then, now in renamed)


def _start(label: str) -> str:
    return wording("text.own_field", field=label, department="\0").partition("\0")[0]


def contribution(register: Register, item: str, department: str) -> Contribution | None:
    """Return what an owner answers for itself on an item, None where it has not answered."""
    rows = register.contributions
    return next((row for row in rows if (row.item, row.department) == (item, department)), None)


def values_for(plan: Plan, register: Register, item: Item, department: str) -> dict[str, FieldValue]:
    """Return the values of an item as a department is asked about them: its own where each owner has its own."""
    values = {field.name: item.values.get(field.name) for field in item_fields(plan)}
    if department == lead_of(plan, item):
        return values
    own = contribution(register, item.id, department)
    each = {field.name: own.values.get(field.name) if own else None for field in item_fields(plan) if field.each}
    return {**values, **each}


def with_contribution(register: Register, item: Item, department: str, field: str, value: FieldValue) -> Register:
    """Return the register in which an owner's own field holds a value."""
    known = contribution(register, item.id, department) or Contribution(item.id, department, {})
    changed = replace(known, values={**known.values, field: value})
    others = tuple(row for row in register.contributions if row is not known)
    return replace(register, contributions=(*others, changed))

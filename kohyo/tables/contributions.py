"""What an item's other owners answer for themselves (部別回答), and what waits for a decision, as tables show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.definition.departments import lead
from kohyo.definition.fields import FormField
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Contribution, Register


def other_owners(plan: Plan, register: Register, item: Item, fields: Sequence[FormField]) -> Iterator[Contribution]:
    """Yield what the owners beside the lead say in any of ``fields``, in the order of the organisation.

    The lead's own answers stand in the item.
    """
    leading = lead(plan, item.owners)
    names = [field.name for field in fields if field.each]
    for row in register.contributions:
        if row.item == item.id and row.department != leading and any(row.values.get(name) for name in names):
            yield row


def waiting_fields(register: Register, item: Item) -> frozenset[str]:
    """Return the names of an item's fields about which a question waits (確認中)."""
    return frozenset(row.field for row in register.open_conflicts if row.item == item.id)

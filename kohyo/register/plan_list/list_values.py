"""What a row of the plan's list says about an item, as the register's values."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kohyo.definition.departments import split_names
from kohyo.definition.fields import item_fields
from kohyo.model.item import Item
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.value import FieldValue
from kohyo.register.plan_list.list_row import ListRow
from kohyo.text.normalise import Key, key

_AFFILIATE = "affiliate"
_CLOSING = re.compile(r"\(([^()]+)\)\s*$")


def row_values(plan: Plan, row: ListRow) -> dict[str, FieldValue]:
    """Return what the row says, by field name; an empty cell says nothing and is absent."""
    values: dict[str, FieldValue] = {"number": str(row.number), "title": row.title}
    if plan.goals:
        values["goal"] = row.goal
    if row.overview.strip():
        values["overview"] = row.overview
    values["owners"] = row.owners
    affiliate = affiliate_named(plan, row.overview)
    if affiliate and _AFFILIATE in {field.name for field in item_fields(plan)}:
        values[_AFFILIATE] = affiliate
    return values


def affiliate_named(plan: Plan, overview: str) -> str:
    """Return the affiliated body (外郭団体) in parentheses at the end of an overview, empty when there is none.

    Only the definition's affiliates count: other closing parentheses are part of the sentence.
    """
    found = _CLOSING.search(unicodedata.normalize("NFKC", overview))
    return _affiliates(plan).get(key(found[1]), "") if found else ""


def affiliate_place(plan: Plan, item: Item) -> int | None:
    """Return the place of an item's affiliated body in the definition's order, None for an item without one."""
    named = _affiliates(plan).get(key(item.text(_AFFILIATE))) or affiliate_named(plan, item.overview)
    return next((place for place, entry in enumerate(plan.affiliates) if entry.name == named), None)


@lru_cache(maxsize=KEPT_PLANS)
def _affiliates(plan: Plan) -> dict[Key, str]:
    return {key(name): entry.name for entry in plan.affiliates for name in (entry.name, *entry.aliases)}


def same_value(name: str, old: FieldValue, new: FieldValue) -> bool:
    """Tell whether the list says what the register holds; owners count as the same however they are joined."""
    if name != "owners":
        return old == new
    return [key(part) for part in split_names(str(old))] == [key(part) for part in split_names(str(new))]

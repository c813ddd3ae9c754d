"""Sheet codes: how a control number names a sheet, an item by its id and other sheets by kind and copy."""

from __future__ import annotations

import re

from kohyo.definition.fields import item_kind
from kohyo.errors import TextError
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan

_ITEM = re.compile(r"K[0-9]{4,6}")
_COPY = re.compile(r"K[0-9]{4,6}C[0-9]{1,2}")
_OTHER = re.compile(r"S([0-9]{1,2})X([0-9]{1,2})")


def other_code(plan: Plan, kind: str, copy: int) -> str:
    """Return the code of the ``copy``-th blank sheet (from 1) of a kind that is not the item's."""
    place = [entry.key for entry in plan.sheets].index(kind) + 1
    return f"S{place}X{copy}"


def copy_code(plan: Plan, kind: str, original: str, copy: int) -> str:
    """Return the code of the ``copy``-th copy (from 1) of the sheet ``original``, which is its own when it goes out."""
    if kind == item_kind(plan):
        return f"{original}C{copy}"
    return other_code(plan, kind, copy + int(original.partition("X")[2]))


def read_code(plan: Plan, code: str) -> tuple[str, ItemId | None]:
    """Return the sheet kind and the item that a code names; raise TextError for a code that names neither."""
    if _ITEM.fullmatch(code):
        return item_kind(plan), ItemId(code)
    if _COPY.fullmatch(code):
        return item_kind(plan), None
    found = _OTHER.fullmatch(code)
    if found is None or not 1 <= int(found[1]) <= len(plan.sheets):
        raise TextError(code)
    return plan.sheets[int(found[1]) - 1].key, None

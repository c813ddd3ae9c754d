"""Sheet codes: how a control number names a sheet, an item by its id and other sheets by kind and copy."""

from __future__ import annotations

import re

from kohyo.definition.fields import item_kind
from kohyo.errors import TextError
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan

_ITEM = re.compile(r"K[0-9]{4,6}")
_OTHER = re.compile(r"S([0-9]{1,2})X([0-9]{1,2})")


def other_code(plan: Plan, kind: str, copy: int) -> str:
    """Return the code of the ``copy``-th blank sheet (from 1) of a kind that is not the item's."""
    place = [entry.key for entry in plan.sheets].index(kind) + 1
    return f"S{place}X{copy}"


def read_code(plan: Plan, code: str) -> tuple[str, ItemId | None]:
    """Return the sheet kind and the item that a code names; raise TextError for a code that names neither."""
    if _ITEM.fullmatch(code):
        return item_kind(plan), ItemId(code)
    found = _OTHER.fullmatch(code)
    if found is None or not 1 <= int(found[1]) <= len(plan.sheets):
        raise TextError(code)
    return plan.sheets[int(found[1]) - 1].key, None

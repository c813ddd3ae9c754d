"""Small builders of registers and claims."""

from __future__ import annotations

from datetime import datetime

from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.register.merge import Claim

NOW = datetime(2024, 6, 17, 9, 0)  # noqa: DTZ001 - an office's clock on the wall
ITEM = ItemId("K0001")


def register_with(**values: FieldValue) -> Register:
    """Return a register of one item, 1-1, with these values."""
    known: dict[str, FieldValue] = {"number": "1-1", "goal": 1, "title": "広報", "overview": "", "owners": "土木部"}
    return Register(items=(Item(ITEM, ItemNumber(1, 1), {**known, **values}),))


def claim(value: FieldValue, base: FieldValue = None, field: str = "measures", **changes: object) -> Claim:
    """Return a claim of 土木部's first return, unless said otherwise."""
    facts: dict[str, object] = {"department": "土木部", "round": 1, "correction": False, "sha256": "a" * 64, **changes}
    place = Place(f"{facts['department']}.xlsx", "1-1", "B18")
    return Claim(ITEM, field, base, value, place=place, typed=str(value or ""), **facts)  # type: ignore[arg-type]

"""What ships with a plan besides its definition: the list of items (項目) and the curated entries of the matrix."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kohyo.definition.demo import demo_values
from kohyo.definition.load import shipped_names, shipped_text
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan

__all__ = ["SeedEntry", "SeedMember", "demo_values", "shipped_entries", "shipped_list"]

_ITEMS = "items.tsv"
_MATRIX = "matrix.toml"


@dataclass(frozen=True)
class SeedMember:
    """A label (表示名) that stands for one or more items, named by number as the plan prints them."""

    label: str
    numbers: tuple[ItemNumber, ...]


@dataclass(frozen=True)
class SeedEntry:
    """An entry of the matrix (体系表掲載) before its numbers are resolved to the identity of items."""

    goal: int
    perspective: str
    heading: str
    members: tuple[SeedMember, ...]


def shipped_list(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the list of items of a shipped plan as rows of cells, the heading first.

    ``register.listing.read_list`` reads it like any other list. Raises DefinitionError for an unknown plan.
    """
    lines = shipped_text(name, _ITEMS).splitlines()
    return tuple(tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def shipped_entries(plan: Plan) -> tuple[SeedEntry, ...]:
    """Return the curated entries that ship with ``plan``, in printed order.

    None for a plan that does not ship, and none when another version is in force: numbers mean something only
    within their version (版).
    """
    if plan.plan.code not in shipped_names():
        return ()
    data = tomllib.loads(shipped_text(plan.plan.code, _MATRIX))
    if data["version"] != plan.plan.version:
        return ()
    return tuple(_entry(raw) for raw in data["entries"])


def _entry(raw: Mapping[str, Any]) -> SeedEntry:
    members = tuple(
        SeedMember(member["label"], tuple(ItemNumber.parse(number) for number in member["items"]))
        for member in raw["members"]
    )
    return SeedEntry(raw["goal"], raw["perspective"], raw.get("heading", ""), members)

"""What ships with a plan besides its definition: items (項目), curated matrix entries, project teams, practices."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kohyo.definition.demo import demo_sent, demo_values
from kohyo.definition.load import shipped_data, shipped_text
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan

__all__ = [
    "SeedEntry",
    "SeedMember",
    "SeedPractices",
    "SeedTeam",
    "demo_sent",
    "demo_values",
    "shipped_entries",
    "shipped_list",
    "shipped_practices",
    "shipped_teams",
]

_ITEMS = "items.tsv"
_MATRIX = "matrix.toml"
_TEAMS = "teams.toml"
_PRACTICES = "practices.toml"


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


@dataclass(frozen=True)
class SeedTeam:
    """A project team (ＰＴ); ``suffix`` (など) stands behind its last member."""

    version: str
    numbers: tuple[str, ...]
    title: str
    topics: tuple[str, ...]
    secretariat: tuple[str, ...]
    members: tuple[str, ...]
    suffix: str = ""
    note: str = ""


@dataclass(frozen=True)
class SeedPractices:
    """Good practices (好事例): the sheet kind they belong to, where they were made known, values by field."""

    kind: str
    source: str
    rows: tuple[Mapping[str, str], ...]


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
    data = shipped_data(plan, _MATRIX)
    if data.get("version") != plan.plan.version:
        return ()
    return tuple(_entry(raw) for raw in data["entries"])


def shipped_teams(plan: Plan) -> tuple[SeedTeam, ...]:
    """Return the project teams that ship with ``plan``, each with the version that its numbers belong to."""
    data = shipped_data(plan, _TEAMS)
    version = data.get("version", plan.plan.version)
    return tuple(SeedTeam(version=version, **_tuples(raw)) for raw in data.get("teams", ()))


def shipped_practices(plan: Plan) -> SeedPractices:
    """Return the good practices that ship with ``plan``; none for a plan that ships with none."""
    data = shipped_data(plan, _PRACTICES)
    return SeedPractices(data.get("kind", ""), data.get("source", ""), tuple(data.get("practices", ())))


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}


def _entry(raw: Mapping[str, Any]) -> SeedEntry:
    members = tuple(
        SeedMember(member["label"], tuple(ItemNumber.parse(number) for number in member["items"]))
        for member in raw["members"]
    )
    return SeedEntry(raw["goal"], raw["perspective"], raw.get("heading", ""), members)

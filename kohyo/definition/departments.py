"""Departments (所管部): aliases, collective names and co-ownership, resolved by the definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kohyo.errors import TextError
from kohyo.messages import section
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.plan_people import Department, Expansion, FormerDepartment
from kohyo.text.normalise import Key, key

_KEPT_OWNERS = 4096


@dataclass(frozen=True)
class Owners:
    """Who owns an item: the lead (主) and every owner, in the order of the organisation."""

    lead: str
    members: tuple[str, ...]


@lru_cache(maxsize=KEPT_PLANS)
def _departments(plan: Plan) -> dict[Key, Department]:
    return {key(name): entry for entry in plan.departments for name in (entry.name, *entry.aliases)}


@lru_cache(maxsize=KEPT_PLANS)
def _expansions(plan: Plan) -> dict[Key, Expansion]:
    return {key(entry.name): entry for entry in plan.expansions}


@lru_cache(maxsize=KEPT_PLANS)
def _former(plan: Plan) -> dict[Key, FormerDepartment]:
    return {key(name): entry for entry in plan.former for name in (entry.name, *entry.aliases)}


def department(plan: Plan, name: str) -> Department:
    """Return the department known by ``name`` or an alias, of one that is no more its (first) successor.

    Raises TextError when there is none.
    """
    former = _former(plan).get(key(name))
    try:
        return _departments(plan)[key(former.successors[0] if former else name)]
    except KeyError:
        raise TextError(name) from None


def now_called(plan: Plan, name: str) -> str:
    """Return the department that answers today for what ``name`` did; the name itself where nobody knows it."""
    try:
        return department(plan, name).name
    except TextError:
        return name


def lead(plan: Plan, text: str, unknown: str = "") -> str:
    """Return the department that leads an item with these owners, ``unknown`` where they name nobody known."""
    try:
        return owners(plan, text).lead
    except TextError:
        return unknown


def split_names(text: str) -> tuple[str, ...]:
    """Split 「総務部、政策経営部」; names that hold a separator of their own (子ども・若者部) stay whole."""
    separators = re.escape(section("text")["list"]["owner_separators"])
    return tuple(part.strip() for part in re.split(f"[{separators}]", text) if part.strip())


def owners(plan: Plan, text: str) -> Owners:
    """Resolve the departments of an item as printed; raise TextError with the name that nobody bears.

    A collective name expands by the definition and brings its lead; a department that is no more stands for its
    successors; otherwise the first named one leads.
    """
    known = _known_owners(plan)
    found = known.get(text)
    if found is None:
        if len(known) >= _KEPT_OWNERS:
            known.clear()
        found = known[text] = _resolved(plan, text)
    return found


@lru_cache(maxsize=KEPT_PLANS)
def _known_owners(_plan: Plan) -> dict[str, Owners]:
    """Return what was resolved lately; the same few texts stand on many items."""
    return {}


def _resolved(plan: Plan, text: str) -> Owners:
    members: set[str] = set()
    lead = ""
    for name in split_names(text):
        found, first = _named(plan, name)
        lead = lead or first
        members.update(found)
    if not members:
        raise TextError(text)
    return Owners(lead, tuple(entry.name for entry in plan.departments if entry.name in members))


def _named(plan: Plan, name: str) -> tuple[list[str], str]:
    """Return the departments that one name stands for, and which of them leads."""
    expansion, former = _expansions(plan).get(key(name)), _former(plan).get(key(name))
    if expansion is not None:
        members = _members(plan, expansion)
        return members, expansion.lead or members[0]
    if former is not None:
        heirs = [department(plan, heir).name for heir in former.successors]
        return heirs, heirs[0]
    own = department(plan, name).name
    return [own], own


def _members(plan: Plan, expansion: Expansion) -> list[str]:
    if expansion.all:
        return [entry.name for entry in plan.departments]
    return list(expansion.members)

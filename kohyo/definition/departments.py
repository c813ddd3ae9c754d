"""Departments (所管部): aliases, collective names and co-ownership, resolved by the definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kohyo.errors import TextError
from kohyo.messages import section
from kohyo.model.plan import Department, Expansion, Plan
from kohyo.text.normal import Key, key


@dataclass(frozen=True)
class Owners:
    """Who owns an item: the lead (主) and every owner, in the order of the organisation."""

    lead: str
    members: tuple[str, ...]


@cache
def _departments(plan: Plan) -> dict[Key, Department]:
    return {key(name): entry for entry in plan.departments for name in (entry.name, *entry.aliases)}


@cache
def _expansions(plan: Plan) -> dict[Key, Expansion]:
    return {key(entry.name): entry for entry in plan.expansions}


def department(plan: Plan, name: str) -> Department:
    """Return the department known by ``name`` or an alias; raise TextError when there is none."""
    try:
        return _departments(plan)[key(name)]
    except KeyError:
        raise TextError(name) from None


def split_names(text: str) -> tuple[str, ...]:
    """Split 「総務部、政策経営部」; names that hold a separator of their own (子ども・若者部) stay whole."""
    separators = re.escape(section("text")["list"]["owner_separators"])
    return tuple(part.strip() for part in re.split(f"[{separators}]", text) if part.strip())


@cache
def owners(plan: Plan, text: str) -> Owners:
    """Resolve the departments of an item as printed; raise TextError with the name that nobody bears.

    A collective name expands by the definition and brings its lead; otherwise the first named one leads.
    """
    members: set[str] = set()
    lead = ""
    for name in split_names(text):
        expansion = _expansions(plan).get(key(name))
        if expansion is None:
            found = [department(plan, name).name]
            lead = lead or found[0]
        else:
            found = _members(plan, expansion)
            lead = lead or expansion.lead or found[0]
        members.update(found)
    if not members:
        raise TextError(text)
    return Owners(lead, tuple(entry.name for entry in plan.departments if entry.name in members))


def _members(plan: Plan, expansion: Expansion) -> list[str]:
    if expansion.all:
        return [entry.name for entry in plan.departments]
    return list(expansion.members)

"""Contradictions (点検) between the definition, the list of items and the matrix: told with places, never mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kohyo.definition.fields import register_label, tick_name
from kohyo.definition.team_numbers import team_titles
from kohyo.messages import section, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.plan import Goal, Perspective, Plan
from kohyo.model.plan_people import Affiliate
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.text.normalise import key

_TEXTS = ("title", "overview")


@dataclass(frozen=True)
class Places:
    """Where the findings lie: file and sheet of the goals, and the register's sheets of items and entries."""

    goals: Place
    items: Place
    entries: Place


def register_contradictions(plan: Plan, register: Register, places: Places) -> tuple[Finding, ...]:
    """Return K430 to K437: what definition, items and entries say of each other that cannot all be right."""
    items = {item.id: item for item in register.current}
    findings = [
        *(finding for goal in plan.goals for finding in _goal(goal, places.goals)),
        *same_numbers(register, places.items),
    ]
    for item in register.current:
        findings += _wordings(plan, item, places.items)
    for entry in register.current_entries:
        found = _entry(plan, entry, items, places.entries)
        findings += [finding for finding in found if finding not in findings]
    return tuple(findings)


def odd_wordings(text: str) -> Iterator[str]:
    """Yield what looks like a slip of the pen in a text, as the patterns of the wordings have it."""
    for pattern in section("text")["audit"]["odd"]:
        for found in re.finditer(pattern, text):
            yield found[0]


def goal_names(goal: Goal) -> tuple[str, ...]:
    """Return how a goal is named, each wording once: in the matrix, in the list, elsewhere."""
    return tuple(dict.fromkeys((goal.name, goal.list_name, *goal.aliases)))


def _goal(goal: Goal, place: Place) -> Iterator[Finding]:
    names = goal_names(goal)
    if len({key(name) for name in names}) > 1:
        different = {key(name): name for name in reversed(names)}
        shown = wording("text.list.quoted_joiner").join(reversed(different.values()))
        yield finding_of(Code.K430, place, value=str(goal.code), names=shown)
    for name in names:
        for odd in odd_wordings(name):
            yield finding_of(Code.K431, place, value=odd, text=name)


def same_numbers(register: Register, place: Place) -> Iterator[Finding]:
    """Yield a finding for every item whose number another one bears as well."""
    counts = Counter(item.number for item in register.current)
    for item in register.current:
        if counts[item.number] > 1:
            yield finding_of(Code.K436, place, value=str(item.number), id=item.id, title=item.title)


def _wordings(plan: Plan, item: Item, place: Place) -> Iterator[Finding]:
    for name in _TEXTS:
        for odd in odd_wordings(item.text(name)):
            yield finding_of(Code.K431, place, register_label(plan, name), odd, text=item.text(name))


def _entry(plan: Plan, entry: MatrixEntry, items: Mapping[ItemId, Item], place: Place) -> Iterator[Finding]:
    perspective = next((known for known in plan.perspectives if known.key == entry.perspective), None)
    if perspective is None:
        return
    for member in entry.members:
        for item_id in member.items:
            if item := items.get(item_id):
                yield from _tick(plan, entry, perspective, item, place)
                yield from _affiliate(plan, member, item, place)
        yield from _label(entry, member, items, place)


def _tick(plan: Plan, entry: MatrixEntry, perspective: Perspective, item: Item, place: Place) -> Iterator[Finding]:
    number = str(item.number)
    if item.values.get(tick_name(perspective)) is Tick.NO:
        label = register_label(plan, tick_name(perspective))
        yield finding_of(Code.K437, place, label, number=number, title=item.title)
    if item.goal != entry.goal:
        yield finding_of(Code.K438, place, value=str(entry.goal), own=str(item.goal), number=number, title=item.title)


def _affiliate(plan: Plan, member: MatrixMember, item: Item, place: Place) -> Iterator[Finding]:
    named = next((affiliate for affiliate in plan.affiliates if key(member.label) in _spellings(affiliate)), None)
    if named is None:
        return
    said = key(f"{item.overview}{item.title}{item.text('affiliate')}")
    if not any(name in said for name in _spellings(named)):
        yield finding_of(Code.K434, place, value=member.label, number=str(item.number), title=item.title)


def _spellings(affiliate: Affiliate) -> set[str]:
    return {key(name) for name in (affiliate.name, *affiliate.aliases)}


def _label(entry: MatrixEntry, member: MatrixMember, items: Mapping[ItemId, Item], place: Place) -> Iterator[Finding]:
    """Compare the label of a single item with its title: a slip (K432) where they nearly agree, else K433."""
    if entry.heading or len(member.items) != 1 or member.items[0] not in items:
        return
    item = items[member.items[0]]
    if key(member.label) == key(item.title):
        return
    nearly = _bare(member.label) == _bare(item.title)
    code: Literal[Code.K432, Code.K433] = Code.K432 if nearly else Code.K433
    yield finding_of(code, place, value=member.label, number=str(item.number), title=item.title)


def _bare(text: str) -> str:
    """Return a text without particles and signs, so that 「の」 alone makes no difference."""
    return re.sub(section("text")["audit"]["particles"], "", key(text))


def other_titles(plan: Plan, register: Register, place: Place) -> Iterator[Finding]:
    """Yield K448 for every item that the list of project teams calls otherwise."""
    titles = team_titles(register.teams, plan.plan.version, plan.plan.version)
    for item in register.current:
        other = titles.get(str(item.number))
        if other is not None and key(other) != key(item.title):
            yield finding_of(Code.K448, place, other, str(item.number), title=item.title)


def former_titles(old: Register, version: str, register: Register, place: Place) -> Iterator[Finding]:
    """Yield K449 for every item whose title is not what it was in a version."""
    before = {item.id: item.title for item in old.items}
    for item in register.current:
        was = before.get(item.id, item.title)
        if key(was) != key(item.title):
            yield finding_of(Code.K449, place, was, str(item.number), title=item.title, version=version)

"""The printed matrix (体系表) as evidence: entries by identity, and the ticks that they prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kohyo.definition.fields import tick_name
from kohyo.definition.seed import SeedEntry
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.tick import Evidence, Tick


def resolve_entries(
    seed_entries: Iterable[SeedEntry], numbers: Mapping[ItemNumber, ItemId], source: Place
) -> tuple[tuple[MatrixEntry, ...], tuple[Finding, ...]]:
    """Return the entries with numbers turned into ids, and a finding K313 per number that does not exist.

    An entry that names such a number is left out whole: half an entry would print a wrong cell.
    """
    entries: list[MatrixEntry] = []
    findings: list[Finding] = []
    for seed in seed_entries:
        lacking = [(member, number) for member in seed.members for number in member.numbers if number not in numbers]
        findings += [finding_of(Code.K313, source, value=str(number), label=member.label) for member, number in lacking]
        if not lacking:
            entries.append(_resolved(seed, numbers))
    return tuple(entries), tuple(findings)


def _resolved(seed: SeedEntry, numbers: Mapping[ItemNumber, ItemId]) -> MatrixEntry:
    members = tuple(
        MatrixMember(member.label, tuple(numbers[number] for number in member.numbers)) for member in seed.members
    )
    return MatrixEntry(seed.goal, seed.perspective, seed.heading, members)


def unknown_ticks(plan: Plan, item: Item) -> Item:
    """Return the item with every perspective (改善の視点) unknown, which is all that a list can say."""
    for perspective in plan.perspectives:
        item = item.with_value(tick_name(perspective), Tick.UNKNOWN, Evidence.NONE)
    return item


def ticks_from_matrix(plan: Plan, item: Item, entries: Iterable[MatrixEntry]) -> Item:
    """Return the item ticked where an entry lists it; what was answered before stays as it is."""
    listed = {entry.perspective for entry in entries for member in entry.members if item.id in member.items}
    for perspective in plan.perspectives:
        name = tick_name(perspective)
        open_still = item.values.get(name) in (None, Tick.UNKNOWN)
        if perspective.key in listed and open_still and item.evidence.get(name, Evidence.NONE) is Evidence.NONE:
            item = item.with_value(name, Tick.YES, Evidence.MATRIX)
    return item

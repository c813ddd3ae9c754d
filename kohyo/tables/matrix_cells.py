"""Spelling of the matrix (体系表): what a cell says, letter by letter, from the curated entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from kohyo.model.item import ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.plan import MatrixWording, Plan

Address: TypeAlias = tuple[int, str]
"""Where a cell stands: the goal's code and the perspective's key."""


@dataclass(frozen=True)
class CellLine:
    """One entry (掲載) as printed, the items behind it, and whether it is cross-listed (再掲) as a whole."""

    text: str
    items: tuple[ItemId, ...]
    cross_listed: bool = False


def addresses(plan: Plan) -> list[Address]:
    """Return the addresses of all cells: goals from top to bottom, in each the perspectives in order."""
    return [(goal.code, perspective.key) for goal in plan.goals for perspective in plan.perspectives]


def grouped(entries: Iterable[MatrixEntry]) -> dict[Address, list[MatrixEntry]]:
    """Return the entries of each cell, in the order in which they were given."""
    cells: dict[Address, list[MatrixEntry]] = {}
    for entry in entries:
        cells.setdefault((entry.goal, entry.perspective), []).append(entry)
    return cells


def cells(plan: Plan, entries: Iterable[MatrixEntry]) -> Mapping[Address, str]:
    """Return the text of every cell of the excerpt (抜粋), empty where nothing is curated (design.md §4)."""
    return {address: join(plan, lines) for address, lines in cell_lines(plan, entries).items()}


def cell_lines(plan: Plan, entries: Iterable[MatrixEntry]) -> dict[Address, list[CellLine]]:
    """Return the lines of every cell; what appeared before in the same goal is cross-listed."""
    curated = grouped(entries)
    seen: dict[int, set[ItemId]] = {goal.code: set() for goal in plan.goals}
    return {address: spell(plan, curated.get(address, ()), seen[address[0]]) for address in addresses(plan)}


def spell(plan: Plan, entries: Iterable[MatrixEntry], seen: set[ItemId]) -> list[CellLine]:
    """Return the lines of one cell and add its items to ``seen``, the items that appeared before in the goal."""
    lines = []
    for entry in entries:
        lines.append(_line(plan.matrix_wording, entry, seen))
        seen.update(lines[-1].items)
    return lines


def join(plan: Plan, lines: Sequence[CellLine]) -> str:
    """Return the lines of a cell in one text, with the suffix that says there are more (など)."""
    if not lines:
        return ""
    return plan.matrix_wording.separator.join(line.text for line in lines) + plan.matrix_wording.suffix


def is_cross_listed(items: Sequence[ItemId], seen: AbstractSet[ItemId]) -> bool:
    """Tell whether all items appeared before: identity decides, not wording. A label without items never did."""
    return bool(items) and all(item in seen for item in items)


def _line(words: MatrixWording, entry: MatrixEntry, seen: AbstractSet[ItemId]) -> CellLine:
    """Spell an entry; one that is cross-listed as a whole says so once, after its closing parenthesis."""
    items = tuple(dict.fromkeys(item for member in entry.members for item in member.items))
    whole = is_cross_listed(items, seen) and all(member.items for member in entry.members)
    inner = words.separator.join(_member(words, member, set() if whole else seen) for member in entry.members)
    text = f"{entry.heading}{words.open}{inner}{words.close}" if entry.heading else inner
    return CellLine(text + words.cross_listed if whole else text, items, whole)


def _member(words: MatrixWording, member: MatrixMember, seen: AbstractSet[ItemId]) -> str:
    return member.label + words.cross_listed if is_cross_listed(member.items, seen) else member.label

"""Curated entries of the matrix (体系表掲載): what a printed cell lists, by item identity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kohyo.model.item import ItemId


@dataclass(frozen=True)
class MatrixMember:
    """A label that stands for one or more items (表示名)."""

    label: str
    items: tuple[ItemId, ...]


@dataclass(frozen=True)
class MatrixEntry:
    """One entry of a cell: members alone (``heading`` empty, one member) or under a heading (見出し)."""

    goal: int
    perspective: str
    heading: str
    members: tuple[MatrixMember, ...]

    def without(self, gone: Collection[ItemId]) -> MatrixEntry:
        """Return the entry without these items; a member that named nothing else is left out."""
        kept = (
            replace(member, items=tuple(item for item in member.items if item not in gone)) if member.items else member
            for member in self.members
        )
        lost = {member.label for member in self.members if member.items and all(item in gone for item in member.items)}
        return replace(self, members=tuple(member for member in kept if member.items or member.label not in lost))

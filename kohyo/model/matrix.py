"""Curated entries of the matrix (体系表掲載): what a printed cell lists, by item identity."""

from __future__ import annotations

from dataclasses import dataclass

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

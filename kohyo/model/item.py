"""Items (項目): what the register (台帳) holds, one per item sheet (個票)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NewType

from kohyo.model.numbering import ItemNumber
from kohyo.model.tick import Evidence
from kohyo.model.value import FieldValue

ItemId = NewType("ItemId", str)
"""Stable identity of an item, such as ``K0019``: never shown as a number, never reused."""


class Standing(Enum):
    """Whether an item belongs to the plan (扱い): 現行, or why it does no more. An item is never deleted."""

    CURRENT = "current"
    ABOLISHED = "abolished"  # 廃止
    COMPLETED = "completed"  # 完了
    MERGED = "merged"  # 統合: what it was lives on in the items that name it as their origin


@dataclass(frozen=True)
class Item:
    """One item: identity, number in the plan version in force, and its values by field name.

    The definition must name the structural fields ``number``, ``goal``, ``title``, ``overview``, ``owners``;
    every other field is the plan's own. ``evidence`` says, by field name, why a tick is what it is. ``origins``
    is its lineage (元の項目): ids of the items it was merged or split from, or of the proposal it was.
    """

    id: ItemId
    number: ItemNumber
    values: Mapping[str, FieldValue]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    standing: Standing = Standing.CURRENT
    origins: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return the value of field ``name`` as text, empty when there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    @property
    def goal(self) -> int:
        """Code of the goal (到達点), 0 in a plan without goals."""
        return int(self.text("goal") or 0)

    @property
    def title(self) -> str:
        """Name of the item (項目名)."""
        return self.text("title")

    @property
    def overview(self) -> str:
        """Overview (概要)."""
        return self.text("overview")

    @property
    def owners(self) -> str:
        """Departments (所管部) as printed, several joined by 「、」."""
        return self.text("owners")

    def with_value(self, name: str, value: FieldValue, evidence: Evidence | None = None) -> Item:
        """Return a copy in which field ``name`` holds ``value`` (and its tick rests on ``evidence``)."""
        known = dict(self.evidence)
        if evidence is not None:
            known[name] = evidence
        return replace(self, values={**self.values, name: value}, evidence=known)

"""Renumbering (番号の付け直し): what a crosswalk says of item numbers, and the numbers that are proposed.

``register.numbering`` makes the proposal and applies it, ``tables.number_proposal`` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item
from kohyo.model.numbering import ItemNumber


class Why(Enum):
    """Why an item gets its number."""

    KEPT = "kept"  # it stays
    NEW = "new"  # it came since: behind the items of its lead
    REGOALED = "regoaled"  # it went to another goal since
    OWNERS = "owners"  # it got another lead since
    SHIFTED = "shifted"  # what stands before it came or went
    CROSSWALK = "crosswalk"  # the crosswalk says so
    DISPLACED = "displaced"  # the crosswalk gave its number to another
    ADDED = "added"  # the crosswalk names it as new


@dataclass(frozen=True)
class NumberPair:
    """One line of a crosswalk (番号対照): the number now (none for an addition), the new one, a name if it says one.

    ``item`` names the item by id where the crosswalk does.
    """

    old: ItemNumber | None
    new: ItemNumber
    title: str = ""
    item: str = ""
    place: Place = Place()


@dataclass(frozen=True)
class Renumbering:
    """One item's number: what it is, what it becomes, and why. An addition has no item yet.

    Of an item that moves with others (``Why.SHIFTED``) ``freed`` are the old numbers that came free before it,
    ``entered`` the new ones that are taken before it.
    """

    item: Item | None
    new: ItemNumber
    why: Why
    title: str = ""
    place: Place = Place()
    freed: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()

    @property
    def old(self) -> str:
        """The number that the item has, empty for an addition."""
        return str(self.item.number) if self.item else ""

    @property
    def changes(self) -> bool:
        """Whether anything is different afterwards."""
        return self.item is None or self.item.number != self.new


@dataclass(frozen=True)
class Proposal:
    """The numbers proposed, in their order, and what keeps a crosswalk from being applied or must be looked at."""

    numbers: tuple[Renumbering, ...] = ()
    findings: tuple[Finding, ...] = ()

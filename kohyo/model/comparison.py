"""A comparison (新旧対照): what became of each item between two plan versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest

from kohyo.model.item import Item, Standing
from kohyo.model.register import Ending


class Difference(Enum):
    """What kind of change an item went through (区分)."""

    ADDED = "added"  # 追加
    MERGED = "merged"  # 統合
    SPLIT = "split"  # 分割
    ABOLISHED = "abolished"  # 廃止
    REGOALED = "regoaled"  # 到達点変更
    RENUMBERED = "renumbered"  # 番号変更
    REVISED = "revised"  # 修正


@dataclass(frozen=True)
class Revision:
    """Items of the old version and what they are in the new one, joined by identity and lineage.

    Neither side alone means added or abolished; several on a side mean merged or split. ``fields`` are the names
    of the fields whose values were revised, ``left`` as what an abolished item left the plan and ``endings``
    the decisions about those that ended.
    """

    old: tuple[Item, ...]
    new: tuple[Item, ...]
    differences: tuple[Difference, ...]
    fields: tuple[str, ...] = ()
    left: Standing | None = None
    endings: tuple[Ending, ...] = ()

    @property
    def is_renumbered_alone(self) -> bool:
        """Tell whether the number alone is another (番号だけの変更)."""
        return self.differences == (Difference.RENUMBERED,) and len(self.new) == len(self.old) == 1

    @property
    def goal(self) -> int:
        """The goal under which it stands: that of the new version where it is in it."""
        return (self.new or self.old)[0].goal

    @property
    def pairs(self) -> tuple[tuple[Item | None, Item | None], ...]:
        """Every old item beside what it is now; None on a side that is empty."""
        olds: tuple[Item | None, ...] = self.old or (None,)
        news: tuple[Item | None, ...] = self.new or (None,)
        if len(olds) == 1 or len(news) == 1:
            return tuple((old, new) for old in olds for new in news)
        return tuple(zip_longest(olds, news, fillvalue=(olds if len(olds) < len(news) else news)[-1]))

    def partner(self, item: Item) -> Item | None:
        """Return the old item that ``item`` is compared with, letter by letter; None when there is no one such."""
        same = next((old for old in self.old if old.id == item.id), None)
        return same or (self.old[0] if len(self.old) == len(self.new) == 1 else None)


@dataclass(frozen=True)
class Comparison:
    """Two versions compared: their names, and what became of each item."""

    old: str
    new: str
    revisions: tuple[Revision, ...]

    @property
    def changed(self) -> tuple[Revision, ...]:
        """The revisions that changed anything."""
        return tuple(revision for revision in self.revisions if revision.differences)

    @property
    def counts(self) -> Mapping[Difference, int]:
        """How many items changed in which way; one item may have changed in several."""
        return Counter(kind for revision in self.revisions for kind in revision.differences)

"""Item numbers (番号), which mean something only within a plan version (版)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"([1-9][0-9]*)-([1-9][0-9]*)")


@dataclass(frozen=True, order=True)
class ItemNumber:
    """A number such as 1-24: the goal's code and a serial within the goal. Sorts by value, not by letter."""

    goal: int
    serial: int

    @classmethod
    def parse(cls, text: str) -> ItemNumber:
        """Read ``1-24``, already normalised (see ``text.normal.key``); raise ValueError for anything else."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.goal}-{self.serial}"

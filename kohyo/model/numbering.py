"""Item numbers (番号), which mean something only within a plan version (版), and the pattern that a plan gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

_SHAPE = re.compile(r"((?:[A-Z]{1,4}-?)?)(?:([1-9][0-9]*)-)?(0*)([1-9][0-9]*)")
_PATTERN = re.compile(r"((?:[A-Z]{1,4}-?)?)(\{goal\}-)?\{serial(?::0([1-9]))?\}")

GOAL_AND_SERIAL = "{goal}-{serial}"
"""The pattern of 1-24: what a plan has that says nothing else."""

PATTERN_SHAPE = r"^([A-Z]{1,4}-?)?(\{goal\}-)?\{serial(:0[1-9])?\}$"
"""What a pattern may be: capital letters, the goal if it tells one, the serial, with zeros before it or without."""


@dataclass(frozen=True, order=True)
class ItemNumber:
    """A number such as 1-24, R2-1 or A-003: goal (0 where it tells none), serial, letters. Sorts by value."""

    goal: int
    serial: int
    letters: str = ""
    width: int = field(default=0, compare=False)

    @classmethod
    def parse(cls, text: str) -> ItemNumber:
        """Read a number of any pattern, already normalised (see ``text.normalise.key``); raise ValueError otherwise."""
        found = _SHAPE.fullmatch(text.upper())
        if found is None:
            raise ValueError(text)
        letters, goal, zeros, serial = found.groups()
        return cls(int(goal or 0), int(serial), letters, len(zeros + serial) if zeros else 0)

    def __str__(self) -> str:
        goal = f"{self.goal}-" if self.goal else ""
        return f"{self.letters}{goal}{self.serial:0{self.width}}"


@dataclass(frozen=True)
class NumberPattern:
    """How a plan spells its numbers (番号の形): letters, whether the goal stands in them, zeros before the serial."""

    letters: str
    has_goal: bool
    width: int

    def number(self, goal: int, serial: int) -> ItemNumber:
        """Return the number of this serial; the goal counts only where the pattern tells it."""
        return ItemNumber(goal if self.has_goal else 0, serial, self.letters, self.width)

    def parse(self, text: str) -> ItemNumber:
        """Read a number of this pattern, already normalised; raise ValueError for any other text."""
        found = ItemNumber.parse(text)
        if not self.fits(found) or (found.width and not self.width):
            raise ValueError(text)
        return self.number(found.goal, found.serial)

    def fits(self, number: ItemNumber) -> bool:
        """Tell whether a number is of this pattern, however many zeros it has."""
        return number.letters == self.letters and bool(number.goal) == self.has_goal


@cache
def number_pattern(text: str) -> NumberPattern:
    """Return the pattern that a definition writes; raise ValueError for what is none (``PATTERN_SHAPE``)."""
    found = _PATTERN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return NumberPattern(found[1], found[2] is not None, int(found[3] or 0))

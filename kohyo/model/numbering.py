"""Item numbers (番号), which mean something only within a plan version (版)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from string import Formatter

DEFAULT_PATTERN = "{goal}-{serial}"
"""How numbers are spelled where a definition says nothing else: 1-24."""

_GOAL, _SERIAL = "goal", "serial"
_WIDTH = re.compile(r"0[1-9]")
_LITERAL = re.compile(r"[ -~]*")


@dataclass(frozen=True, order=True)
class ItemNumber:
    """A number such as 1-24: the goal's code and a serial within the goal. Sorts by value, not by letter.

    ``pattern`` says how it is spelled; where it does not name the goal, that is 0 and the serial counts for the plan.
    """

    goal: int
    serial: int
    pattern: str = field(default=DEFAULT_PATTERN, compare=False)

    @classmethod
    def parse(cls, text: str, pattern: str = DEFAULT_PATTERN) -> ItemNumber:
        """Read ``1-24``, already normalised (see ``text.normal.key``); raise ValueError for anything else."""
        found = _shape(pattern).fullmatch(text)
        if found is None:
            raise ValueError(text)
        parts = found.groupdict()
        number = cls(int(parts.get(_GOAL) or 0), int(parts[_SERIAL]), pattern)
        if str(number).casefold() != text.casefold() or not number.serial or (_GOAL in parts and not number.goal):
            raise ValueError(text)
        return number

    def at(self, serial: int) -> ItemNumber:
        """Return the number of the same goal with another serial."""
        return replace(self, serial=serial)

    def __str__(self) -> str:
        return self.pattern.format(goal=self.goal, serial=self.serial)


def names_goal(pattern: str) -> bool:
    """Tell whether numbers of this pattern name the goal of their item."""
    return any(name == _GOAL for _, name, _, _ in Formatter().parse(pattern))


def is_pattern(text: str) -> bool:
    """Tell whether numbers can be spelled and read by a pattern: the serial once, the goal at most once before it.

    Between them stands what is no digit; all else is plain letters and signs. ``{serial:03}`` counts 001, 002.
    """
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return False
    names = [name for _, name, _, _ in parts if name is not None]
    if names not in ([_SERIAL], [_GOAL, _SERIAL]) or any(conversion for _, _, _, conversion in parts):
        return False
    widths = all(not spec or (name == _SERIAL and _WIDTH.fullmatch(spec)) for _, name, spec, _ in parts)
    between = all(literal and not literal[0].isdigit() and not literal[-1].isdigit() for literal, *_ in parts[1:])
    before = not parts[0][0][-1:].isdigit()
    return widths and between and before and all(_LITERAL.fullmatch(literal) for literal, *_ in parts)


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    shape = ""
    for literal, name, _, _ in Formatter().parse(pattern):
        shape += re.escape(literal) + (f"(?P<{name}>[0-9]+)" if name else "")
    return re.compile(shape, re.IGNORECASE | re.ASCII)

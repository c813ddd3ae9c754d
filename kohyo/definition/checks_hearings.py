"""Contradictions of the hearings' days (ヒアリング日程): rooms and times that there are, times that do not overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kohyo.definition.problems import Problem
from kohyo.model.plan import Plan
from kohyo.text.normalise import key

_SLOT = re.compile(r"([0-9]{1,2}):([0-5][0-9])[~-]([0-9]{1,2}):([0-5][0-9])")
_MINUTES = 60


def hearing_contradictions(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with rooms and times: a room can hear two at once only where two times overlap."""
    for i, entry in enumerate(plan.hearings):
        for name in ("rooms", "slots"):
            values = getattr(entry, name)
            if not values:
                yield Problem(("hearings", i, name), "contradiction.empty")
            twice = {key(value) for value in values if sum(key(other) == key(value) for other in values) > 1}
            yield from (
                Problem(("hearings", i, name), "contradiction.repeated", {"value": value}) for value in sorted(twice)
            )
        yield from _slots(("hearings", i, "slots"), entry.slots)


def _slots(loc: tuple[str, int, str], slots: tuple[str, ...]) -> Iterator[Problem]:
    times = [(slot, _time(slot)) for slot in slots]
    for slot, time in times:
        if time is None or time[0] >= time[1]:
            yield Problem(loc, "contradiction.slot", {"value": slot})
    known = [(slot, time) for slot, time in times if time is not None]
    for (_, before), (slot, after) in pairwise(known):
        if after[0] < before[1]:
            yield Problem(loc, "contradiction.slots", {"value": slot})


def _time(slot: str) -> tuple[int, int] | None:
    """Return begin and end of 9:30～10:10 in minutes of the day, None for what is no time."""
    found = _SLOT.fullmatch(key(slot))
    if found is None:
        return None
    hours, minutes, end_hours, end_minutes = map(int, found.groups())
    return hours * _MINUTES + minutes, end_hours * _MINUTES + end_minutes

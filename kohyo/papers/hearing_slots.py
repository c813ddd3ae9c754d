"""Who is heard when (ヒアリングの割当て): no room twice at a time, no department in two rooms at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kohyo.model.plan_years import HearingDay
from kohyo.tables.divisions import DivisionPage


@dataclass(frozen=True)
class Slot:
    """A room at a time of a day."""

    day: date
    time: str
    room: str


@dataclass(frozen=True)
class Placement:
    """Whom each slot is given to, by time, and who found no place."""

    placed: tuple[tuple[Slot, DivisionPage], ...]
    unplaced: tuple[DivisionPage, ...]


def place_hearings(days: Sequence[HearingDay], pages: Sequence[DivisionPage]) -> Placement:
    """Give every division a slot: in the order of the organisation, or, where that leaves anybody out, another one.

    The other order takes the department with most divisions left first, which finds a place for everybody whenever
    there is one: only a department's own divisions stand in each other's way.
    """
    slots = list(_slots(days))
    in_order = _placed(slots, pages, by_size=False)
    return in_order if not in_order.unplaced else _placed(slots, pages, by_size=True)


def _slots(days: Sequence[HearingDay]) -> Iterator[Slot]:
    for entry in sorted(days, key=lambda one: one.day):
        yield from (Slot(entry.day, time, room) for time in entry.slots for room in entry.rooms)


def _placed(slots: Sequence[Slot], pages: Sequence[DivisionPage], *, by_size: bool) -> Placement:
    waiting = list(pages)
    placed: list[tuple[Slot, DivisionPage]] = []
    for _, rooms in groupby(slots, key=lambda slot: (slot.day, slot.time)):
        busy: set[str] = set()
        for slot in rooms:
            left = Counter(page.department for page in waiting)
            free = [page for page in waiting if page.department not in busy]
            if not free:
                continue
            chosen = max(free, key=lambda page: left[page.department]) if by_size else free[0]
            waiting.remove(chosen)
            busy.add(chosen.department)
            placed.append((slot, chosen))
    return Placement(tuple(placed), tuple(waiting))

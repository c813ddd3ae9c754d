"""Who is heard when (ヒアリングの割当て).

H1  no room is given twice, no department sits in two rooms at once, nobody comes twice and nobody is lost
H2  everybody finds a place wherever there is a place for everybody
H3  where the order of the organisation works, it is kept
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.plan_years import HearingDay
from kohyo.papers.hearing_slots import place_hearings
from kohyo.tables.divisions import DivisionPage

DAYS = st.lists(
    st.builds(
        HearingDay,
        day=st.dates(date(2030, 7, 1), date(2030, 7, 31)),
        rooms=st.sampled_from([("一",), ("一", "二"), ("一", "二", "三")]),
        slots=st.sampled_from([("9:00～9:40",), ("9:00～9:40", "10:00～10:40")]),
    ),
    max_size=3,
    unique_by=lambda entry: entry.day,
)
SIZES = st.lists(st.integers(1, 4), max_size=5)


def pages(sizes: list[int]) -> list[DivisionPage]:
    """Return so many divisions of each department, in the order of the organisation."""
    return [DivisionPage(f"{name}部", f"{place}課") for name, size in enumerate(sizes) for place in range(size)]


@given(DAYS, SIZES)
def test_nobody_is_in_two_places(days: list[HearingDay], sizes: list[int]) -> None:
    """H1: Whatever the days and departments."""
    asked = pages(sizes)
    found = place_hearings(days, asked)
    assert len({slot for slot, _ in found.placed}) == len(found.placed)
    busy = Counter((slot.day, slot.time, page.department) for slot, page in found.placed)
    assert set(busy.values()) <= {1}
    whole = [*(page for _, page in found.placed), *found.unplaced]
    assert Counter(map(repr, whole)) == Counter(map(repr, asked))


@given(DAYS, SIZES)
def test_everybody_is_heard_where_that_can_be(days: list[HearingDay], sizes: list[int]) -> None:
    """H2: After Gale and Ryser: the k largest departments must fit into the times, each at most once at a time."""
    times = [len(entry.rooms) for entry in days for _ in entry.slots]
    ordered = sorted(sizes, reverse=True)
    fits = all(
        sum(ordered[:count]) <= sum(min(rooms, count) for rooms in times) for count in range(1, len(ordered) + 1)
    )
    assert (not place_hearings(days, pages(sizes)).unplaced) is fits


def test_the_order_of_the_organisation_is_kept() -> None:
    """H3: Two rooms, two departments of two divisions each: one room for each department, in order."""
    day = HearingDay(day=date(2030, 7, 8), rooms=("一", "二"), slots=("9:00～9:40", "10:00～10:40"))
    found = place_hearings([day], pages([2, 2]))
    assert [(slot.time, slot.room, page.department, page.division) for slot, page in found.placed] == [
        ("9:00～9:40", "一", "0部", "0課"),
        ("9:00～9:40", "二", "1部", "0課"),
        ("10:00～10:40", "一", "0部", "1課"),
        ("10:00～10:40", "二", "1部", "1課"),
    ]

"""Comparing two versions of the register.

1. An item meets itself by its id: a new number or goal is a change of it, never a deletion and an addition.
2. Lineage joins what was merged and what was split, also over what lies between the two versions.
3. What was never there is added; what left the plan is abolished, with its standing.
4. Revised is what the plan says: not what a year brought, not who answers, not what nobody had said before.
5. Nothing is in no revision, and nothing in two.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.comparison import Difference, Revision
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.diff import compare

A, M, S, X = Difference.ADDED, Difference.MERGED, Difference.SPLIT, Difference.ABOLISHED
G, N, R = Difference.REGOALED, Difference.RENUMBERED, Difference.REVISED


def _item(
    place: int, number: str = "", *origins: str, standing: Standing = Standing.CURRENT, **more: FieldValue
) -> Item:
    known = ItemNumber.parse(number or f"1-{place}")
    values: dict[str, FieldValue] = {
        "number": str(known),
        "goal": known.goal,
        "title": f"取組み{place}",
        "overview": "窓口の手続きを減らす。",
        "owners": "総務部",
        **more,
    }
    return Item(ItemId(f"K{place:04d}"), known, values, standing=standing, origins=origins)


def _compared(plan: Plan, old: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[Revision, ...]:
    return compare(plan, Register(items=old), Register(items=new))


def _told(revisions: tuple[Revision, ...]) -> list[tuple[str, str, set[Difference]]]:
    return [
        (
            "/".join(str(one.number) for one in each.old),
            "/".join(str(one.number) for one in each.new),
            set(each.differences),
        )
        for each in revisions
    ]


@pytest.mark.parametrize(
    ("now", "differences"),
    [
        (_item(3, "1-24"), {N}),
        (_item(3, "5-2"), {G, N}),
        (_item(3, "1-3", title="別の名前"), {R}),
        (_item(3, "2-1", overview="減らす。"), {G, N, R}),
        (_item(3), set()),
    ],
)
def test_an_item_meets_itself(plan: Plan, now: Item, differences: set[Difference]) -> None:
    """A number that another item bore before changes nothing of that (1)."""
    other = _item(24, "1-24")
    moved, before = _item(24, "1-90"), _item(3)
    revision = next(one for one in _compared(plan, (before, other), (now, moved)) if now in one.new)
    assert (revision.old, revision.new, set(revision.differences)) == ((before,), (now,), differences)


def test_merged(plan: Plan) -> None:
    """Two items become one of them, or a new one (2)."""
    old = (_item(1), _item(2), _item(3), _item(4))
    new = (
        _item(1, "1-1", "K0002"),
        replace(old[1], standing=Standing.MERGED),
        replace(old[2], standing=Standing.MERGED),
        replace(old[3], standing=Standing.MERGED),
        _item(9, "2-1", "K0003", "K0004"),
    )
    assert _told(_compared(plan, old, new)) == [("1-1/1-2", "1-1", {M}), ("1-3/1-4", "2-1", {M})]


def test_split(plan: Plan) -> None:
    """One item goes on beside a new one, or as two new ones (2)."""
    old = (_item(1), _item(2))
    new = (
        old[0],
        _item(8, "1-8", "K0001"),
        replace(old[1], standing=Standing.ABOLISHED),
        _item(9, "2-1", "K0002"),
        _item(10, "2-2", "K0002"),
    )
    assert _told(_compared(plan, old, new)) == [("1-1", "1-1/1-8", {S}), ("1-2", "2-1/2-2", {S})]


def test_lineage_reaches_over_what_lies_between(plan: Plan) -> None:
    """An item that came and went between the versions still joins the two (2)."""
    between = _item(5, "1-5", "K0001", standing=Standing.MERGED)
    last = _item(9, "1-9", "K0005")
    new = (replace(_item(1), standing=Standing.MERGED), between, last)
    assert _told(_compared(plan, (_item(1),), new)) == [("1-1", "1-9", {N, R})]


def test_a_lineage_that_was_there_before_joins_nothing(plan: Plan) -> None:
    """What was split in the old version already is two items in both (2)."""
    both = (_item(1), _item(2, "1-2", "K0001"))
    assert _told(_compared(plan, both, both)) == [("1-1", "1-1", set()), ("1-2", "1-2", set())]


def test_a_circle_of_lineage_ends(plan: Plan) -> None:
    """What a slip of the hand may write does no harm (2)."""
    new = (_item(1, "1-1", "K0002"), _item(2, "1-2", "K0001"))
    assert len(_compared(plan, (), new)) == 2


def test_added_and_abolished(plan: Plan) -> None:
    """A proposal that became an item is added; why an item left is told (3)."""
    done = replace(_item(2), standing=Standing.COMPLETED)
    found = _compared(plan, (_item(1), _item(2)), (done, _item(9, "1-9", "P0003")))
    assert _told(found) == [("", "1-9", {A}), ("1-1", "", {X}), ("1-2", "", {X})]
    assert [one.left for one in found] == [None, None, Standing.COMPLETED]


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({"measures": "予約を始める。"}, {"measures": "予約を広げる。"}, ("measures",)),
        ({}, {"measures": "初めて書いた。"}, ()),
        ({"measures": "書いてあった。"}, {}, ("measures",)),
        ({"result": "去年の実績"}, {"result": "今年の実績"}, ()),
        ({"person": "前任"}, {"person": "後任"}, ()),
        ({"tick_digital": Tick.UNKNOWN}, {"tick_digital": Tick.YES}, ()),
        ({"tick_digital": Tick.NO}, {"tick_digital": Tick.YES}, ("tick_digital",)),
        ({"owners": "総務部、財務部"}, {"owners": "総務部，財務部"}, ()),
        ({"old_number": "1-1"}, {"old_number": "1-3"}, ()),
    ],
)
def test_revised_is_what_the_plan_says(
    plan: Plan, before: dict[str, FieldValue], after: dict[str, FieldValue], fields: tuple[str, ...]
) -> None:
    """The definition says what belongs to the plan (4)."""
    one, two = (replace(_item(1), values={**_item(1).values, **values}) for values in (before, after))
    (found,) = _compared(plan, (one,), (two,))
    assert found.fields == fields
    assert (R in found.differences) == bool(fields)


_PLACES = st.lists(st.integers(1, 8), unique=True, max_size=6)


@given(_PLACES, st.lists(st.tuples(st.integers(1, 12), st.lists(st.integers(1, 12), max_size=3)), max_size=8))
def test_every_item_is_in_one_revision(plan: Plan, olds: list[int], news: list[tuple[int, list[int]]]) -> None:
    """Whatever the lineage says (5)."""
    old = tuple(_item(place) for place in olds)
    new = tuple(_item(place, "", *(f"K{origin:04d}" for origin in origins)) for place, origins in dict(news).items())
    found = _compared(plan, old, new)
    assert sorted(item.id for one in found for item in one.old) == sorted(item.id for item in old)
    assert sorted(item.id for one in found for item in one.new) == sorted(item.id for item in new)

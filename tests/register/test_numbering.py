"""New item numbers.

1. Proposed: what stands in print keeps its order, and an untouched plan its numbers; what came or changed its goal or
   lead since goes behind the items of its lead, in the order of the organisation, affiliates last; each says why.
   Nobody's number twice.
2. A crosswalk gives what it names its number; the rest keep theirs or make room behind the others, which is told.
3. With the plan's own crosswalk: 1-3 is 1-24, 1-5 is 5-2 with its goal, three additions.
4. A crosswalk that contradicts the register is refused whole.
5. Applied, the old number stands in the register and in the history; ids never change; twice is the same as once.
6. An entry of the matrix that lists an item under a goal that it no longer has is told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.model.renumbering import NumberPair, Proposal, Why
from kohyo.model.value import FieldValue
from kohyo.register.number_order import propose
from kohyo.register.numbering import follow, out_of_place, renumber
from tests.golden import facts

NOW = datetime(2024, 2, 1, 9, 0)  # noqa: DTZ001 - an office's clock on the wall
LATER, EARLIER = "土木部", "総務部"


def _number(text: str) -> ItemNumber:
    return ItemNumber.parse(text)


def _item(place: int, number: str, owners: str = EARLIER, **more: str) -> Item:
    known = _number(number)
    own = {"title": f"取組み{place}", "overview": "", "owners": owners, **more}
    values: dict[str, FieldValue] = {"number": number, "goal": known.goal, **own}
    return Item(ItemId(f"K{place:04d}"), known, values)


def _register(*items: Item) -> Register:
    return Register(items=items)


def _pair(old: str, new: str, **more: str) -> NumberPair:
    return NumberPair(_number(old) if old else None, _number(new), **more)  # type: ignore[arg-type]


def _told(proposal: Proposal) -> dict[str, str]:
    return {one.item.id if one.item else "": str(one.new) for one in proposal.numbers}


def test_numbers_follow_goal_and_organisation(plan: Plan) -> None:
    """Of what is new an affiliate comes last, in the definition's order; equal departments keep their order (1)."""
    body, other = plan.affiliates[0].name, plan.affiliates[1].name
    register = _register(
        _item(1, "1-1", EARLIER, affiliate=other),
        _item(2, "1-2", LATER),
        _item(3, "1-3", EARLIER),
        _item(4, "1-4", EARLIER),
        _item(5, "1-5", LATER, overview=f"支援する。（{body}）"),
        _item(6, "2-7", f"{EARLIER}、政策経営部"),
        _item(7, "2-8", "どこかの部"),
        _item(8, "2-9", "政策経営部"),
    )
    expected = {"K0003": "1-1", "K0004": "1-2", "K0002": "1-3", "K0005": "1-4", "K0001": "1-5"}
    register = _register(*(replace(item, origins=("P-1",)) for item in register.items))
    assert {one.why for one in propose(plan, register).numbers} == {Why.NEW}
    assert _told(propose(plan, register)) == {**expected, "K0008": "2-1", "K0006": "2-2", "K0007": "2-3"}


def test_what_left_the_plan_gets_no_number(plan: Plan) -> None:
    """Its last number stays with it (1)."""
    gone = Item(ItemId("K0001"), _number("1-1"), _item(1, "1-1").values, standing=Standing.ABOLISHED)
    register = _register(gone, _item(2, "1-2"))
    proposal = propose(plan, register)
    assert _told(proposal) == {"K0002": "1-1"}
    assert renumber(register, plan, proposal.numbers, NOW, "名なし").items[0] == gone


def test_a_crosswalk_and_what_makes_room(plan: Plan) -> None:
    """A number that goes to another item leaves its old bearer behind all others (2)."""
    register = _register(_item(1, "1-1"), _item(2, "1-2"), _item(3, "1-3"))
    proposal = follow(plan, register, [_pair("1-1", "1-3"), _pair("", "1-7", title="新しい")])
    assert _told(proposal) == {"K0001": "1-3", "K0002": "1-2", "K0003": "1-8", "": "1-7"}
    assert [(one.code, one.value, one.context) for one in proposal.findings] == [("K536", "1-8", {"number": "1-3"})]


def test_a_swap(plan: Plan) -> None:
    """Two items exchange their numbers, once (2, 5)."""
    register = _register(_item(1, "1-1"), _item(2, "1-2"))
    pairs = [_pair("1-1", "1-2"), _pair("1-2", "1-1")]
    once = renumber(register, plan, follow(plan, register, pairs).numbers, NOW, "")
    assert [str(item.number) for item in once.items] == ["1-2", "1-1"]
    twice = follow(plan, once, pairs)
    assert {one.why for one in twice.numbers} == {Why.KEPT}
    assert renumber(once, plan, twice.numbers, NOW, "") == once


def test_the_plan_s_own_crosswalk(plan: Plan) -> None:
    """As the documents have it (3)."""
    known: list[tuple[str | None, str]] = facts("crosswalk")
    pairs = [_pair(old or "", new) for old, new in known]
    olds = [old for old, _ in known if old] + ["1-24", "1-4"]
    register = _register(*(_item(place, old) for place, old in enumerate(olds, 1)))
    numbers = follow(plan, register, pairs).numbers
    found = {str(one.item.number): (str(one.new), one.why) for one in numbers if one.item}
    assert (found["1-3"], found["1-5"]) == (("1-24", Why.CROSSWALK), ("5-2", Why.CROSSWALK))
    assert (found["3-6"], found["3-7"]) == (("3-12", Why.CROSSWALK), ("3-13", Why.CROSSWALK))
    assert (found["1-24"][1], found["1-4"][1]) == (Why.DISPLACED, Why.DISPLACED)
    assert [str(one.new) for one in numbers if one.why is Why.ADDED] == ["1-4", "1-30", "5-13"]


def test_an_untouched_plan_keeps_its_numbers(plan: Plan) -> None:
    """In whatever order it was printed (1)."""
    printed = _register(_item(1, "1-1", LATER), _item(2, "1-3"), _item(3, "1-4", LATER))
    assert {one.why for one in propose(plan, printed).numbers} == {Why.KEPT}


def test_each_change_says_why(plan: Plan) -> None:
    """Which number came free before it, which is taken (1)."""
    gone = replace(_item(2, "1-2"), standing=Standing.ABOLISHED)
    moved = replace(_item(6, "1-6"), values={**_item(6, "1-6").values, "goal": 2})
    new = replace(_item(5, "1-7"), origins=("P-1",))
    register = _register(
        _item(1, "1-1"), gone, _item(3, "1-3"), _item(4, "1-4", LATER), new, moved, _item(7, "2-1", LATER)
    )
    found = [(one.old, str(one.new), one.why, one.freed, one.entered) for one in propose(plan, register).numbers]
    assert found == [
        ("1-1", "1-1", Why.KEPT, (), ()),
        ("1-3", "1-2", Why.SHIFTED, ("1-2",), ()),
        ("1-7", "1-3", Why.NEW, (), ()),
        ("1-4", "1-4", Why.KEPT, (), ()),
        ("1-6", "2-1", Why.REGOALED, (), ()),
        ("2-1", "2-2", Why.SHIFTED, (), ("2-1",)),
    ]


def test_another_lead_is_another_place(plan: Plan) -> None:
    """Once, until the numbers are given anew (1)."""
    told = Change(NOW, ChangeKind.EDITED, "K0001", "1-1", "owners", EARLIER, LATER)
    register = Register(items=(_item(1, "1-1", LATER), _item(2, "1-2"), _item(3, "1-3", LATER)), changes=(told,))
    proposal = propose(plan, register)
    assert [(one.old, str(one.new)) for one in proposal.numbers] == [("1-2", "1-1"), ("1-3", "1-2"), ("1-1", "1-3")]
    assert proposal.numbers[-1].why is Why.OWNERS
    after = renumber(register, plan, proposal.numbers, NOW, "")
    assert {one.why for one in propose(plan, after).numbers} == {Why.KEPT}


def test_an_id_says_more_than_a_number(plan: Plan) -> None:
    """A line that names an item by its id means that item, whoever has the number beside it (2)."""
    register = _register(_item(1, "1-1"), _item(2, "1-2"))
    proposal = follow(plan, register, [_pair("1-2", "1-9", item="K0001"), _pair("", "1-8", item="K0002")])
    assert _told(proposal) == {"K0001": "1-9", "K0002": "1-8"}


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([_pair("9-9", "1-2")], "K532 9-9"),
        ([_pair("", "1-2", item="K0099")], "K532 K0099"),
        ([_pair("1-1", "1-5"), _pair("1-2", "1-5")], "K533 1-5"),
        ([_pair("1-1", "1-5"), _pair("1-1", "1-6")], "K533 1-1"),
        ([_pair("", "1-5", item="K0001"), _pair("", "1-6", item="K0001")], "K533 K0001"),
        ([_pair("1-1", "9-1")], "K534 9-1"),
    ],
)
def test_a_contradiction_is_refused_whole(plan: Plan, pairs: list[NumberPair], code: str) -> None:
    """Nothing is proposed where one line cannot be right, and what is wrong with it is named (4)."""
    proposal = follow(plan, _register(_item(1, "1-1"), _item(2, "1-2")), [*pairs, _pair("1-2", "1-9")])
    assert proposal.numbers == ()
    assert code in {f"{one.code} {one.value}" for one in proposal.findings}


def test_the_old_number_is_kept(plan: Plan) -> None:
    """In 旧番号 and in the history, with the goal where that changed; an addition becomes an item of its own (5)."""
    register = _register(_item(1, "1-5"), _item(2, "1-6"))
    numbers = follow(plan, register, [_pair("1-5", "5-2"), _pair("", "1-9")]).numbers
    moved, kept, added = renumber(register, plan, numbers, NOW, "名なし").items
    assert (moved.id, str(moved.number), moved.goal) == ("K0001", "5-2", 5)
    assert (moved.text("number"), moved.text("old_number")) == ("5-2", "1-5")
    assert kept == register.items[1]
    assert (added.id, str(added.number), added.title) == ("K0003", "1-9", "名なし")
    told = [
        (row.kind, row.item, row.field, row.old, row.new)
        for row in renumber(register, plan, numbers, NOW, "名なし").changes
    ]
    assert told == [
        (ChangeKind.RENUMBERED, "K0001", "number", "1-5", "5-2"),
        (ChangeKind.RENUMBERED, "K0001", "old_number", None, "1-5"),
        (ChangeKind.RENUMBERED, "K0001", "goal", 1, 5),
        (ChangeKind.CREATED, "K0003", "title", None, "名なし"),
    ]


@given(st.permutations(range(1, 5)))
def test_every_value_that_changes_is_told(plan: Plan, places: list[int]) -> None:
    """Whatever moves, the history holds a line for each value of an item that is another afterwards (5)."""
    register = _register(*(_item(place, f"1-{place}") for place in range(1, 5)))
    pairs = [_pair(f"1-{place}", f"{1 + new % 2}-{new}") for place, new in enumerate(places, start=1)]
    after = renumber(register, plan, follow(plan, register, pairs).numbers, NOW, "名なし")
    told = {(row.item, row.field, str(row.old), str(row.new)) for row in after.changes}
    differing = {
        (old.id, name, str(old.values.get(name)), str(new.values.get(name)))
        for old, new in zip(register.items, after.items, strict=True)
        for name in old.values.keys() | new.values.keys()
        if old.values.get(name) != new.values.get(name)
    }
    assert differing == told


def test_a_crosswalk_that_was_followed_keeps_everything(plan: Plan) -> None:
    """With what it moved to another goal and what it added; an item that was there before is no addition (5)."""
    register = _register(_item(1, "1-5"), _item(2, "1-6"))
    pairs = [_pair("1-5", "5-2"), _pair("", "1-9")]
    once = renumber(register, plan, follow(plan, register, pairs).numbers, NOW, "名なし")
    twice = follow(plan, once, pairs)
    assert ({one.why for one in twice.numbers}, twice.findings) == ({Why.KEPT}, ())
    listed = follow(plan, register, [_pair("1-5", "5-2"), _pair("", "1-6")])
    assert [one.why for one in listed.numbers] == [Why.ADDED, Why.DISPLACED, Why.CROSSWALK]


def test_an_entry_under_a_goal_that_its_item_left() -> None:
    """Is told with its label, its goal and the item's number; items that are gone are none of it (6)."""
    members = (MatrixMember("広報", (ItemId("K0001"), ItemId("K0099"))), MatrixMember("点検", (ItemId("K0002"),)))
    entries = tuple(MatrixEntry(goal, "digital", "", members) for goal in (1, 5))
    told = out_of_place(Register(items=(_item(1, "1-5"), _item(2, "5-2")), entries=entries))
    assert [(one.code, one.value, dict(one.context)) for one in told] == [
        ("K537", "点検", {"goal": "1", "number": "5-2"}),
        ("K537", "広報", {"goal": "5", "number": "1-5"}),
    ]


_ITEMS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 6), st.sampled_from([EARLIER, LATER])), unique_by=lambda one: one[:2]
)
_PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3), st.integers(1, 9)), max_size=5)


@given(_ITEMS, _PAIRS)
def test_no_number_is_given_twice(
    plan: Plan, known: list[tuple[int, int, str]], wanted: list[tuple[int, int, int]]
) -> None:
    """Whatever register and crosswalk are, and applying the same again changes nothing (1, 2, 5)."""
    items = [_item(place, f"{goal}-{serial}", owners) for place, (goal, serial, owners) in enumerate(known, 1)]
    pairs = [_pair(str(items[at].number) if at < len(items) else "", f"{goal}-{serial}") for at, goal, serial in wanted]
    register = _register(*items)
    for proposal in (propose(plan, register), follow(plan, register, pairs)):
        news = [one.new for one in proposal.numbers]
        assert len(news) == len(set(news))
        after = renumber(register, plan, proposal.numbers, NOW, "名なし")
        assert {item.id for item in items} <= {item.id for item in after.items}
    assert follow(plan, register, pairs).numbers or not register.items or follow(plan, register, pairs).findings
    once = renumber(register, plan, propose(plan, register).numbers, NOW, "")
    assert renumber(once, plan, propose(plan, once).numbers, NOW, "") == once

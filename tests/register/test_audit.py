"""Contradictions between definition, items and matrix.

A1  a goal named differently, a slip of the pen and a number borne twice are told
A2  an entry's label is held against the item's title: nearly the same, or another name
A3  an affiliate that only the matrix names, a tick that says no, and another goal are told
A4  a list in a document is held against the register, both ways
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kohyo.messages import describe
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.audit import Places, odd_wordings, register_contradictions
from kohyo.register.plan_list.contradictions import list_contradictions
from kohyo.register.plan_list.list_row import ListRow

PLACES = Places(Place("定義", "到達点"), Place("台帳", "項目"), Place("台帳", "体系表掲載"))


def item(place: int = 1, number: str = "2-5", **values: FieldValue) -> Item:
    """Return an item of goal 2 with a few values."""
    goal, serial = (int(part) for part in number.split("-"))
    known: Mapping[str, FieldValue] = {"number": number, "goal": goal, "title": "予約の見直し", "overview": "改める。"}
    return Item(ItemId(f"K{place:04d}"), ItemNumber(goal, serial), {**known, "owners": "総務部", **values})


def entry(label: str, *ids: str, goal: int = 2, perspective: str = "digital", heading: str = "") -> MatrixEntry:
    """Return an entry with one member."""
    return MatrixEntry(goal, perspective, heading, (MatrixMember(label, tuple(ItemId(one) for one in ids)),))


def found(plan: Plan, items: tuple[Item, ...], *entries: MatrixEntry) -> list[Finding]:
    """Return what is found in a register, the definition's own contradictions aside."""
    findings = register_contradictions(plan, Register(items=items, entries=entries), PLACES)
    return [finding for finding in findings if finding.place != PLACES.goals]


def test_goals_named_differently_are_told(plan: Plan) -> None:
    """A1: Goals 2 to 5 bear two names; what differs in width alone is no other name, and a slip is told."""
    findings = register_contradictions(plan, Register(), PLACES)
    assert [finding.value for finding in findings if finding.code == "K430"] == ["2", "3", "4", "5"]
    (slip,) = [finding for finding in findings if finding.code == "K431"]
    assert "に対するの" in describe(slip)
    five = next(finding for finding in findings if finding.value == "5")
    assert str(five.context["names"]).count("」「") == 1


@pytest.mark.parametrize("text", ["もののけの絵", "増えるものの、減らす", "区民の声"])
def test_ordinary_wordings_are_left_alone(text: str) -> None:
    """A1: What only looks like a doubled particle is none."""
    assert not list(odd_wordings(text))


def test_a_slip_in_an_item_is_told_with_its_field(plan: Plan) -> None:
    """A1: The field is named as people know it."""
    (finding,) = found(plan, (item(overview="窓口のの改善。"),))
    assert (finding.code, finding.field, finding.value) == ("K431", "概要", "のの")


def test_a_number_borne_twice_is_an_error(plan: Plan) -> None:
    """A1: Both items are named."""
    findings = found(plan, (item(1), item(2)))
    assert [(finding.code, finding.context["id"]) for finding in findings] == [("K436", "K0001"), ("K436", "K0002")]


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("予約の見直し", []),
        ("予約見直し", ["K432"]),
        ("予約の　見直し", []),
        ("窓口", ["K433"]),
    ],
)
def test_labels_are_held_against_titles(plan: Plan, label: str, codes: list[str]) -> None:
    """A2: A particle's difference is a likely slip; another name is only remarked."""
    assert [finding.code for finding in found(plan, (item(),), entry(label, "K0001"))] == codes


def test_a_heading_may_name_its_members_as_it_likes(plan: Plan) -> None:
    """A2: Members under a heading, and labels of several items, have names of their own."""
    several = (item(1), item(2, "2-6"))
    assert not found(plan, several, entry("窓口", "K0001", heading="事業"), entry("窓口", "K0001", "K0002"))


def test_an_affiliate_only_in_the_matrix_is_told(plan: Plan) -> None:
    """A3: The item names it neither in its overview nor in its field; where it does, nothing is told."""
    name = plan.affiliates[0].name
    only = entry(name, "K0001", perspective="affiliates", heading="事業")
    assert [finding.code for finding in found(plan, (item(),), only)] == ["K434"]
    assert not found(plan, (item(overview=f"改める。（{name}）"),), only)


def test_the_matrix_against_ticks_and_goals(plan: Plan) -> None:
    """A3: An entry for an item that answered no, and an entry under another goal."""
    denied = found(plan, (item(tick_digital=Tick.NO),), entry("予約の見直し", "K0001"))
    assert [finding.code for finding in denied] == ["K437"]
    moved = found(plan, (item(),), entry("予約の見直し", "K0001", goal=3))
    assert [(finding.code, finding.value, finding.context["own"]) for finding in moved] == [("K438", "3", "2")]


def test_a_list_is_held_against_the_register() -> None:
    """A4: Another title, an item too many, an item too few; no list, no word."""
    row = ListRow(ItemNumber(2, 5), 2, "予約の廃止", "改める。", "総務部", Place("一覧.txt", "", "3行目"))
    other = replace(row, number=ItemNumber(2, 9), title="余り")
    register = Register(items=(item(1), item(2, "2-6")))
    findings = list(list_contradictions(register, [row, other]))
    assert [(finding.code, finding.value) for finding in findings] == [
        ("K442", "予約の廃止"),
        ("K443", "余り"),
        ("K444", "予約の見直し"),
    ]
    assert not list(list_contradictions(register, []))

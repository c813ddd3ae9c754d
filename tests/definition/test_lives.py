"""The life of items, and what a fiscal year holds.

1. An item begins with the year of its proposal, else with the one in which it came; the first ones may be as old as
   the plan. It ends with the year that was decided; one that was taken back into the plan goes on.
2. The register of any year holds the items that existed in it, and no other: begun by then, not ended before it.
3. An earlier year's items are as they were in it; what an item holds of years outside its life is nothing.
4. A form asks nothing about such years, on an item's sheet and on a blank one; its own word about them is no answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.lives import BEFORE, Life, lives, of_year, outside_blank, outside_life, outside_word, says_outside
from kohyo.definition.load import shipped
from kohyo.definition.surveys import survey_plan
from kohyo.messages import section
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Change, ChangeKind, Ending, Register, Submission

NOW = datetime(2026, 6, 1, 9)  # noqa: DTZ001 - the register knows no time zones
YEARS = (2024, 2025, 2026, 2027)


@cache
def _in_year(year: int) -> Plan:
    plan = shipped("setagaya-r6")
    return plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": year})})


def _item(serial: int, **values: str) -> Item:
    number = ItemNumber(1, serial)
    return Item(ItemId(f"K{serial:04}"), number, {"number": str(number), "goal": 1, "title": f"項目{serial}", **values})


def _begun(item: Item, year: int) -> Submission:
    return Submission(f"P{item.id}", "proposal", "総務部", {}, Place(), "", NOW, item=item.id, first_year=year)


def _ending(item: Item, year: int, last: int = 0) -> Ending:
    decided = {"decision": Adoption.ADOPTED, "decided_at": NOW, "last_year": last}
    return Ending(f"{item.id}-{year}", item.id, year, Standing.COMPLETED, **decided)  # type: ignore[arg-type]


def _row(kind: ChangeKind, item: Item, days: int, field: str = "title") -> Change:
    return Change(NOW + timedelta(days=days), kind, item.id, str(item.number), field, None, None)


def test_when_an_item_begins_and_ends() -> None:
    """By its proposal, by when it came, by what was decided (1)."""
    old, later, proposed, ended = (_item(serial) for serial in range(1, 5))
    planned = _item(5, plan_2024="始める。")
    changes = (
        _row(ChangeKind.CREATED, old, 0),
        _row(ChangeKind.ROLLED, old, 1),
        _row(ChangeKind.ROLLED, ended, 1),
        _row(ChangeKind.CREATED, later, 1),
        _row(ChangeKind.CREATED, planned, 1),
        _row(ChangeKind.CREATED, proposed, 2),
        _row(ChangeKind.ROLLED, old, 3),
    )
    register = Register((old, later, proposed, ended, planned), submissions=(_begun(proposed, 2027),), changes=changes)
    register = replace(register, endings=(_ending(ended, 2025, 2026),))
    assert list(lives(_in_year(2026), register).values()) == [
        Life(),
        Life(2025),
        Life(2027),
        Life(last=2026),
        Life(2024),
    ]
    assert lives(_in_year(2026), replace(register, endings=(_ending(ended, 2025),)))[ended.id] == Life(last=2025)


def test_what_was_taken_back_goes_on() -> None:
    """The decision has ended the item once; whoever sets it in force again means it (1)."""
    item = _item(1)
    end = _row(ChangeKind.DECIDED, item, 9)._replace(field=section("workbook")["items"]["standing"])
    done = Register((item,), endings=(_ending(item, 2024),), changes=(end,))
    assert lives(_in_year(2026), done)[item.id] == Life()
    gone = replace(done, items=(replace(item, standing=Standing.COMPLETED),))
    assert lives(_in_year(2026), gone)[item.id] == Life(last=2024)


_LIVES = st.tuples(st.sampled_from((0, *YEARS)), st.sampled_from((0, *YEARS)))


_YEAR = st.sampled_from(YEARS)


@settings(max_examples=50)
@given(st.lists(_LIVES, min_size=1, max_size=4), _YEAR, _YEAR, st.sets(_YEAR))
def test_a_year_holds_what_existed_in_it(told: list[tuple[int, int]], this: int, asked: int, kept: set[int]) -> None:
    """Whatever items begin and end, whichever years are kept (2, 3)."""
    plan = _in_year(this)
    alive = {serial: Life(first, last) for serial, (first, last) in enumerate(told, 1) if first <= this}

    def register(year: int) -> Register:
        items = [(_item(serial, result=str(year)), life) for serial, life in alive.items() if life.first <= year]
        gone = {item.id for item, life in items if life.last and life.last < year}
        return Register(
            tuple(replace(item, standing=Standing.COMPLETED) if item.id in gone else item for item, _ in items),
            submissions=tuple(_begun(item, life.first) for item, life in items if life.first),
            endings=tuple(_ending(item, life.last) for item, life in items if life.last),
        )

    registers = {year: register(year) for year in (*(year for year in kept if year < this), this)}
    found = of_year(plan, registers, asked)
    assert [item.number.serial for item in found.current] == [
        serial for serial, life in alive.items() if life.first <= asked and (not life.last or asked <= life.last)
    ]
    assert {item.text("result") for item in found.current} <= {str(asked if asked in registers else this)}


def test_years_outside_a_life_hold_nothing() -> None:
    """Plans of years before it began and after it ends; what a survey shows of them as well (3, 4)."""
    plan = shipped("setagaya-r6")
    life = Life(2025, 2026)
    assert outside_life(plan, life) == {"plan_2024": "before", "plan_2027": "after"}
    view = survey_plan(_in_year(2027), "verification")
    shown = outside_life(view, Life(2026))
    assert {"plan_2024", "progress_of_2024", "result_of_2025"} <= shown.keys()
    assert not [name for name in shown if name.endswith("2026")]
    item = _item(1, plan_2024="前", plan_2025="中")
    register = Register((item,), submissions=(_begun(item, 2025),), endings=(_ending(item, 2026),))
    (held,) = of_year(_in_year(2026), {2026: register}, 2026).current
    assert (held.values["plan_2024"], held.values["plan_2025"]) == (None, "中")


def test_a_blank_sheet_asks_of_no_year_before_its_own() -> None:
    """What is proposed for the next year has no plan of this one, nor of those before (4)."""
    year = _in_year(2026)
    asked = {kind.key: set(outside_blank(year, kind)) for kind in year.sheets}
    assert asked["addition"] == {"plan_2024", "plan_2025"}
    assert asked["proposal"] == {"plan_2024", "plan_2025", "plan_2026"}
    assert asked["item"] == set()
    assert says_outside(outside_word(BEFORE))
    assert not says_outside("始める。")

"""The rows of 廃止・完了・統合: what the answers say, and what the office wrote.

1. A row for each item whose yearly choice names an end; it goes with the answer, and asking again changes nothing.
2. What the office wrote stays, whatever the answer becomes; it may write a row of its own.
3. Another end than the one that was decided is a new question.
4. An item ends with the year in which that is decided, the last in which it was carried out, or with the one that is
   written; whatever year it was asked in, it waits as long as nobody decides.
5. What is merged lives on in an item that stays: any other is told, whichever of the two is decided first, and waits.
6. Rows name the items by their numbers of now: a new number is followed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Ending, Register
from kohyo.model.renumbering import Renumbering, Why
from kohyo.model.value import FieldValue
from kohyo.register.endings import decide_endings, end_items, undecided_ends, with_proposed
from kohyo.register.numbering import renumber
from tests.tables.small_plan import conflict

NOW = datetime(2024, 12, 1, 9)  # noqa: DTZ001 - the register knows no time zones


def _asked(register: Register, plan: Plan, direction: str) -> Register:
    """Return the register after the department gave its one item a direction."""
    values: dict[str, FieldValue] = {
        "number": "1-1",
        "goal": 1,
        "title": "広報",
        "owners": "総務部",
        "direction": direction,
    }
    item = Item(ItemId("K0001"), ItemNumber(1, 1), values)
    found = with_proposed(replace(register, items=(item,)), plan)
    assert with_proposed(found, plan) == found
    return found


def _standings(register: Register) -> list[Standing]:
    return [row.standing for row in register.endings]


def test_a_row_goes_with_its_answer(plan: Plan) -> None:
    """It comes, changes and goes (1)."""
    first = _asked(Register(), plan, "廃止")
    assert [(row.id, row.year, row.department) for row in first.endings] == [("K0001-2024", 2024, "総務部")]
    second = _asked(first, plan, "統合")
    assert _standings(second) == [Standing.MERGED]
    assert _asked(second, plan, "継続").endings == ()


def test_what_is_contradicted_makes_no_row(plan: Plan) -> None:
    """It comes, or never does, once that is decided (1)."""
    conflict_open = conflict(ItemId("K0001"), "direction", "廃止", "継続")
    assert _asked(Register(conflicts=(conflict_open,)), plan, "廃止").endings == ()
    settled = Register(conflicts=(replace(conflict_open, decided_at=NOW),))
    assert len(_asked(settled, plan, "廃止").endings) == 1
    assert _asked(settled, plan, "継続").endings == ()


def test_what_the_office_wrote_stays(plan: Plan) -> None:
    """Undecided as well; a row of its own among it (2)."""
    first = _asked(Register(), plan, "廃止")
    written = replace(first, endings=(replace(first.endings[0], reason="相談中"),))
    assert [row.reason for row in _asked(written, plan, "継続").endings] == ["相談中"]
    own = Ending("K0001-2024", ItemId("K0001"), 2024, Standing.ABOLISHED, decision=Adoption.ADOPTED)
    assert _asked(Register(endings=(own,)), plan, "継続").endings == (own,)


def test_another_end_is_a_new_question(plan: Plan) -> None:
    """While silence or the same word leave a decision alone (3)."""
    first = _asked(Register(), plan, "廃止").endings[0]
    decided = replace(first, decision=Adoption.DECLINED, decided_at=NOW)
    known = Register(endings=(decided,))
    assert _asked(known, plan, "廃止").endings == _asked(known, plan, "継続").endings == (decided,)
    (asked,) = _asked(known, plan, "完了").endings
    assert (asked.standing, asked.decision, asked.decided_at) == (Standing.COMPLETED, None, None)


def _item(serial: int) -> Item:
    number = ItemNumber(1, serial)
    values: dict[str, FieldValue] = {"number": str(number), "goal": 1, "title": f"項目{serial}", "owners": "総務部"}
    return Item(ItemId(f"K{serial:04}"), number, values)


def _row(
    serial: int, standing: Standing = Standing.ABOLISHED, heir: str = "", *, year: int = 2024, last: int = 0
) -> Ending:
    name = ItemId(f"K{serial:04}")
    adopted = Adoption.ADOPTED
    return Ending(f"{name}-{year}", name, year, standing, "", adopted, "まとめる。", heir, last_year=last)


def _later(plan: Plan, year: int) -> Plan:
    return plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": year})})


_YEARS = ("asked", "written", "decided", "last")


@pytest.mark.parametrize(_YEARS, [(2024, 0, 2024, 2024), (2024, 0, 2025, 2025), (2024, 2026, 2025, 2026)])
def test_the_last_year_of_an_item(plan: Plan, asked: int, written: int, decided: int, last: int) -> None:
    """It stays for as long as it was carried out (4)."""
    register = Register((_item(1),), endings=(replace(_row(1, year=asked, last=written)),))
    ended = decide_endings(register, _later(plan, decided), NOW).register
    assert [row.last for row in ended.endings] == [last]
    assert end_items(ended, last - 1, NOW).current == ended.items
    assert end_items(ended, last, NOW).current == ()


def test_an_end_that_is_to_come_is_not_asked_again(plan: Plan) -> None:
    """It was decided for a later year; another end is a question all the same (3, 4)."""
    ending = replace(_row(1, last=2026), decided_at=NOW)
    for direction, asked in (("廃止", []), ("完了", [2025])):
        item = _item(1)
        register = Register((replace(item, values={**item.values, "direction": direction}),), endings=(ending,))
        found = with_proposed(register, _later(plan, 2025)).endings
        assert [row.year for row in found if row != ending] == asked


def test_what_nobody_decided_waits_into_the_next_year(plan: Plan) -> None:
    """Until it is decided, or asked again (4)."""
    row = replace(_row(1), decision=None, reason="")
    register = Register((_item(1), _item(2)), endings=(row, replace(_row(2), decided_at=NOW)))
    assert undecided_ends(register) == (row,)
    assert decide_endings(register, _later(plan, 2026), NOW).waiting == (row,)
    again = replace(_row(1, year=2025), decision=None)
    assert undecided_ends(replace(register, endings=(row, again))) == (again,)
    assert undecided_ends(replace(register, endings=(replace(_row(1), decided_at=NOW), again))) == ()


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((_row(1, Standing.MERGED, "1-2"),), []),
        ((_row(1, Standing.MERGED, "1-2"), _row(2)), ["K553"]),
        ((_row(2), _row(1, Standing.MERGED, "K0002")), ["K553"]),
        ((_row(1, Standing.MERGED, "1-2"), _row(2, last=2025)), []),
        ((_row(1, Standing.MERGED, "1-2"), _row(2, Standing.MERGED, "1-1")), ["K553", "K553"]),
        ((replace(_row(1, Standing.MERGED, "1-2"), decided_at=NOW), _row(2)), ["K554"]),
        ((replace(_row(1, Standing.MERGED, "1-2"), decided_at=NOW), _row(2, last=2026)), []),
        ((_row(1, Standing.MERGED, "1-3"),), ["K553"]),
        ((_row(1, Standing.MERGED, "9-9"),), ["K550"]),
        ((replace(_row(2), decided_at=NOW), replace(_row(1, Standing.MERGED, "9-9"))), ["K550"]),
    ],
)
def test_what_is_merged_lives_on(plan: Plan, rows: tuple[Ending, ...], codes: list[str]) -> None:
    """In an item that stays longer than itself; K0003 is gone already (5)."""
    items = (_item(1), _item(2), replace(_item(3), standing=Standing.COMPLETED))
    decided = decide_endings(Register(items, endings=rows), plan, NOW)
    assert [str(found.code) for found in decided.findings] == codes
    assert len(decided.waiting) == len(codes)


def test_a_new_number_is_followed(plan: Plan) -> None:
    """The heir stays the same item (6)."""
    register = Register((_item(1), _item(2)), endings=(_row(1, Standing.MERGED, "1-2"),))
    numbers = [Renumbering(item, ItemNumber(1, 3 - item.number.serial), Why.SHIFTED) for item in register.items]
    moved = renumber(register, plan, numbers, NOW, "")
    assert [row.successors for row in moved.endings] == ["1-1"]
    kept = end_items(decide_endings(moved, plan, NOW).register, 2024, NOW)
    assert [(item.id, item.origins) for item in kept.current] == [("K0002", ("K0001",))]

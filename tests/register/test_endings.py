"""The rows of 廃止・完了・統合: what the answers say, and what the office wrote.

1. A row for each item whose yearly choice names an end; it goes with the answer, and asking again changes nothing.
2. What the office wrote stays, whatever the answer becomes; it may write a row of its own.
3. Another end than the one that was decided is a new question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Ending, Register
from kohyo.model.value import FieldValue
from kohyo.register.endings import with_proposed

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

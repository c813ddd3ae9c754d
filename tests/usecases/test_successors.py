"""Departments that were renamed, merged or split: what they sent still finds its department.

1. A form that went out under the old name comes back for the successor; the new name counts as having answered.
2. Forms that go out later bear the new name and the next round; the base of the earlier one stays.
3. Items and versions that name the old department belong to its successors.
4. What was received before keeps counting, once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

import kohyo
from kohyo.excel.definition_book.definition_writer import write_definition
from kohyo.excel.register_book import load_register
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.plan_people import Department, FormerDepartment
from kohyo.model.register import Register
from kohyo.usecases.distribute import items_of
from kohyo.workspace.issued_forms import load_bases
from tests.usecases.small import NOW, Small, codes, made_up_plan

OLD, NEW, OTHER = "市民局", "市民生活局", "地域局"


def _reorganised(**former: Any) -> Plan:  # noqa: ANN401 - what a former department has
    """Return the plan after 市民局 became 市民生活局, or that and 地域局."""
    plan = made_up_plan()
    departments: list[Department] = []
    for entry in plan.departments:
        if entry.name != OLD:
            departments.append(entry)
        else:
            departments += [Department(code="M1", name=NEW), Department(code="M2", name=OTHER)]
    gone = next(entry for entry in plan.departments if entry.name == OLD)
    past = FormerDepartment(code=gone.code, name=OLD, **{"successors": (NEW,), **former})
    return plan.model_copy(update={"departments": tuple(departments), "former": (past,)})


def _write(small: Small, plan: Plan) -> None:
    write_definition(small.workspace.definition, plan, created=datetime(2030, 6, 2))  # noqa: DTZ001 - as in an office


def _register(small: Small, plan: Plan) -> Register:
    return load_register(small.workspace.register, plan).register


@pytest.mark.parametrize("successors", [(NEW,), (NEW, OTHER)])
def test_a_form_comes_back_under_the_new_name(small: Small, successors: tuple[str, ...]) -> None:
    """Renamed, or split: the first successor answers for the old form (1)."""
    plan = _reorganised(successors=successors)
    small.send(OLD, {"2-1": {"overview": "電話でも受ける。"}})
    _write(small, plan)
    found = small.consolidate()
    (row,) = [row for row in _register(small, plan).receipts if row.file]
    assert (row.department, row.outcome) == (NEW, Outcome.ACCEPTED)
    assert NEW not in found.missing
    assert "K509" not in codes(found)
    item = next(one for one in _register(small, plan).items if str(one.number) == "2-1")
    assert item.overview == "電話でも受ける。"


def test_what_was_received_before_keeps_counting(small: Small) -> None:
    """Once, and under the name of today (4)."""
    path = small.send(OLD)
    small.consolidate()
    plan = _reorganised()
    _write(small, plan)
    path.unlink()
    small.send("東区役所")
    found = small.consolidate(NOW + timedelta(days=1))
    received = [row.department for row in _register(small, plan).receipts if row.file]
    assert sorted(received) == sorted([NEW, "東区役所"])
    assert NEW not in found.missing
    standing = next(one for one in kohyo.status(small.root).respondents if one.department == NEW)
    assert standing.state == "accepted"


def test_the_next_form_bears_the_new_name(small: Small) -> None:
    """The earlier base is not overwritten (2)."""
    before = load_bases(small.workspace)
    _write(small, _reorganised())
    assert NEW in kohyo.distribute(small.root).departments
    after = load_bases(small.workspace)
    assert {control: after[control] for control in before} == before
    (new,) = [issue for issue in after.values() if issue.department == NEW]
    assert new.round == 2


def test_items_belong_to_the_successors(small: Small) -> None:
    """Of a split department to both (3)."""
    plan = _reorganised(successors=(NEW, OTHER))
    numbers = {name: [str(item.number) for item in items_of(plan, small.register(), name)] for name in (NEW, OTHER)}
    assert numbers[NEW] == numbers[OTHER] == ["2-1", "3-1"]


def test_versions_still_find_their_department(small: Small) -> None:
    """A version of before is read and compared as ever (3)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    _write(small, _reorganised())
    assert dict(kohyo.diff(small.root, "素案", now=NOW).counts) == {}

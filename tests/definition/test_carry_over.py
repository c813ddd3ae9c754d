"""What a definition takes over from the one before it, and what changed between the two.

1. Whatever becomes of a definition, every field, sheet and perspective it ever had is known by its code, with what it
   was last called; a name that is in use again is not remembered as former.
2. Taking over twice is the same as once, and a definition that is like the one before remembers nothing.
3. What is written into a workbook knows nothing of it.
4. Every change is told by code, and of equal definitions none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.carry_over import as_written, carried_over
from kohyo.definition.changes import ChangeKind, DefinitionChange, definition_changes
from kohyo.definition.fields import all_fields, field_named, item_kind, register_fields
from kohyo.definition.load import plan_from_data
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import Remembered
from tests.definition.plans import bent, madeup_data

_OWN = ("schedule", "saving", "ratio", "state", "next_step")
"""Fields of the made-up plan that it may lose."""


def _plan(kept: Sequence[str], labels: Sequence[str], views: int) -> Plan:
    """Return the made-up plan with some of its fields, under other labels, and some of its perspectives."""

    def bend(data: dict[str, Any]) -> None:
        data["fields"] = [field for field in data["fields"] if field["name"] not in _OWN or field["name"] in kept]
        for field in data["fields"]:
            if field["name"] in _OWN and field["name"] != "schedule":
                field["label"] = labels[_OWN.index(field["name"])] + field["name"]
        data["perspectives"] = data["perspectives"][:views]

    return plan_from_data(bent(bend), "bent")


plans = st.builds(
    _plan,
    st.lists(st.sampled_from(_OWN), unique=True),
    st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=len(_OWN), max_size=len(_OWN)),
    st.integers(1, 4),
)


@settings(max_examples=12)
@given(st.lists(plans, min_size=2, max_size=3))
def test_nothing_that_ever_was_is_forgotten(definitions: list[Plan]) -> None:
    """Through any edits, each code is known and each former heading leads to a code that bore it (1)."""
    known, bore = definitions[0], set[tuple[str, str]]()
    for plan in definitions[1:]:
        bore |= {(field.name, field.register_label) for field in all_fields(known)}
        known = carried_over(plan, known)
    names = {field.name for field in register_fields(known)}
    assert names >= {field.name for plan in definitions for field in register_fields(plan)}
    assert {field.name for field in all_fields(known) if not field.retired} == {
        field.name for field in all_fields(definitions[-1])
    }
    for code, label in bore:
        field = field_named(known, code)
        assert label == field.register_label or label in field.former
        assert field.register_label not in field.former


@settings(max_examples=12)
@given(plans, plans)
def test_taking_over_again_changes_nothing(before: Plan, after: Plan) -> None:
    """The second time is the first; a definition like the one before has nothing to remember (2, 3)."""
    once = carried_over(after, before)
    assert carried_over(after, once) == once
    assert carried_over(before, before) == before
    assert as_written(once) == after
    assert carried_over(after, None) is after


def test_a_field_that_moves_to_another_sheet_keeps_its_old_column() -> None:
    """A field that items had and only proposals have now is still a column of 項目 (1)."""
    before = plan_from_data(madeup_data(), "before")
    moved = bent(lambda data: data["fields"][7].update(sheets=["idea"]))
    after = carried_over(plan_from_data(moved, "after"), before)
    name = moved["fields"][7]["name"]
    (field,) = [field for field in register_fields(after) if field.name == name]
    assert field.retired
    assert [kept.name for kept in register_fields(after, "idea") if kept.name == name and not kept.retired] == [name]
    assert item_kind(after) == item_kind(before)


def _changes(bend: Any) -> tuple[DefinitionChange, ...]:  # noqa: ANN401 - any function of the data
    return definition_changes(plan_from_data(madeup_data(), "a"), plan_from_data(bent(bend), "b"))


@pytest.mark.parametrize(
    ("bend", "kind", "sheet", "code"),
    [
        (lambda data: data["fields"][8].update(label="成果の割合"), ChangeKind.RENAMED, "fields", "ratio"),
        (lambda data: data["fields"][8].update(hint="割合"), ChangeKind.CHANGED, "fields", "ratio"),
        (lambda data: data["fields"].pop(8), ChangeKind.GONE, "fields", "ratio"),
        (lambda data: data["fields"].insert(0, data["fields"].pop(8)), ChangeKind.MOVED, "fields", "ratio"),
        (lambda data: data["goals"][0].update(name="別の目標"), ChangeKind.RENAMED, "goals", "1"),
        (lambda data: data["choices"][0]["values"].append("新しい"), ChangeKind.ADDED, "choices", "state:新しい"),
        (lambda data: data["matrix"].update(suffix="ほか"), ChangeKind.CHANGED, "matrix", ""),
        (lambda data: data["plan"].update(version="第二版"), ChangeKind.CHANGED, "plan", ""),
    ],
)
def test_a_change_is_told_by_code(bend: Any, kind: ChangeKind, sheet: str, code: str) -> None:  # noqa: ANN401
    """One edit is one change (4)."""
    (change,) = _changes(bend)
    assert (change.kind, change.sheet, change.code) == (kind, sheet, code)


def test_equal_definitions_have_no_changes() -> None:
    """Nothing is told of a definition that was saved again (4)."""
    assert _changes(lambda _data: None) == ()
    assert plan_from_data(madeup_data(), "a").remembered == Remembered()

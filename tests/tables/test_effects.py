"""The list of effects (効果額一覧).

E1  a column in which no figure stands is not printed, nor is its note; the twin has it always
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.tables.effects import effect_tables
from tests.tables.small_plan import item


@pytest.mark.parametrize(("told", "shown"), [("確認の手間が減る。", False), ("年に120時間", True)])
def test_hours(plan: Plan, told: str, shown: bool) -> None:  # noqa: FBT001 - a parameter
    """E1: Words alone, and a figure."""
    made = item(plan, "1-1", "?" * len(plan.perspectives), owners="総務部")
    register = Register(items=(replace(made, values={**made.values, "effect_time": told}),))
    sums = effect_tables(plan, register)[0]
    assert ("hours" in [column.key for column in sums.columns]) is shown
    assert any("120時間" in note for note in sums.notes) is shown
    assert "hours" in [column.key for column in sums.record_columns]
    assert all(len(row.cells) == len(sums.columns) for row in (*sums.head, *sums.body))

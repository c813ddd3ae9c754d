"""Plans are told apart at one look, by their marks, just as by all that they say.

1. Two plans are equal where pydantic finds every part equal, whichever part of another plan one of them has.
2. Equal plans have one hash, also a copy of one whose mark was known; a table's row has its columns in any order.
3. A plan as one survey asks it is none of the whole.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kohyo.definition.load import shipped
from kohyo.model.plan import Plan, SurveyPlan
from kohyo.model.plan_years import Survey
from tests.usecases.small import made_up_plan

PARTS = tuple(Plan.model_fields)
PLANS = (made_up_plan(), shipped("setagaya-r6"), shipped("blank"))


def _agree(one: Plan, other: Plan) -> bool:
    """Tell whether two plans are equal, and that every way to ask says so."""
    equal = BaseModel.__eq__(one, other)
    assert (one == other, other == one, one != other) == (equal, equal, not equal)
    assert (hash(one) == hash(other)) == equal
    return equal


@settings(max_examples=30)
@given(one=st.sampled_from(PLANS), other=st.sampled_from(PLANS), parts=st.sets(st.sampled_from(PARTS), max_size=3))
def test_equal_is_what_says_the_same(one: Plan, other: Plan, parts: set[str]) -> None:
    """A plan with some parts of another (1, 2)."""
    hash(one)
    mixed = one.model_copy(update={part: getattr(other, part) for part in parts})
    again = Plan.model_validate_json(mixed.model_dump_json())
    assert _agree(mixed, again)
    assert _agree(one, mixed) == all(getattr(one, part) == getattr(other, part) for part in parts)


def test_the_order_of_a_rows_columns_says_nothing() -> None:
    """It is that in which they were read (2)."""
    plan = shipped("setagaya-r6")
    turned = tuple(
        table.model_copy(update={"rows": tuple(dict(reversed(row.items())) for row in table.rows)})
        for table in plan.tables
    )
    assert any(len(row) > 1 for table in turned for row in table.rows)
    assert _agree(plan, plan.model_copy(update={"tables": turned}))


@pytest.mark.parametrize("row", [0, -1])
def test_what_a_row_says_counts(row: int) -> None:
    """One value less is another plan (1)."""
    plan = shipped("setagaya-r6")
    table = plan.tables[row]
    less = table.model_copy(update={"rows": table.rows[:-1]})
    assert not _agree(plan, plan.model_copy(update={"tables": tuple(less if t is table else t for t in plan.tables)}))


def test_a_survey_is_none_of_the_whole() -> None:
    """A view of the plan that holds every part of it says something else (3)."""
    plan = made_up_plan()
    survey = Survey(key="first", name="上半期", issued=plan.cycle.issued, closes=plan.cycle.closes)
    assert not _agree(plan, SurveyPlan.model_construct(survey=survey, **{name: getattr(plan, name) for name in PARTS}))

"""The definition a year later, for every year that is still to come.

1. Whatever rounds a sound definition names, in whatever order of its rows, every year of the plan is a sound one: what
   the turn of a year moves does not contradict itself, and no day of a hearing falls on another.
2. The rounds of a year are held in the order of their days, each within the year; of none the deadline comes first.
3. What would only contradict itself in a later year is told beforehand, with that year.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.checks import contradictions
from kohyo.definition.load import plan_from_data
from kohyo.definition.next_year import coming_years
from kohyo.definition.surveys import surveys_of
from kohyo.errors import DefinitionError
from kohyo.messages import describe_problem
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from tests.definition.plans import bent, madeup_data

_PHASES = ("", "focus", "verification")
_YEARS = (2030, 2031, 2032)
_DAYS = st.dates(date(2030, 4, 1), date(2033, 3, 31))
_HEARD = st.lists(st.sampled_from([date(2032, 2, day) for day in (27, 28, 29)]), unique=True)


@st.composite
def _in_rounds(draw: st.DrawFn) -> dict[str, Any]:
    """Return the made-up plan with rounds of any days, phases and order, a hearing at February's end among them."""
    phases = [draw(st.sampled_from(_PHASES[1:])) for _ in _YEARS]
    year = draw(st.sampled_from(_YEARS))
    rounds = []
    for place in range(draw(st.integers(0, 4))):
        issued = draw(_DAYS)
        closes = issued + timedelta(days=draw(st.integers(0, 60)))
        phase = draw(st.sampled_from(_PHASES))
        rounds.append({"key": f"r{place}", "name": f"{place}回", "issued": issued, "closes": closes, "phase": phase})
    days = [{"day": day, "rooms": ["一"], "slots": ["9:00～9:30"]} for day in draw(_HEARD)]
    plan = bent(lambda data: data["cycle"].update(year=year))
    years = [{"year": year, "phase": phase} for year, phase in zip(_YEARS, phases, strict=True)]
    return {**plan, "surveys": rounds, "hearings": days, "years": years if draw(st.booleans()) else []}


@settings(max_examples=12, deadline=None, derandomize=True)
@given(data=_in_rounds())
def test_every_year_of_a_sound_plan_is_sound(data: dict[str, Any]) -> None:
    """Year after year (1, 2)."""
    plan = Plan.model_validate(data)
    assert contradictions(plan) == ()
    for before, after in pairwise((plan, *islice(coming_years(plan), len(_YEARS)))):
        assert contradictions(after) == ()
        assert after.cycle.year == before.cycle.year + 1
        days = [survey.issued for survey in surveys_of(after)]
        assert days == sorted(days)
        assert all(survey.issued <= survey.closes for survey in after.surveys)
        assert [survey.key for survey in after.surveys] == [survey.key for survey in before.surveys]
    if plan.years:
        assert [later.cycle.year for later in coming_years(plan)] == [year for year in _YEARS if year > plan.cycle.year]


def test_a_round_that_waits_is_held_in_its_year() -> None:
    """The one of the last year stays behind no other, wherever its row stands (2)."""
    half = {"key": "half", "name": "上半期", "issued": "2030-09-02", "closes": "2030-09-30"}
    last = {"key": "last", "name": "検証", "issued": "2032-04-19", "closes": "2032-06-14", "phase": "verification"}
    for rows in ([half, last], [last, half]):
        *_, final = coming_years(Plan.model_validate({**madeup_data(), "surveys": rows}))
        assert [survey.key for survey in surveys_of(final)] == ["last", "half"]
        assert {FiscalYear.of(survey.issued).year for survey in surveys_of(final)} == {2032}


def test_what_collides_later_is_told_beforehand() -> None:
    """A label that tells a year of its own is another's in that year (3)."""

    def again(data: dict[str, Any]) -> None:
        own = next(rule for rule in data["fields"] if rule["label"] == "{cycle}の削減額")
        data["fields"].append({**own, "name": "saved_then", "label": "令和14年度の削減額", "register_label": ""})

    with pytest.raises(DefinitionError) as caught:
        plan_from_data(bent(again), "架空")
    assert "令和14年度になると、「令和14年度の削減額」が" in describe_problem(caught.value)

"""The headings of other years are known in every year that a plan may be in, the first and the last of all included."""

from __future__ import annotations

import pytest

from kohyo.excel.register_book.yearly import other_years
from kohyo.model.plan import Plan
from kohyo.model.plan_years import FIRST_YEAR, LAST_YEAR


@pytest.mark.parametrize("year", [FIRST_YEAR, FIRST_YEAR + 7, LAST_YEAR])
def test_a_plan_without_years(plan: Plan, year: int) -> None:
    """Those of the years beside it are known, its own headings are none of them."""
    cycle = plan.cycle.model_copy(update={"year": year})
    timeless = plan.model_copy(update={"years": (), "cycle": cycle})
    assert "cycle_issue" in other_years(timeless, "items").values()

"""What is told of the days of teams (ＰＴ).

1. An end before the start is told with both; the same day, or a later one, is an end.
2. Without a start the year of the team is its start; where neither is known, or a day is none, there is no order.
"""

from __future__ import annotations

import pytest

from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Register, Team
from kohyo.register.open_form_findings import team_contradictions


@pytest.mark.parametrize(
    ("year", "started", "ended", "began"),
    [
        (0, "令和6年9月2日", "令和6年9月1日", "令和6年9月2日"),
        (2024, "R7.4.1", "2025-03-31", "令和7年4月1日"),
        (0, "令和6年9月2日", "令和6年9月2日", None),
        (0, "令和6年9月2日", "2025/3/31", None),
        (2025, "令和6年9月2日", "2025/3/31", None),
        (2025, "", "2025/3/31", "令和7年度"),
        (2025, "", "2025/4/1", None),
        (0, "", "2025/3/31", None),
        (2025, "秋ごろ", "2025/3/31", None),
        (2025, "令和6年9月2日", "春ごろ", None),
        (2025, "令和6年9月2日", "", None),
    ],
)
def test_an_end_before_the_start_is_told(plan: Plan, year: int, started: str, ended: str, began: str | None) -> None:
    """However the days are written (1, 2)."""
    register = Register(teams=(Team(title="案内チーム", year=year, started=started, ended=ended),))
    told = [found for found in team_contradictions(plan, register, Place("台帳.xlsx")) if found.code == "K464"]
    assert [(one.field, one.value, one.context["began"]) for one in told] == [("案内チーム", ended, began)] * bool(
        began
    )

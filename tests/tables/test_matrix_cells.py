"""Spelling of the matrix (体系表).

1. The curated entries spell the plan's 26 printed cells letter by letter; 4 cells stay empty.
2. 【再掲】 stands seven times: after an entry or member all of whose items appeared before in the same goal.
3. Identity decides, not wording; the order of perspectives decides, not the order of entries in the register.
4. Separator, suffix, parentheses and the mark come from the definition.
"""

from __future__ import annotations

import pytest

from kohyo.model.matrix import MatrixEntry
from kohyo.model.plan import Plan
from kohyo.tables.matrix_cells import cells
from tests.tables import real_plan
from tests.tables.small_plan import entry, small_plan


def test_printed_cells(plan: Plan) -> None:
    """Every cell that the plan prints is spelled letter by letter (1)."""
    printed = real_plan.printed_cells(plan)
    spelled = {address: text for address, text in cells(plan, real_plan.entries(plan)).items() if text}
    assert spelled == printed
    assert len(printed) == 26


def test_empty_cells(plan: Plan) -> None:
    """The four cells without entries are there, and empty (1)."""
    spelled = cells(plan, real_plan.entries(plan))
    empty = [address for address, text in spelled.items() if not text]
    assert len(spelled) == 30
    assert empty == [(1, "people"), (2, "people"), (3, "facilities"), (5, "facilities")]


def test_seven_cross_listings(plan: Plan) -> None:
    """The mark stands as often as in the plan (2)."""
    assert "".join(cells(plan, real_plan.entries(plan)).values()).count("【再掲】") == 7


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry("people", "甲:1-1"), entry("money", "乙:1-1")], "乙(再)ほか"),
        ([entry("people", "甲:1-1"), entry("money", "甲:1-2")], "甲ほか"),
        ([entry("people", "甲:1-1"), entry("money", "両方:1-1+1-2")], "両方ほか"),
        ([entry("people", "両方:1-1+1-2"), entry("money", "乙:1-2")], "乙(再)ほか"),
        ([entry("money", "乙:1-1"), entry("people", "甲:1-1")], "乙(再)ほか"),
        ([entry("people", "甲:2-1", goal=2), entry("money", "乙:2-1")], "乙ほか"),
        ([entry("people", "団体"), entry("money", "団体")], "団体ほか"),
        ([entry("money", "乙:1-1"), entry("money", "丙:1-2")], "乙／丙ほか"),
        ([entry("money", "乙:1-1"), entry("money", "丙:1-1")], "乙／丙(再)ほか"),
        ([entry("money", "団体Ａ:1-1", "団体Ｂ:1-1", heading="事業")], "事業〔団体Ａ／団体Ｂ〕ほか"),
        (
            [entry("people", "甲:1-1"), entry("money", "乙:1-1", "丙:1-2", heading="事業")],
            "事業〔乙(再)／丙〕ほか",
        ),
        (
            [entry("people", "甲:1-1+1-2"), entry("money", "乙:1-1", "丙:1-2", heading="事業")],
            "事業〔乙／丙〕(再)ほか",
        ),
        (
            [entry("people", "甲:1-1"), entry("money", "乙:1-1", "団体", heading="事業")],
            "事業〔乙(再)／団体〕ほか",
        ),
    ],
)
def test_rules_of_spelling(plan: Plan, entries: list[MatrixEntry], expected: str) -> None:
    """What appeared before in the goal is marked, once, in the definition's own words (2, 3, 4)."""
    assert cells(small_plan(plan), entries)[1, "money"] == expected


def test_no_entries_no_suffix(plan: Plan) -> None:
    """A cell without entries says nothing at all, not even that there is more (4)."""
    assert set(cells(small_plan(plan), []).values()) == {""}

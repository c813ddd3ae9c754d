"""The year's schedule (スケジュール).

1. Every milestone of the documents, days with their weekday, months and spans as printed.
2. A deadline of the definition that no milestone stands for is told as well.
3. Machines have the ends of each span as ISO dates beside the Japanese.
"""

from __future__ import annotations

from kohyo.definition.load import load_toml
from kohyo.model.plan import Plan
from kohyo.tables.schedule import schedule
from tests.definition.plans import MADEUP
from tests.golden import facts
from tests.tables.reading import assert_sound, body, column


def test_as_the_documents_have_it(plan: Plan) -> None:
    """All milestones in their order (1)."""
    printed = [milestone["what"] for milestone in facts("schedule")]
    assert column(schedule(plan), "what") == printed
    assert len(printed) == 15


def test_days_months_and_spans(plan: Plan) -> None:
    """17 April 2024 was a Wednesday (1)."""
    assert body(schedule(plan))[2] == ["令和6年4月17日（水）", "部長会にて依頼（調査票の送付）"]
    assert ["令和6年7月", "各課ヒアリング"] in body(schedule(plan))
    assert ["令和6年10月～令和7年1月", "令和7年度修正計画に向けた個票調整"] in body(schedule(plan))


def test_deadlines_that_no_milestone_tells() -> None:
    """The made-up plan's open form closes on a day of its own, between two milestones (2)."""
    plan = load_toml(MADEUP)
    assert body(schedule(plan)) == [
        ["令和12年5月7日（火）", "照会票の送付"],
        ["令和12年6月28日（金）", "照会票の締切"],
        ["令和12年7月1日（月）", "市長への手紙の締切"],
        ["令和12年11月～令和13年1月", "次年度の調整"],
    ]


def test_a_plan_without_milestones(plan: Plan) -> None:
    """When the forms go out and when each is due is always told (2)."""
    bare = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"milestones": ()})})
    assert [row[1] for row in body(schedule(bare))] == [
        "調査票の送付",
        "個人提案の締切",
        "調査票の締切",
        "提案型プロジェクトチームの締切",
    ]


def test_twin(plan: Plan) -> None:
    """Both ends of a span; of a day twice the day (3)."""
    table = schedule(plan)
    assert_sound(table)
    ends = [(record["begins"], record["ends"]) for record in table.records]
    assert ("2024-04-17", "2024-04-17") in ends
    assert ("2024-10", "2025-01") in ends

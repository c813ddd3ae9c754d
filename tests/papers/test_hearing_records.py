"""The sheets on which a hearing is written down (記録用紙): everything that a department is asked stands there once."""

from __future__ import annotations

from datetime import date

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.hearing import hearing_records
from kohyo.papers.occasion import Occasion
from tests.tables.small_plan import item
from tests.tables.test_sent import sent


def test_what_was_sent_for_the_whole_department_stands_once(plan: Plan) -> None:
    """After the items of its divisions, under the whole department."""
    items = [
        item(plan, number, "o-----", owners="土木部").with_value("division", division)
        for number, division in (("1-1", "甲課"), ("1-2", "乙課"))
    ]
    issue = sent("issue", issue_text="遅い。")
    (paper,) = hearing_records(Occasion(plan, Register(tuple(items), submissions=(issue,)), date(2024, 7, 3)))
    rows = paper.fields["rows"]
    assert isinstance(rows, list)
    assert [(row["division"], row["number"]) for row in rows] == [
        ("甲課", "1-1"),
        ("乙課", "1-2"),
        ("部全体", "－"),
    ]
    assert rows[-1]["title"] == "課題：遅い。"

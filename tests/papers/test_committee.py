"""The reports to the committee (常任委員会報告).

1. The list names what changed in more than its number; how many changed in the number alone is said in a sentence.
2. A note of what is marked stands only where anything is; what comes after the report stands under it, not itself.
"""

from __future__ import annotations

from datetime import date

from kohyo.model.comparison import Comparison, Difference, Revision
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.committee import midyear_reports, revised_reports
from kohyo.papers.occasion import Occasion
from kohyo.papers.paper import Paper


def _item(place: int, number: str) -> Item:
    known = ItemNumber.parse(number)
    return Item(ItemId(f"K{place:04d}"), known, {"number": number, "goal": known.goal, "title": f"取組み{place}"})


MOVED = Revision((_item(1, "2-3"),), (_item(1, "2-4"),), (Difference.RENUMBERED,))
REVISED = Revision((_item(2, "2-1"),), (_item(2, "2-5"),), (Difference.RENUMBERED, Difference.REVISED), ("overview",))
ADDED = Revision((), (_item(3, "2-3"),), (Difference.ADDED,))


def _occasion(plan: Plan, day: date, *revisions: Revision) -> Occasion:
    compared = Comparison("令和6年度", "案", revisions)
    return Occasion(plan, Register(), day, compared, coming=compared)


def _told(paper: Paper, rows: str, name: str) -> list[object]:
    filling = paper.fields[rows]
    assert isinstance(filling, list)
    return [row[name] for row in filling]


def test_what_changed_in_its_number_alone_is_counted(plan: Plan) -> None:
    """The list has the others (1); a number that is another is marked, and said to be (2)."""
    (paper,) = revised_reports(_occasion(plan, date(2025, 2, 3), MOVED, REVISED, ADDED))
    assert _told(paper, "list", "number") == ["2-5", "2-3"]
    assert "1件" in str(paper.fields["others"])
    assert "下線" in str(paper.fields["note"])
    assert paper.fields["milestones"] == []


def test_additions_alone(plan: Plan) -> None:
    """Nothing is marked, nothing moved; September is the report's own month (2)."""
    (paper,) = midyear_reports(_occasion(plan, date(2024, 9, 2), MOVED, ADDED))
    assert (paper.fields["others"], paper.fields["note"]) == ("", "")
    assert _told(paper, "milestones", "when") == ["令和6年10月～令和7年1月", "令和7年2月"]

"""What the other owners of an item say for themselves, on the tables that show an item whole.

1. Item sheets, yearly sheets and hearing papers print the lead's text first, then each other owner's, in the order of
   the organisation; one who said nothing has no row, and the lead's own answers stand there once.
2. While a question waits, the working tables mark its field (確認中); a table for the public marks nothing.
"""

from __future__ import annotations

from dataclasses import replace

from kohyo.model.plan import Plan
from kohyo.model.register import Contribution, Register
from kohyo.model.table import Table
from kohyo.tables.hearing import hearing_tables
from kohyo.tables.item_sheets import item_sheet_tables
from kohyo.tables.yearly_sheets import yearly_sheet_tables
from tests.tables.reading import assert_sound, texts
from tests.tables.small_plan import conflict, item, item_id

OWNERS = "土木部、総務部、財務部、障害福祉部"


def _register(plan: Plan) -> Register:
    made = item(plan, "2-1", "o?????", owners=OWNERS)
    values = {**made.values, "situation": "窓口が混む。", "result": "主の実績。", "division": "管理課"}
    own = {
        "総務部": {"result": "総務の実績。", "progress": "遅れ"},
        "財務部": {},
        "土木部": {"result": "主の実績。"},
        "障害福祉部": {"result": "福祉の実績。"},
    }
    return Register(
        items=(replace(made, values=values),),
        contributions=tuple(Contribution(made.id, name, said) for name, said in own.items()),
        conflicts=(conflict(item_id("2-1"), "situation"),),
    )


def _rows(table: Table) -> list[list[str]]:
    assert_sound(table)
    return [[text for text in texts(row) if text] for row in table.body]


def test_on_the_item_sheet(plan: Plan) -> None:
    """Below the band of results stand the other owners, and nowhere the lead (1)."""
    rows = _rows(item_sheet_tables(plan, _register(plan))[1])
    place = rows.index(["実績", "主の実績。"])
    below = [row for row in rows[place:] if row[0] in OWNERS]
    assert below == [["総務部", "進捗：遅れ　実績：総務の実績。"], ["障害福祉部", "実績：福祉の実績。"]]


def test_on_the_yearly_sheets(plan: Plan) -> None:
    """The surveyed year has a row for each of them, below the lead's; the other years have none (1)."""
    surveyed, *others = yearly_sheet_tables(plan, _register(plan))
    rows = _rows(surveyed)
    place = next(at for at, row in enumerate(rows) if row[0] == "2-1")
    assert rows[place + 1 : place + 3] == [
        ["総務部", "実績：総務の実績。", "遅れ"],
        ["障害福祉部", "実績：福祉の実績。"],
    ]
    assert not any(row[0] in ("総務部", "障害福祉部") for table in others for row in _rows(table))


def test_on_the_hearing_papers(plan: Plan) -> None:
    """The lead's page tells what the others say under a band of its own (1)."""
    (page,) = hearing_tables(plan, _register(plan))[1:]
    rows = _rows(page)
    place = rows.index(["ほかの所管部の回答"])
    assert [row[1] for row in rows[place + 1 : place + 3]] == ["総務部", "障害福祉部"]


def test_what_waits_is_marked(plan: Plan) -> None:
    """The heading of the field says 確認中; without the question it says its name alone (2)."""
    register = _register(plan)
    marked = {row[0] for row in _rows(item_sheet_tables(plan, register)[1])}
    plain = {row[0] for row in _rows(item_sheet_tables(plan, replace(register, conflicts=()))[1])}
    assert "現状・課題\n（確認中）" in marked
    assert "現状・課題" in plain
    assert not any("確認中" in heading for heading in plain)

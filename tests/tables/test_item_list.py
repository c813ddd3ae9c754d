"""The list of items (取組み一覧).

1. A band per goal, then its items in the order of their numbers, 1-10 after 1-9.
2. Each perspective is a column that shows its label in every row; the mark says 該当, 非該当 or 不明.
3. Two heading rows: one heading stands over all perspectives.
4. The twin holds one record per item, ticks as signs.
"""

from __future__ import annotations

from kohyo.model.plan import Plan
from kohyo.tables.item_list import item_list
from tests.golden import facts
from tests.tables import real_plan
from tests.tables.small_plan import item, small_plan


def test_bands_and_order(plan: Plan) -> None:
    """Items follow the band of their goal; a goal without items has none (1)."""
    small = small_plan(plan)
    table = item_list(small, [item(small, "2-10", "----"), item(small, "1-1", "----"), item(small, "2-9", "----")])
    assert [row.cells[0].text for row in table.body if row.cells[0]] == [
        "到達点1　目標その1",
        "1-1",
        "到達点2　目標その2",
        "2-9",
        "2-10",
    ]
    assert [row.keep_with_next for row in table.body] == [True, False, True, False, False]


def test_labels_in_every_row(plan: Plan) -> None:
    """The label is printed whatever the tick; only the mark differs (2)."""
    small = small_plan(plan)
    cells = item_list(small, [item(small, "1-1", "o-?o")]).body[1].cells[3:7]
    assert [(cell.text, cell.mark) for cell in cells if cell] == [
        ("人", "yes"),
        ("財源", "no"),
        ("調べもの", "unknown"),
        ("物", "yes"),
    ]


def test_missing_tick_is_unknown(plan: Plan) -> None:
    """What nobody has said is unknown, never 非該当 (2)."""
    small = small_plan(plan)
    plain = item(small, "1-1", "----").with_value("tick_people", None)
    cell = item_list(small, [plain]).body[1].cells[3]
    assert cell is not None
    assert cell.mark == "unknown"


def test_heading(plan: Plan) -> None:
    """The perspectives stand under one merged heading, all others span both rows (3)."""
    upper, lower = item_list(small_plan(plan), []).head
    assert [(cell.text, cell.across, cell.down) for cell in upper.cells if cell] == [
        ("番号", 1, 2),
        ("項目名", 1, 2),
        ("概要", 1, 2),
        ("改善の視点", 4, 1),
        ("所管部", 1, 2),
    ]
    assert [cell.text for cell in lower.cells if cell] == ["人", "財源", "調べもの", "物"]


def test_heading_of_the_plan(plan: Plan) -> None:
    """The plan's list has the heading that its document prints (3)."""
    heads = [[cell.text if cell else "" for cell in row.cells] for row in item_list(plan, []).head]
    assert heads == facts("list_heading")


def test_records(plan: Plan) -> None:
    """A record says everything in plain values (4)."""
    small = small_plan(plan)
    assert item_list(small, [item(small, "1-1", "o-?o")]).records == (
        {
            "goal": 1,
            "goal_name": "目標その1",
            "number": "1-1",
            "title": "項目1-1",
            "overview": "1-1の概要。",
            "tick_people": "○",
            "tick_money": "－",
            "tick_unknown": "不明",
            "tick_items": "○",
            "owners": "総務課",
        },
    )


def test_the_plan_lists_93_items(plan: Plan) -> None:
    """The plan's list has 93 rows under five bands (1, 4)."""
    table = item_list(plan, real_plan.items(plan))
    assert len(table.records) == 93
    assert len(table.body) == 98

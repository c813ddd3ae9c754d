"""The matrix as tables (体系表（抜粋）, 体系表（全件）).

1. The excerpt prints the 26 cells and leaves the empty ones out; goals span their rows.
2. The full matrix holds every item of the plan, so that none of the 93 is missing.
3. Curated entries stand first and as they are, other ticked items by number and title, 【再掲】 by the same rule.
4. What nothing is known of stands under 視点不明, what was denied everywhere under 該当なし.
5. Any plan will do: other goals, other perspectives, other words.
"""

from __future__ import annotations

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.tables.matrix import excerpt, full, matrix_tables
from tests.golden import facts
from tests.tables import real_plan
from tests.tables.small_plan import entry, item, small_plan


def _lines(table: Table) -> list[tuple[object, ...]]:
    return [(record["goal"], record["perspective"], record["numbers"], record["text"]) for record in table.records]


def test_excerpt_prints_what_the_plan_prints(plan: Plan) -> None:
    """One row per printed cell, in the plan's order, with the letters of the plan (1)."""
    table = excerpt(plan, real_plan.items(plan), real_plan.entries(plan))
    printed = real_plan.printed_cells(plan)
    assert [row.cells[-1].text for row in table.body if row.cells[-1]] == [
        printed[goal.code, entry.key]
        for goal in plan.goals
        for entry in plan.perspectives
        if (goal.code, entry.key) in printed
    ]
    spans = [row.cells[0].down for row in table.body if row.cells[0] is not None]
    assert spans == [5, 5, 5, 6, 5]


def test_goals_are_named_as_the_plan_prints_them(plan: Plan) -> None:
    """The excerpt's goals, and the bands of the list, bear the printed names (1)."""
    printed = [(goal["goal"], goal["matrix"], goal["list"]) for goal in facts("goals")]
    assert [(goal.code, goal.name, goal.list_name) for goal in plan.goals] == printed


def test_excerpt_records_carry_the_numbers(plan: Plan) -> None:
    """The twin of a cell names the items behind it, each once (1)."""
    table = excerpt(plan, real_plan.items(plan), real_plan.entries(plan))
    assert table.records[0]["numbers"] == "1-7、1-11、1-21"


def test_excerpt_of_nothing(plan: Plan) -> None:
    """Without curated entries every goal still stands there and says so (1)."""
    table = excerpt(plan, [], [])
    assert len(table.body) == len(plan.goals)
    assert not table.records


def test_full_matrix_misses_no_item(plan: Plan) -> None:
    """All 93 items are in the full matrix, 37 of them under 視点不明 (2, 4)."""
    table = full(plan, real_plan.items(plan), real_plan.entries(plan))
    listed = {number for record in table.records for number in str(record["numbers"]).split("、")}
    assert listed == {str(entry.number) for entry in real_plan.items(plan)}
    assert len(listed) == 93
    assert sum(record["perspective"] == "視点不明" for record in table.records) == 37


def test_full_matrix_lists_by_title_what_is_not_curated(plan: Plan) -> None:
    """Curated entries come first, the rest by number; what was listed before is marked (3)."""
    small = small_plan(plan)
    items = [item(small, "1-10", "oo--"), item(small, "1-2", "oo--"), item(small, "1-1", "-o--")]
    table = full(small, items, [entry("money", "まとめ:1-1+1-2", heading="")])
    assert _lines(table) == [
        (1, "人", "1-2", "項目1-2"),
        (1, "人", "1-10", "項目1-10"),
        (1, "財源", "1-1、1-2", "まとめ"),
        (1, "財源", "1-10", "項目1-10(再)"),
    ]
    assert [record["cross_listed"] for record in table.records] == ["", "", "", "○"]


def test_full_matrix_tells_unknown_from_none(plan: Plan) -> None:
    """An item that may still fall under a perspective is unknown; one denied everywhere falls under none (4)."""
    small = small_plan(plan)
    table = full(small, [item(small, "2-1", "----"), item(small, "2-2", "--?-")], [])
    assert _lines(table) == [(2, "視点不明", "2-2", "項目2-2"), (2, "該当なし", "2-1", "項目2-1")]


def test_curated_item_without_tick_is_not_listed_twice(plan: Plan) -> None:
    """An item that a curated entry shows is not said to be unknown as well (3, 4)."""
    small = small_plan(plan)
    table = full(small, [item(small, "1-1", "????")], [entry("people", "甲:1-1")])
    assert _lines(table) == [(1, "人", "1-1", "甲")]


def test_sheets_of_another_plan(plan: Plan) -> None:
    """The workbook of a plan with three goals and four perspectives has its own 3×4 grid (5)."""
    names = [table.name for table in matrix_tables(small_plan(plan), Register())]
    assert names == ["体系表（抜粋）", "体系表（全件）", "3×4表", "件数", "部別"]


def test_every_row_is_as_wide_as_its_table(plan: Plan) -> None:
    """Every row has one place per column, and spans cover exactly the places that are empty (5)."""
    tables = matrix_tables(plan, Register(tuple(real_plan.items(plan)), tuple(real_plan.entries(plan))))
    assert len(tables) == 5
    for table in tables:
        for rows in (table.head, table.body):
            assert all(len(row.cells) == len(table.columns) for row in rows)
            covered = [
                (place + down, column + across)
                for place, row in enumerate(rows)
                for column, cell in enumerate(row.cells)
                if cell is not None
                for down in range(cell.down)
                for across in range(cell.across)
            ]
            assert len(covered) == len(set(covered)) == len(rows) * len(table.columns)


def test_notes_speak_of_the_plans_own_mark(plan: Plan) -> None:
    """What is explained below a table is the mark that stands in it, whatever the plan (5)."""
    for own in (plan, small_plan(plan)):
        notes = "".join((*excerpt(own, [], []).notes, *full(own, [], []).notes))
        assert notes.count(f"{own.matrix_wording.cross_listed}は、") == 2

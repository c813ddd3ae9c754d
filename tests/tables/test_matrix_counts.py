"""The matrix in figures (5×6表, 件数, 部別).

1. The grid holds the numbers of the ticked items, goals down and perspectives across.
2. 件数: the 63 proven ticks on 56 items; every item is one of 実数, 視点不明, 該当なし.
3. 部別: departments in the order of the organisation; a shared item counts for each owner and once in the total.
4. Collective names expand by the definition; who nobody knows has a row of its own; leads add up to the items.
"""

from __future__ import annotations

from kohyo.definition.fields import tick_name
from kohyo.model.plan import Plan
from kohyo.tables.matrix_departments import by_department
from kohyo.tables.matrix_grid import counts, grid
from tests.tables import real_plan
from tests.tables.small_plan import item, small_plan


def test_grid_of_numbers(plan: Plan) -> None:
    """A cell lists numbers in order, a few a line; what is unknown has a column of its own (1)."""
    small = small_plan(plan)
    items = [item(small, f"1-{serial}", "o---") for serial in (5, 4, 3, 2, 1)] + [item(small, "1-6", "?---")]
    table = grid(small, items)
    assert table.records[0][tick_name(small.perspectives[0])] == "1-1、1-2、1-3、1-4、1-5"
    assert table.records[0]["unknown"] == "1-6"
    cell = table.body[0].cells[2]
    assert cell is not None
    assert cell.text == "1-1、1-2\n1-3、1-4\n1-5"


def test_grid_heading_spans_the_perspectives(plan: Plan) -> None:
    """One heading stands over all perspectives, however many there are (1)."""
    small = small_plan(plan)
    heads = [cell for cell in grid(small, [item(small, "1-6", "?---")]).head[0].cells if cell is not None]
    assert [(cell.text, cell.across, cell.down) for cell in heads] == [
        ("到達点", 2, 2),
        ("改善の視点", 4, 1),
        ("視点不明", 1, 2),
    ]


def test_what_is_known_of_all_has_no_column_for_the_unknown(plan: Plan) -> None:
    """A column in which nothing stands is not printed; the twin has it (1)."""
    small = small_plan(plan)
    table = grid(small, [item(small, "1-1", "o---")])
    assert [column.key for column in table.columns if column.key == "unknown"] == []
    assert table.record_columns[-1].key == "unknown"


def test_counts_of_the_plan(plan: Plan) -> None:
    """The printed matrix proves 63 ticks on 56 of 93 items; 37 are not known yet (2)."""
    total = counts(plan, real_plan.items(plan)).records[-1]
    assert {key: total[key] for key in ("listed", "distinct", "unknown", "none", "items")} == {
        "listed": 63,
        "distinct": 56,
        "unknown": 37,
        "none": 0,
        "items": 93,
    }


def test_counts_add_up(plan: Plan) -> None:
    """Goals add up to the total; 実数, 視点不明 and 該当なし add up to the items (2)."""
    small = small_plan(plan)
    items = [
        item(small, "1-1", "oo--"),
        item(small, "1-2", "----"),
        item(small, "2-1", "?---"),
        item(small, "3-1", "o?--"),
    ]
    *goals, total = counts(small, items).records
    keys = [column.key for column in counts(small, items).columns[2:]]
    assert {key: sum(int(str(goal[key])) for goal in goals) for key in keys} == {key: total[key] for key in keys}
    for record in (*goals, total):
        assert [record[key] for key in ("distinct", "unknown", "none")].count(None) == 0
        assert sum(int(str(record[key])) for key in ("distinct", "unknown", "none")) == record["items"]
    assert total["listed"] == 3
    assert total["distinct"] == 2


def test_perspective_named_like_a_column(plan: Plan) -> None:
    """A perspective whose key is also the key of a sum keeps its own figures (2)."""
    small = small_plan(plan)
    record = counts(small, [item(small, "1-1", "--o-")]).records[0]
    assert (record["tick_unknown"], record["unknown"]) == (1, 0)
    assert (record["tick_items"], record["items"]) == (0, 1)


def test_shared_items_count_for_each_owner_and_once_in_the_total(plan: Plan) -> None:
    """Co-owned and collective items are in the row of every owner; the total counts items (3, 4)."""
    small = small_plan(plan)
    items = [
        item(small, "1-1", "o---", "港湾課、総務課"),
        item(small, "1-2", "o---", "各課"),
        item(small, "1-3", "-o--"),
    ]
    records = by_department(small, items).records
    assert [(record["department"], record["items"], record["listed"], record["lead"]) for record in records] == [
        ("総務課", 3, 3, 1),
        ("港湾課", 2, 2, 2),
        ("合計", 3, 3, 3),
    ]


def test_unknown_department_has_a_row(plan: Plan) -> None:
    """An item whose department nobody knows is shown, not dropped (4)."""
    small = small_plan(plan)
    records = by_department(small, [item(small, "1-1", "o---", "漁業課"), item(small, "1-2", "o---", "")]).records
    assert [(record["department"], record["items"], record["lead"]) for record in records[2:]] == [
        ("所管部不明", 2, 2),
        ("合計", 2, 2),
    ]


def test_departments_of_the_plan(plan: Plan) -> None:
    """All departments of the plan stand in order, and the leads add up to the 93 items (3, 4)."""
    *rows, total = by_department(plan, real_plan.items(plan)).records
    assert [row["department"] for row in rows] == [department.name for department in plan.departments]
    assert sum(int(str(row["lead"])) for row in rows) == total["items"] == 93

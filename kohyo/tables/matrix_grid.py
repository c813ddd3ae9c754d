"""Goals by perspectives on one page: item numbers (5×6表) and how many there are (件数)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kohyo.definition.fields import tick_name
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import (
    GOAL_COLUMNS,
    goal_cells,
    goal_columns,
    head,
    in_lines,
    is_open,
    is_ticked,
    item_unit,
    labels,
    numbers,
    of_goal,
    perspective_columns,
    perspective_head,
    ticked,
    version,
)

_NUMBERS_ACROSS = 13
"""Item numbers that fit on one line across the page, all cells together."""


def grid(plan: Plan, items: Sequence[Item]) -> Table:
    """Return the grid (5×6表) of the numbers of ticked items, goals down and perspectives across."""
    every = (*goal_columns(), *perspective_columns(plan, 8), Column("unknown", head("unknown"), 8, "center"))
    records = tuple(_grid_record(plan, items, goal.code) for goal in plan.goals)
    unknown = any(record["unknown"] for record in records)
    columns = every if unknown else every[:-1]
    return Table(
        name=wording("tables.grid.name", goals=len(plan.goals), perspectives=len(plan.perspectives)),
        title=wording("tables.grid.title"),
        columns=columns,
        head=perspective_head(labels(plan), [Cell(head("goal"), "head", GOAL_COLUMNS, 2)], [head("unknown")] * unknown),
        body=tuple(_grid_row(plan, columns, record) for record in records),
        record_columns=(*every[:GOAL_COLUMNS], *(replace(column, several=True) for column in every[GOAL_COLUMNS:])),
        records=records,
        subtitle=version(plan),
        one_page=True,
        notes=(wording("tables.grid.note"),),
    )


def counts(plan: Plan, items: Sequence[Item]) -> Table:
    """Return 件数: items per goal and perspective, summed up as 延べ and 実数, with what is not known yet."""
    columns = (*goal_columns(), *perspective_columns(plan, 4.7, "count"), *count_columns())
    heads = [column.label for column in columns[GOAL_COLUMNS + len(plan.perspectives) :]]
    records = [{**_goal(plan, goal.code), **figures(plan, of_goal(items, goal))} for goal in plan.goals]
    body = [_count_row(columns, record) for record in records]
    total = figures(plan, items)
    return Table(
        name=wording("tables.counts.name"),
        title=wording("tables.counts.title"),
        columns=columns,
        head=perspective_head(labels(plan), [Cell(head("goal"), "head", GOAL_COLUMNS, 2)], heads),
        body=(*body, total_row(columns, total, across=GOAL_COLUMNS)),
        record_columns=columns,
        records=(*records, {"goal": None, "goal_name": head("total"), **total}),
        subtitle=version(plan),
        one_page=True,
        joins=True,
        notes=(wording("tables.counts.note_sums"), wording("tables.counts.note_check")),
    )


def count_columns() -> tuple[Column, ...]:
    """Return the columns that sum up ticks: 延べ, 実数, 視点不明, 該当なし, 項目数."""
    widths = {"listed": 3.2, "distinct": 3.2, "unknown": 3.2, "none": 3.2, "items": 4.1}
    return tuple(Column(key, head(key), width, "right", "count", unit=item_unit()) for key, width in widths.items())


def figures(plan: Plan, items: Sequence[Item]) -> dict[str, Scalar]:
    """Return the figures of some items: per perspective, 延べ, 実数, 視点不明, 該当なし and 項目数.

    Every item is one of 実数, 視点不明 and 該当なし.
    """
    counted = {tick_name(entry): len(ticked(items, entry)) for entry in plan.perspectives}
    distinct = sum(is_ticked(plan, item) for item in items)
    unknown = sum(is_open(plan, item) for item in items)
    return {
        **counted,
        "listed": sum(counted.values()),
        "distinct": distinct,
        "unknown": unknown,
        "none": len(items) - distinct - unknown,
        "items": len(items),
    }


def total_row(columns: Sequence[Column], record: Mapping[str, Scalar], across: int) -> Row:
    """Return the row of totals; its label spans the first ``across`` columns."""
    label = Cell(head("total"), "label", across=across)
    return Row((label, *[None] * (across - 1), *(Cell(record[column.key], "total") for column in columns[across:])))


def _goal(plan: Plan, code: int) -> dict[str, Scalar]:
    return {"goal": code, "goal_name": plan.goal(code).name}


def _count_row(columns: Sequence[Column], record: Mapping[str, Scalar]) -> Row:
    figures_of_row = (Cell(record[column.key], "count") for column in columns[GOAL_COLUMNS:])
    return Row((Cell(record["goal"], "goal"), Cell(record["goal_name"], "band"), *figures_of_row))


def _grid_record(plan: Plan, items: Sequence[Item], code: int) -> Mapping[str, Scalar]:
    own = of_goal(items, plan.goal(code))
    listed = {tick_name(entry): numbers(ticked(own, entry)) for entry in plan.perspectives}
    return {**_goal(plan, code), **listed, "unknown": numbers(item for item in own if is_open(plan, item))}


def _grid_row(plan: Plan, columns: Sequence[Column], record: Mapping[str, Scalar]) -> Row:
    goals = goal_cells(plan.goal(int(str(record["goal"]))), 1)
    count = max(1, _NUMBERS_ACROSS // (len(columns) - GOAL_COLUMNS))
    listed = (in_lines(str(record[column.key]), count) for column in columns[GOAL_COLUMNS:])
    return Row((*goals, *(Cell(text) for text in listed)))

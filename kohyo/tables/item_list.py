"""The list of items (取組み一覧) as the plan prints it: a band per goal, six perspectives under one heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kohyo.definition.fields import field_named, tick_name
from kohyo.definition.structure import OVERVIEW, has_overview
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Perspective, Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import goal_band, head, of_goal, perspective_head, tick, version
from kohyo.tables.owner_list import owner_list
from kohyo.text.ticks import show_tick

TICK_MARKS: Mapping[Tick, Mark] = {Tick.YES: "yes", Tick.NO: "no", Tick.UNKNOWN: "unknown"}
_OVERVIEW_WIDTH = 34.5


def item_list_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return 取組み一覧, and for machines who owns each of its items."""
    return (item_list(plan, register.current), owner_list(plan, register.current))


def item_list(plan: Plan, items: Sequence[Item]) -> Table:
    """Return 取組み一覧: 番号, 項目名, 概要, one column per perspective, 所管部; items in the order of numbers."""
    groups = [(goal, of_goal(items, goal)) for goal in plan.bands]
    width = len(_columns(plan))
    body: list[Row] = []
    for goal, own in groups:
        body += goal_band(plan, goal, width) if own else ()
        body += [_row(plan, item) for item in own]
    return Table(
        name=wording("tables.item_list.name"),
        title=wording("tables.item_list.title"),
        columns=_columns(plan),
        head=_head(plan),
        body=tuple(body),
        record_columns=_record_columns(plan),
        records=tuple(_record(plan, item) for _, own in groups for item in own),
        subtitle=version(plan),
        legend=wording("tables.item_list.legend") if plan.perspectives else "",
        landscape=True,
    )


def _columns(plan: Plan) -> tuple[Column, ...]:
    return (
        Column("number", head("number"), 4, "center"),
        Column("title", head("title"), 14 if has_overview(plan) else 14 + _OVERVIEW_WIDTH),
        *([Column("overview", _overview(plan), _OVERVIEW_WIDTH)] if has_overview(plan) else []),
        *(Column(tick_name(entry), entry.list_label, _tick_width(entry), "center") for entry in plan.perspectives),
        Column("owners", head("owners"), 10.5, names="owners"),
    )


def _overview(plan: Plan) -> str:
    """Return what the plan calls the overview (概要)."""
    return field_named(plan, OVERVIEW).label


def _tick_width(perspective: Perspective) -> float:
    """Return a width that holds the label on one line where it is a short one."""
    return min(max(len(perspective.list_label), 3), 5) * 0.95 + 1.2


def _head(plan: Plan) -> tuple[Row, ...]:
    named = [head("number"), head("title"), *([_overview(plan)] if has_overview(plan) else [])]
    left = [Cell(name, "head", down=2) for name in named]
    labels = [entry.list_label for entry in plan.perspectives]
    return perspective_head(labels, left, [head("owners")])


def _row(plan: Plan, item: Item) -> Row:
    ticks = (Cell(entry.list_label, TICK_MARKS[tick(item, entry)]) for entry in plan.perspectives)
    overview = [Cell(item.overview)] if has_overview(plan) else []
    return Row((Cell(str(item.number), "number"), Cell(item.title, "title"), *overview, *ticks, Cell(item.owners)))


def _record_columns(plan: Plan) -> tuple[Column, ...]:
    goal = (Column("goal", head("goal"), 4, holds="count"), Column("goal_name", head("goal_name"), 12))
    return (*(goal if plan.goals else ()), *_columns(plan))


def _record(plan: Plan, item: Item) -> Mapping[str, Scalar]:
    return {
        **({"goal": item.goal, "goal_name": plan.goal(item.goal).list_name} if plan.goals else {}),
        "number": str(item.number),
        "title": item.title,
        **({"overview": item.overview} if has_overview(plan) else {}),
        **{tick_name(entry): show_tick(tick(item, entry)) for entry in plan.perspectives},
        "owners": item.owners,
    }

"""What the plan's tables (表) share: ticks of an item, order of items, goal cells, headings and bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kohyo.definition.fields import tick_name
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import WHOLE, Goal, Perspective, Plan
from kohyo.model.table import Cell, Column, Holds, Row
from kohyo.model.tick import Tick
from kohyo.tables.plan_words import numbered_goal

GOAL_COLUMNS = 2
"""A goal takes two printed columns: its large numeral and its name."""


def head(name: str) -> str:
    """Return the wording of a heading (見出し) that several tables use."""
    return wording(f"tables.heads.{name}")


def item_unit() -> str:
    """Return what figures that count items are counted in (件)."""
    return wording("tables.codes.items")


def version(plan: Plan) -> str:
    """Return the plan version (版) as a table's subtitle prints it."""
    return plan.plan.version_note or plan.plan.version


def tick(item: Item, perspective: Perspective) -> Tick:
    """Return the tick of an item; what nobody has said is 不明, never 非該当."""
    value = item.values.get(tick_name(perspective))
    return value if isinstance(value, Tick) else Tick.UNKNOWN


def ticked(items: Iterable[Item], perspective: Perspective) -> list[Item]:
    """Return the items to which a perspective applies (該当)."""
    return [item for item in items if tick(item, perspective) is Tick.YES]


def is_ticked(plan: Plan, item: Item) -> bool:
    """Tell whether any perspective of the plan applies to the item (実数)."""
    return any(tick(item, perspective) is Tick.YES for perspective in plan.perspectives)


def is_open(plan: Plan, item: Item) -> bool:
    """Tell whether no perspective applies as far as known, and at least one is 不明 (視点不明)."""
    ticks = {tick(item, perspective) for perspective in plan.perspectives}
    return Tick.YES not in ticks and Tick.UNKNOWN in ticks


def of_goal(items: Iterable[Item], goal: Goal) -> list[Item]:
    """Return the items of a goal in the order of their numbers."""
    return sorted((item for item in items if item.goal == goal.code), key=lambda item: item.number)


def numbers(items: Iterable[Item]) -> str:
    """Return the numbers of items joined as a reader lists them."""
    return wording("text.list.joiner").join(str(item.number) for item in items)


def in_lines(listed: str, count: int) -> str:
    """Break a list of numbers into lines of ``count`` each, so that none is cut at its hyphen."""
    joiner = wording("text.list.joiner")
    parts = listed.split(joiner)
    return "\n".join(joiner.join(parts[start : start + count]) for start in range(0, len(parts), count))


def goal_columns() -> tuple[Column, Column]:
    """Return the two printed columns of a goal."""
    return Column("goal", head("goal"), 3.6, "center", "count"), Column("goal_name", head("goal_name"), 9.5)


def goal_cells(goal: Goal, rows: int) -> tuple[Cell, Cell]:
    """Return numeral and name of a goal, spanning so many rows."""
    return Cell(goal.code, "goal", down=rows), Cell(goal.name, "band", down=rows)


def labels(plan: Plan) -> list[str]:
    """Return the perspectives as the matrix labels them."""
    return [entry.label for entry in plan.perspectives]


def perspective_columns(plan: Plan, width: float, holds: Holds = "text") -> tuple[Column, ...]:
    """Return one column per perspective, as wide as asked for."""
    unit = item_unit() if holds == "count" else ""
    return tuple(
        Column(tick_name(entry), entry.label, width, "center", holds, unit=unit) for entry in plan.perspectives
    )


def perspective_head(under: Sequence[str], left: Sequence[Cell], right: Sequence[str]) -> tuple[Row, ...]:
    """Return the two heading rows of a table whose perspectives stand side by side under one merged heading.

    ``under`` are the perspectives', ``left`` the headings before them as cells that span both rows, ``right`` the
    texts of those after. A plan without perspectives has one heading row.
    """
    if not under:
        plain = (part for cell in left for part in spread(replace(cell, down=1), cell.across))
        return (Row((*plain, *(Cell(text, "head") for text in right))),)
    count = len(under)
    upper: list[Cell | None] = []
    for cell in left:
        upper += [cell, *[None] * (cell.across - 1)]
    before = len(upper)
    upper += [Cell(head("perspectives"), "head", across=count), *[None] * (count - 1)]
    upper += [Cell(text, "head", down=2) for text in right]
    lower = [Cell(text, "subhead") for text in under]
    return Row(tuple(upper)), Row((*[None] * before, *lower, *[None] * len(right)))


def heading(columns: Sequence[Column]) -> Row:
    """Return the heading row of columns that stand alone."""
    return Row(tuple(Cell(column.label, "head") for column in columns))


def spread(cell: Cell, width: int) -> tuple[Cell | None, ...]:
    """Return a cell over ``width`` columns, and what it covers."""
    return (replace(cell, across=width), *[None] * (width - 1))


def band(text: str, width: int) -> Row:
    """Return a band over the whole table; it stays with the row that follows."""
    return Row(spread(Cell(text, "band"), width), keep_with_next=True)


def goal_band(plan: Plan, goal: Goal, width: int) -> tuple[Row, ...]:
    """Return the band over the items of a goal; none in a plan without goals."""
    if goal is WHOLE:
        return ()
    return (band(numbered_goal(plan, goal, goal.list_name), width),)


def nothing(text: str, width: int) -> Row:
    """Return the one row of a table, or of a part of it, that has nothing to tell."""
    return Row(spread(Cell(text, "muted"), width))

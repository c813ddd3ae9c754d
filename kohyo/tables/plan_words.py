"""The plan's own words in its tables (計画での呼び名): headings that name an item's fields as the definition does.

A survey of facilities speaks of 施設番号 and 施設名, a town of 担当課. The tables are worded once, in the usual words;
here the headings of a table that stand for 番号, 項目名, 所管部 and 到達点 become what the plan calls these fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from kohyo.definition.fields import all_fields
from kohyo.messages import section, wording
from kohyo.model.plan import KEPT_PLANS, Goal, Plan
from kohyo.model.table import Cell, Column, Row, Table

_STEMS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "numbers"),
    "title": ("title",),
    "owners": ("owners", "department"),
    "goal": ("goal",),
}
"""How the key of a column begins or ends that holds such a field, by the name of the field."""


def plan_word(plan: Plan, name: str) -> str:
    """Return what the plan calls a field of its items (number, title, owners, goal); else the usual word."""
    return _words(plan).get(usual(name), usual(name))


def usual(name: str) -> str:
    """Return the usual word for a field of an item: 番号, 項目名, 所管部, 到達点."""
    return wording(f"tables.heads.{name}")


def in_plan_words(plan: Plan, table: Table) -> Table:
    """Return a table whose headings call an item's fields as the plan does; its own tables say what is written."""
    words = _words(plan)
    if not words or table.name in {own.name for own in plan.tables}:
        return table
    called = {column.label: _label(column, words) for column in (*table.columns, *table.record_columns)}
    changed = {**words, **called}
    return replace(
        table,
        columns=_columns(table.columns, words),
        record_columns=_columns(table.record_columns, words),
        head=tuple(_row(row, changed) for row in table.head),
        body=tuple(_row(row, changed) if _is_heading(row) else row for row in table.body),
    )


def numbered_goal(plan: Plan, goal: Goal, name: str) -> str:
    """Return the band of a goal: 到達点1　名前."""
    return wording("tables.item_list.band", goal=plan_word(plan, "goal"), code=goal.code, name=name)


@lru_cache(maxsize=KEPT_PLANS)
def _words(plan: Plan) -> Mapping[str, str]:
    """Return the usual words that the plan says otherwise, unless another of its fields bears them."""
    called = {field.name: field.label for field in all_fields(plan) if not field.retired}
    others = {label for name, label in called.items() if name not in _STEMS}
    words = {usual(name): called[name] for name in _STEMS if called.get(name, usual(name)) != usual(name)}
    return {word: label for word, label in words.items() if word not in others}


def _columns(columns: Iterable[Column], words: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(replace(column, label=_label(column, words)) for column in columns)


def _label(column: Column, words: Mapping[str, str]) -> str:
    """Return a column's label in the plan's words, with what kohyo puts before and behind them (旧…, 新…, …の名称).

    Tables by which numbers are exchanged (旧番号, 新番号) are read by their headings, which stay.
    """
    parts = {*column.key.split("_"), column.names}
    for name, stems in _STEMS.items():
        word = usual(name)
        if word in words and parts.intersection(stems):
            shape = re.fullmatch(_around(word, "number" if name == "number" else "before"), column.label)
            if shape:
                return f"{shape['before']}{words[word]}{shape['behind']}"
    return column.label


def _around(word: str, side: str) -> str:
    """Return a pattern of the headings that hold a usual word, with all that kohyo puts around one."""
    around = section("tables")["around"]
    before, behind = ("|".join(map(re.escape, around[name])) for name in (side, "behind"))
    return f"(?P<before>{before}){re.escape(word)}(?P<behind>{behind})"


def _is_heading(row: Row) -> bool:
    return all(cell is None or cell.mark in ("head", "subhead") for cell in row.cells)


def _row(row: Row, changed: Mapping[str, str]) -> Row:
    return replace(row, cells=tuple(_cell(cell, changed) for cell in row.cells))


def _cell(cell: Cell | None, changed: Mapping[str, str]) -> Cell | None:
    if cell is None or cell.text not in changed or not isinstance(cell.text, str):
        return cell
    return replace(cell, text=changed[cell.text])

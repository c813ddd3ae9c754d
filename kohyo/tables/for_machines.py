"""What a machine-readable table says besides (機械判読表の補い): whose it is, codes beside names, units, western years.

Source: 統計表における機械判読可能なデータの表記方法の統一ルール (2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from kohyo.definition.departments import department, lead
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.table import Column, Names, Scalar, Table
from kohyo.tables.plan_words import in_plan_words, numbered_goal
from kohyo.text.dates import fiscal_year_label
from kohyo.text.normalise import Key, key
from kohyo.text.open_data import with_western_years

_AREA = ("area_code", "area_name")


def for_machines(plan: Plan, table: Table) -> Table:
    """Return a table whose twin keeps the rules: the area it is of, codes beside names, units and western years.

    A table without a twin is left as it is; so is a column of names in which nothing has a code.
    """
    if not table.record_columns:
        return table
    table = in_plan_words(plan, table)
    columns = [*_area_columns(plan), *(part for column in table.record_columns for part in _columns(column))]
    return replace(
        table,
        title=with_western_years(table.title),
        subtitle=with_western_years(table.subtitle),
        record_columns=tuple(columns),
        records=tuple(_record(plan, table, record) for record in table.records),
    )


def _area_columns(plan: Plan) -> Iterator[Column]:
    if plan.plan.area_code:
        yield from (Column(name, wording(f"tables.codes.{name}"), 6) for name in _AREA)


def _columns(column: Column) -> Iterator[Column]:
    """Yield a column under its full heading, then that of its codes."""
    label = with_western_years(column.label)
    if column.unit and column.unit not in label:
        label = wording("tables.codes.unit", label=label, unit=column.unit)
    yield replace(column, label=label)
    if column.names:
        yield Column(_code_key(column), wording(f"tables.codes.of_{column.names}", label=column.label), 6)


def _code_key(column: Column) -> str:
    return f"{column.key}_code"


def _record(plan: Plan, table: Table, record: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    area = zip(_AREA, (plan.plan.area_code, plan.plan.organisation), strict=True) if plan.plan.area_code else ()
    ours = {column.key for column in table.record_columns if column.ours}
    named = (column for column in table.record_columns if column.names)
    codes = {_code_key(column): _code(plan, column.names, record.get(column.key)) for column in named}
    said = {
        name: with_western_years(value) if name in ours and isinstance(value, str) else value
        for name, value in record.items()
    }
    return {**dict(area), **said, **codes}


def _code(plan: Plan, names: Names, value: Scalar) -> str | None:
    """Return the code of a name; None for what has none (計, 実数, a department that nobody knows)."""
    if not isinstance(value, str) or not value:
        return None
    found = _found(plan, lead(plan, value) if names == "owners" else value)
    if found is None:
        return None
    kind, code = found
    return wording("tables.codes.group", kind=kind, code=code) if names == "group" else code


def _found(plan: Plan, name: str) -> tuple[str, str] | None:
    """Return whose name a text is (goal, perspective, year, department) and its code."""
    try:
        return _codes(plan).get(key(name)) or ("department", department(plan, name).code)
    except TextError:
        return None


@lru_cache(maxsize=KEPT_PLANS)
def _codes(plan: Plan) -> Mapping[Key, tuple[str, str]]:
    """Return the codes of goals and perspectives under every name that tables print, and those of the years."""
    goals = {
        key(name): ("goal", str(goal.code))
        for goal in plan.goals
        for plain in (goal.name, goal.list_name, *goal.aliases)
        for name in (plain, numbered_goal(plan, goal, plain))
    }
    perspectives = {
        key(name): ("perspective", entry.key)
        for entry in plan.perspectives
        for name in (entry.name, entry.label, entry.list_label)
    }
    years = {key(fiscal_year_label(FiscalYear(entry.year))): ("year", str(entry.year)) for entry in plan.years}
    return {**years, **perspectives, **goals}

"""Headings that change with the year (年度で変わる見出し): 令和6年度の課題 is next year's 令和7年度の課題."""

from __future__ import annotations

from functools import lru_cache

from kohyo.excel.register_book.book_sheet import BookColumn, BookSheet
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan
from kohyo.model.plan_years import FIRST_YEAR, LAST_YEAR
from kohyo.text.normalise import Key, key

_YEARS_BACK = 10
"""Of a plan that names no years so many before the present one are known by their headings, and the next."""


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def other_years(plan: Plan, sheet: str) -> dict[Key, str]:
    """Return the names of a sheet's columns by the headings that they have in other years of the plan."""
    found: dict[Key, str] = {}
    for other in _plans(plan):
        for column in _columns(other, sheet):
            found.setdefault(key(column.label), column.name)
    for column in _columns(plan, sheet):
        found.pop(key(column.label), None)
    return found


@lru_cache(maxsize=KEPT_PLANS)
def _plans(plan: Plan) -> tuple[Plan, ...]:
    """Return the plan as it is in each other year, the last first: a heading of last year is the likeliest.

    The same objects each time: to compare two whole plans takes longer than to read a sheet.
    """
    near = range(max(FIRST_YEAR, plan.cycle.year - _YEARS_BACK), min(LAST_YEAR, plan.cycle.year + 1) + 1)
    years = sorted((phase.year for phase in plan.years) if plan.years else near, reverse=True)
    return tuple(_in_year(plan, year) for year in years if year != plan.cycle.year)


def _in_year(plan: Plan, year: int) -> Plan:
    heading = plan.plan.model_copy(update={"version": f"{plan.plan.version}@{year}"})
    cycle = plan.cycle.model_copy(update={"year": year})
    return plan.model_copy(update={"plan": heading, "cycle": cycle})


def _columns(plan: Plan, sheet: str) -> tuple[BookColumn, ...]:
    return next((found.columns for found in book_sheets(plan) if found.key == sheet), ())


def column_by_other_year(plan: Plan, sheet: BookSheet, heading: Key) -> BookColumn | None:
    """Return the column that has this heading in another year of the plan, None when there is none."""
    name = other_years(plan, sheet.key).get(heading)
    return sheet.column(name) if name else None

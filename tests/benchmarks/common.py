"""Made-up returns in any number, for the benchmarks; nothing here is collected by pytest.

The returns go out and come back through kohyo's own writer: a plan derived from the shipped one with as many
departments as needed, each of which sends its form back in two files of five item sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, product
from pathlib import Path
from string import ascii_uppercase, digits

from kohyo.definition.fields import item_fields
from kohyo.definition.load import shipped
from kohyo.definition.seed import demo_values, shipped_list
from kohyo.excel.form.form_writer import write_form
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.plan_people import Department
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.usecases.issue_form import issue_for

PLAN = "setagaya-r6"
SHEETS = 5
"""Item sheets in one returned file."""

PARTS = 2
"""Files in which one department sends its form back."""

_TITLE, _OVERVIEW = 2, 3  # columns of the shipped list


@dataclass(frozen=True)
class Survey:
    """A made-up survey: its plan, the items of all departments, and the forms that went out."""

    plan: Plan
    items: tuple[Item, ...]
    issues: tuple[IssuedForm, ...]


def made_up(files: int, organisation: str = "", first: int = 0) -> Survey:
    """Return a survey to which ``files`` returned files belong; two a department, so an even figure.

    It is that of the shipped plan unless an ``organisation`` is named; items are numbered from ``first`` on.
    """
    plan = plan_of([f"D{place:04d}" for place in range(1, 1 + (files + PARTS - 1) // PARTS)], organisation)
    return survey_of(plan, items_of(plan, first))


def items_of(plan: Plan, first: int = 0) -> tuple[Item, ...]:
    """Return the items of all departments in order, numbered from ``first`` on."""
    return tuple(_items(plan, first))


def survey_of(plan: Plan, items: tuple[Item, ...]) -> Survey:
    """Return the survey of items that stand in the order of the departments, each with as many as the others."""
    size = len(items) // len(plan.departments)
    issues = (
        issue_for(plan, entry, items[place * size : (place + 1) * size]) for place, entry in enumerate(plan.departments)
    )
    return Survey(plan, items, tuple(issues))


def write_returns(survey: Survey, folder: Path) -> tuple[Path, ...]:
    """Write the answered returns of all departments into ``folder`` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, issue in enumerate(answered(survey), start=1):
        path = folder / f"{issue.department}_{number:04d}.xlsx"
        write_form(path, survey.plan, issue, survey.plan.cycle.closes)
        paths.append(path)
    return tuple(paths)


def answered(survey: Survey) -> Iterator[IssuedForm]:
    """Yield what stands in each returned file: five answered item sheets; the blank sheets go with the first file."""
    items = {item.id: item for item in survey.items}
    for issue in survey.issues:
        own = [_answered(survey.plan, issue, sheet, items) for sheet in issue.sheets if sheet.item]
        blank = [sheet for sheet in issue.sheets if not sheet.item]
        yield replace(issue, sheets=(*own[:SHEETS], *blank))
        yield replace(issue, sheets=tuple(own[SHEETS:]))


def _answered(plan: Plan, issue: IssuedForm, sheet: IssuedSheet, items: dict[ItemId, Item]) -> IssuedSheet:
    """Return a sheet with made-up answers; no long one is said twice, as among people."""
    if sheet.item is None:
        return sheet
    values = demo_values(plan, items[sheet.item], issue.department)
    own = {name: f"{values[name]} {sheet.item}" for name in _long_answers(plan) if values.get(name)}
    return replace(sheet, values={**sheet.values, **values, **own})


@cache
def _long_answers(plan: Plan) -> tuple[str, ...]:
    return tuple(field.name for field in item_fields(plan) if field.type == "multiline" and not field.readonly)


def plan_of(names: Sequence[str], organisation: str = "") -> Plan:
    """Return the shipped plan with these departments, and without the collective names of the real ones."""
    plan = shipped(PLAN)
    taken = {form.code for form in plan.forms}
    codes = [code for code in map("".join, product(digits + ascii_uppercase, repeat=2)) if code not in taken]
    if len(codes) < len(names):
        raise SystemExit(f"at most {len(codes) * PARTS} files: the code of a department has two characters")
    made = tuple(Department(code=code, name=name) for code, name in zip(codes, names, strict=False))
    heading = plan.plan.model_copy(update={"organisation": organisation} if organisation else {})
    return plan.model_copy(update={"plan": heading, "departments": made, "expansions": ()})


def _items(plan: Plan, first: int) -> Iterator[Item]:
    """Yield the items of all departments in order; what they are called is the shipped list, over and over."""
    listed = cycle(shipped_list(PLAN)[1:])
    ticks = {field.name: Tick.UNKNOWN for field in item_fields(plan) if field.type == "tick"}
    owners = [entry.name for entry in plan.departments for _ in range(SHEETS * PARTS)]
    for serial, (owner, row) in enumerate(zip(owners, listed, strict=False), start=1 + first):
        number = ItemNumber(1 + serial % len(plan.goals), serial)
        told = {"title": row[_TITLE], "overview": row[_OVERVIEW], "owners": owner}
        values: dict[str, FieldValue] = {"number": str(number), "goal": number.goal, **told, **ticks}
        yield Item(ItemId(f"K{serial:05d}"), number, values)

"""The real plan's forms that are bent, each made once."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from kohyo.definition.load import shipped
from kohyo.definition.seed import shipped_entries, shipped_list
from kohyo.excel.form.form_writer import form_bytes
from kohyo.model.finding import Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.register.plan_list.import_rows import import_rows
from kohyo.register.plan_list.read_list import read_list, text_lines
from kohyo.usecases.distribute import items_of
from kohyo.usecases.issue_form import issue_for
from tests.bends.answers import know
from tests.bends.book import Book
from tests.bends.opening import opened

PLAN = "setagaya-r6"


@cache
def the_plan() -> Plan:
    """Return the plan that ships with the package."""
    return shipped(PLAN)


@cache
def issue(department: str) -> IssuedForm:
    """Return a department's form with the plan's own items."""
    plan = the_plan()
    respondent = next(entry for entry in plan.departments if entry.name == department)
    return issue_for(plan, respondent, items(department))


def items(department: str) -> tuple[Item, ...]:
    """Return the plan's own items of a department."""
    return items_of(the_plan(), _register(), department)


@cache
def _register() -> Register:
    plan = the_plan()
    rows = read_list(plan, text_lines("items.tsv", enumerate(shipped_list(PLAN), 1))).rows
    now = datetime(2024, 4, 1)  # noqa: DTZ001 - the register's times have no zone
    return import_rows(Register(), plan, rows, shipped_entries(plan), now, Place()).register


@cache
def form_of(department: str) -> bytes:
    """Return the file that goes out to a department."""
    return form_bytes(the_plan(), issue(department), the_plan().cycle.closes)


@cache
def _known(department: str) -> Book:
    book = opened(form_of(department), issue(department))
    know(book, the_plan(), issue(department))
    return book


def as_sent(department: str) -> Book:
    """Return a department's form as it goes out, ready to be bent."""
    return _known(department).duplicate()

"""Small builders of raw sheets and forms, so that a test's input looks like the sheet."""

from __future__ import annotations

from collections.abc import Mapping

from kohyo.definition.fields import form_fields
from kohyo.model.finding import Place
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found, RawAnswer, RawReturn, RawSheet
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.text.control_number import COVER, ControlNumber

FILE = "返送.xlsx"


def control(plan: Plan, sheet: str = COVER, department: str = "28", era_year: int = 6) -> str:
    """Return the control number of a sheet, of 土木部's form unless said otherwise."""
    return str(ControlNumber(plan.plan.code, era_year, department, sheet, 1))


def answer(value: RawValue, cell: str = "B5", note: str = "", comment: str = "") -> RawAnswer:
    """Return a raw answer found by its name."""
    return RawAnswer(Place(FILE, "1-1", cell), value, Found.BY_NAME, note, comment)


def filled(plan: Plan, kind: str = "item", **changes: RawValue) -> dict[str, RawAnswer]:
    """Return raw answers that fill every required field of a sheet kind, with ``changes`` on top."""
    samples: dict[str, RawValue] = {"tick": "－", "date": "2024/6/3", "goal": "1", "integer": 1.0, "decimal": 1.0}
    answers: dict[str, RawAnswer] = {}
    for row, field in enumerate(form_fields(plan, kind), start=5):
        value = field.choices[0] if field.type == "select_one" else samples.get(field.type, "文（見本）")
        wanted = field.required and not field.readonly
        known = "1-1" if field.name == "number" else None
        answers[field.name] = answer(value if wanted else known, f"B{row}")
    for name, value in changes.items():
        answers[name] = answer(value, answers[name].place.cell if name in answers else "B99")
    return answers


def raw_sheet(plan: Plan, answers: Mapping[str, RawAnswer], tab: str = "1-1", code: str = "K0001") -> RawSheet:
    """Return a raw item sheet with these answers."""
    return RawSheet(Place(FILE, tab), control(plan, code), "item", answers)


def sheet_issue(plan: Plan, code: str = "K0001", tab: str = "1-1", **values: FieldValue) -> IssuedSheet:
    """Return an item sheet as it went out: ticks unknown, other fields as given."""
    ticks = {field.name: Tick.UNKNOWN for field in form_fields(plan, "item") if field.type == "tick"}
    return IssuedSheet(control(plan, code), "item", tab, ItemId(code), {**ticks, "number": tab, **values})


def form_issue(plan: Plan, *sheets: IssuedSheet, department: str = "土木部") -> IssuedForm:
    """Return a form of one department as it went out."""
    return IssuedForm(control(plan), plan.plan.code, "1", plan.cycle.year, department, 1, sheets)


def raw_return(plan: Plan, *sheets: RawSheet, hidden: str | None = None, prop: str | None = None) -> RawReturn:
    """Return a returned book, its three identities intact unless said otherwise."""
    cover = control(plan)
    return RawReturn(FILE, cover if prop is None else prop, cover if hidden is None else hidden, sheets)

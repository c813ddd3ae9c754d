"""What a form holds as it goes out (調査票の内容): the sheets of its items with all that is known, and blank ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.ends import is_silent
from kohyo.definition.fields import form_fields, item_fields, item_kind, year_words
from kohyo.definition.shape import shape_of
from kohyo.definition.sheet_codes import other_code
from kohyo.definition.surveys import (
    WHOLE_YEAR,
    sheets_of,
    survey_key,
)
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import Item
from kohyo.model.plan import OpenForm, Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.plan_people import Department
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import values_for
from kohyo.text.control_number import COVER, ControlNumber
from kohyo.workspace.past_answers import PastAnswers

_NOTHING_SAID = Register()


def issue_for(
    plan: Plan,
    respondent: Department,
    items: Sequence[Item],
    round_number: int = 1,
    years: PastAnswers = PastAnswers(),  # noqa: B008 - immutable
    register: Register = _NOTHING_SAID,
) -> IssuedForm:
    """Return the form of one department: its items with all that is known, then the blank sheets.

    ``plan`` is the view of one survey (``survey_plan``) where the year holds several.
    """
    cover = cover_of(plan, respondent.code, round_number)
    known = [
        (item, {**values_for(plan, register, item, respondent.name), **years.told(plan, item.id, respondent.name)})
        for item in items
    ]
    sheets = (*_item_sheets(plan, cover, known, years), *_other_sheets(plan, cover))
    return _issue(plan, cover, respondent.name, sheets)


def open_issue(plan: Plan, form: OpenForm, round_number: int = 1) -> IssuedForm:
    """Return an open form (随時の様式): blank sheets, the same for everyone."""
    cover = cover_of(plan, form.code, round_number)
    return _issue(plan, cover, form.name, tuple(_other_sheets(plan, cover, form.key)))


def cover_of(plan: Plan, code: str, round_number: int) -> ControlNumber:
    """Return the control number (管理番号) of a form's cover."""
    return ControlNumber(plan.plan.code, FiscalYear(plan.cycle.year).era_year, code, COVER, round_number)


def _issue(plan: Plan, cover: ControlNumber, respondent: str, sheets: tuple[IssuedSheet, ...]) -> IssuedForm:
    return IssuedForm(
        control=str(cover),
        plan=plan.plan.code,
        form_version=plan.plan.form_version,
        definition=shape_of(plan),
        year=plan.cycle.year,
        department=respondent,
        round=cover.round,
        sheets=sheets,
        survey=WHOLE_YEAR if plan.open_form(respondent) else survey_key(plan),
    )


def _item_sheets(
    plan: Plan, cover: ControlNumber, items: Sequence[tuple[Item, Mapping[str, FieldValue]]], years: PastAnswers
) -> Iterator[IssuedSheet]:
    kind = plan.sheet_kind(item_kind(plan))
    silent = is_silent(plan, kind.key)
    for item, values in items:
        tab = kind.tab.format(number=item.number)
        outside = years.outside(plan, item.id)
        known = {**values, **dict.fromkeys(outside)}
        before = _answered_before(plan, known, years.last.get(item.id, {}))
        before = {name: answer for name, answer in before.items() if name not in outside}
        control = str(cover.for_sheet(item.id))
        ends = silent and item.id in years.ends
        yield IssuedSheet(control, kind.key, tab, item.id, known, last_year=before, outside=outside, ends=ends)


def _answered_before(
    plan: Plan, now: Mapping[str, FieldValue], values: Mapping[str, FieldValue]
) -> dict[str, FieldValue]:
    """Return what was answered last year and is not what stands in the form: the rest shows itself."""
    names = [field.name for field in item_fields(plan) if not field.readonly]
    nothing = (None, "", Tick.UNKNOWN)
    return {name: old for name in names if (old := values.get(name)) not in nothing and old != now.get(name)}


def _other_sheets(plan: Plan, cover: ControlNumber, form: str = "") -> Iterator[IssuedSheet]:
    for kind in sheets_of(plan, form):
        if kind.per == "item":
            continue
        values = {field.name: Tick.UNKNOWN for field in form_fields(plan, kind.key) if field.type == "tick"}
        for copy in range(1, _sheet_count(kind) + 1):
            control = str(cover.for_sheet(other_code(plan, kind.key, copy)))
            yield IssuedSheet(control, kind.key, _tab(plan, kind, copy), None, values)


def _sheet_count(kind: SheetKind) -> int:
    return kind.copies if kind.per == "blank" else 1


def _tab(plan: Plan, kind: SheetKind, copy: int) -> str:
    tab = kind.tab.format(**year_words(plan.cycle.year))
    return tab if copy == 1 else f"{tab}-{copy}"

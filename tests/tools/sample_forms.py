"""Made-up survey forms (調査票) for tests and for ``workbooks/``: one without known values, one for a department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kohyo.definition.fields import item_kind, year_words
from kohyo.definition.sheet_codes import other_code
from kohyo.excel.form.drawn_form import example_values
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.text.control_number import COVER, ControlNumber

_CODE, _DEPARTMENT = "28", "土木部"

ITEMS: tuple[Mapping[str, FieldValue], ...] = (
    {
        "number": "4-101",
        "goal": 4,
        "title": "街路樹の見回り記録の一本化（架空）",
        "overview": "見回りの記録を紙の地図と表計算の表に二度書いている。地図に一度だけ書く形に改める。（架空）",
        "owners": "土木部",
        "tick_digital": Tick.YES,
        "tick_people": Tick.NO,
    },
    {
        "number": "3-102",
        "old_number": "3-90",
        "goal": 3,
        "title": "資材置場の予約表（架空）",
        "overview": "各事務所で分かれている資材置場の予約表をまとめる。（架空）",
        "owners": "土木部、総務部",
        "effect_finance": -1200,
        "indicator_baseline": 12.5,
        "filled_on": date(2024, 6, 3),
        "situation": "=1+1 のように見える文も、文のまま残る。（架空）",
    },
)


def control_number(plan: Plan, sheet: str = COVER) -> str:
    """Return a control number of the sample's department."""
    return str(ControlNumber(plan.plan.code, plan.cycle.year - 2018, _CODE, sheet, 1))


def item_sheet(plan: Plan, place: int, values: Mapping[str, FieldValue]) -> IssuedSheet:
    """Return an item's sheet as it goes out; ticks that are not known are 不明, as in a real form."""
    unknown: dict[str, FieldValue] = {f"tick_{perspective.key}": Tick.UNKNOWN for perspective in plan.perspectives}
    code = f"K{place:04d}"
    number = str(values.get("number") or place)
    return IssuedSheet(control_number(plan, code), item_kind(plan), number, ItemId(code), {**unknown, **values})


def other_sheets(plan: Plan) -> tuple[IssuedSheet, ...]:
    """Return the blank sheets: proposals, issues, good practices."""
    words = year_words(plan.cycle.year)
    return tuple(
        IssuedSheet(control_number(plan, other_code(plan, kind.key, 1)), kind.key, kind.tab.format(**words), None, {})
        for kind in plan.kinds_of("")
        if kind.per != "item"
    )


def form(plan: Plan, *sheets: IssuedSheet) -> IssuedForm:
    """Return a form of these sheets."""
    control = control_number(plan)
    return IssuedForm(control, plan.plan.code, plan.plan.form_version, plan.cycle.year, _DEPARTMENT, 1, sheets)


def sample_form(plan: Plan) -> IssuedForm:
    """Return the form of one department with two made-up items."""
    items = (item_sheet(plan, place, values) for place, values in enumerate(ITEMS, start=9001))
    return form(plan, *items, *other_sheets(plan))


def blank_form(plan: Plan) -> IssuedForm:
    """Return a form with one item of which nothing is known."""
    kind = plan.sheet_kind(item_kind(plan))
    empty = IssuedSheet(control_number(plan, "K9000"), kind.key, kind.title, ItemId("K9000"), {})
    return form(plan, empty, *other_sheets(plan))


def filled_form(plan: Plan) -> IssuedForm:
    """Return a form whose only item is answered as in the example (記入例)."""
    return form(plan, item_sheet(plan, 9003, {**example_values(plan), "number": "2-103"}))

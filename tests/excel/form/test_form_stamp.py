"""Stamped forms are the drawn ones, part by part; what no stamp holds is drawn.

1. Every form that the demo sends out is what it is when it is drawn: departments', corrections, open forms.
2. So are the forms of every plan of the gallery in every survey of its year, with last year's answers and without.
3. So is a form with any answers at all; a value that no cell holds is refused as it is when it is drawn.
4. What has no stamp is drawn: corrections, open forms, sheets after the items' that somebody answered, odd names.
5. A stamp keeps nothing of the form before, and the same form is the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kohyo.definition.fields import FormField, item_fields, item_kind
from kohyo.definition.load import shipped, shipped_names
from kohyo.definition.surveys import WHOLE_YEAR, survey_plan
from kohyo.errors import UsageError
from kohyo.excel.form.drawn_form import drawn_form, example_values
from kohyo.excel.form.form_stamp import stamped_form
from kohyo.excel.form.form_writer import form_bytes
from kohyo.model.issued_form import Ask, IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from tests.conftest import Demo
from tests.excel.form.form_parts import form_parts
from tests.tools.sample_forms import form, item_sheet, other_sheets, sample_form

DEADLINE = date(2024, 6, 14)
PLAN = shipped("setagaya-r6")
FIELDS = item_fields(PLAN)
ODD = (
    "𠮷",
    "<r>",
    "</r>",
    "&amp;",
    "_x0041_",
    " 前",
    "後 ",
    "\n",
    "\t",
    "\x01",
    "=1+1",
    "\ue000",
    "#N/A",
    "不明",
    "○",
    "",
)


def _is_as_drawn(plan: Plan, issue: IssuedForm, deadline: date = DEADLINE) -> bool:
    """Tell whether a form was stamped, after its parts were compared with the drawn one's."""
    view = survey_plan(plan, issue.survey)
    content, stamped = form_bytes(plan, issue, deadline), stamped_form(view, issue, deadline)
    drawn = drawn_form(view, issue, deadline).content
    assert content == (stamped or drawn)
    ours, theirs = form_parts(content), form_parts(drawn)
    assert list(ours) == list(theirs)
    for name, part in theirs.items():
        assert ours[name] == part, name
    return stamped is not None


def test_every_form_of_the_demo(demo: Demo) -> None:
    """1: All that went out is as it is drawn, and what no correction and no open form is was stamped."""
    issues = load_bases(Workspace(demo.folder)).values()
    stamped = {issue.control for issue in issues if _is_as_drawn(PLAN, issue, issue.deadline or DEADLINE)}
    usual = {issue.control for issue in issues if not issue.correction and not PLAN.open_form(issue.department)}
    assert len(usual) > 20
    assert stamped == usual
    assert len(issues) > len(usual)


def _value(field: FormField, place: int) -> FieldValue:
    """Return a value of the field's type."""
    if field.choices:
        return field.choices[place % len(field.choices)]
    values: Mapping[str, FieldValue] = {
        "integer": -1200 * place,
        "decimal": 12.5 * place,
        "date": date(2024, 6, 1 + place),
        "tick": (Tick.YES, Tick.NO, Tick.UNKNOWN)[place % 3],
        "goal": 1 + place,
        "number": f"{1 + place}-{100 + place}",
    }
    return values.get(field.type, "長い文" * 10 * place**3)


def _answered(plan: Plan, place: int) -> dict[str, FieldValue]:
    """Return values of some fields of an item, others at each place."""
    return {field.name: _value(field, place) for at, field in enumerate(item_fields(plan)) if (at + place) % 4}


def _sheets(plan: Plan, *, last_year: tuple[bool, ...]) -> Iterator[IssuedSheet]:
    for place, told in enumerate(last_year):
        values = {**_answered(plan, place), "number": f"{1 + place}-{100 + place}"}
        yield replace(item_sheet(plan, 9001 + place, values), last_year=_answered(plan, place + 1) if told else {})


def test_a_form_that_requires_nothing() -> None:
    """A plan, or a survey of its year, may ask without requiring: the overview then has no marks (2)."""
    free = [rule.model_copy(update={"required": False}) for rule in PLAN.fields]
    plan = PLAN.model_copy(update={"fields": tuple(free)})
    assert _is_as_drawn(plan, form(plan, *_sheets(plan, last_year=(False, True))))


@pytest.mark.parametrize("direction", ["完了", "継続"])
def test_an_item_that_is_to_end(direction: str) -> None:
    """What stands beside the plans of later years goes by another answer of the sheet: none is missing (2)."""
    values = {**_answered(PLAN, 1), "direction": direction, "plan_2024": None, "plan_2025": None, "plan_2026": None}
    issue = form(PLAN, item_sheet(PLAN, 9001, {**values, "number": "1-101"}))
    assert _is_as_drawn(PLAN, issue)
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(PLAN, issue, DEADLINE)), data_only=True)
    sheet = next(sheet for sheet in book if "k_direction" in sheet.defined_names)
    cells = [_cell(sheet, f"plan_{year}") for year in (2024, 2025, 2026)]
    missing = [str(cell.offset(column=1).value).startswith("未記入です") for cell in cells]
    assert missing == [True, direction == "継続", direction == "継続"]


def _cell(sheet: Any, field: str) -> Any:  # noqa: ANN401 - openpyxl gives cells of many kinds
    """Return the answer cell of a field."""
    return sheet[sheet.defined_names[f"k_{field}"].attr_text.rpartition("!")[2].replace("$", "")]


@pytest.mark.parametrize("last_year", [(False, False), (True, True, True), (False, True, False), (True, False)])
@pytest.mark.parametrize(
    ("name", "survey"),
    [(name, survey) for name in shipped_names() for survey in (WHOLE_YEAR, *(s.key for s in shipped(name).surveys))],
)
def test_every_plan_of_the_gallery(name: str, survey: str, last_year: tuple[bool, ...]) -> None:
    """2: With values of all types in all fields, and last year's beside some of the sheets."""
    plan = shipped(name)
    sheets = (*_sheets(plan, last_year=last_year), *other_sheets(plan))
    assert _is_as_drawn(plan, replace(form(plan, *sheets), survey=survey, mark="0123abcd"))


TEXTS = st.text(max_size=90) | st.lists(st.sampled_from(ODD), max_size=5).map("".join)
VALUES: st.SearchStrategy[FieldValue] = st.one_of(
    TEXTS,
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.sampled_from(Tick),
)
ANSWERS = st.dictionaries(st.sampled_from([field.name for field in FIELDS]), VALUES, max_size=12)


def _outcome(plan: Plan, issue: IssuedForm) -> str:
    """Return what drawing a form is refused with, empty where it is drawn."""
    try:
        drawn_form(plan, issue, DEADLINE)
    except UsageError as error:
        return error.key
    return ""


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=2, max_size=2))
@example([({"title": "<r>", "overview": "<r></r>"}, {}), ({"title": "#N/A"}, {"overview": "\uffff"})])
@example([({}, {"contact": "前"}), ({"title": "題"}, {"title": "前"})])
@example([({}, {}), ({"title": "題"}, {"contact": "前", "title": "前"})])
@example([({"overview": "長" * 32768}, {}), ({}, {})])
@example([({"overview": "\ud800"}, {}), ({}, {})])
@example([({"title": "\n 題 "}, {}), ({"title": "　"}, {"title": "<r>a</r>"})])
def test_any_answers(sheets: list[tuple[dict[str, FieldValue], dict[str, FieldValue]]]) -> None:
    """3: Whatever was known of two items and answered last year, the form is as it is drawn, or refused as then."""
    kind = item_kind(PLAN)
    issued = (
        IssuedSheet(f"R6-28-K900{place}-1-00", kind, f"1-{place}", ItemId(f"K900{place}"), now, last_year=then)
        for place, (now, then) in enumerate(sheets)
    )
    issue = form(PLAN, *issued)
    if refused := _outcome(PLAN, issue):
        with pytest.raises(UsageError) as stopped:
            form_bytes(PLAN, issue, DEADLINE)
        assert stopped.value.key == refused
    else:
        _is_as_drawn(PLAN, issue)


def _drawn_ones() -> dict[str, IssuedForm]:
    sample = sample_form(PLAN)
    first, *rest = sample.sheets
    ask = Ask(first.control, ("title",), first.tab, "理由", "直し方", must=True)
    said = replace(rest[-1], values={"issue_text.1": "課題があります。"})
    return {
        "a correction": replace(sample, correction=True),
        "asks": replace(sample, asks=(ask,)),
        "an open form": replace(sample, department=PLAN.forms[0].name, sheets=sample.sheets[2:]),
        "an answered sheet": replace(sample, sheets=(*sample.sheets[:-1], said)),
        "a tab like no other": replace(sample, sheets=(replace(first, tab="4-101&2"), *rest)),
        "a tab that needs no quotes": replace(sample, sheets=(replace(first, tab="個票"), *rest)),
        "a department with a sign": replace(sample, department="総務部＆<財務部>"),
        "no item": replace(sample, sheets=sample.sheets[2:]),
        "items last": replace(sample, sheets=sample.sheets[::-1]),
    }


@pytest.mark.parametrize("name", _drawn_ones())
def test_what_has_no_stamp_is_drawn(name: str) -> None:
    """4: The form is there all the same."""
    assert not _is_as_drawn(PLAN, _drawn_ones()[name])


def test_nothing_of_the_form_before() -> None:
    """5: A form stamped after another of its shape holds none of its texts, and twice the same bytes."""
    filled = item_sheet(PLAN, 9001, {**example_values(PLAN), "number": "1-1", "title": "前の様式の題"})
    blank = item_sheet(PLAN, 9001, {"number": "1-1", "title": "後の様式の題"})
    before = stamped_form(PLAN, form(PLAN, filled), DEADLINE)
    after = stamped_form(PLAN, form(PLAN, blank), DEADLINE)
    assert before
    assert after
    assert "前の様式の題" in "".join(form_parts(before).values())
    assert "前の様式の題" not in "".join(form_parts(after).values())
    assert stamped_form(PLAN, form(PLAN, filled), DEADLINE) == before

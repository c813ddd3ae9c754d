"""What is doubted, and what is said, of answers that are understood.

1. A day far from the plan, and a number that may be a day, are asked about before they are taken; the edges are in.
2. What was typed in another form than it is read is said; a goal by its name and free text are not.
3. A sheet of an item is read though nobody wrote on it, a proposal once anything stands on it.
4. Where the cover says that all the rest are －, that counts on a sheet on which somebody wrote something.
5. A tick that is empty, wrong or hides an error is told once, and claims nothing that nobody said.
6. A fraction typed where per cent are counted is told.
"""

from __future__ import annotations

from datetime import date

import pytest

from kohyo.definition.fields import form_fields, goal_choice
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answers, RawAnswer, RawSheet
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.validate import trust_sheet
from kohyo.text.excel_dates import to_serial
from tests.returns.builders import FILE, answer, filled, raw_sheet, sheet_issue


def read(plan: Plan, known: FieldValue = None, **changes: RawValue) -> tuple[Answers, list[Finding]]:
    """Trust a filled item sheet with some answers changed, of which all went out as ``known``."""
    base = sheet_issue(plan, **dict.fromkeys(changes, known))
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, filled(plan, "item", **changes)), base)
    return answers, findings


def proposal(plan: Plan, **typed: RawValue) -> tuple[tuple[Answers, ...], list[Finding]]:
    """Trust a proposal on which nothing stands but this."""
    answers = {name: answer("不明" if name.startswith("tick") else None) for name in filled(plan, "addition")}
    answers |= {name: answer(value) for name, value in typed.items()}
    return trust_sheet(plan, RawSheet(Place(FILE, "R6追加"), "", "addition", answers), None)


def told(findings: list[Finding], *codes: str) -> list[tuple[str, str]]:
    """Return the findings of these codes with what they say was read."""
    return [(found.code, found.context["read"]) for found in findings if found.code in codes]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2022, 12, 31), "令和4年12月31日"),
        (date(2023, 1, 1), ""),
        (date(2029, 12, 31), ""),
        (date(2030, 1, 1), "令和12年1月1日"),
    ],
)
def test_a_day_far_from_the_plan_is_asked_about(plan: Plan, day: date, shown: str) -> None:
    """From a year before the first to two years behind the last year of the plan a day is taken (1)."""
    answers, findings = read(plan, filled_on=day)
    assert ("filled_on" in answers.values) == (not shown)
    assert told(findings, "K277") == [("K277", shown)] * bool(shown)
    assert read(plan, day, filled_on=day)[0].values["filled_on"].value == day


@pytest.mark.parametrize("field", ["effect_finance", "indicator_target"])
@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2023, 12, 31), ""),
        (date(2024, 1, 1), "令和6年1月1日"),
        (date(2026, 12, 31), "令和8年12月31日"),
        (date(2027, 1, 1), ""),
    ],
)
def test_a_number_that_may_be_a_day_is_asked_about(plan: Plan, field: str, day: date, shown: str) -> None:
    """In a cell for numbers, of the year of the survey or the two after it; typed as text it is a number (1)."""
    number = to_serial(day)
    answers, findings = read(plan, **{field: float(number)})
    assert (field in answers.values) == (not shown)
    assert told(findings, "K276") == [("K276", shown)] * bool(shown)
    assert read(plan, **{field: str(number)})[0].values[field].value == number
    assert read(plan, contact=float(number))[0].values["contact"].value == str(number)


@pytest.mark.parametrize(
    ("field", "typed", "read_as"),
    [("contact", 1234.0, "1234"), ("measures", 1234.0, "1234"), ("contact", "１２３４", ""), ("measures", "ｱ ", "")],
)
def test_a_number_in_a_field_for_text_is_said(plan: Plan, field: str, typed: RawValue, read_as: str) -> None:
    """A cell that holds a number has no letters to keep, so its reading is told; written text is as written (2)."""
    findings = [found for found in read(plan, **{field: typed})[1] if found.value in (typed, "1234")]
    assert told(findings, "K207") == [("K207", read_as)] * bool(read_as)


def test_a_goal_is_read_by_code_or_name(plan: Plan) -> None:
    """Chosen from the list or typed as its code it is the same, and nothing is to be said of it (2)."""
    for typed in (goal_choice(plan, 2), "2", 2.0):
        (answers,), findings = proposal(plan, proposed_goal=typed)
        assert (answers.values["proposed_goal"].value, told(findings, "K207")) == (2, [])


def test_a_fixed_field_tells_what_it_was(plan: Plan) -> None:
    """What somebody rewrote is named beside what went out (2)."""
    changed = [found for found in read(plan, "広報", title="広聴", number="1-9")[1] if found.code == "K212"]
    assert [(found.value, found.context["known"]) for found in changed] == [("1-9", "広報")]


def test_the_sheet_of_an_item_is_read_though_nobody_wrote(plan: Plan) -> None:
    """Its empty fields are missing; of a proposal they are none (3)."""
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, dict.fromkeys(filled(plan), answer(None))), None)
    assert answers.values["measures"].value is None
    assert "K201" in {found.code for found in findings}


@pytest.mark.parametrize("typed", [{"tick_digital": "○"}, {"overview": "不明"}])
def test_one_word_or_one_tick_begins_a_proposal(plan: Plan, typed: dict[str, RawValue]) -> None:
    """Only a tick that still says 不明 is as it went out (3)."""
    (answers,), _ = proposal(plan, **typed)
    (name,) = typed
    assert answers.values[name].typed == typed[name]


def test_the_first_block_counts_as_any(plan: Plan) -> None:
    """Blocks are told apart by their number, from 1 (3)."""
    answers = {f"issue_text.{block}": answer(f"課題{block}") for block in (1, 3)}
    trusted, _ = trust_sheet(plan, RawSheet(Place(FILE, "課題"), "", "issue", answers), None)
    assert [(one.block, one.values["issue_text"].value) for one in trusted] == [(1, "課題1"), (3, "課題3")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({}, Tick.UNKNOWN),
        ({"situation": " 前 "}, Tick.UNKNOWN),
        ({"situation": "後"}, Tick.NO),
        ({"situation": None}, Tick.UNKNOWN),
        ({"number": "9-9"}, Tick.UNKNOWN),
        ({"contact": "1234"}, Tick.NO),
    ],
)
def test_the_rest_of_the_cover_needs_a_word_on_the_sheet(plan: Plan, typed: dict[str, RawValue], value: Tick) -> None:
    """What went out, an emptied field and a field that is not to be filled are no word of anybody (4)."""
    held = {"situation": "前", "tick_digital": "不明", "number": "1-1", **typed}
    sheet = raw_sheet(plan, {name: answer(text) for name, text in held.items()})
    (answers,), _ = trust_sheet(plan, sheet, sheet_issue(plan, situation="前"), rest=True)
    assert answers.values["tick_digital"].value is value


def test_the_rest_of_the_cover_counts_on_a_proposal(plan: Plan) -> None:
    """Of which nothing went out (4)."""
    sheet = RawSheet(Place(FILE, "R6追加"), "", "addition", {"title": answer("案"), "tick_digital": answer("不明")})
    (answers,), _ = trust_sheet(plan, sheet, None, rest=True)
    assert answers.values["tick_digital"].value is Tick.NO


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (answer(None), []),
        (answer("たぶん"), ["K206"]),
        (answer("#REF!", note="error"), ["K210"]),
        (answer("=A1", note="uncalculated"), ["K209"]),
    ],
)
def test_what_is_wrong_with_a_tick_is_told_once(plan: Plan, given: RawAnswer, codes: list[str]) -> None:
    """A ○ that went out is not emptied by what cannot be read; an empty cell is nothing to tell (5)."""
    ticks = {field.name: answer("○", "C1") for field in form_fields(plan, "item") if field.type == "tick"}
    sheet = raw_sheet(plan, filled(plan) | ticks | {"tick_digital": given})
    (answers,), findings = trust_sheet(plan, sheet, sheet_issue(plan, tick_digital=Tick.YES))
    assert ("tick_digital" in answers.values) == (not codes)
    label = next(field.register_label for field in form_fields(plan, "item") if field.name == "tick_digital")
    assert [found.code for found in findings if found.field == label] == codes


@pytest.mark.parametrize(
    ("unit", "typed", "known", "times"),
    [
        ("％", 0.15, None, 1),
        (" % ", -0.15, None, 1),
        ("％", 1.5, None, 0),
        ("％", 15, None, 0),
        ("％", "0.15", None, 0),
        ("％", 0.15, 0.15, 0),
        ("人", 0.15, None, 0),
        ("％の人", 0.15, None, 0),
        (None, 0.15, None, 0),
    ],
)
def test_a_fraction_where_per_cent_are_counted_is_told(
    plan: Plan, unit: str | None, typed: float | str, known: float | None, times: int
) -> None:
    """15% that became 0.15 in a cell for numbers is read and told where the indicator's unit is per cent (6)."""
    answers, findings = read(plan, known, indicator_unit=unit, indicator_target=typed)
    assert answers.values["indicator_target"].value == float(typed)
    assert [finding.place.cell != "" for finding in findings if finding.code == "K279"] == [True] * times

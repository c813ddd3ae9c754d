"""A count that could be a day is a count wherever something speaks for it; a day that became a number is asked about.

1. Whatever the plan and the field: beside a number of its size that went out, was answered last year, is the field's
   bound or stands in a field that counts the same, a count is taken and told; as it went out, it is not even told.
2. What 1/2, 4/1 or 12/31 become is asked about where nothing speaks for it: nothing, another size, another unit, what
   may itself be a day, what nobody sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kohyo.definition.fields import FormField, form_fields, item_kind
from kohyo.definition.load import shipped
from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answers, Found, RawAnswer, RawSheet
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.validate import trust_sheet
from kohyo.text.excel_dates import to_serial

SETTINGS = settings(max_examples=300, derandomize=True, database=None)
PLANS = tuple(shipped(name) for name in ("setagaya-r6", "facilities"))
_HERE = Place("返送.xlsx", "1", "B9")


def _numbers_of(plan: Plan) -> list[FormField]:
    fields = form_fields(plan, item_kind(plan))
    return [field for field in fields if field.type in ("integer", "decimal") and not field.readonly]


FIELDS = [(plan, field) for plan in PLANS for field in _numbers_of(plan)]


def _first(plan: Plan) -> date:
    return date(plan.cycle.issued.year, 1, 1)


def _days(plan: Plan) -> int:
    return (date(plan.cycle.closes.year + 2, 12, 31) - _first(plan)).days


def read(
    plan: Plan,
    typed: Mapping[str, RawValue | RawAnswer],
    known: Mapping[str, FieldValue] | None = None,
    last_year: Mapping[str, FieldValue] | None = None,
) -> tuple[Answers, list[Finding]]:
    """Trust a sheet on which this was typed, of a form that went out with ``known`` and showed ``last_year``."""
    answers = {
        name: value if isinstance(value, RawAnswer) else RawAnswer(_HERE, value, Found.BY_NAME)
        for name, value in typed.items()
    }
    base = IssuedSheet("", item_kind(plan), "1", None, known or {}, last_year=last_year or {})
    (answers_of_sheet,), findings = trust_sheet(plan, RawSheet(_HERE, "", item_kind(plan), answers), base)
    return answers_of_sheet, [finding for finding in findings if finding.code in ("K276", "K280")]


def _with_maximum(plan: Plan, name: str, maximum: float) -> Plan:
    rules = (rule.model_copy(update={"maximum": maximum}) if rule.name == name else rule for rule in plan.fields)
    return plan.model_copy(update={"fields": tuple(rules)})


@SETTINGS
@given(
    place=st.sampled_from(range(len(FIELDS))),
    by=st.sampled_from(["known", "last_year", "maximum"]),
    after=st.integers(0, 2000),
    times=st.floats(0.11, 9.9),
)
@example(place=0, by="known", after=0, times=1.0)
def test_a_count_that_something_speaks_for_is_taken(place: int, by: str, after: int, times: float) -> None:
    """It is never sent back, and never taken without a word unless it is what went out (1)."""
    plan, field = FIELDS[place]
    day = _first(plan) + timedelta(days=after % (_days(plan) + 1))
    count, like = int(to_serial(day)), int(to_serial(day) * times)
    if by == "maximum":
        times = max(1.0, times)
        answers, findings = read(_with_maximum(plan, field.name, count * times), {field.name: float(count)})
    else:
        answers, findings = read(plan, {field.name: float(count)}, **{by: {field.name: like}})
    assert answers.values[field.name].value == count
    assert [finding.code for finding in findings] == ["K280"] * ((by, like) != ("known", count))


@SETTINGS
@given(
    place=st.sampled_from(range(len(FIELDS))),
    after=st.integers(0, 2000),
    like=st.one_of(st.none(), st.integers(0, 4000), st.integers(500_000, 10**9)),
)
def test_a_day_that_nothing_speaks_for_is_asked_about(place: int, after: int, like: int | None) -> None:
    """Nothing known, or numbers of another size, leave the question open (2)."""
    plan, field = FIELDS[place]
    number = to_serial(_first(plan) + timedelta(days=after % (_days(plan) + 1)))
    others = {other.name: like for other in _numbers_of(plan)}
    answers, findings = read(plan, {field.name: float(number)}, others, others)
    assert field.name not in answers.values
    assert [finding.code for finding in findings] == ["K276"]


@pytest.mark.parametrize("typed", ["1/2", "1/3", "3/4", "4/1", "6/14", "9/30", "12/31"])
@pytest.mark.parametrize("name", ["indicator_baseline", "indicator_target", "indicator_actual", "effect_finance"])
def test_what_looks_like_a_day_is_asked_about(plan: Plan, name: str, typed: str) -> None:
    """In a cell of the form Excel keeps the number alone (2)."""
    month, day = map(int, typed.split("/"))
    answers, findings = read(plan, {name: to_serial(date(plan.cycle.issued.year, month, day))})
    assert (name in answers.values, [finding.code for finding in findings]) == (False, ["K276"])


NUMBER = RawAnswer(_HERE, 38200.0, Found.BY_NAME)


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        ({"indicator_baseline": 38200.0}, "K280"),
        ({"indicator_baseline": 401234.0}, "K280"),
        ({"indicator_actual": "４６，４０４"}, "K280"),
        ({"indicator_baseline": 12.0, "indicator_actual": 51000.0}, "K280"),
        ({"indicator_baseline": 12.0}, "K276"),
        ({"indicator_baseline": 45300.0}, "K276"),
        ({"indicator_baseline": -38200.0}, "K276"),
        ({"indicator_baseline": "約四万"}, "K276"),
        ({"indicator_baseline": date(2024, 1, 3)}, "K276"),
        ({"indicator_baseline": NUMBER._replace(note="error")}, "K276"),
        ({"indicator_baseline": NUMBER._replace(face=Face(Look.FORMATTED, "38,200"))}, "K280"),
        ({"indicator_baseline": NUMBER._replace(face=Face(Look.FORMATTED, "38"))}, "K276"),
        ({"indicator_baseline": NUMBER._replace(hidden=True)}, "K276"),
        ({"indicator_baseline": NUMBER._replace(face=Face(Look.ERASED, ""))}, "K276"),
        ({"effect_finance": 38200.0}, "K276"),
        ({"measures": "38200"}, "K276"),
    ],
)
def test_what_counts_the_same_speaks_for_a_number(
    plan: Plan, beside: Mapping[str, RawValue | RawAnswer], code: str
) -> None:
    """現状値, 目標値 and 実績値 are of one size; a sum of money, a text and a doubtful day tell nothing (1, 2)."""
    number = to_serial(date(2024, 4, 1))
    answers, findings = read(plan, {"indicator_target": number, **beside})
    assert ("indicator_target" in answers.values) is (code == "K280")
    assert [finding.code for finding in findings if finding.value == str(number)] == [code]

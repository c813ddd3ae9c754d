"""Numbers that may be days (日付かもしれない数): 1/2 typed into a cell for numbers, and what speaks for a count.

A cell with a number format of its own, as the form's are, shows what Excel makes of 1/2 as a plain number: neither the
value nor its looks tell the two apart. What stands around does: a number of the same size in the same field, in one
that is counted beside it, or as a bound in the definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from kohyo.definition.fields import FormField
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import RawAnswer
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import as_typed, is_blank, parse_value
from kohyo.returns.two_faces import seen
from kohyo.text.dates import show_date
from kohyo.text.excel_dates import from_serial, to_serial

_NUMBERS = ("integer", "decimal")
_ALIKE = 10
"""Two numbers are of one size where neither is this many times the other."""


@dataclass(frozen=True)
class Around:
    """What stands around an answer: its sheet's fields, what was found there, what went out and last year's answers."""

    fields: tuple[FormField, ...]
    found: Mapping[str, RawAnswer]
    known: Mapping[str, FieldValue]
    last_year: Mapping[str, FieldValue]


def day_as_number(plan: Plan, field: FormField, answer: RawAnswer, value: FieldValue, around: Around) -> Finding | None:
    """Return what is said of a number that may be a day, None where it is none.

    It is asked about where nothing speaks for it. Beside a number of its size it is taken, and told: 1/2 may be half
    of that number, and whoever typed a day would else put a wrong number in without a word.
    """
    if not isinstance(value, int) or not _may_be_a_day(plan, field, answer.value):
        return None
    speaks = any(_are_alike(value, number) for number in _numbers(plan, field, around))
    read = show_date(from_serial(value).date())
    code: Literal[Code.K276, Code.K280] = Code.K280 if speaks else Code.K276
    return finding_of(code, answer.place, field.register_label, as_typed(answer.value), read=read)


def _may_be_a_day(plan: Plan, field: FormField, raw: RawValue) -> bool:
    """Tell whether a cell may hold a day of the survey's year or the two after it, that became a number."""
    if field.type not in _NUMBERS or not isinstance(raw, (int, float)):
        return False
    first, last = _days(plan)
    return first <= raw <= last


@lru_cache(maxsize=KEPT_PLANS)
def _days(plan: Plan) -> tuple[float, float]:
    """Return the first and the last of these days, as Excel counts them."""
    first, last = date(plan.cycle.issued.year, 1, 1), date(plan.cycle.closes.year + 2, 12, 31)
    return to_serial(first), to_serial(last)


def _numbers(plan: Plan, field: FormField, around: Around) -> Iterator[float]:
    """Yield the numbers that tell of which size those of a field are."""
    beside = [other for other in around.fields if _counts_the_same(field, other)]
    held = [values.get(other.name) for other in beside for values in (around.known, around.last_year)]
    typed = [_typed_number(plan, other, around.found) for other in beside if other.name != field.name]
    for value in (field.minimum, field.maximum, *held, *typed):
        if isinstance(value, (int, float)):
            yield value


def _counts_the_same(field: FormField, other: FormField) -> bool:
    """Tell whether a field holds numbers of the same thing, as 現状値, 目標値 and 実績値 of an indicator do."""
    return other.type in _NUMBERS and (other.group, other.unit) == (field.group, field.unit)


def _typed_number(plan: Plan, field: FormField, found: Mapping[str, RawAnswer]) -> FieldValue:
    """Return what somebody typed into a field where that is surely a number, None elsewhere."""
    raw = found.get(field.name)
    if raw is None or is_blank(raw.value) or raw.note or _may_be_a_day(plan, field, raw.value):
        return None
    answer, told = seen(field, raw)
    try:
        return None if answer is None or told else parse_value(field, answer.value)
    except TextError:
        return None


def _are_alike(one: float, other: float) -> bool:
    return one < other * _ALIKE and other < one * _ALIKE

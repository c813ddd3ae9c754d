"""Values that somebody changed and that are asked about before they are taken (疑わしい値)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kohyo.definition.fields import FormField
from kohyo.messages import section, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import RawAnswer
from kohyo.model.value import FieldValue
from kohyo.returns.answer_findings import told_of
from kohyo.returns.days_as_numbers import Around, day_as_number
from kohyo.text.dates import show_date

_ENDS_OF_TEXT = tuple(str(section("text")["writing"]["ends"]))
_MARKS_OF_MEMO = tuple(str(section("text")["writing"]["notes"]))


def doubt_of(plan: Plan, field: FormField, answer: RawAnswer, value: FieldValue, around: Around) -> Finding | None:
    """Return why a value that somebody changed is asked about before it is taken, or told where it is taken."""
    if isinstance(value, str) and not answer.apart:
        return None
    if answer.apart and (parts := _going_on(field, answer)):
        cells, rest = (wording("text.list.joiner").join(told) for told in (parts, parts.values()))
        return finding_of(Code.K267, *told_of(field, answer), cells=cells, rest=rest)
    if isinstance(value, date) and not _first_day(plan, field) <= value <= _last_day(plan, field):
        return finding_of(Code.K277, *told_of(field, answer), read=show_date(value))
    return day_as_number(plan, field, answer, value, around)


def is_plan_of_verification(plan: Plan, field: FormField, value: FieldValue) -> bool:
    """Tell whether a text in the field of a year of verification (効果検証) plans something and verifies nothing."""
    if not field.year or not isinstance(value, str):
        return False
    if field.year not in _verified(plan):
        return False
    return not any(word in value for word in section("text")["verification"]["words"])


@lru_cache(maxsize=KEPT_PLANS)
def _verified(plan: Plan) -> frozenset[int]:
    """Return the years of verification."""
    return frozenset(year.year for year in plan.years if year.phase == "verification")


def _going_on(field: FormField, answer: RawAnswer) -> Mapping[str, str]:
    """Return what stands elsewhere in the row, by cell, where it may be the other half of a text that breaks off."""
    if field.type != "multiline":
        return {}
    whole = str(answer.value).rstrip().endswith(_ENDS_OF_TEXT)
    apart = answer.apart if not whole else {}
    return {cell: text for cell, text in apart.items() if not text.lstrip().startswith(_MARKS_OF_MEMO)}


def _first_day(plan: Plan, field: FormField) -> date:
    """Return the first day that an answer may name: the field's own (最小), else of the year before the plan's years.

    Of a plan that names no years it is any day.
    """
    if field.minimum is not None:
        return date(int(field.minimum), 1, 1)
    return date(min(year.year for year in plan.years) - 1, 1, 1) if plan.years else date.min


def _last_day(plan: Plan, field: FormField) -> date:
    """Return the last day that an answer may name: the field's own (最大), else two years behind the plan's years."""
    if field.maximum is not None:
        return date(int(field.maximum), 12, 31)
    return date(max(year.year for year in plan.years) + 2, 12, 31) if plan.years else date.max

"""Values in today's words (いまの言葉): a choice that the definition calls otherwise than before."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kohyo.definition.fields import all_fields
from kohyo.model.answer_name import field_of
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.value import FieldValue
from kohyo.text.normalise import Key, key

Words = Mapping[str, Mapping[Key, str]]


@lru_cache(maxsize=KEPT_PLANS)
def _words(plan: Plan) -> Words:
    """Return by field the words of the past and what they are today."""
    return {field.name: dict(field.former_choices) for field in all_fields(plan) if field.former_choices}


def renames_choices(plan: Plan) -> bool:
    """Tell whether any choice was ever called otherwise."""
    return bool(_words(plan))


def todays_word(plan: Plan, name: str, value: FieldValue) -> FieldValue:
    """Return the value of a field in today's words; what is no choice of the past stays."""
    words = _words(plan).get(field_of(name), {})
    return words.get(key(value), value) if words and isinstance(value, str) else value


def in_todays_words(plan: Plan, values: Mapping[str, FieldValue]) -> Mapping[str, FieldValue]:
    """Return values by field in today's words; the same mapping where nothing is called otherwise."""
    new = {name: word for name, value in values.items() if (word := todays_word(plan, name, value)) != value}
    return {**values, **new} if new else values

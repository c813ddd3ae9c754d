"""Fractions where per cent are counted (百分率の欄の小数): 15% typed into a cell for plain numbers becomes 0.15.

A field counts in per cent by its own unit, or because another answer of its group says nothing but that unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kohyo.definition.fields import FormField
from kohyo.messages import section
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import Answer, RawAnswer
from kohyo.model.value import FieldValue
from kohyo.text.normalise import key

_PERCENT = frozenset(map(key, section("text")["formats"]["percent"]))


def is_percent_unit(text: FieldValue) -> bool:
    """Tell whether a text is nothing but the unit of per cent."""
    return isinstance(text, str) and key(text) in _PERCENT


def fractions_of_percent(
    fields: Iterable[FormField],
    found: Mapping[str, RawAnswer],
    values: Mapping[str, Answer],
    known: Mapping[str, FieldValue],
) -> Iterator[Finding]:
    """Yield what must be told of numbers between nought and one that somebody typed where per cent are counted."""
    every = tuple(fields)
    for field in every:
        if field.type != "decimal" or field.name not in values or field.name not in found:
            continue
        answer, typed = values[field.name], found[field.name].value
        value = answer.value
        if not isinstance(typed, float) or not isinstance(value, float) or not 0 < abs(value) < 1:
            continue
        if value != known.get(field.name) and (
            is_percent_unit(field.unit) or _says_percent(field.group, every, values)
        ):
            yield finding_of(Code.K279, answer.place, field.register_label, answer.typed)


def _says_percent(group: str, fields: Iterable[FormField], values: Mapping[str, Answer]) -> bool:
    """Tell whether an answer of a group says nothing but the unit of per cent."""
    named = (field.name for field in fields if field.group == group and field.name in values)
    return any(is_percent_unit(values[name].value) for name in named)

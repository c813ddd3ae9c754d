"""Ends of items (廃止・完了・統合) in what a form asks: the choice that names one, the years behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from kohyo.definition.fields import FormField, form_fields
from kohyo.definition.surveys import year_of
from kohyo.messages import section
from kohyo.model.item import Standing
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue
from kohyo.text.normalise import Key, key


def names_end(fields: Iterable[FormField], said: Callable[[str], FieldValue]) -> Standing | None:
    """Return the end that a yearly choice (今後の方向性) among ``fields`` names by its word, None where none does.

    ``said`` tells what is answered in a field.
    """
    for field in [field for field in fields if field.nature == "year" and is_direction(field)]:
        if found := named_end(said(field.name)):
            return found
    return None


def named_end(value: FieldValue) -> Standing | None:
    """Return the end that a word names, None where it names none."""
    return _words().get(key(str(value or "")))


def is_direction(field: FormField) -> bool:
    """Tell whether a field is a yearly choice of the item, one that may name its end."""
    return field.nature == "year" and field.type == "select_one" and not field.each


def end_words(field: FormField) -> tuple[str, ...]:
    """Return the words of a field's list that name an end; none of a field that is no yearly choice."""
    return tuple(word for word in field.choices if named_end(word)) if is_direction(field) else ()


def asks_after(plan: Plan, field: FormField, last: int) -> bool:
    """Tell whether a field must be filled, and is about a year after the ``last`` in which its item is carried out."""
    return field.required and is_after(plan, field, last)


def is_silent(plan: Plan, kind: str) -> bool:
    """Tell whether a sheet asks about the years after this one and says nothing of the choice that may end its item."""
    fields = form_fields(plan, kind)
    return any(asks_after(plan, field, plan.cycle.year) for field in fields) and not any(map(is_direction, fields))


def is_after(plan: Plan, field: FormField, last: int) -> bool:
    """Tell whether a field can be filled, and is about a year after the ``last`` in which its item is carried out."""
    return not field.readonly and year_of(plan, field) > last


@cache
def _words() -> dict[Key, Standing]:
    return {key(word): Standing(name) for name, word in section("workbook")["standing"].items() if word}

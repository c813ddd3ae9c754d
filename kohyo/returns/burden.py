"""What a form costs its department (記入の量), before it goes out: cells to type, cells that are filled in already.

And what it asks though it is known: by the register, from an earlier year, in the same words again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from kohyo.definition.fields import item_fields
from kohyo.model.answer import is_nothing
from kohyo.model.burden import Burden, KnownAnswers, Repeated
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue
from kohyo.text.normalise import key

_TICKS = ""
_TEXTS = ("text", "multiline")
_OWN_WORDS = 12
"""Characters from which on a text is somebody's own."""

Answered: TypeAlias = Callable[[Item], Mapping[str, FieldValue]]
"""What a department answers on an item, by field."""


def burden_of(plan: Plan, issue: IssuedForm) -> Burden:
    """Return what a form costs: what the cover asks once counts once, and so does the choice for all open ticks."""
    fields = [field for field in item_fields(plan) if not field.readonly]
    once = {
        field.name: _TICKS if field.type == "tick" else field.name
        for field in fields
        if field.once or field.type == "tick"
    }
    own, shared, prefilled = 0, set(), 0
    for sheet in issue.sheets:
        for field in fields if sheet.item else ():
            if field.name in sheet.outside:
                continue
            if not is_nothing(sheet.values.get(field.name)):
                prefilled += 1
            elif field.required and field.name in once:
                shared.add(once[field.name])
            elif field.required:
                own += 1
    return Burden(issue.department, own + len(shared), prefilled)


def known_answers(plan: Plan, issue: IssuedForm) -> tuple[KnownAnswers, ...]:
    """Return the questions of a form's item sheets that are answered on any of them, in the order of the sheet."""
    return tuple(_known(plan, issue))


def _known(plan: Plan, issue: IssuedForm) -> Iterator[KnownAnswers]:
    sheets = [sheet for sheet in issue.sheets if sheet.item]
    for field in item_fields(plan):
        if field.readonly:
            continue
        filled = [value for sheet in sheets if not is_nothing(value := sheet.values.get(field.name))]
        beside = [
            sheet for sheet in sheets if is_nothing(sheet.values.get(field.name)) and field.name in sheet.last_year
        ]
        if filled or beside:
            earlier = [sheet.last_year[field.name] for sheet in beside]
            values = tuple(dict.fromkeys((*filled, *earlier)))
            yield KnownAnswers(issue.department, field.name, len(sheets), len(filled), len(beside), values)


def repeated_answers(
    plan: Plan, department: str, items: Sequence[Item], now: Answered, before: Answered
) -> tuple[Repeated, ...]:
    """Return what a department answers of the year in the very words of the year before.

    ``now`` and ``before`` tell what it answers, or answered, on an item, by field. A short answer (なし, a figure, a
    choice) may well be the same.
    """
    fields = [field for field in item_fields(plan) if field.nature == "year" and field.type in _TEXTS]
    return tuple(
        Repeated(department, str(item.number), item.title, field.name, text)
        for item in items
        for field in fields
        if len(text := str(now(item).get(field.name) or "")) >= _OWN_WORDS
        and key(text) == key(str(before(item).get(field.name) or ""))
    )

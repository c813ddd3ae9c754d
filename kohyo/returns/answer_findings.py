"""What is said of one answer (回答への指摘): where it stands, what its cell hides, why it is no value, its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kohyo.definition.departments import split_names
from kohyo.definition.fields import FormField
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import Plain, finding_of
from kohyo.model.returned_book import RawAnswer
from kohyo.model.value import FieldValue
from kohyo.returns.parse_value import as_typed
from kohyo.text.cell_text import units
from kohyo.text.numbers import is_number

_NOT_A_VALUE: Mapping[str, Plain] = {
    "integer": Code.K204,
    "decimal": Code.K204,
    "date": Code.K205,
    "tick": Code.K206,
}
_NOTES: Mapping[str, Plain] = {"formula": Code.K208, "uncalculated": Code.K209, "error": Code.K210}


def told_of(field: FormField, answer: RawAnswer) -> tuple[Place, str, str]:
    """Return what every finding about an answer tells: where it stands, its field, what was typed."""
    return answer.place, field.register_label, as_typed(answer.value)


def hidden_in(field: FormField, answer: RawAnswer) -> Iterator[Finding]:
    """Yield what a cell hides: a formula, an error, a comment."""
    if answer.note in _NOTES:
        yield finding_of(_NOTES[answer.note], *told_of(field, answer))
    if answer.comment:
        yield finding_of(Code.K211, *told_of(field, answer), comment=answer.comment)


def not_a_value(field: FormField, answer: RawAnswer) -> Finding:
    """Return that an answer is no value of its field; a fraction where a whole number belongs is said so."""
    if field.choices:
        return finding_of(Code.K203, *told_of(field, answer), choices=wording("text.list.joiner").join(field.choices))
    if field.type == "integer" and is_number(answer.value, field.unit):
        return finding_of(Code.K217, *told_of(field, answer))
    return finding_of(_NOT_A_VALUE.get(field.type, Code.K213), *told_of(field, answer))


def beyond_limits(field: FormField, answer: RawAnswer, value: FieldValue) -> Iterator[Finding]:
    """Yield which limits of its field a value passes: its length, how many entries it lists, its range."""
    if field.max_length and isinstance(value, str) and units(value) > field.max_length:
        limit, length = str(field.max_length), str(units(value))
        yield finding_of(Code.K202, *told_of(field, answer), limit=limit, length=length)
    entries = split_names(value) if field.max_entries and isinstance(value, str) else ()
    if entries and len(entries) > field.max_entries:
        limit, count = str(field.max_entries), str(len(entries))
        yield finding_of(Code.K218, *told_of(field, answer), limit=limit, count=count)
    if isinstance(value, (int, float)) and not _within(field, value):
        low, high = (as_typed(edge) for edge in (field.minimum, field.maximum))
        yield finding_of(Code.K214, *told_of(field, answer), low=low, high=high)


def _within(field: FormField, value: float) -> bool:
    low = field.minimum is None or value >= field.minimum
    return low and (field.maximum is None or value <= field.maximum)

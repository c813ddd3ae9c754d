"""One raw value becomes one trusted value, by the type of its field (値の読み取り)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from kohyo.definition.choice_marks import choice_of_mark
from kohyo.definition.fields import FormField
from kohyo.errors import TextError
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.text.cell_text import is_unprintable
from kohyo.text.dates import parse_date
from kohyo.text.normalise import key
from kohyo.text.numbers import parse_integer, parse_number
from kohyo.text.ticks import parse_tick, show_tick

_BLANKS = "".join(map(chr, (*range(0x21), 0x85, 0xA0, 0xAD, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF)))
_BLANKS += "".join(map(chr, (*range(0x2000, 0x2010), *range(0x2060, 0x2065), 0x180E, 0x3164, 0x2800)))
"""White space, and letters without width or ink."""
_BLANK = frozenset(_BLANKS)
_RECURRING = 200
"""Letters of a choice that is kept."""


def is_empty(raw: RawValue) -> bool:
    """Tell whether a cell says nothing: empty, or white space alone."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def is_blank(raw: RawValue) -> bool:
    """Tell whether a person sees nothing in a cell of a return: letters without width or ink count as none."""
    return raw is None or (isinstance(raw, str) and (not raw or (raw[0] in _BLANK and not raw.strip(_BLANKS))))


def parse_value(field: FormField, raw: RawValue) -> FieldValue:
    """Return the trusted value of a cell that is not empty; raise TextError when it is not surely one.

    Free text is returned letter by letter (line ends become the workbook's own).
    """
    return _PARSERS[field.type](field, raw)


def is_as_typed(field: FormField) -> bool:
    """Tell whether a field holds any text as somebody typed it, line ends excepted."""
    return _PARSERS[field.type] is _text


def as_typed(raw: RawValue) -> str:
    """Return what a person typed, as text: 12 and not 12.0, a date as 2024-06-03."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.isoformat(sep=" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def show_value(value: FieldValue) -> str:
    """Return a trusted value as text for messages: ticks as ○ or －, dates as 2024-06-03, nothing as empty."""
    return show_tick(value) if isinstance(value, Tick) else as_typed(value)


def _text(_field: FormField, raw: RawValue) -> FieldValue:
    text = as_typed(raw).replace("\r\n", "\n").replace("\r", "\n")
    if is_unprintable(text):
        raise TextError(raw)
    return text


def _choice(field: FormField, raw: RawValue) -> FieldValue:
    """Read a choice or its mark; a word of the past stays until all of its time is put into today's (todays_words)."""
    typed = as_typed(raw)
    chosen = (_chosen if len(typed) <= _RECURRING else _chosen.__wrapped__)(field.choices, typed)
    if chosen is not None:
        return chosen
    if key(typed) in dict(field.former_choices):
        return typed
    if len(typed) <= _RECURRING and (meant := choice_of_mark(field.choices, typed)):
        return meant
    raise TextError(raw)


@lru_cache(maxsize=1024)
def _chosen(choices: tuple[str, ...], typed: str) -> str | None:
    """Return the choice that a text is; what was said of one is kept, for few are ever written."""
    wanted = key(typed)
    return next((choice for choice in choices if key(choice) == wanted), None)


def _goal(field: FormField, raw: RawValue) -> FieldValue:
    """Read a goal by its code alone or by its code and name; the value is the code."""
    typed = as_typed(raw)
    code = (_goal_code if len(typed) <= _RECURRING else _goal_code.__wrapped__)(field.choices, typed)
    if code is None:
        raise TextError(raw)
    return code


@lru_cache(maxsize=1024)
def _goal_code(choices: tuple[str, ...], typed: str) -> int | None:
    wanted = key(typed)
    codes = ((choice.partition(" ")[0], choice) for choice in choices)
    return next((int(code) for code, choice in codes if wanted in (key(code), key(choice))), None)


_PARSERS: dict[str, Callable[[FormField, RawValue], FieldValue]] = {
    "text": _text,
    "multiline": _text,
    "number": _text,
    "departments": _text,
    "select_one": _choice,
    "goal": _goal,
    "integer": lambda field, raw: parse_integer(raw, field.unit),
    "decimal": lambda field, raw: parse_number(raw, field.unit),
    "date": lambda _field, raw: parse_date(raw),
    "tick": lambda _field, raw: parse_tick(raw),
}

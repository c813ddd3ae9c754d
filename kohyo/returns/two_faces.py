"""What is shown and what is stored (見た目と値): where they differ, the rule of the field decides, or a person."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from kohyo.definition.fields import FormField
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import Plain, WithShown, finding_of
from kohyo.model.returned_book import RawAnswer
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.returns.parse_value import as_typed, is_blank, parse_value, show_value
from kohyo.returns.percent_units import is_percent_unit
from kohyo.text.numbers import parse_number

_TEXTS = ("text", "multiline", "number", "departments", "select_one", "goal", "tick")
_NUMBERS = ("integer", "decimal")
_EXACT = 15


Seen: TypeAlias = tuple[RawAnswer | None, list[Finding]]
"""An answer as a person sees it, None where that must be asked, and what is told of it."""


def seen(field: FormField, answer: RawAnswer, base: FieldValue = None) -> Seen:
    """Return the answer as a person sees it, None where that must be asked, and what is told of the difference.

    ``base`` is what the form went out with: nobody is told of a cell that still holds it.
    """
    face = answer.face
    blank = is_blank(answer.value)
    found, told = (answer, []) if face is None or blank else _shown(field, answer, face, base)
    unseen = face is not None and not blank and (face.unseen or face.look is Look.UNSEEN)
    if found is not None and (unseen or answer.hidden) and not _is_untouched(field, answer, base):
        told += [finding_of(code, *_of(field, answer)) for code in _unseen(answer, unseen=unseen)]
    return found, told


def _unseen(answer: RawAnswer, *, unseen: bool) -> Iterator[Plain]:
    """Yield why nobody sees an answer."""
    if unseen:
        yield Code.K272
    if answer.hidden:
        yield Code.K278


def _is_untouched(field: FormField, answer: RawAnswer, base: FieldValue) -> bool:
    """Tell whether an answer still says what the form went out with; a tick says 不明 or nothing."""
    if is_blank(answer.value):
        return base in (None, Tick.UNKNOWN)
    if as_typed(answer.value) == show_value(base):
        return True
    try:
        value = parse_value(field, answer.value)
    except TextError:
        return False
    return value == base or (value is Tick.UNKNOWN and base is None)


def _shown(field: FormField, answer: RawAnswer, face: Face, base: FieldValue) -> Seen:
    """Return an answer as its cell shows it."""
    if face.look is Look.ERASED:
        return None, [finding_of(Code.K271, *_of(field, answer))]
    if face.look is Look.STRUCK:
        return answer._replace(value=face.text), [_told(Code.K270, field, answer)]
    if face.look in (Look.UNSEEN, Look.PLAIN):
        return answer, []
    if face.look is Look.PERCENT and field.type in _NUMBERS:
        return _percent(field, answer)
    if field.type in _TEXTS:
        return _as_shown(field, answer, face)
    return _number(field, answer, face, base) if field.type in _NUMBERS else (answer, [])


def _number(field: FormField, answer: RawAnswer, face: Face, base: FieldValue) -> Seen:
    """Return a number where its cell says the same, if perhaps in fewer digits; else nobody knows which counts."""
    value, text = answer.value, None if face.look is Look.MOMENT else face.text
    if not isinstance(value, (int, float)):
        return answer, []
    missing = _missing(value, text, field.unit) if text and text.strip() else None
    if missing == 0 or _is_untouched(field, answer, base):
        return answer, []
    if text is not None and not text.strip():
        return answer, [finding_of(Code.K272, *_of(field, answer))]
    if text is not None and missing is not None and missing < Decimal(1).scaleb(-_digits_behind(text)):
        return answer, [_told(Code.K274, field, answer)]
    return None, [_told(Code.K273, field, answer)]


@lru_cache(maxsize=4096)
def _missing(value: float, text: str, unit: str) -> Decimal | None:
    """Return by how much a text, read as if somebody had typed it, differs from a number; None where it is none."""
    if value == 0 and not any(letter.isdecimal() for letter in text):
        return Decimal(0)  # 「－」 stands for nothing
    try:
        read = parse_number(text.strip().removesuffix("."), unit)
    except TextError:
        return None
    return abs(Decimal(str(read)) - Decimal(f"{value:.{_EXACT}g}"))


def _digits_behind(text: str) -> int:
    return sum(letter.isdecimal() for letter in text.partition(".")[2])


def _percent(field: FormField, answer: RawAnswer) -> Seen:
    """Read 85 % as 85 where the field counts in percent; elsewhere nobody knows."""
    if not is_percent_unit(field.unit) or not isinstance(answer.value, (int, float)):
        return None, [_told(Code.K273, field, answer)]
    value = Decimal(f"{answer.value:.{_EXACT}g}") * 100
    read = int(value) if value == value.to_integral_value() else float(value)
    return answer._replace(value=read), [_told(Code.K275, field, answer)]


def _as_shown(field: FormField, answer: RawAnswer, face: Face) -> Seen:
    """Take what a text field shows; ask where the format is one that cannot be told."""
    if face.text is None:
        return None, [_told(Code.K273, field, answer)]
    told = [] if face.text == as_typed(answer.value) else [_told(Code.K275, field, answer)]
    return answer._replace(value=face.text), told


def _told(code: WithShown, field: FormField, answer: RawAnswer) -> Finding:
    return finding_of(code, *_of(field, answer), shown=(answer.face.text if answer.face else "") or "")


def _of(field: FormField, answer: RawAnswer) -> tuple[Place, str, str]:
    return answer.place, field.register_label, as_typed(answer.value)

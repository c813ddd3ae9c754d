"""What is shown and what is stored (見た目と値): where they differ, the rule of the field decides, or a person."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from kohyo.definition.fields import FormField
from kohyo.messages import section
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import WithShown, finding_of
from kohyo.model.returned_book import Face, Look, RawAnswer
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import as_typed, is_blank, show_value
from kohyo.text.normalise import key

_TEXTS = ("text", "multiline", "number", "departments", "select_one", "goal", "tick")
_NUMBERS = ("integer", "decimal")
_PERCENT = frozenset(map(key, section("text")["formats"]["percent"]))
_EXACT = 15


Seen: TypeAlias = tuple[RawAnswer | None, list[Finding]]
"""An answer as a person sees it, None where that must be asked, and what is told of it."""


def seen(field: FormField, answer: RawAnswer, base: FieldValue = None) -> Seen:
    """Return the answer as a person sees it, None where that must be asked, and what is told of the difference.

    ``base`` is what the form went out with: nobody is told of a cell that still holds it.
    """
    face = answer.face
    if face is None or is_blank(answer.value):
        return answer, []
    if face.look is Look.ERASED:
        return None, [finding_of(Code.K271, *_of(field, answer))]
    if face.look is Look.STRUCK:
        return replace(answer, value=face.text), [_told(Code.K270, field, answer)]
    if face.look is Look.UNSEEN:
        untouched = as_typed(answer.value) == show_value(base)
        return answer, [] if untouched else [finding_of(Code.K272, *_of(field, answer))]
    return _formatted(field, answer, face)


def _formatted(field: FormField, answer: RawAnswer, face: Face) -> Seen:
    """Return an answer that its number format shows in another way."""
    if face.look is Look.PERCENT and field.type in _NUMBERS:
        return _percent(field, answer)
    if field.type in _TEXTS:
        return _as_shown(field, answer, face)
    rounded = face.look is Look.FORMATTED and field.type in _NUMBERS and _is_rounded(answer.value, face.text)
    return answer, [_told(Code.K274, field, answer)] if rounded else []


def _percent(field: FormField, answer: RawAnswer) -> Seen:
    """Read 85 % as 85 where the field counts in percent; elsewhere nobody knows."""
    if key(field.unit) not in _PERCENT or not isinstance(answer.value, (int, float)):
        return None, [_told(Code.K273, field, answer)]
    value = Decimal(f"{answer.value:.{_EXACT}g}") * 100
    read = int(value) if value == value.to_integral_value() else float(value)
    return replace(answer, value=read), [_told(Code.K275, field, answer)]


def _as_shown(field: FormField, answer: RawAnswer, face: Face) -> Seen:
    """Take what a text field shows; ask where the format is one that cannot be told."""
    if face.text is None:
        return None, [_told(Code.K273, field, answer)]
    told = [] if face.text == as_typed(answer.value) else [_told(Code.K275, field, answer)]
    return replace(answer, value=face.text), told


def _is_rounded(value: RawValue, text: str | None) -> bool:
    """Tell whether fewer digits are shown than are stored."""
    digits = "".join(letter for letter in text or "" if letter.isdecimal() or letter == ".")
    exact = f"{abs(value):.{_EXACT}g}" if isinstance(value, (int, float)) else ""
    return bool(digits) and Decimal(digits.strip(".") or "0") != Decimal(exact or "0")


def _told(code: WithShown, field: FormField, answer: RawAnswer) -> Finding:
    return finding_of(code, *_of(field, answer), shown=(answer.face.text if answer.face else "") or "")


def _of(field: FormField, answer: RawAnswer) -> tuple[Place, str, str]:
    return answer.place, field.register_label, as_typed(answer.value)

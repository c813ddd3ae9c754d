"""Numbers as people write them: ``1,234千円``, ``▲100``, ``(100)``, full-width digits."""

from __future__ import annotations

import re
from functools import cache

from kohyo.errors import TextError
from kohyo.messages.catalogue import section
from kohyo.model.value import RawValue

_WIDE = str.maketrans("０１２３４５６７８９．，（）＋％　", "0123456789.,()+% ")
_PLAIN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_CIRCLED_ONE, _CIRCLED = 0x2460, 20
_TOO_LARGE = 10**15  # Excel keeps 15 digits


@cache
def _minus() -> str:
    signs: str = section("text")["numbers"]["minus"]
    return signs


def parse_number(raw: RawValue, unit: str = "") -> int | float:
    """Read a number by one rule; raise TextError for anything that is not surely one.

    Thousands marks must stand where they belong, a leading ▲△− or parentheses mean minus, the field's own
    ``unit`` may follow. A date, a truth value, 「約100」, a circled digit, another unit (円 is not 千円) or more
    digits than Excel keeps is no number.
    """
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise TextError(raw)
    if isinstance(raw, str):
        negative, text = _split_sign(raw, unit.translate(_WIDE))
        if _PLAIN.fullmatch(text) is None:
            raise TextError(raw)
        value = _whole(float(text.replace(",", ""))) if "." in text else int(text.replace(",", ""))
        value = -value if negative else value
    else:
        value = _whole(float(raw)) if isinstance(raw, float) else raw
    if abs(value) >= _TOO_LARGE:
        raise TextError(raw)
    return value


def circled(place: int) -> str:
    """Return ① for 1; beyond ⑳ the figure in parentheses."""
    return chr(_CIRCLED_ONE + place - 1) if place <= _CIRCLED else f"({place})"


def without_circle(text: str) -> str:
    """Return a text without the circled figure that it begins with, if it does."""
    starts = text[:1] and _CIRCLED_ONE <= ord(text[0]) < _CIRCLED_ONE + _CIRCLED
    return text[1:].lstrip() if starts else text


def show_number(value: float) -> str:
    """Return a number as offices print it: ▲1,200, 22.5."""
    sign: str = section("text")["numbers"]["minus_shown"] if value < 0 else ""
    size = abs(value)
    return f"{sign}{int(size) if size == int(size) else size:,}"


def _split_sign(raw: str, unit: str) -> tuple[bool, str]:
    """Return whether a text says minus, and its digits; the unit stands once, within parentheses or after them."""
    text = _strip(raw.translate(_WIDE).strip(), unit)
    if text.startswith("(") and text.endswith(")"):
        inner = text[1:-1].strip()
        bare = text == raw.translate(_WIDE).strip()
        return True, _strip(inner, unit) if bare else inner
    if text[:1] and text[0] in _minus():
        return True, text[1:].strip()
    return False, text.removeprefix("+")


def _strip(text: str, unit: str) -> str:
    return text.removesuffix(unit).rstrip() if unit else text


def parse_integer(raw: RawValue, unit: str = "") -> int:
    """Read a whole number; raise TextError for a fraction or anything else."""
    value = parse_number(raw, unit)
    if isinstance(value, float):
        raise TextError(raw)
    return value


def is_number(raw: RawValue, unit: str = "") -> bool:
    """Tell whether a cell holds a number, whole or not."""
    try:
        parse_number(raw, unit)
    except TextError:
        return False
    return True


def _whole(value: float) -> int | float:
    """Return an int where a float has no fraction (workbooks keep every number as a float)."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the way to see NaN
        raise TextError(value)
    return int(value) if value.is_integer() else value

"""Numbers as people write them: ``1,234千円``, ``▲100``, ``(100)``, full-width digits."""

from __future__ import annotations

import re
from functools import cache

from kohyo.errors import TextError
from kohyo.messages.catalogue import section
from kohyo.model.value import RawValue

_WIDE = str.maketrans("０１２３４５６７８９．，（）＋％　", "0123456789.,()+% ")
_PLAIN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


@cache
def _minus() -> str:
    signs: str = section("text")["numbers"]["minus"]
    return signs


@cache
def _units() -> tuple[str, ...]:
    return tuple(str(unit).translate(_WIDE) for unit in section("text")["numbers"]["units"])


def _strip_unit(text: str, unit: str) -> str:
    """Cut the field's own unit; another known unit stays and makes the text no number (円 is not 千円)."""
    known = unit.translate(_WIDE)
    return text.removesuffix(known).rstrip() if known and text.endswith(known) else text


def parse_number(raw: RawValue, unit: str = "") -> int | float:
    """Read a number by one rule; raise TextError for anything that is not surely one.

    Thousands marks must stand where they belong, a leading ▲△− or parentheses mean minus, the field's own
    ``unit`` may follow. A date, a truth value, 「約100」 or a circled digit is no number.
    """
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise TextError(raw)
    if isinstance(raw, (int, float)):
        return _whole(float(raw)) if isinstance(raw, float) else raw
    text = _strip_unit(raw.translate(_WIDE).strip(), unit)
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    elif text[:1] and text[0] in _minus():
        negative, text = True, text[1:].strip()
    text = _strip_unit(text.removeprefix("+"), unit)
    if _PLAIN.fullmatch(text) is None:
        raise TextError(raw)
    value = _whole(float(text.replace(",", ""))) if "." in text else int(text.replace(",", ""))
    return -value if negative else value


def parse_integer(raw: RawValue, unit: str = "") -> int:
    """Read a whole number; raise TextError for a fraction or anything else."""
    value = parse_number(raw, unit)
    if isinstance(value, float):
        raise TextError(raw)
    return value


def _whole(value: float) -> int | float:
    """Return an int where a float has no fraction (workbooks keep every number as a float)."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the way to see NaN
        raise TextError(value)
    return int(value) if value.is_integer() else value

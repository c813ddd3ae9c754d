"""Normalised text: cleaned text is a type of its own, used to compare and never stored."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

Key = NewType("Key", str)
"""Text made comparable: NFKC, one kind of hyphen, no white space, no variation selectors, one case."""

_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]")
_DASH_BETWEEN_DIGITS = re.compile("(?<=[0-9])[\u30fc\u2500](?=[0-9])")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def key(text: object) -> Key:
    """Return the comparable form of ``text``: 「２‐24」 equals ``2-24``, 「ＤⅩ」 equals ``DX``."""
    plain = unicodedata.normalize("NFKC", str(text))
    plain = _INVISIBLE.sub("", _HYPHENS.sub("-", plain))
    return Key(_DASH_BETWEEN_DIGITS.sub("-", plain).casefold())


def same(one: object, other: object) -> bool:
    """Tell whether two texts are the same once normalised."""
    return key(one) == key(other)

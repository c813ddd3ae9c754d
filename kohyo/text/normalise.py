"""Normalised text: cleaned text is a type of its own, used to compare and never stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

Key = NewType("Key", str)
"""Text made comparable: NFKC, one kind of hyphen and of wave dash, no white space, no variation selectors, one case."""

_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]")
_DASH_BETWEEN_DIGITS = re.compile("(?<=[0-9])[\u30fc\u2500](?=[0-9])")
_WAVES = re.compile("[\u301c\uff5e]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_SELDOM = re.compile(
    "[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u301c\uff5e\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""All that is put right but white space: one look tells that there is nothing of it."""

_RECURRING = 200
"""Characters of a text whose key is kept: labels, hints, names and choices stand on every sheet."""


def key(text: object) -> Key:
    """Return the comparable form of ``text``: 「２‐24」 equals ``2-24``, 「ＤⅩ」 equals ``DX``.

    A key is its own key, and those of short texts are kept.
    """
    spelled = str(text)
    return _kept(spelled) if len(spelled) <= _RECURRING else _key(spelled)


def _key(text: str) -> Key:
    """Normalise; taking away what is invisible can bring together what composes, hence the second round."""
    once = _plain(text)
    return Key(once if once == text else _plain(once))


_kept = lru_cache(maxsize=8192)(_key)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if _SELDOM.search(plain):
        plain = _WAVES.sub("~", _HYPHENS.sub("-", _INVISIBLE.sub("", plain)))
    plain = "".join(plain.split())
    if "\u30fc" in plain or "\u2500" in plain:
        plain = _DASH_BETWEEN_DIGITS.sub("-", plain)
    return unicodedata.normalize("NFKC", plain.casefold())


def same(one: object, other: object) -> bool:
    """Tell whether two texts are the same once normalised."""
    return key(one) == key(other)

"""The words of a short Japanese text that say what it is about (内容語), without a dictionary."""

from __future__ import annotations

import re

from kohyo.text.normalise import key

_RUN = re.compile(r"(?P<kanji>[一-鿿々〆ヶ]+)|(?P<word>[ァ-ヺー]{2,}|[a-z0-9]{2,}|[ぁ-ゖ]{3,})")
_PARTICLE = re.compile("(?<=.)[のをにとへ](?=.)")


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text: a run of kanji by its pairs, katakana or Latin letters, kana of three and more."""
    found: set[str] = set()
    for run in _RUN.finditer(key(text)):
        kanji = run["kanji"]
        found |= {kanji[at : at + 2] for at in range(len(kanji) - 1)} if kanji else {run["word"]}
    return frozenset(found)


def is_phrase(text: str) -> bool:
    """Tell whether particles join the words of a text, so that it says something, rather than being a name."""
    return _PARTICLE.search(text) is not None

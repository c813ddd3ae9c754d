"""Names that are alike (似た項目名): short ones too, by the words in them that few others have.

Of a few letters a measure of all letters knows nothing: 「補助金の見直し」 and 「基金の見直し」 differ in the one word
that counts. So a name is its words (a run of kanji by its pairs, a word of katakana or Latin letters as it is, kana of
three letters and more) without those that the plan says everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kohyo.text.content_words import content_words, is_phrase

_ALIKE = 0.7
"""So much of their words two names share."""

_LEAST = 2
"""So many words at least: two names that share one alone are alike by chance."""

_FEW = 3
"""What more names say than these is how a plan speaks (見直し, 導入), or the sort of a thing (小学校)."""

_SAME = 100.0

Words = frozenset[str]


def telling_names(titles: Iterable[str]) -> dict[str, tuple[Words, bool]]:
    """Return of each name the words that few of the others have, and whether it is put as a phrase.

    「夜間の窓口」 says what is done; 「北児童館」 is what a thing is called, and alike are those of one sort.
    """
    words = {title: content_words(title) for title in titles}
    counts = Counter(word for own in words.values() for word in own)
    usual = {word for word, count in counts.items() if count > _FEW}
    return {title: (own - usual, is_phrase(title)) for title, own in words.items()}


def likeness(one: tuple[Words, bool], other: tuple[Words, bool]) -> float:
    """Return how much of a hundred two names share, 0 for what is not alike."""
    common = one[0] & other[0]
    if len(common) < _LEAST or not (one[1] or other[1]):
        return 0.0
    share = 2 * len(common) / (len(one[0]) + len(other[0]))
    return _SAME * share if share >= _ALIKE else 0.0

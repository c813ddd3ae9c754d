"""Texts that are alike (似た文面): whether a written text still is one that went out, and which of many it may be.

A text that was only added to, or of which four fifths stand, is still that text. Which ones that can be of ten
thousand is looked up, never tried out: what is alike shares pairs of characters. Of two texts with together ``s``
characters of which ``m`` match, at most ``s - 2m + 1`` runs match, so that at least ``3m - s - 1`` pairs are the
same; where they are alike, ``m`` is at least ``2s/5``, and that is ``s/5 - 1``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import compress
from operator import add

from kohyo.text.normalise import Key

LONG = 12
"""Characters from which on a text is somebody's own."""

_ALIKE = 0.8
_SHORTER = 2 / 3
"""What is alike is at least this times as long as the other."""

_COMPARED = 400
"""Characters of a text that are compared: a whole cell would take minutes."""

_FEW = 4
"""Up to so many characters texts may be alike without a pair in common."""

_SLACK = 1e-6


def alike(written: Key, sent: Key) -> bool:
    """Tell whether a text still is what went out: it was only added to, or four fifths of its beginning stand."""
    if len(sent) >= LONG and sent in written:
        return True
    one, other = written[:_COMPARED], sent[:_COMPARED]
    if one == other or not (one and other):
        return written == sent
    length = len(one) + len(other)
    if 2.0 * min(len(one), len(other)) / length < _ALIKE or 2.0 * _common(one, other) / length < _ALIKE:
        return False
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= _ALIKE


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common, wherever they stand: no more can match."""
    ours, theirs = _letters(one), _letters(other)
    return sum([min(count, theirs[letter]) for letter, count in ours.items() if letter in theirs])


@lru_cache(maxsize=2048)
def _letters(text: str) -> Mapping[str, int]:
    """Return how often each character stands in a text; the same one is compared with many."""
    return Counter(text)


class SimilarTexts:
    """Distinct texts that went out, among which those that a written one may still be are found."""

    def __init__(self, texts: Iterable[Key]) -> None:
        self._texts = list(dict.fromkeys(texts))
        self._known = set(self._texts)

    def candidates(self, written: Key) -> Iterator[Key]:
        """Yield every text that is alike, and a few that are not."""
        found = {written} & self._known
        pairs = _pairs(written)
        found |= self._added_to(written, pairs)
        found |= {self._texts[place] for place in self._sharing(written[:_COMPARED], pairs[: _COMPARED - 1])}
        yield from found

    def _added_to(self, written: Key, pairs: Sequence[str]) -> set[Key]:
        """Return the long texts whose beginning stands in the written one."""
        may_start = map(self._openings.__contains__, pairs)
        starts = {written[at : at + LONG] for at in compress(range(len(written)), may_start)}
        return {text for start in starts & self._by_start.keys() for text in self._by_start[start] if text in written}

    def _sharing(self, one: str, pairs: Sequence[str]) -> Iterator[int]:
        """Yield the places of the texts that share as many pairs with a text as those must that are alike."""
        least, most = len(one) * _SHORTER - _SLACK, len(one) / _SHORTER + _SLACK
        if len(one) < _FEW:
            yield from (place for place in self._few if least <= len(self._texts[place]) <= most)
            return
        held = self._by_pair
        rare = {pair: count for pair, count in Counter(pairs).items() if pair in held}
        common: dict[str, int] = {}
        spare = (len(one) + least) / 5 - 1 - _SLACK
        for _, pair in sorted([(-len(held[pair]), pair) for pair in rare]):
            if rare[pair] >= spare:
                break
            spare -= rare[pair]
            common[pair] = rare.pop(pair)
        most_besides = sum(common.values())
        for place, count in self._counted(rare).items():
            length = self._lengths[place]
            needed = (len(one) + length) / 5 - 1 - _SLACK - count
            if needed <= most_besides and least <= length <= most and needed <= self._besides(place, common):
                yield place

    def _besides(self, place: int, common: Mapping[str, int]) -> int:
        """Return how many of the common pairs stand in a text."""
        text = self._texts[place][:_COMPARED]
        return sum([count for pair, count in common.items() if pair in text])

    def _counted(self, pairs: Mapping[str, int]) -> Mapping[int, int]:
        """Return by place of a text how many of the pairs stand in it."""
        shared: dict[int, int] = defaultdict(int)
        for pair, count in pairs.items():
            for place in self._by_pair.get(pair, ()):
                shared[place] += count
        return shared

    @cached_property
    def _by_start(self) -> Mapping[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for text in self._texts:
            if len(text) >= LONG:
                found[text[:LONG]].append(text)
        return found

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The pairs of characters with which long texts begin."""
        return frozenset(start[:2] for start in self._by_start)

    @cached_property
    def _by_pair(self) -> Mapping[str, list[int]]:
        """The places of the texts by each pair of characters that stands in what is compared of them."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for pair in dict.fromkeys(_pairs(text[:_COMPARED])):
                found[pair].append(place)
        return found

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        """How many characters of each text are compared."""
        return tuple(min(len(text), _COMPARED) for text in self._texts)

    @cached_property
    def _few(self) -> tuple[int, ...]:
        return tuple(place for place, text in enumerate(self._texts) if len(text) <= _FEW)


def _pairs(text: str) -> list[str]:
    return list(map(add, text, text[1:]))

"""What changed within a text, in pieces that a reader of Japanese takes in at a glance (変わった言葉)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

Piece: TypeAlias = tuple[str, bool]
"""A part of a text, and whether it changed."""

_WORDS = re.compile("[ぁ-ゟ]+|[ァ-ヿ]+|[A-Za-zＡ-Ｚａ-ｚ]+|[0-9０-９.,，．]+|\n|.", re.DOTALL)
"""Kanji stand for themselves; syllables, letters and digits only make sense in their runs."""

_LIKE = 0.3
"""Texts that have less than this in common are new as a whole: marks between them would only confuse."""
_SHORT = 2
"""Fewer equal characters than this between two changes are marked with them."""


def differences(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of both texts; joined they are the texts, letter by letter."""
    if old == new:
        return _whole(old, changed=False), _whole(new, changed=False)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if not old or not new or _likeness(matcher, before, old, new) < _LIKE:
        return _whole(old, changed=True), _whole(new, changed=True)
    steps = [step for part in matcher.get_opcodes() for step in _refined(part, before, after)]
    joined = list(_absorbed(steps))
    return _pieces((one, changed) for one, _, changed in joined), _pieces((two, changed) for _, two, changed in joined)


Step: TypeAlias = tuple[str, str, bool]
"""A part of the old text, what stands for it in the new one, and whether they differ."""


def _likeness(matcher: SequenceMatcher[str], before: Sequence[str], old: str, new: str) -> float:
    same = sum(len("".join(before[block.a : block.a + block.size])) for block in matcher.get_matching_blocks())
    return 2 * same / (len(old) + len(new))


def _refined(part: tuple[str, int, int, int, int], before: Sequence[str], after: Sequence[str]) -> Iterator[Step]:
    """Yield the part; where the one text only goes on at an end of the other, what both say is not marked."""
    one, two = "".join(before[part[1] : part[2]]), "".join(after[part[3] : part[4]])
    if part[0] == "equal":
        yield one, two, False
        return
    short, long = sorted((one, two), key=len)
    if short and long.startswith(short):
        yield short, short, False
        yield one[len(short) :], two[len(short) :], True
    elif short and long.endswith(short):
        yield one[: len(one) - len(short)], two[: len(two) - len(short)], True
        yield short, short, False
    else:
        yield one, two, True


def _absorbed(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps; a few equal characters between two changes are taken into them."""
    for place, (one, two, changed) in enumerate(steps):
        inside = 0 < place < len(steps) - 1 and steps[place - 1][2] and steps[place + 1][2]
        yield one, two, changed or (inside and len(one) < _SHORT and one != "\n")


def _pieces(parts: Iterator[Piece]) -> tuple[Piece, ...]:
    """Join neighbours that are alike."""
    pieces: list[Piece] = []
    for text, changed in parts:
        if text and pieces and pieces[-1][1] == changed:
            pieces[-1] = (pieces[-1][0] + text, changed)
        elif text:
            pieces.append((text, changed))
    return tuple(pieces)


def _whole(text: str, *, changed: bool) -> tuple[Piece, ...]:
    return ((text, changed),) if text else ()

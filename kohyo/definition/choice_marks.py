"""Marks of choices (選択肢の記号): the letter or number that a choice begins with, which people write in its stead."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from kohyo.messages import section
from kohyo.text.normalise import Key, key

_OPENS, _CLOSES, _STOPS = (re.escape(str(section("text")["marks"][part])) for part in ("opens", "closes", "stops"))
_SPELLED = r"[0-9]{1,3}|[a-z][0-9]{1,2}|[ivx]{1,5}|[^\W\d_]"
_IN_BRACKETS = re.compile(rf"[{_OPENS}]({_SPELLED})[{_CLOSES}]")
_BEFORE = re.compile(rf"({_SPELLED})(?:\s|[{_STOPS}](?![0-9])|[{_OPENS}{_CLOSES}])")
_ALONE = re.compile(rf"({_SPELLED})[{_STOPS}{_CLOSES}]?")


def choice_of_mark(choices: tuple[str, ...], typed: str) -> str | None:
    """Return the choice that a text means by its mark alone: 「Ｂ」 for 「Ｂ 経過観察」, 「2」 for 「② 審査業務」.

    A mark is one letter, a number or a letter with one, parted from the words behind it; numbers are marks where they
    count the choices from 1. Where two choices bear the same, none is meant by any; nor is one whose mark is the whole
    of another choice.
    """
    marks = _marks(choices)
    text = _plain(typed)
    found = (_IN_BRACKETS.fullmatch(text) or _ALONE.fullmatch(text)) if marks else None
    return marks.get(key(found[1])) if found else None


@cache
def _marks(choices: tuple[str, ...]) -> dict[Key, str]:
    """Return the choices by their marks; nothing where two bear the same."""
    whole = {key(choice) for choice in choices}
    marked = [(mark, choice) for choice in choices if (mark := _mark(choice))]
    numbers = [mark for mark, _ in marked if mark.isdecimal()]
    if numbers != [str(place) for place in range(1, len(numbers) + 1)]:  # 「5 件未満」 begins with no mark
        marked = [(mark, choice) for mark, choice in marked if not mark.isdecimal()]
    alike = any(times > 1 for times in Counter(mark for mark, _ in marked).values())
    return {} if alike else {mark: choice for mark, choice in marked if mark not in whole}


def _mark(choice: str) -> Key | None:
    """Return the mark that a choice begins with, None where it begins with none or is nothing else."""
    text = _plain(choice)
    found = _IN_BRACKETS.match(text) or _BEFORE.match(text)
    return key(found[1]) if found and found.end() < len(text) else None


def _plain(text: str) -> str:
    """Return a text in plain letters, a number in a circle or in brackets parted from what follows."""
    first, rest = text.strip()[:1], text.strip()[1:]
    parted = f"{first} {rest}" if first and unicodedata.category(first) == "No" else f"{first}{rest}"
    return unicodedata.normalize("NFKC", parted).casefold().strip()

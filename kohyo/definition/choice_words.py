"""Words of choices that were changed (選択肢の以前の言葉): which of today's words they mean.

The definition says it beside the choice, for people alone know that two words are one answer; what a workspace was
once told it remembers. A word that is a choice today means itself, whatever it meant before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan
from kohyo.model.plan_fields import Choices, FormerName
from kohyo.text.normalise import Key, key

PART = "choices"
_BETWEEN = ":"


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def former_choices(plan: Plan, name: str) -> tuple[tuple[Key, str], ...]:
    """Return the words of the past of a list of choices, each with the choice of today that it means."""
    listed = next((entry for entry in plan.choices if entry.name == name), None)
    if listed is None:
        return ()
    today = {key(value): value for value in listed.values}
    steps = {key(known.name): key(known.code.partition(_BETWEEN)[2]) for known in _told(plan, listed)}
    found = ((word, _at_last(word, steps, today)) for word in steps if word not in today)
    return tuple((word, choice) for word, choice in found if choice)


def _told(plan: Plan, listed: Choices) -> Iterator[FormerName]:
    """Yield what a workspace remembers of a list, then what the definition says today."""
    start = f"{listed.name}{_BETWEEN}"
    yield from (known for known in plan.remembered.names if known.part == PART and known.code.startswith(start))
    yield from former_words(listed)


def _at_last(word: Key, steps: dict[Key, Key], today: dict[Key, str]) -> str:
    """Follow a word from change to change to a choice of today; empty where it leads to none."""
    passed: set[Key] = set()
    while word not in today and word in steps and word not in passed:
        passed.add(word)
        word = steps[word]
    return today.get(word, "")


def former_words(listed: Choices) -> Iterator[FormerName]:
    """Yield what the choices of a list were called before, as a workspace remembers it."""
    for known in listed.former:
        for name in known.names:
            yield FormerName(part="choices", code=f"{listed.name}{_BETWEEN}{known.value}", name=name)

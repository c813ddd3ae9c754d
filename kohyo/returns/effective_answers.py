"""Effective answers (有効な回答): of everything a respondent sent, what it says now, by item and field.

A later round takes the place of an earlier one by the chain of control numbers, never by arrival. Of several files
of one round, a sheet that was left as sent says nothing beside one that was filled in, whatever the cover says for
all sheets; two that differ are the respondent's own contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, groupby
from operator import attrgetter

from kohyo.model.answer import AnswerState, FieldAnswer, Target, Voice, answer_state
from kohyo.model.item import ItemId
from kohyo.model.returned_file import ReturnedFile

_ORDER = attrgetter("department", "control", "sha256", "place.cell")
_TARGET = attrgetter("item", "field")


def effective_answers(files: Iterable[ReturnedFile]) -> dict[Target, tuple[Voice, ...]]:
    """Return who says what of every field, in an order that does not depend on that of the files."""
    said: dict[Target, list[FieldAnswer]] = defaultdict(list)
    for answer in _once(files):
        said[_TARGET(answer)].append(answer)
    touched: set[tuple[str, ItemId]] = set()
    if any(len(answers) > 1 for answers in said.values()):
        every = chain.from_iterable(said.values())
        touched = {(answer.sha256, answer.item) for answer in every if answer.changes and not answer.from_cover}
    return {target: _voices(said[target], touched) for target in sorted(said)}


def _voices(answers: list[FieldAnswer], touched: set[tuple[str, ItemId]]) -> tuple[Voice, ...]:
    """Return who says what of one field; of most fields one answer is all there is."""
    if len(answers) == 1:
        return (Voice(answers[0].department, tuple(answers)),)
    by_department = groupby(sorted(answers, key=_ORDER), attrgetter("department"))
    return tuple(Voice(name, _latest(list(own), touched)) for name, own in by_department)


def _once(files: Iterable[ReturnedFile]) -> Iterable[FieldAnswer]:
    """Yield the answers of each content once, under whatever names it came."""
    by_content = {file.sha256: file for file in files if file.answers}
    for file in by_content.values():
        yield from file.answers


def _latest(answers: list[FieldAnswer], touched: set[tuple[str, ItemId]]) -> tuple[FieldAnswer, ...]:
    """Return the answers of the last round that count: one, or those that differ.

    Covers that differ say nothing of a sheet which nobody filled in: it stands as it went out.
    """
    if len(answers) == 1:
        return tuple(answers)
    last = max(answer.round for answer in answers)
    own = [answer for answer in answers if answer.round == last]
    filled_in = [answer for answer in own if (answer.sha256, answer.item) in touched] or own
    stated = [answer for answer in filled_in if answer.state is not AnswerState.BLANK] or filled_in
    distinct: list[FieldAnswer] = []
    for answer in stated:
        if answer.value not in [known.value for known in distinct]:
            distinct.append(answer)
    if len(distinct) > 1 and all(answer.from_cover for answer in distinct):
        first = distinct[0]
        return (first._replace(value=first.base, state=answer_state(first.base, first.base)),)
    return tuple(distinct)

"""Weighing (突き合わせ) of all that was said of one field: the value in force, and the question that is left.

A function of the set of answers and of the last act of people; the order in which anything arrived plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kohyo.model.answer import AnswerState, FieldAnswer, Voice, is_nothing
from kohyo.model.register import ConflictKind
from kohyo.model.value import FieldValue
from kohyo.register.people_edits import Act


@dataclass(frozen=True)
class Rival:
    """A value that the register has not taken: why, and who says it."""

    value: FieldValue
    kind: ConflictKind
    answers: tuple[FieldAnswer, ...]


class Weighed(NamedTuple):
    """The value in force, the answer that it comes from if any, the rivals, and who stands by it.

    ``answered`` tells that it rests on what the lead sent, be it what its form showed.
    """

    value: FieldValue
    source: FieldAnswer | None
    answered: bool
    rivals: tuple[Rival, ...]
    agreed: tuple[str, ...]


def weigh(act: Act, voices: Sequence[Voice], *, choice: bool = False) -> Weighed:
    """Weigh the voices on a field: the lead's answer counts, anybody else's change is a proposal.

    Only a field that was empty, of which the lead says nothing, takes what the other owners agree upon.

    ``choice`` marks ticks and choices, of which an owner who left the value as sent has said that it is right.
    """
    return _undisputed(act, voices) or _Weighing(act, voices, choice=choice).weighed()


def _undisputed(act: Act, voices: Sequence[Voice]) -> Weighed | None:
    """Return the outcome where the lead alone has answered, and once, as of most fields; None of any other."""
    if len(voices) != 1 or len(voices[0].answers) != 1:
        return None
    answer = voices[0].answers[0]
    if not answer.leads or act.settles(answer) or not act.precedes(answer):
        return None
    if answer.state is AnswerState.EMPTIED:
        return None
    if answer.state is AnswerState.BLANK:
        return Weighed(act.value, source=None, answered=False, rivals=(), agreed=())
    return Weighed(answer.value, answer, answered=True, rivals=(), agreed=(answer.department,))


class _Weighing:
    """One field under way."""

    def __init__(self, act: Act, voices: Sequence[Voice], *, choice: bool) -> None:
        self._act = act
        self._voices = voices
        self._choice = choice
        self._live = [answer for voice in voices if (answer := voice.answer) and not act.settles(answer)]
        self._on_time = [answer for answer in self._live if act.precedes(answer)]

    def weighed(self) -> Weighed:
        """Return the outcome."""
        source = self._source()
        shown = None if source else self._shown()
        value = source.value if source else shown.base if shown else self._act.value
        rivals = tuple(self._rivals(value))
        said = {name for rival in rivals for name in (answer.department for answer in rival.answers)}
        agreed = [answer.department for voice in self._voices if (answer := voice.answer) and _states(answer, value)]
        return Weighed(
            value,
            source,
            source is not None or shown is not None,
            rivals,
            tuple(name for name in agreed if name not in said),
        )

    def _lead(self) -> FieldAnswer | None:
        """Return the answer of the lead; where the lead changed in mid-year, that of the form that went out last."""
        leading = [answer for answer in self._on_time if answer.leads and answer.state is not AnswerState.BLANK]
        return max(leading, key=_issued, default=None)

    def _source(self) -> FieldAnswer | None:
        """Return the answer that gives the field its value."""
        lead = self._lead()
        if lead is None:
            return self._only_answer()
        if lead.state is AnswerState.EMPTIED:
            return None
        return None if lead.changes and self._contradicted(lead) else lead

    def _only_answer(self) -> FieldAnswer | None:
        """Return what fills a field that was empty, where the lead said nothing and the others agree."""
        stated = [answer for answer in self._on_time if not is_nothing(answer.value)]
        agree = all(_same(answer.value, stated[0].value) for answer in stated)
        contradicted = any(len(voice.answers) > 1 for voice in self._voices)
        return stated[0] if stated and agree and not contradicted and is_nothing(self._act.value) else None

    def _contradicted(self, lead: FieldAnswer) -> bool:
        """Tell whether another owner says that a choice is right which the lead changed."""
        return self._choice and any(
            answer.state is AnswerState.CONFIRMED and answer.value != lead.value for answer in self._on_time
        )

    def _shown(self) -> FieldAnswer | None:
        """Return an answer of the lead that gives no value, but tells what its form showed; None where it sent none."""
        leading = [
            answer for voice in self._voices for answer in voice.answers if answer.leads and self._act.precedes(answer)
        ]
        said = [answer for answer in leading if answer.state is not AnswerState.BLANK and not self._act.settles(answer)]
        return max(said, key=_issued, default=None)

    def _rivals(self, value: FieldValue) -> Iterator[Rival]:
        """Yield every other value that is asked for, once."""
        found: dict[tuple[str, str], tuple[FieldValue, ConflictKind, list[FieldAnswer]]] = {}
        for answer, kind in self._asked(value):
            known = found.setdefault((type(answer.value).__name__, str(answer.value)), (answer.value, kind, []))
            known[2].append(answer)
        for other, kind, answers in found.values():
            yield Rival(other, kind, tuple(answers))

    def _asked(self, value: FieldValue) -> Iterator[tuple[FieldAnswer, ConflictKind]]:
        for voice in self._voices:
            for answer in voice.answers:
                wanted = answer.changes or len(voice.answers) > 1
                if wanted and not _same(answer.value, value) and not self._act.settles(answer):
                    yield answer, self._why(voice, answer)

    def _why(self, voice: Voice, answer: FieldAnswer) -> ConflictKind:
        if len(voice.answers) > 1:
            return ConflictKind.RETURNS
        if answer.state is AnswerState.EMPTIED:
            return ConflictKind.EMPTIED
        return ConflictKind.DEPARTMENTS if self._act.precedes(answer) else ConflictKind.REGISTER


def _issued(answer: FieldAnswer) -> tuple[int, str]:
    """Return a key by which the answers of later forms come later."""
    return answer.issued_after or 0, answer.control


def _states(answer: FieldAnswer, value: FieldValue) -> bool:
    return answer.state is not AnswerState.BLANK and _same(answer.value, value)


def _same(one: FieldValue, other: FieldValue) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))

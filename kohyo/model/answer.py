"""Answers (回答): what one received file says of one field of one item, worked out once and never forgotten."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from kohyo.model.finding import Place
from kohyo.model.item import ItemId
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue

_NOTHING = (None, "", Tick.UNKNOWN)


class AnswerState(Enum):
    """What a respondent did to a field (回答の種類), against what the register held when the form went out."""

    CHANGED = "changed"  # 変更
    CONFIRMED = "confirmed"  # 確認: left as sent
    EMPTIED = "emptied"  # 空欄化
    BLANK = "blank"  # 未記入: nothing stood there and nothing was written


def is_nothing(value: FieldValue) -> bool:
    """Tell whether a field with this value says nothing: empty, or 不明."""
    return value in _NOTHING


def answer_state(value: FieldValue, base: FieldValue) -> AnswerState:
    """Return what writing ``value`` over ``base`` is."""
    if value == base:
        return AnswerState.BLANK if is_nothing(value) else AnswerState.CONFIRMED
    if is_nothing(value) and is_nothing(base):
        return AnswerState.BLANK
    return AnswerState.EMPTIED if value in (None, "") else AnswerState.CHANGED


class FieldAnswer(NamedTuple):
    """One answer: the value that stands in the cell, and ``base``, what the register held when the form went out.

    ``leads`` says whether the respondent led the item by its form; ``issued_after``
    how many changes the history told when that form went out.
    """

    item: ItemId
    field: str
    state: AnswerState
    value: FieldValue
    base: FieldValue
    department: str
    round: int
    control: str
    leads: bool
    place: Place
    typed: str
    sha256: str
    issued_after: int | None = None
    from_cover: bool = False
    """Whether the cover said it for a sheet that left it empty."""

    @property
    def changes(self) -> bool:
        """Whether it asks for another value than the register held."""
        return self.state in (AnswerState.CHANGED, AnswerState.EMPTIED)


Target: TypeAlias = tuple[ItemId, str]
"""An item and one of its fields."""


class Voice(NamedTuple):
    """What one respondent says of one field: one answer, or several that differ within a round."""

    department: str
    answers: tuple[FieldAnswer, ...]

    @property
    def answer(self) -> FieldAnswer | None:
        """The one answer; None for a contradiction."""
        return self.answers[0] if len(self.answers) == 1 else None

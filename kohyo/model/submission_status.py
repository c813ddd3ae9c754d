"""Submission status (提出の状況): where one respondent stands, and what is behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kohyo.model.issued_form import Ask


class State(StrEnum):
    """What became of a respondent's return so far, in the order in which reports name it."""

    MISSING = "missing"  # 未提出
    SENT_BACK = "sent_back"  # 差戻し
    DEFECTIVE = "defective"  # 不備
    SUBMITTED = "submitted"  # 提出: something is still to come or to be decided
    ACCEPTED = "accepted"  # 受理


OWING = (State.MISSING, State.SENT_BACK, State.DEFECTIVE)
"""States in which a respondent still has to send something."""


@dataclass(frozen=True)
class SubmissionStatus:
    """Where one respondent stands: its state and what is behind it.

    ``files`` are those that count, ``received`` is how many came, superseded ones as well. ``absent`` are item sheets
    that stand in no return, ``asks`` what the correction that is awaited asks for.
    """

    department: str
    state: State
    round: int
    items: int
    files: tuple[str, ...]
    errors: int
    checks: int
    conflicts: int
    deadline: date
    overdue: bool
    absent: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    received: int = 0

    @property
    def owes(self) -> bool:
        """Tell whether the department owes a return, a sheet of it or a correction."""
        return self.state in OWING or bool(self.absent)

    @property
    def to_mend(self) -> tuple[Ask, ...]:
        """What must be mended."""
        return tuple(ask for ask in self.asks if ask.must)

    @property
    def sheets(self) -> Mapping[str, int]:
        """Its item sheets by what became of them: come in, to be mended, still to come."""
        if self.state is State.MISSING:
            return {"come": 0, "mend": 0, "absent": self.items}
        mend = min(len({ask.sheet for ask in self.to_mend}), self.items - len(self.absent))
        return {"come": self.items - mend - len(self.absent), "mend": mend, "absent": len(self.absent)}


@dataclass(frozen=True)
class StillOut:
    """An earlier survey of which something is out: how its form is called, by which name one asks for it, who owes."""

    form: str
    survey: str
    owing: tuple[SubmissionStatus, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """Who still owes something, in the order of the organisation."""
        return tuple(status.department for status in self.owing)

    @property
    def overdue(self) -> bool:
        """Tell whether a deadline of theirs is over."""
        return any(status.overdue for status in self.owing)


@dataclass(frozen=True)
class MovedDeadline:
    """A deadline that the definition has moved since forms went out: how the form is called, its day, the new one."""

    form: str
    sent: date
    defined: date

"""The answer (回答): what a command did stays known, and its workspace locked, until somebody was told.

A program may be killed after a command did all and before anybody knows of it. Asked once more it must then say what
was done, and not do it again: undo would take back another command, rollover open another year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeAlias

End: TypeAlias = Callable[[bool], object]
"""Ends the work in a workspace; told whether its answer was given, so that what was done can be forgotten."""


@dataclass
class _Answer:
    end: End | None = None

    def give(self, *, given: bool) -> None:
        end, self.end = self.end, None
        if end is not None:
            end(given)


_waited_for: ContextVar[_Answer | None] = ContextVar("answer", default=None)


@contextmanager
def answering() -> Iterator[None]:
    """Remember what a command did until this ends; where it fails, or the program is killed before, for good.

    Within, whoever asks gives the answer, whole and onto the screen. Without, a command is answered as it ends.
    """
    answer = _Answer()
    token = _waited_for.set(answer)
    given = False
    try:
        yield
        given = True
    finally:
        _waited_for.reset(token)
        answer.give(given=given)


def end_with_answer(end: End) -> None:
    """End the work in a workspace once its answer was given: at once where nobody waits with it (``answering``)."""
    waited_for = _waited_for.get()
    answer = waited_for or _Answer()
    answer.end = end
    if waited_for is None:
        answer.give(given=True)


def begin_another() -> None:
    """Begin another command: whoever asks for it knows what the one before did, and that one ends."""
    answer = _waited_for.get()
    if answer is not None:
        answer.give(given=True)

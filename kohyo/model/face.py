"""The two faces of a cell (見た目と値): what it shows where that is not what it holds."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Look(Enum):
    """Why a cell shows something else than it holds."""

    PERCENT = "percent"
    MOMENT = "moment"
    """A day or a time in a format of its own."""
    FORMATTED = "formatted"
    """A number with leading zeros, rounded, or with words of its format."""
    STRUCK = "struck"
    """Letters are struck through (見え消し); what is shown is the rest."""
    ERASED = "erased"
    """All of it is struck through."""
    UNSEEN = "unseen"
    """The format shows nothing."""
    PLAIN = "plain"
    """What is shown is what is held."""


class Face(NamedTuple):
    """What people see in a cell that holds something else; ``text`` is None where nobody can tell."""

    look: Look
    text: str | None
    unseen: bool = False
    """Whether that cannot be made out: white letters on white, a number in too narrow a column."""

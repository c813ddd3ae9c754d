"""One thing that the doctor looked at (診断の一行): how it came out, and the line that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kohyo.messages import wording


class Mark(Enum):
    """How one check came out."""

    GOOD = "good"
    MENDED = "mended"
    BAD = "bad"
    NOTE = "note"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    mark: Mark
    text: str


def checked(mark: Mark, name: str, **fields: object) -> Check:
    """Return a check that came out so, in the words of its name."""
    return Check(mark, wording(f"addin.checks.{name}", **fields))

"""An observation (診断の一項目): one thing of a workspace that was looked at, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kohyo.messages import wording


class State(Enum):
    """How something is that was looked at."""

    SOUND = "sound"
    DAMAGED = "damaged"
    KNOWN = "known"  # neither: it is to be known


@dataclass(frozen=True)
class Observation:
    """One thing that was looked at, and what was seen."""

    state: State
    text: str


def seen(state: State, key: str, **fields: object) -> Observation:
    """Return an observation in the words of ``notices.health``."""
    return Observation(state, wording(f"notices.health.{key}", **fields))

"""Plan versions (版): the register frozen under a name, with the year and the numbering it had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Version:
    """What a frozen register says of itself: its name, the survey's fiscal year, the day, plan and plan version.

    The item numbers of a version belong to it alone.
    """

    name: str
    year: int
    frozen_on: date | None
    plan: str
    plan_version: str

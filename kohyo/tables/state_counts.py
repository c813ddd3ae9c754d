"""How many respondents stand where (状況別の数), in a line."""

from __future__ import annotations

from collections.abc import Mapping

from kohyo.messages import wording
from kohyo.model.submission_status import State


def count_line(counts: Mapping[State, int]) -> str:
    """Return how many respondents stand where: 未提出2、受理3."""
    counted = (
        wording("result.outcome", outcome=wording(f"result.state.{state}"), count=count)
        for state, count in counts.items()
    )
    return wording("text.list.joiner").join(counted)

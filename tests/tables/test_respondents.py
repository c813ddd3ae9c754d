"""What the secretariat does next (次にすること), a row per respondent.

1. Whatever a row counts that somebody has to see to is named there; nothing is to do only where nothing is counted.
2. As many files as came are counted, superseded ones as well.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.tables.respondents import departments_table

BASE = SubmissionStatus(
    department="総務部",
    state=State.ACCEPTED,
    round=2,
    items=7,
    files=("差戻し.xlsx",),
    errors=0,
    checks=0,
    conflicts=0,
    deadline=date(2024, 6, 14),
    overdue=False,
)
COUNTED = {"誤り": "errors", "確認": "checks", "競合": "conflicts"}


def _next(status: SubmissionStatus) -> tuple[str, dict[str, object]]:
    (record,) = departments_table([status], {}, Path("台帳.xlsx")).records
    return str(record["next"]), dict(record)


@given(
    st.fixed_dictionaries({key: st.integers(0, 2) for key in COUNTED.values()}),
    st.sampled_from(State),
    st.sampled_from([(), ("1-1", "1-2")]),
)
def test_what_is_counted_is_to_be_done(counts: dict[str, int], state: State, absent: tuple[str, ...]) -> None:
    """A count that stands in the row stands in the sentence as well, where the state does not say it all (1)."""
    status = replace(BASE, **counts, state=state, absent=absent)  # type: ignore[arg-type]
    told, _ = _next(status)
    for label in ("確認", "競合"):
        assert (label in told) is (getattr(status, COUNTED[label]) > 0)
    assert ("、".join(absent) in told) is True
    assert not status.errors or f"{status.errors}" in told or state is State.MISSING
    nothing = state in (State.ACCEPTED, State.SUBMITTED) and not absent and not any(counts.values())
    assert (told == "ありません。") is nothing


def test_files_that_came() -> None:
    """One that another supersedes came, too, and is listed among the files (2)."""
    assert _next(replace(BASE, received=2))[1]["files"] == 2

"""The year of what departments sent besides (提案・課題・好事例の年度), for registers that do not tell it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kohyo.model.history import standing
from kohyo.model.register import Change, ChangeKind, Register, Submission


def with_years(register: Register, changes: Sequence[Change], year: int) -> Register:
    """Return the register in which every proposal, issue and practice tells its year; told ones stay as they are.

    ``year`` is the fiscal year of the survey now, ``changes`` the whole history: an entry is as many years older as
    the year was rolled over since it came. What was there before anything was sent is of the first year.
    """
    if all(entry.year for entry in register.submissions):
        return register
    counted = [change for _, change in standing(changes)]
    entries = (entry if entry.year else _with_year(entry, counted, year) for entry in register.submissions)
    return replace(register, submissions=tuple(entries))


def _with_year(entry: Submission, changes: Sequence[Change], year: int) -> Submission:
    came = next((place for place, change in enumerate(changes) if change.item == entry.id), 0)
    rolled = {change.at for change in changes[came:] if change.kind is ChangeKind.ROLLED}
    return replace(entry, year=year - len(rolled))

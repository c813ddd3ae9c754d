"""Deadlines (締切) before they go out: one that is past, one on which offices are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kohyo.errors import UsageError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.raised import finding_of
from kohyo.text.dates import show_date, show_weekday
from kohyo.text.working_days import is_working_day, next_working_day


def stop_if_past(typed: date | None, today: date, *, anyway: bool) -> None:
    """Raise UsageError for a typed deadline before today, unless it is meant ``anyway``."""
    if typed is not None and typed < today and not anyway:
        raise UsageError("deadline_past", day=show_date(typed), today=show_date(today))


def deadline_findings(form: str, day: date, today: date, *, anyway: bool = False) -> Iterator[Finding]:
    """Yield what is odd about the deadline of ``form``; that it is past only where nobody said ``anyway``."""
    if day < today and not anyway:
        yield finding_of(Code.K551, field=form, value=show_date(day), today=show_date(today))
    elif not is_working_day(day):
        following = next_working_day(day)
        shown = f"{show_date(following)}({show_weekday(following)})"
        yield finding_of(Code.K552, field=form, value=f"{show_date(day)}({show_weekday(day)})", proposed=shown)

"""A day that a command is given (日付の指定), in any of the ways in which offices write one, and its own time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias, overload

from kohyo.errors import TextError, UsageError
from kohyo.text.dates import parse_day

Day: TypeAlias = date | str
"""A day, or what says one: 令和7年4月17日, R7.4.17, 2025-04-17, 4/17."""


@overload
def given_day(day: Day) -> date: ...


@overload
def given_day(day: Day | None) -> date | None: ...


def given_day(day: Day | None) -> date | None:
    """Return the day; without its year it is the one nearest to today. Raises UsageError for what is none."""
    if isinstance(day, datetime):
        return day.date()
    if day is None or isinstance(day, date):
        return day
    try:
        return parse_day(day, date.today())  # noqa: DTZ011 - the day of the desk
    except TextError:
        raise UsageError("no_day", day=day) from None


def moment_of(now: datetime | None) -> datetime:
    """Return the time at which a command works, to the second."""
    return (now or datetime.now().astimezone()).replace(microsecond=0, tzinfo=None)

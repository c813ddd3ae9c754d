"""Working days (開庁日): neither Saturday, Sunday nor public holiday, nor within the turn of the year."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5
_TURN_OF_YEAR = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
"""地方自治法第四条の二: local governments are closed from 29 December to 3 January."""


def is_working_day(day: date) -> bool:
    """Tell whether offices are open: 国民の祝日に関する法律 by jpholiday, weekends, the turn of the year."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _TURN_OF_YEAR:
        return False
    from jpholiday import is_holiday  # noqa: PLC0415 - few commands ask

    return not is_holiday(day)


def next_working_day(day: date) -> date:
    """Return the day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day

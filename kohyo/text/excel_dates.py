"""Days as Excel counts them (シリアル値), in the 1900 date system."""

from __future__ import annotations

from datetime import date, datetime, timedelta

FIRST_SURE_DAY = date(1900, 3, 1)
"""Before it serial numbers and the calendar disagree."""

DAYS_TO_1904 = 1462
"""What a workbook of the 1904 date system counts less."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_DAY_SECONDS = 86400


def from_serial(number: float) -> datetime:
    """Return a day, with its time where the number has a fraction; raise OverflowError beyond the calendar."""
    return _EPOCH + timedelta(days=number)


def to_serial(value: date) -> float:
    """Return the serial number of a day, with its time as the fraction."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    span = moment - _EPOCH
    return span.days + span.seconds / _DAY_SECONDS if span.seconds else span.days

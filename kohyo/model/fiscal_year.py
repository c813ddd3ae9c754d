"""Fiscal year (年度): April to March, named after the calendar year it begins in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_REIWA_OFFSET = 2018  # 令和元年度 is fiscal year 2019
_FIRST_MONTH = 4


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A fiscal year from 令和元年度 (2019) on; ``FiscalYear(2024)`` is 令和6年度, R6 in short."""

    year: int

    def __post_init__(self) -> None:
        """Refuse years before the era that the labels use."""
        if self.year <= _REIWA_OFFSET:
            raise ValueError(self.year)

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        """Return the fiscal year that ``day`` lies in."""
        return cls(day.year if day.month >= _FIRST_MONTH else day.year - 1)

    @property
    def era_year(self) -> int:
        """The year within the era, 6 for 2024."""
        return self.year - _REIWA_OFFSET

    @property
    def short(self) -> str:
        """The short form, ``R6`` for 2024."""
        return f"R{self.era_year}"

    @property
    def next(self) -> FiscalYear:
        """The fiscal year after this one."""
        return FiscalYear(self.year + 1)

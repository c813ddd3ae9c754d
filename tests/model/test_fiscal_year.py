"""Fiscal years.

1. A fiscal year runs from April to March and is named after the year it begins in.
2. It knows its year of the era, its short form and the year after it, and sorts by time.
3. Years before the era of the labels are refused.
"""

from __future__ import annotations

from datetime import date

import pytest

from kohyo.model.fiscal_year import FiscalYear


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 4, 1), 2024), (date(2025, 3, 31), 2024), (date(2024, 3, 31), 2023), (date(2024, 12, 31), 2024)],
)
def test_a_year_runs_from_april_to_march(day: date, year: int) -> None:
    """The last day of March still belongs to the year before (1)."""
    assert FiscalYear.of(day) == FiscalYear(year)


def test_a_year_knows_its_names_and_its_successor() -> None:
    """2024 is the sixth of the era, R6, and 2025 follows (2)."""
    year = FiscalYear(2024)
    assert (year.era_year, year.short, year.next) == (6, "R6", FiscalYear(2025))
    assert sorted([year.next, year]) == [year, year.next]


def test_the_era_begins_in_2019() -> None:
    """令和元年度 is the first year there is (3)."""
    assert FiscalYear(2019).era_year == 1
    with pytest.raises(ValueError, match="2018"):
        FiscalYear(2018)

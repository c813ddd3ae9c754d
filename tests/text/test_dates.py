"""Dates and fiscal years as people write them.

1. Era, western and compact dates, serial numbers and date cells are understood, a day of the week is checked.
2. What is not surely a date is refused: no year, no such day, year 0 of an era.
3. A fiscal year is read from 令和6年度, R6, 2024, however wide, and from a number cell.
4. A day without a year is the nearest one, where it is asked for so.
5. A date is printed in the era it lies in, and what is printed is read back.
6. A working day is neither a weekend, a public holiday nor within the turn of the year.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.errors import TextError
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.value import RawValue
from kohyo.text.dates import (
    fiscal_year_label,
    parse_date,
    parse_day,
    parse_fiscal_year,
    show_date,
    show_month,
    show_weekday,
)
from kohyo.text.working_days import next_working_day


@pytest.mark.parametrize(
    "raw",
    [
        "令和6年4月1日",
        "令和６年４月１日",
        "令和 6年 4月 1日",
        "R6.4.1",
        "r6/4/1",
        "Ｒ６．４．１",
        "R06-04-01",
        "2024/4/1",
        "2024-4-1",
        "2024ー4ー1",
        "2024.04.01",
        "2024年4月1日",
        "令和6年4月1日（月）",
        "2024/4/1(月曜日)",
        "2024年4月1日月曜日",
        "20240401",
        "二〇二四年四月一日",
        "令和六年四月一日",
        "㋿6年4月1日",
        "令6.4.1",
        20240401,
        45383,
        45383.5,
        date(2024, 4, 1),
        datetime(2024, 4, 1, 9, 30),  # noqa: DTZ001 - a cell of a workbook knows no time zone
    ],
)
def test_spellings_of_one_day(raw: RawValue) -> None:
    """1 April 2024 is 1 April 2024 in every way that offices write it (1)."""
    assert parse_date(raw) == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和六年十二月二十五日", date(2024, 12, 25)),
        ("令和六年十月十日", date(2024, 10, 10)),
        ("二〇二四年一一月三〇日", date(2024, 11, 30)),
        ("平成三十一年四月二十日", date(2019, 4, 20)),
        (36526, date(2000, 1, 1)),
        (73050, date(2099, 12, 31)),
        ("2024\u20104\u22121", date(2024, 4, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("S64.1.7", date(1989, 1, 7)),
        ("2024年3月31日日曜日", date(2024, 3, 31)),
        ("2024年3月31日（日）", date(2024, 3, 31)),
    ],
)
def test_eras_and_sundays(raw: RawValue, day: date) -> None:
    """First years, older eras, and a Sunday whose sign is also that of the day (1)."""
    assert parse_date(raw) == day


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "6月14日",
        "６月１４日",
        "2024年4月",
        "24/4/1",
        "6.4.1",
        "2024/2/30",
        "令和0年4月1日",
        "令和100年1月1日",
        "令和6年4月1日（火）",
        "2024/4/1頃",
        "2024/4/1 10:00",
        "令和十年二月三十日",
        "二十三十年四月一日",
        "令和十二三年四月一日",
        "令和一二十年四月一日",
        "2024年4月1二三十四五日",
        36525,
        73051,
        "45383",
        0,
        60,
        1e300,
        float("nan"),
        float("inf"),
        True,
        None,
    ],
)
def test_what_is_not_surely_a_date_is_refused(raw: RawValue) -> None:
    """No year is made up, no day that does not exist is moved, no wrong day of the week passes (2)."""
    with pytest.raises(TextError):
        parse_date(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "令和6年度",
        "令和６年度",
        "令和6",
        "R6",
        "r6年度",
        "Ｒ６",
        "令和 6　年度",
        "2024",
        "２０２４年度",
        "2024年",
        2024,
        2024.0,
    ],
)
def test_spellings_of_one_fiscal_year(raw: RawValue) -> None:
    """令和6年度 is 2024 in every way that offices write it (3)."""
    assert parse_fiscal_year(raw) == FiscalYear(2024)


@pytest.mark.parametrize("raw", ["6", "", "令和0年度", "H30", "2018", "99999", "令和6年度分", 2024.5, True, None])
def test_what_is_no_fiscal_year_is_refused(raw: RawValue) -> None:
    """A bare 6, a year before 令和 and a fraction are not fiscal years of a plan (2, 3)."""
    with pytest.raises(TextError):
        parse_fiscal_year(raw)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2024, 4, 1), "令和6年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1911, 4, 1), "1911年4月1日"),
    ],
)
def test_a_date_is_printed_in_its_era(day: date, shown: str) -> None:
    """The era changes on its first day (5)."""
    assert show_date(day) == shown


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2117, 12, 31)))
def test_a_printed_date_is_read_back(day: date) -> None:
    """Nothing is lost between printing and reading (5)."""
    assert parse_date(show_date(day)) == day


@given(st.integers(2019, 2117))
def test_a_printed_fiscal_year_is_read_back(year: int) -> None:
    """Nothing is lost between the label of a fiscal year and its reading (3)."""
    assert parse_fiscal_year(fiscal_year_label(FiscalYear(year))) == FiscalYear(year)


def test_months_and_weekdays() -> None:
    """A month in the era of its first day; 17 April 2024 was a Wednesday (5)."""
    assert [show_month(date(2024, 7, 1)), show_month(date(2019, 5, 1)), show_month(date(1900, 1, 1))] == [
        "令和6年7月",
        "令和元年5月",
        "1900年1月",
    ]
    assert show_weekday(date(2024, 4, 17)) == "水"


@pytest.mark.parametrize(
    ("raw", "near", "day"),
    [
        ("4/17", date(2025, 4, 20), date(2025, 4, 17)),
        ("４月１７日（木）", date(2025, 12, 1), date(2025, 4, 17)),
        ("3/31", date(2025, 12, 1), date(2026, 3, 31)),
        ("1.5", date(2025, 12, 28), date(2026, 1, 5)),
        ("12-28", date(2026, 1, 5), date(2025, 12, 28)),
        ("2/29", date(2023, 9, 1), date(2024, 2, 29)),
        ("R7.4.17", date(2030, 1, 1), date(2025, 4, 17)),
    ],
)
def test_a_day_without_a_year(raw: str, near: date, day: date) -> None:
    """It is the nearest of its name, on its day of the week (4)."""
    assert parse_day(raw, near) == day


@pytest.mark.parametrize("raw", ["2/30", "4/17(月)", "13/1", "17日", "来週", "2/29"])
def test_no_day_without_a_year(raw: str) -> None:
    """What is on no calendar near the day is refused (2, 4)."""
    with pytest.raises(TextError):
        parse_day(raw, date(2025, 4, 20) if raw != "2/29" else date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2024, 5, 3), date(2024, 5, 7)),  # 憲法記念日, then the weekend and 振替休日
        (date(2024, 6, 14), date(2024, 6, 14)),
        (date(2025, 6, 14), date(2025, 6, 16)),
        (date(2024, 12, 28), date(2025, 1, 6)),  # a Saturday before the turn of the year
        (date(2026, 9, 22), date(2026, 9, 24)),  # 国民の休日 between two holidays
    ],
)
def test_working_days(day: date, following: date) -> None:
    """Weekends, public holidays and the turn of the year are no working days (6)."""
    assert next_working_day(day) == following

"""Dates as people write them: 令和6年4月1日, R6.4.1, 2024/4/1, or a date cell of the workbook."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from kohyo.errors import TextError
from kohyo.messages.catalogue import section
from kohyo.model.value import RawValue
from kohyo.text.excel_dates import from_serial

if TYPE_CHECKING:
    from kohyo.model.fiscal_year import FiscalYear

_WESTERN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31: a bare number elsewhere is no date


@cache
def _eras() -> dict[str, int]:
    return dict(section("text")["eras"]["names"])


@cache
def _era_date() -> re.Pattern[str]:
    names = "|".join(map(re.escape, _eras()))
    first = re.escape(section("text")["eras"]["first_year"])
    return re.compile(rf"({names})([0-9]{{1,2}}|{first})[-/.年]([0-9]{{1,2}})[-/.月]([0-9]{{1,2}})日?")


def _era_year(era: str, year: str) -> int:
    first = section("text")["eras"]["first_year"]
    count = 1 if year == first else int(year)
    if count == 0:
        raise ValueError(year)
    return _eras()[era] + count


def _parse_text(raw: str) -> date:
    text, weekday = _split_weekday(_plain(raw))
    day = _parse_day(text, raw)
    if weekday and _weekdays()[day.weekday()] != weekday:
        raise TextError(raw)
    return day


def _plain(raw: str) -> str:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw))
    text = re.sub("(?<=[0-9])\u30fc(?=[0-9])", "-", re.sub("[\u2010-\u2015\u2212]", "-", text))
    return _kanji_number().sub(_in_digits, text)


@cache
def _kanji_number() -> re.Pattern[str]:
    """Return the pattern of a number in kanji where a year, month or day is named: 二〇二四年, 十二月, 三日."""
    eras = section("text")["eras"]
    return re.compile(f"[{eras['digits']}{eras['ten']}]+(?=[年月日])")


def _in_digits(found: re.Match[str]) -> str:
    eras = section("text")["eras"]
    digits, ten = str(eras["digits"]), str(eras["ten"])
    if ten not in found[0]:
        return "".join(str(digits.index(letter)) for letter in found[0])
    tens, _, ones = found[0].partition(ten)
    if len(tens) > 1 or len(ones) > 1:
        return found[0]
    return str((digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0))


def _split_weekday(text: str) -> tuple[str, str]:
    """Cut a day of the week at the end: 「（月）」, 「月曜日」."""
    found = re.search(rf"\(([{_weekdays()}])(?:曜日?)?\)$|([{_weekdays()}])曜日?$", text)
    return (text[: found.start()], found[1] or found[2]) if found else (text, "")


def _weekdays() -> str:
    return str(section("text")["eras"]["weekdays"])


def _parse_day(text: str, raw: str) -> date:
    western = _WESTERN.fullmatch(text) or _COMPACT.fullmatch(text)
    if western:
        return date(int(western[1]), int(western[2]), int(western[3]))
    found = _era_date().fullmatch(text[:1].upper() + text[1:])
    if found is None:
        raise TextError(raw)
    return date(_era_year(found[1], found[2]), int(found[3]), int(found[4]))


def parse_date(raw: RawValue) -> date:
    """Read a date; raise TextError for anything that is not surely one (a day without a year, 31 April)."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool) or raw is None:
        raise TextError(raw)
    if isinstance(raw, (int, float)):
        return _parse_serial(raw)
    try:
        return _parse_text(raw)
    except ValueError:
        raise TextError(raw) from None


def parse_day(raw: str, near: date) -> date:
    """Read a date that may lack its year (4/17, 4月17日): then it is the one nearest to ``near``.

    Raises TextError for anything that is not surely a day.
    """
    try:
        return parse_date(raw)
    except TextError:
        text, weekday = _split_weekday(_plain(raw))
    found = _DAY_OF_YEAR.fullmatch(text)
    days = [*_in_years(near.year, int(found[1]), int(found[2]))] if found else []
    if weekday:
        days = [day for day in days if show_weekday(day) == weekday]
    if not days:
        raise TextError(raw)
    return min(days, key=lambda day: abs(day - near))


def _in_years(around: int, month: int, day: int) -> Iterator[date]:
    """Yield a day of the year in the year before, this one and the next, as far as it exists."""
    for year in (around - 1, around, around + 1):
        with suppress(ValueError):
            yield date(year, month, day)


def _parse_serial(raw: float) -> date:
    if not math.isfinite(raw):
        raise TextError(raw)
    if int(raw) in _SERIALS:
        return from_serial(int(raw)).date()
    try:
        return _parse_text(str(int(raw)))
    except ValueError:
        raise TextError(raw) from None


def fiscal_year_label(year: FiscalYear) -> str:
    """Return 令和6年度 for 2024."""
    names = section("text")["fiscal_year"]
    template: str = names["first"] if year.era_year == 1 else names["long"]
    return template.format(era_year=year.era_year)


def parse_fiscal_year(raw: RawValue) -> FiscalYear:
    """Read 令和6年度, R6, 2024 or 2024年度; raise TextError for anything else."""
    from kohyo.model.fiscal_year import FiscalYear  # noqa: PLC0415 - the reader of returns, which shows days, would load it

    whole = int(raw) if isinstance(raw, float) and raw.is_integer() else raw
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(whole))).upper()
    suffixes = "|".join(map(re.escape, section("text")["eras"]["year_suffixes"]))
    text = re.sub(f"(?:{suffixes})$", "", text)
    first = section("text")["eras"]["first_year"]
    eras = "|".join(map(re.escape, _eras()))
    found = re.fullmatch(rf"({eras})([0-9]{{1,2}}|{first})|([0-9]{{4}})", text)
    if found is None:
        raise TextError(raw)
    try:
        return FiscalYear(int(found[3]) if found[3] else _era_year(found[1], found[2]))
    except ValueError:
        raise TextError(raw) from None


def show_date(day: date) -> str:
    """Return a date as offices print it: 令和6年4月1日; before the eras that are known, 1911年4月1日."""
    return _shown("day", day)


def show_month(day: date) -> str:
    """Return the month of a day as offices print it: 令和6年4月."""
    return _shown("month", day)


def show_weekday(day: date) -> str:
    """Return the day of the week in one letter: 水."""
    return _weekdays()[day.weekday()]


def _shown(form: str, day: date) -> str:
    words = section("text")["eras"]
    names = [name for name, start in words["starts"].items() if start <= day]
    if not names:
        return str(words[f"western_{form}"].format(year=day.year, month=day.month, day=day.day))
    era_year = day.year - _eras()[names[0]]
    year = words["first_year"] if era_year == 1 else era_year
    shown: str = words[form]
    return shown.format(era=names[0], year=year, month=day.month, day=day.day)

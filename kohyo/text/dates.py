"""Dates as people write them: 令和6年4月1日, R6.4.1, 2024/4/1, or a date cell of the workbook."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import cache

from kohyo.errors import TextError
from kohyo.messages.catalogue import section
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.value import RawValue

_WESTERN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_EPOCH = date(1899, 12, 30)  # serial 0 of the 1900 date system, right from serial 61 on
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
    return _eras()[era] + (1 if year == first else int(year))


def _parse_text(raw: str) -> date:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw))
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
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


def _parse_serial(raw: float) -> date:
    if int(raw) in _SERIALS:
        return _EPOCH + timedelta(days=int(raw))
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
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(raw))).upper()
    text = re.sub("(年度|年)$", "", text)
    first = section("text")["eras"]["first_year"]
    eras = "|".join(map(re.escape, _eras()))
    found = re.fullmatch(rf"({eras})([0-9]{{1,2}}|{first})", text)
    try:
        if found:
            return FiscalYear(_era_year(found[1], found[2]))
        return FiscalYear(int(text))
    except ValueError:
        raise TextError(raw) from None


def show_date(day: date) -> str:
    """Return a date as offices print it: 令和6年4月1日."""
    era_year = day.year - _eras()[section("text")["eras"]["current"]]
    year = section("text")["eras"]["first_year"] if era_year == 1 else str(era_year)
    shown: str = section("text")["eras"]["day"]
    return shown.format(year=year, month=day.month, day=day.day)

"""How machine-readable files spell things (機械判読): no signs of one platform, no numbers that become dates."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kohyo.messages.catalogue import section, wording

_HYPHEN = "\u2010"
_LIKE_A_DATE = re.compile(r"([0-9]{1,4})([-/])([0-9]{1,2})")
_TURNED = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日|[A-Z][a-z]{2}-[0-9]{1,2}|[0-9]{1,2}-[A-Z][a-z]{2}")
_NUMBER = re.compile(f"[0-9]{{1,3}}[-{_HYPHEN}/][0-9]{{1,3}}")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_MAYBE_DEPENDENT = re.compile("[\u2116\u2121\u2160-\u217f\u2460-\u24fe\u3200-\u33ff]")
"""Signs of which those that can be spelled out are not shown alike everywhere."""


def becomes_a_date(text: str) -> bool:
    """Tell whether Excel makes a date of a text when a CSV is double-clicked: 1-10 is January 10th to it."""
    return _LIKE_A_DATE.fullmatch(text) is not None


def was_a_number(text: str) -> bool:
    """Tell whether a text is what Excel shows of a number that it took for a date: 1月10日, Jan-10."""
    return _TURNED.fullmatch(text) is not None


def is_item_number(text: str) -> bool:
    """Tell whether a text is a number of two parts: 1-10, also with the hyphen that Excel leaves alone."""
    return _NUMBER.fullmatch(text) is not None


def is_grouped(text: str) -> bool:
    """Tell whether a text is a figure with thousands marks (1,200), which is no figure for machines."""
    return _GROUPED.fullmatch(text) is not None


def ungrouped(text: str) -> str:
    """Return a figure without thousands marks; other texts as they are."""
    return text.replace(",", "") if is_grouped(text) else text


def steadied(text: str) -> str:
    """Return a number with the hyphen (‐) that Excel leaves alone; other texts as they are."""
    return text.replace("-", _HYPHEN) if becomes_a_date(text) and "-" in text else text


def dependent_signs(text: str) -> tuple[str, ...]:
    """Return the signs of a text that not every platform shows alike (機種依存文字): ①, Ⅵ, №, ㈱."""
    return tuple(sign for sign in _MAYBE_DEPENDENT.findall(text) if _spelled_out(sign) != sign)


def plain_signs(text: str) -> str:
    """Return a text with such signs spelled out: ① as 1, № as No."""
    return _MAYBE_DEPENDENT.sub(lambda found: _spelled_out(found[0]), text)


def with_western_years(text: str) -> str:
    """Return a text in which a western year follows each era year that has none: 令和6年度（2024年度）."""
    return _era_years().sub(_western, text)


def _western(found: re.Match[str]) -> str:
    eras = section("text")["eras"]
    count = 1 if found["year"] == eras["first_year"] else int(unicodedata.normalize("NFKC", found["year"]))
    year = eras["names"][found["era"]] + count
    return found[0] + wording("text.open_data.western", year=year, unit=found["unit"])


@cache
def _era_years() -> re.Pattern[str]:
    """Return the pattern of a year as offices write it, no day of it, and none that a western one follows."""
    eras = section("text")["eras"]
    names = "|".join(sorted((re.escape(name) for name in eras["names"] if len(name) > 1), key=len, reverse=True))
    first = re.escape(eras["first_year"])
    return re.compile(rf"(?P<era>{names})(?P<year>[0-9０-９]{{1,2}}|{first})(?P<unit>年度|年(?!度))(?![（(][0-9]{{4}})")


def _spelled_out(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)

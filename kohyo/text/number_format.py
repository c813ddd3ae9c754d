"""What a number format shows (表示形式): the classes that people meet in forms; of any other nothing is claimed.

Rules: ECMA-376 part 1, 18.8.30 (built-in formats) and 18.8.31 (format codes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kohyo.messages import section
from kohyo.text.dates import show_date, show_weekday

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    49: "@",
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: '[$-411]ggge"年"m"月"d"日"',
    58: '[$-411]ggge"年"m"月"d"日"',
}
"""Formats by number as a Japanese Excel shows them; those that are not here are the locale's own dates."""

UNKNOWN = "E+"
"""Stands for a built-in format that the locale defines: of it nothing is told."""

_PIECE = re.compile(
    r'"([^"]*)"|\\(.)|(\[(?:h+|m+|s+)\])|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow'
    r"|Color *[0-9]+)\]|(\[[^\]]*\])|_.|\*.|(General|AM/PM|A/P|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|g+|E[+-]|e+"
    r"|a+|[#0?,.]+|%|@)|(.)",
    re.IGNORECASE,
)
"""A quoted text, an escaped letter, elapsed time, a currency, a colour (passed over), anything else in brackets (a
condition, numerals of another script), room (passed over), a token, a letter."""
_DIGITS = re.compile(r"([#0?,]*)(?:\.([#0?]*))?(,*)")
_STORED = re.compile(r"@|General(?:;-General(?:;General(?:;@)?)?)?")
_EXACT = 15
_LITERAL = frozenset("()+-:/ ,.'~=")
"""ASCII letters that a format may show as they stand; others would have to be quoted."""


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[str, ...]:
    """Return the sections of a format code: for positive numbers, negative ones, zero, texts."""
    return tuple(re.findall(r'((?:"[^"]*"|\\.|[^;"])*)(?:;|$)', code)[: code.count(";") + 1])


def is_plain(code: str) -> bool:
    """Tell whether a format shows numbers and texts as they are stored."""
    return _STORED.fullmatch(code) is not None


def is_hidden(code: str) -> bool:
    """Tell whether a format shows nothing at all, as three semicolons do."""
    found = sections(code)
    return len(found) > 1 and not any(_pieces(section) for section in found[:3])


def is_percent(code: str) -> bool:
    """Tell whether a format shows numbers in percent."""
    return any(mark == "%" for _, mark in _pieces(sections(code)[0]))


def is_moment(code: str) -> bool:
    """Tell whether a format shows numbers as days or times."""
    return any(mark != "General" and mark[-1] in "ymdhsgea]" for _, mark in _lowered(sections(code)[0]))


def moment_kind(code: str) -> str:
    """Return ``span`` for a format that shows elapsed time, ``day`` for days and times of day, else nothing."""
    for _, mark in _lowered(sections(code)[0]):
        if mark[0] == "[" and mark[1] in "hms":
            return "span"
        if mark[0] in "ymdhs" or mark in ("am/pm", "a/p"):
            return "day"
    return ""


def _lowered(section: str) -> Iterator[tuple[str, str]]:
    return ((literal, mark if mark == "General" else mark.lower()) for literal, mark in _pieces(section) if mark)


@lru_cache(maxsize=4096, typed=True)
def shown(code: str, value: float | date | time | timedelta) -> str | None:
    """Return what a cell of this format shows, None where this module cannot tell."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, (int, float)):
        return _moment(_pieces(sections(code)[0]), value)
    found = sections(code)
    if any(mark[:1] == "[" for section in found for _, mark in _pieces(section)):  # conditions, other numerals
        return None
    own = value < 0 and len(found) > 1
    section = found[1] if own else found[2] if value == 0 and len(found) > 2 else found[0]  # noqa: PLR2004 - see sections
    text = _number(_pieces(section), abs(value))
    return text if text is None or value >= 0 or own else f"-{text}"


@lru_cache(maxsize=1024)
def _pieces(section: str) -> tuple[tuple[str, str], ...]:
    """Return literal texts and tokens in their order; of each pair one is empty."""
    found: list[tuple[str, str]] = []
    for match in _PIECE.finditer(section):
        quoted, escaped, elapsed, currency, bracket, mark, other = match.groups()
        found.append((quoted or escaped or currency or other or "", elapsed or bracket or mark or ""))
    return tuple(pair for pair in found if pair != ("", ""))


def _number(pieces: tuple[tuple[str, str], ...], value: float) -> str | None:
    if not pieces:
        return ""
    if sum(set(mark) <= set("#0?,.") for _, mark in pieces if mark) > 1:  # a fraction, a number cut in pieces
        return None
    exact = Decimal(f"{value:.{_EXACT}g}")
    if any(mark == "%" for _, mark in pieces):
        exact *= 100
    texts: list[str] = []
    for literal, mark in pieces:
        if not mark:
            if literal and not (literal in _LITERAL or len(literal) > 1 or not literal.isascii()):
                return None
            texts.append(literal)
        elif mark in ("General", "@"):
            texts.append(f"{exact.normalize():f}")
        elif mark == "%":
            texts.append("%")
        elif set(mark) <= set("#0?,."):
            texts.append(_digits(mark, exact))
        else:
            return None
    return "".join(texts)


def _digits(mark: str, value: Decimal) -> str:
    match = _DIGITS.fullmatch(mark)
    if match is None:
        return f"{value:f}"
    whole, part, scale = match[1] or "", match[2] or "", len(match[3] or "")
    if not part and "." not in mark:
        scale += len(whole) - len(whole.rstrip(","))
    rounded = (value / Decimal(1000) ** scale).quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, behind = f"{rounded:f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(",") and digits:
        digits = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ",", digits)
    needed = part.count("0")
    behind = behind[:needed] + behind[needed:].rstrip("0")
    return digits + (f".{behind}" if behind else "")


def _moment(pieces: tuple[tuple[str, str], ...], value: date | time | timedelta) -> str | None:
    tokens = [mark.lower() for _, mark in pieces]
    texts: list[str] = []
    for place, (literal, mark) in enumerate(pieces):
        if not mark:
            texts.append(literal)
            continue
        before = next((other for other in reversed(tokens[:place]) if other), "")
        after = next((other for other in tokens[place + 1 :] if other), "")
        minutes = mark[:1].lower() == "m" and (before[:1] in ("h", "[") or after[:1] == "s")
        text = _part(mark.lower(), value, minutes=minutes, half="am/pm" in tokens)
        if text is None:
            return None
        texts.append(text)
    return "".join(texts)


def _part(mark: str, value: date | time | timedelta, *, minutes: bool, half: bool) -> str | None:
    """Return one part of a day or time, None where the value has no such part."""
    seconds = _seconds(value)
    if mark.startswith("["):
        unit = {"h": 3600, "m": 60, "s": 1}[mark[1]]
        whole = _days(value) * 86400 + seconds
        return str(whole // unit).rjust(len(mark) - 2, "0")
    if minutes or mark[0] in "hs":
        hours = seconds // 3600 % (12 if half else 24) or (12 if half else 0)
        count = seconds // 60 % 60 if minutes else hours if mark[0] == "h" else seconds % 60
        return str(count).rjust(min(len(mark), 2), "0")
    if mark == "am/pm":
        return "AM" if seconds < 43200 else "PM"  # noqa: PLR2004 - noon
    return _day_part(mark, value) if isinstance(value, date) else None


def _day_part(mark: str, moment: date) -> str | None:
    """Return a part of a day; names of months and days in English letters are the locale's, and not told."""
    day = moment.date() if isinstance(moment, datetime) else moment
    era = re.match(rf"(\D+?)([0-9]+|{_first_year()})年", show_date(day))
    name, count = era.groups() if era else (None, None)
    parts = {
        "y": f"{day.year % 100:02}",
        "yyyy": f"{day.year:04}",
        "m": str(day.month),
        "mm": f"{day.month:02}",
        "d": str(day.day),
        "dd": f"{day.day:02}",
        "aaa": show_weekday(day),
        "aaaa": show_weekday(day) + str(section("text")["formats"]["weekday"]),
        "ggg": name,
        "e": "1" if count == _first_year() else count,
    }
    return parts.get({"yy": "y", "yyy": "yyyy", "ee": "e"}.get(mark, mark))


def _first_year() -> str:
    return str(section("text")["eras"]["first_year"])


def _seconds(value: date | time | timedelta) -> int:
    """Return the seconds of the day, rounded as Excel shows them."""
    if isinstance(value, timedelta):
        return round(value.total_seconds()) % 86400
    if isinstance(value, (datetime, time)):
        return value.hour * 3600 + value.minute * 60 + value.second
    return 0


def _days(value: date | time | timedelta) -> int:
    if isinstance(value, timedelta):
        return int(round(value.total_seconds()) // 86400)
    return (value - date(1899, 12, 30)).days if isinstance(value, date) and not isinstance(value, datetime) else 0

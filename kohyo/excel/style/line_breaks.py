"""Lines broken by us (改行): marks such as 【再掲】 that stay whole, headings in two lines of about one length."""

from __future__ import annotations

import re
from functools import cache

from kohyo.excel.style.text_metrics import line_count, line_room, text_width
from kohyo.messages import section

_WORD = re.compile("[!-~]{2}")
_TWO = 2


def with_whole_marks(text: str, width_px: int, size: float, *, bold: bool = False) -> str:
    """Return a text that has such marks with its lines broken, for a cell of ``width_px`` pixels; others as they are.

    Broken are only lines that do not fit. A mark, and a word of letters, is broken only where the cell is narrower.
    """
    if not re.search(_rule("mark"), text):
        return text
    room = line_room(width_px)
    return "\n".join("\n".join(_lines(line, room, size, bold=bold)) for line in text.split("\n"))


def balanced(text: str, width_px: int, size: float, *, bold: bool = False) -> str:
    """Return a heading of two lines broken near its middle, where a word begins if one does; others as they are.

    A word begins where another script follows kana: 職員の時間を｜書いた項目.
    """
    if "\n" in text or line_count(text, width_px, size, bold=bold) != _TWO:
        return text
    room = line_room(width_px)
    fitting = [
        place
        for place in range(1, len(text))
        if max(text_width(part, size, bold=bold) for part in (text[:place], text[place:])) <= room
        and text[place] not in _rule("never_first")
        and text[place - 1] not in _rule("never_last")
        and not _WORD.fullmatch(text[place - 1 : place + 1])
    ]
    words = [place for place in fitting if re.fullmatch(_rule("word_begins"), text[place - 1 : place + 1])]
    best = min(words or fitting, key=lambda place: abs(len(text) - _TWO * place), default=0)
    return f"{text[:best]}\n{text[best:]}" if best else text


def _lines(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0.0
    for piece in _pieces().findall(text):
        width = text_width(piece, size, bold=bold)
        if used and used + width > room:
            carried = _carried(lines[-1], piece)
            lines[-1] = lines[-1][: len(lines[-1]) - len(carried)]
            lines.append(carried)
            used = sum(text_width(part, size, bold=bold) for part in carried)
        lines[-1].append(piece)
        used += width
    return ["".join(line) for line in lines]


def _carried(line: list[str], following: str) -> list[str]:
    """Return the end of a line that goes to the next one, so that none ends or begins with a sign that must not."""
    keep = len(line)
    first = following
    while keep > 1 and (first[0] in _rule("never_first") or line[keep - 1][-1] in _rule("never_last")):
        keep -= 1
        first = line[keep]
    return line[keep:] if keep > 1 else []


@cache
def _rule(name: str) -> str:
    """Return signs or a pattern of what lines keep together (``text.lines``)."""
    return str(section("text")["lines"][name])


@cache
def _pieces() -> re.Pattern[str]:
    """Return the pattern of what is never broken: a mark in brackets, a word of letters, any other sign."""
    return re.compile(f"{_rule('mark')}|[!-~]+|.", re.DOTALL)

"""Lines broken by us (改行): where a mark such as 【再掲】 must stay whole, no program is left to break the line."""

from __future__ import annotations

import re

from kohyo.excel.style.text_metrics import line_room, text_width

MARK = re.compile("【[^【】\n]{1,8}】")
"""A mark in brackets, which is never broken."""

_PIECES = re.compile(f"{MARK.pattern}|[!-~]+|.", re.DOTALL)
_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％")
_NEVER_LAST = frozenset("（「『【〔［｛")


def with_whole_marks(text: str, width_px: int, size: float, *, bold: bool = False) -> str:
    """Return a text that has such marks with its lines broken, for a cell of ``width_px`` pixels; others as they are.

    Broken are only lines that do not fit. A mark, and a word of letters, is broken only where the cell is narrower.
    """
    if not MARK.search(text):
        return text
    room = line_room(width_px)
    return "\n".join("\n".join(_lines(line, room, size, bold=bold)) for line in text.split("\n"))


def _lines(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0.0
    for piece in _PIECES.findall(text):
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
    while keep > 1 and (first[0] in _NEVER_FIRST or line[keep - 1][-1] in _NEVER_LAST):
        keep -= 1
        first = line[keep]
    return line[keep:] if keep > 1 else []

"""Columns of names (所管部): as wide as the longest name, so that none is broken, where another has room to spare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kohyo.excel.style.text_metrics import line_count
from kohyo.excel.table_book.table_style import STYLES, Style, text_room
from kohyo.messages import wording
from kohyo.model.table import Cell, Column, Row, Table

_NAMES = ("owners", "department")
"""How the keys of such columns begin."""
_MOST = 1 / 5
"""How much of a table such a column is made at most."""
_KEPT = 0.75
"""How much of its width the column is left with that gives."""
_STEP = 2


def with_whole_names(table: Table, widths: Sequence[int]) -> tuple[int, ...]:
    """Return the widths in pixels; a column of names takes what it lacks from the widest column of others."""
    found = list(widths)
    givers = [place for place, column in enumerate(table.columns) if not _holds_names(column)]
    for place, column in enumerate(table.columns):
        if not (givers and _holds_names(column)):
            continue
        giver = max(givers, key=lambda at: found[at])
        spared = found[giver] - int(_KEPT * widths[giver])
        lacking = _needed(table.body, place, column, found[place], int(_MOST * sum(widths))) - found[place]
        if 0 < lacking <= spared:
            found[place], found[giver] = found[place] + lacking, found[giver] - lacking
    return tuple(found)


def _holds_names(column: Column) -> bool:
    return column.key.startswith(_NAMES)


def _needed(rows: Sequence[Row], place: int, column: Column, width: int, most: int) -> int:
    """Return the width in which no name is broken that one of ``most`` pixels holds."""
    names = {
        (part, cell.mark)
        for row in rows
        if (cell := row.cells[place]) is not None and cell.across == 1
        for part in _parts(cell)
    }
    for name, mark in names:
        fitting = (pixels for pixels in range(width, most + 1, _STEP) if _fits(name, STYLES[mark], column, pixels))
        width = next(fitting, width)
    return width


def _fits(name: str, style: Style, column: Column, pixels: int) -> bool:
    room = text_room(pixels, style, column.align)
    return line_count(name, room, style.size, bold=style.bold) == 1


def _parts(cell: Cell) -> list[str]:
    return _separators().split(str(cell.text or ""))


@cache
def _separators() -> re.Pattern[str]:
    """Return the pattern of what stands between names, which may end a line."""
    return re.compile(f"(?<={re.escape(wording('text.list.joiner'))})|\n")

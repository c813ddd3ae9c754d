"""The sheets of the history (変更履歴のシート): where one is full the next one goes on, however long the years.

Excel has 1,048,576 rows, which 10,000 items with 105 changes each fill. A further sheet is 変更履歴（続き2） and so on:
not 変更履歴 (2), which Excel calls a copy that a person makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from kohyo.excel.ooxml.limits import ROWS
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.messages import wording
from kohyo.text.normalise import Key, key

LAST_ROW = ROWS - 1
"""The last row of a sheet, from 0."""

_Entry = TypeVar("_Entry")


def further_titles(titles: Mapping[Key, str]) -> Iterator[str]:
    """Yield the titles of the sheets on which 変更履歴 goes on, of all titles by their keys."""
    for number in count(2):
        title = titles.get(key(_further(number)))
        if title is None:
            return
        yield title


def joined(tables: Sequence[PlacedTable]) -> PlacedTable:
    """Return the tables of sheets that go on one after the other as one."""
    first, *further = tables
    return replace(first, rows=tuple(row for table in tables for row in table.rows), further=tuple(further))


def shared_out(table: PlacedTable, entries: Sequence[_Entry]) -> Iterator[tuple[PlacedTable, Sequence[_Entry]]]:
    """Yield the sheets that take entries below what stands, the last one first, and then as many new as it needs."""
    sheet, number = table.sheets[-1], len(table.sheets)
    while entries:
        room = room_below(sheet)
        if room:
            yield sheet, entries[:room]
            entries = entries[room:]
        number += 1
        sheet = replace(sheet, title=_further(number), rows=(), last_row=sheet.header, further=())


def capacity(sheet: PlacedTable) -> int:
    """Return how many rows a sheet can hold below its headings."""
    return max(0, LAST_ROW - sheet.header)


def room_below(sheet: PlacedTable) -> int:
    """Return how many rows a sheet can take below all that stands there."""
    return max(0, LAST_ROW + 1 - next_row(sheet))


def next_row(sheet: PlacedTable) -> int:
    """Return the first row below all that stands on a sheet, from 0."""
    return max(sheet.last_row, sheet.header) + 1


def _further(number: int) -> str:
    return wording("workbook.sheets.changes_further", number=number)

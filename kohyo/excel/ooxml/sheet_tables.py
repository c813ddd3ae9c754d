"""Tables (テーブル) that a person made of a sheet with Ctrl+T: kept in step with the cells that a save writes.

Excel repairs a workbook whose table names its columns otherwise than the headings say, and shows rows below a table
without its filter and its looks.
"""

from __future__ import annotations

import re
from html import escape

from kohyo.excel.ooxml.cell_reference import a1, row_column
from kohyo.excel.ooxml.sheet_patch import SheetPatch

_TABLE = re.compile(r"<(?:\w+:)?table\b[^>]*>")
_REFERENCE = re.compile(r'(\bref=")([A-Z0-9]+):([A-Z0-9]+)"')
_COLUMN = re.compile(r'(<(?:\w+:)?tableColumn\b[^>]*?\bname=")([^"]*)"')
_TOTALS = re.compile(r'\btotalsRowCount="([0-9]+)"')
_NO_HEADER = re.compile(r'\bheaderRowCount="0"')


def totals_rows(table: str) -> range:
    """Return the rows of totals (集計行) of a table's part, from 0: they stand on the sheet and are no data."""
    found, count = _placed(table), _totals(table)
    return range(found[1][0] + 1 - count, found[1][0] + 1) if found else range(0)


def in_step(table: str, patch: SheetPatch) -> str:
    """Return a table's part with the headings that the sheet gets, and the rows below it taken in.

    A table with a row of totals stays as tall as it is: new rows come to stand below the totals.
    """
    found = _placed(table)
    if found is None:
        return table
    (top, left), (bottom, right) = found
    headings = {} if _NO_HEADER.search(table) else patch.rows.get(top, {})
    places = iter(range(left, right + 1))

    def renamed(column: re.Match[str]) -> str:
        heading = headings.get(next(places, -1))
        return f'{column[1]}{escape(heading)}"' if isinstance(heading, str) else column[0]

    written = [row for row, cells in patch.rows.items() if row > bottom and any(left <= at <= right for at in cells)]
    last = bottom if _totals(table) else max(written, default=bottom)
    corner = a1(bottom, right)
    grown = _REFERENCE.sub(lambda ref: f'{ref[1]}{ref[2]}:{a1(last, right) if ref[3] == corner else ref[3]}"', table)
    return _COLUMN.sub(renamed, grown)


def _placed(table: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return first and last cell of a table, from 0; None where its part does not say."""
    opened = _TABLE.search(table)
    found = _REFERENCE.search(opened[0]) if opened else None
    return (row_column(found[2]), row_column(found[3])) if found else None


def _totals(table: str) -> int:
    opened = _TABLE.search(table)
    found = _TOTALS.search(opened[0]) if opened else None
    return int(found[1]) if found else 0

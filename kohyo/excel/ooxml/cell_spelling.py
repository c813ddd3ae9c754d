"""How a cell is spelled that is written into a sheet (セルの書き方): its style and what it holds, without its place.

Rules: ECMA-376 part 1, §18.3.1.4 (cells), §18.4.12 (texts), §22.9.2.19 (escaped characters).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import TypeAlias

from kohyo.excel.ooxml.package import Dates, attributes
from kohyo.text.excel_dates import to_serial

CellValue: TypeAlias = str | int | float | date | None
"""What is written into a cell; a ``datetime`` is a date with its time."""

_COLUMN = re.compile(r"<col\b[^>]*>")
_SHORT = 40  # characters of a text that is likely to come again
_NO_DATES = Dates()
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class CellSpelling:
    """The styles that a sheet's columns have for new cells, and how the workbook holds dates."""

    def __init__(self, head: str, dates: Dates = _NO_DATES) -> None:
        """Take the sheet's part before its rows."""
        spans = map(attributes, _COLUMN.findall(head))
        self._styles = [
            (int(span["min"]) - 1, int(span["max"]) - 1, span["style"]) for span in spans if "style" in span
        ]
        self._dates = dates

    def column_style(self, column: int) -> str:
        """Return the style of a column's new cells, empty where it has none."""
        return next((style for first, last, style in self._styles if first <= column <= last), "")

    def held(self, value: CellValue, style: str) -> str:
        """Return what follows the place of a cell, nothing where there is no cell to write.

        A text is written into the cell itself, so that no other part changes.
        """
        styled = f' s="{style}"' if style else ""
        if value is None:
            return f"{styled}/>" if style else ""
        if isinstance(value, date) and int(style or 0) not in self._dates.styles:
            value = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        if isinstance(value, str):
            return f'{styled} t="inlineStr">{_inline(value)}</c>'
        number = to_serial(value) - self._dates.less if isinstance(value, date) else value
        return f"{styled}><v>{number!r}</v></c>"


def _inline(text: str) -> str:
    """Return a text as a cell holds it; names, dates and headings come again and again."""
    return _kept_inline(text) if len(text) <= _SHORT else _spelled_inline(text)


def _spelled_inline(text: str) -> str:
    plain = escape(_ESCAPE.sub("_x005F_", text) if "_x" in text else text, quote=False)
    return f'<is><t xml:space="preserve">{plain}</t></is>'


_kept_inline = lru_cache(maxsize=8192)(_spelled_inline)

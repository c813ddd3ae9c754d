"""How the register looks: sizes of columns and rows; colours carry no meaning in it."""

from __future__ import annotations

from collections.abc import Iterable

from kohyo.excel.ooxml.sheet_patch import CellValue
from kohyo.excel.register_book.register_columns import BookColumn
from kohyo.excel.style.palette import BODY
from kohyo.excel.style.text_metrics import row_height

_PX_PER_UNIT = 7
_PADDING_PX = 5
_SURELY_ONE_LINE = 2  # half a unit of width a character of full width


def width_px(column: BookColumn) -> int:
    """Return a column's width in pixels."""
    return round(column.width * _PX_PER_UNIT) + _PADDING_PX


def needed_height(cells: Iterable[tuple[BookColumn, CellValue]]) -> float:
    """Return the height in points that shows every text of a row, 0 when one line is enough."""
    return max((_height(column, value) for column, value in cells if isinstance(value, str)), default=0.0)


def _height(column: BookColumn, text: str) -> float:
    if len(text) * _SURELY_ONE_LINE + _SURELY_ONE_LINE < column.width and "\n" not in text:
        return 0.0
    return row_height(text, width_px(column), BODY, padding=4.0)

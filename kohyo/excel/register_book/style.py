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


class RowHeights:
    """The heights of a sheet's rows: what a column's width makes of a text."""

    def __init__(self, columns: Iterable[BookColumn]) -> None:
        """Take the columns with the widths in which their texts wrap."""
        self._widths = {column.name: (column.width - _SURELY_ONE_LINE, width_px(column)) for column in columns}

    def needed(self, cells: Iterable[tuple[str, CellValue]]) -> float:
        """Return the height in points that shows every text of a row, by column, 0 when one line is enough."""
        needed = 0.0
        for name, value in cells:
            if isinstance(value, str):
                width, pixels = self._widths[name]
                if len(value) * _SURELY_ONE_LINE >= width or "\n" in value:
                    needed = max(needed, row_height(value, pixels, BODY, padding=4.0))
        return needed

"""How the register looks: sizes of columns and rows; colours carry no meaning in it."""

from __future__ import annotations

from collections.abc import Iterable

from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.register_book.book_sheet import BookColumn
from kohyo.excel.style.palette import BODY
from kohyo.excel.style.text_metrics import ruler

_PX_PER_UNIT = 7
_PADDING_PX = 5
_PADDING = 4.0
_SURELY_ONE_LINE = 2  # half a unit of width a character of full width
_NOTHING = (None, 0.0)


def width_px(column: BookColumn) -> int:
    """Return a column's width in pixels."""
    return round(column.width * _PX_PER_UNIT) + _PADDING_PX


class RowHeights:
    """The heights of a sheet's rows: what a column's width makes of a text."""

    def __init__(self, columns: Iterable[BookColumn]) -> None:
        """Take the columns with the widths in which their texts wrap."""
        self._rulers = {
            column.name: (column.width - _SURELY_ONE_LINE, ruler(width_px(column), BODY)) for column in columns
        }
        self._above: dict[str, tuple[CellValue, float]] = {}

    def needed(self, cells: Iterable[tuple[str, CellValue]]) -> float:
        """Return the height in points that shows every text of a row, by column, 0 when one line is enough."""
        needed = 0.0
        for name, value in cells:
            if isinstance(value, str):
                above, height = self._above.get(name, _NOTHING)
                if value is not above:
                    height = self._height(name, value)
                    self._above[name] = (value, height)
                needed = max(needed, height)
        return needed

    def of(self, name: str, value: CellValue) -> float:
        """Return the height in points that shows what one cell of a row shows, 0 when one line is enough."""
        return self._height(name, value) if isinstance(value, str) else 0.0

    def _height(self, name: str, text: str) -> float:
        width, measure = self._rulers[name]
        if len(text) * _SURELY_ONE_LINE < width and "\n" not in text:
            return 0.0
        return measure.height(text, _PADDING)

"""What a person does to the looks of a cell in LibreOffice (見た目を変える). Runs in the driver."""

from __future__ import annotations

from typing import Any, TypeAlias

import uno  # type: ignore[import-not-found] # lives in the system's python3 alone

Uno: TypeAlias = Any  # whatever UNO hands out

_LINE = 1  # com.sun.star.awt.FontStrikeout.SINGLE
_WHITE = 0xFFFFFF


class Painter:
    """One cell of an open workbook; every public method changes its looks."""

    def __init__(self, document: Uno, sheet: Uno, cell: Uno) -> None:
        self._document = document
        self._sheet = sheet
        self._cell = cell

    def format(self, code: str) -> None:
        """Give the cell a number format, spelled in English."""
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "en", "US"
        formats = self._document.NumberFormats
        known = formats.queryKey(code, locale, False)  # noqa: FBT003 - UNO takes no names
        self._cell.NumberFormat = formats.addNew(code, locale) if known < 0 else known

    def strike(self, letters: int) -> None:
        """Strike the first letters through, all of them where there are no more."""
        text = self._cell.Text
        cursor = text.createTextCursor()
        cursor.gotoStart(False)  # noqa: FBT003
        if letters < len(text.String):
            cursor.goRight(letters, True)  # noqa: FBT003
        else:
            cursor.gotoEnd(True)  # noqa: FBT003
        cursor.CharStrikeout = _LINE

    def strike_cell(self) -> None:
        """Strike the whole cell through by its format."""
        self._cell.CharStrikeout = _LINE

    def white(self) -> None:
        """Write in white on white."""
        self._cell.CharColor = _WHITE
        self._cell.CellBackColor = _WHITE

    def box(self, text: str) -> None:
        """Put a text box over the cell."""
        shape = self._document.createInstance("com.sun.star.drawing.TextShape")
        page = self._sheet.DrawPage
        page.add(shape)
        size, place = self._cell.Size, self._cell.Position
        place.X, place.Y = place.X + size.Width // 4, place.Y + size.Height // 4
        size.Width, size.Height = size.Width // 2, size.Height // 2
        shape.Position, shape.Size = place, size
        shape.String = text

    def width(self, hundredths: int) -> None:
        """Give the cell's column a width in 1/100 mm."""
        self._cell.Columns.getByIndex(0).Width = hundredths

    def hide_row(self) -> None:
        """Hide the cell's row."""
        self._cell.Rows.getByIndex(0).IsVisible = False

    def hide_column(self) -> None:
        """Hide the cell's column."""
        self._cell.Columns.getByIndex(0).IsVisible = False

    def filter_row_away(self) -> None:
        """Filter the form by the rows' labels, so that the cell's row is not shown."""
        row = self._cell.CellAddress.Row
        area = self._sheet.getCellRangeByPosition(0, row - 1, self._cell.CellAddress.Column, row)
        found = area.createFilterDescriptor(True)  # noqa: FBT003
        field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
        field.Field, field.IsNumeric, field.StringValue = 0, False, "どれでもない"
        field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
        uno.invoke(found, "setFilterFields", (uno.Any("[]com.sun.star.sheet.TableFilterField", (field,)),))
        found.ContainsHeader = True
        area.filter(found)

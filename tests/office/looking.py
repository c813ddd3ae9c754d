"""Looking at a sheet that LibreOffice has open: what it shows, and what finds no room. Runs in the driver."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, TypeAlias

Uno: TypeAlias = Any  # whatever UNO hands out

Position: TypeAlias = tuple[int, int]
"""Row and column, counted from 0."""

_SLACK = 20
"""1/100 mm by which a text may be wider than its room: less than a pixel."""

_POINT = 2540 / 72
_INSIDE = 200
"""1/100 mm that a cell surely leaves beside its text, indent apart."""


class Seen:
    """A sheet as it stands: what every filled cell in its printed areas shows."""

    def __init__(self, document: Uno, sheet: Uno) -> None:
        self._document = document
        self._sheet = sheet
        self._areas = _printed_areas(sheet)
        self._numbers: set[Position] = set()
        self._shown = {place: text for area in self._areas for place, text in self._read(area)}
        self._widths: dict[int, int] = {}

    def _read(self, area: Uno) -> Iterator[tuple[Position, str]]:
        """Yield what every filled cell of an area shows, row by row, and note which are numbers."""
        data = self._sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, *_end(area)).getDataArray()
        for row, values in enumerate(data, start=area.StartRow):
            for column, value in enumerate(values, start=area.StartColumn):
                if isinstance(value, str):
                    text = value
                else:
                    self._numbers.add((row, column))
                    text = self._sheet.getCellByPosition(column, row).String
                if text:
                    yield (row, column), text

    def look(self, links: list[str]) -> dict[str, object]:
        """Return all there is to see; the heights of rows are lost."""
        return {
            "texts": self.texts(),
            "headings": self.headings(),
            "is_wide": self.is_wide(),
            "narrow_cells": self.narrow_cells(links),
            "short_rows": self.short_rows(),
        }

    def texts(self) -> dict[str, str]:
        """Return what each cell shows, by its name."""
        return {_name(place): text for place, text in self._shown.items()}

    def headings(self) -> list[str]:
        """Return what the cells of the rows show that are printed on every page."""
        if not self._sheet.PrintTitleRows:
            return []
        rows = self._sheet.TitleRows
        return [text for (row, _), text in self._shown.items() if rows.StartRow <= row <= rows.EndRow]

    def is_wide(self) -> bool:
        """Tell whether the columns take more than one page side by side."""
        breaks = [one.Position for one in self._sheet.ColumnPageBreaks]
        return any(area.StartColumn < column <= area.EndColumn for area in self._areas for column in breaks)

    def short_rows(self) -> list[list[int]]:
        """Return row, height and needed height (1/100 mm) of each row too low for its text; heights are lost."""
        filled = sorted({row for row, _ in self._shown})
        if not filled:
            return []
        rows = self._sheet.Rows
        given = [rows.getByIndex(row).Height for row in filled]
        self._sheet.getCellRangeByPosition(0, 0, 0, filled[-1]).Rows.OptimalHeight = True
        needed = [rows.getByIndex(row).Height for row in filled]
        return [[row + 1, have, want] for row, have, want in zip(filled, given, needed, strict=True) if have < want]

    def narrow_cells(self, links: list[str]) -> list[str]:
        """Return each cell on one line, and of ``links`` each, whose text finds no room beside its neighbours."""
        linked = {_place(self._sheet, link) for link in links}
        places = sorted(self._on_one_line() | linked & self._shown.keys())
        wanted = self._wanted(places)
        rooms = [self._room(place) for place in places]
        return [
            f"{_name(place)} {self._shown[place]} ({want} > {room})"
            for place, want, room in zip(places, wanted, rooms, strict=True)
            if want > room + _SLACK
        ]

    def _on_one_line(self) -> set[Position]:
        """Return the cells whose text neither wraps nor shrinks and may be wider than its column.

        Numbers are none of them: one without room is printed as ``###``.
        """
        found: set[Position] = set()
        formats = self._sheet.getUniqueCellFormatRanges()
        for index in range(formats.Count):
            ranges = formats.getByIndex(index)
            if not ranges.IsTextWrapped and not ranges.ShrinkToFit:
                letter = max(ranges.CharHeight, ranges.CharHeightAsian) * _POINT
                around = _INSIDE + ranges.ParaIndent
                for place in (place for area in ranges.RangeAddresses for place in self._within(area)):
                    wide = len(self._shown[place]) * letter + around > self._width(place[1])
                    if wide and place not in self._numbers:
                        found.add(place)
        return found

    def _within(self, area: Uno) -> Iterator[Position]:
        """Yield the filled cells of an area."""
        for printed in self._areas:
            first, last = max(area.StartColumn, printed.StartColumn), min(area.EndColumn, printed.EndColumn)
            for row in range(max(area.StartRow, printed.StartRow), min(area.EndRow, printed.EndRow) + 1):
                yield from ((row, column) for column in range(first, last + 1) if (row, column) in self._shown)

    def _wanted(self, places: list[Position]) -> list[int]:
        """Return the width that each cell needs on one line.

        Each is copied into a column of its own on a sheet that is made and deleted for it.
        """
        if not places:
            return []
        name = "_room"
        self._document.Sheets.insertNewByName(name, 0)
        try:
            scratch = self._document.Sheets.getByName(name)
            for at, (row, column) in enumerate(places):
                target = scratch.getCellByPosition(at, 0)
                scratch.copyRange(target.CellAddress, self._sheet.getCellByPosition(column, row).RangeAddress)
                target.merge(False)  # noqa: FBT003 - UNO takes no names
                target.IsTextWrapped = False
            columns = scratch.getCellRangeByPosition(0, 0, len(places) - 1, 0).Columns
            columns.OptimalWidth = True
            return [columns.getByIndex(at).Width for at in range(len(places))]
        finally:
            self._document.Sheets.removeByName(name)

    def _room(self, place: Position) -> int:
        """Return the width of a cell, its merged ones, and of the empty ones into which its text may run."""
        cell = self._sheet.getCellByPosition(place[1], place[0])
        cursor = self._sheet.createCursorByRange(cell)
        cursor.collapseToMergedArea()
        area = cursor.RangeAddress
        room = sum(map(self._width, range(area.StartColumn, area.EndColumn + 1)))
        side = cell.HoriJustify.value
        if side != "RIGHT":
            last = max(printed.EndColumn for printed in self._areas)
            room += self._empty(area.StartRow, range(area.EndColumn + 1, last + 1))
        if side in ("RIGHT", "CENTER"):
            room += self._empty(area.StartRow, range(area.StartColumn - 1, -1, -1))
        return room

    def _empty(self, row: int, columns: range) -> int:
        """Return the width of the empty cells in a row up to the first filled one."""
        return sum(map(self._width, takewhile(lambda column: (row, column) not in self._shown, columns)))

    def _width(self, column: int) -> int:
        if column not in self._widths:
            self._widths[column] = self._sheet.Columns.getByIndex(column).Width
        return self._widths[column]


def _printed_areas(sheet: Uno) -> list[Uno]:
    """Return the printed areas; where all is printed, what is used and some columns beside it."""
    used = sheet.createCursor()
    used.gotoEndOfUsedArea(False)  # noqa: FBT003 - UNO takes no names
    column, row = _end(used.RangeAddress)
    return list(sheet.PrintAreas) or [sheet.getCellRangeByPosition(0, 0, column + 20, row).RangeAddress]


def _end(area: Uno) -> tuple[int, int]:
    return area.EndColumn, area.EndRow


def _name(place: Position) -> str:
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _place(sheet: Uno, name: str) -> Position:
    area = sheet.getCellRangeByName(name).RangeAddress
    return area.StartRow, area.StartColumn

"""Looking at a sheet that LibreOffice has open: what it shows, and what finds no room. Runs in the driver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Uno: TypeAlias = Any  # whatever UNO hands out

FILLED = 1 | 2 | 4 | 16  # values, dates, texts, formulas (com.sun.star.sheet.CellFlags)
_SLACK = 20
"""1/100 mm by which a text may be wider than its room: less than a pixel."""


def texts(sheet: Uno) -> dict[str, str]:
    """Return what every filled cell in the printed areas shows, by its name."""
    return {_name(cell): cell.String for cell in _printed(sheet) if cell.String}


def headings(sheet: Uno) -> list[str]:
    """Return what the cells of the rows show that are printed on every page."""
    if not sheet.PrintTitleRows:
        return []
    rows = sheet.TitleRows
    return [
        cell.String for cell in _printed(sheet) if rows.StartRow <= cell.CellAddress.Row <= rows.EndRow and cell.String
    ]


def short_rows(sheet: Uno) -> list[list[int]]:
    """Return row, height and needed height (1/100 mm) of each row too low for its text; heights are lost."""
    filled = sorted({cell.CellAddress.Row for cell in _printed(sheet) if cell.String})
    if not filled:
        return []
    rows = sheet.Rows
    given = [rows.getByIndex(row).Height for row in filled]
    sheet.getCellRangeByPosition(0, 0, 0, filled[-1]).Rows.OptimalHeight = True
    needed = [rows.getByIndex(row).Height for row in filled]
    return [[row + 1, have, want] for row, have, want in zip(filled, given, needed, strict=True) if have < want]


def narrow_cells(document: Uno, sheet: Uno) -> list[str]:
    """Return each cell on one line, links among them, whose text finds no room beside its neighbours.

    Each is copied into a column of its own on a sheet that is made and deleted for it.
    """
    cells = [cell for cell in _printed(sheet) if cell.String and _is_on_one_line(cell)]
    if not cells:
        return []
    name = "_room"
    document.Sheets.insertNewByName(name, 0)
    try:
        wanted = _widths(document.Sheets.getByName(name), cells)
    finally:
        document.Sheets.removeByName(name)
    rooms = [_room(sheet, cell) for cell in cells]
    return [
        f"{_name(cell)} {cell.String} ({want} > {room})"
        for cell, want, room in zip(cells, wanted, rooms, strict=True)
        if want > room + _SLACK
    ]


def _printed(sheet: Uno) -> Iterator[Uno]:
    """Yield the filled cells of the printed areas, all filled cells where there are none."""
    areas = [sheet.getCellRangeByPosition(a.StartColumn, a.StartRow, a.EndColumn, a.EndRow) for a in sheet.PrintAreas]
    for area in areas or [sheet]:
        yield from _each(area.queryContentCells(FILLED).Cells)


def _each(cells: Uno) -> Iterator[Uno]:
    found = cells.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def _name(cell: Uno) -> str:
    return str(cell.AbsoluteName.rpartition(".")[2].replace("$", ""))


def _is_on_one_line(cell: Uno) -> bool:
    """Tell whether the text is not wrapped; a link never is, whatever its cell's format says."""
    return not cell.ShrinkToFit and (not cell.IsTextWrapped or bool(cell.TextFields.Count))


def _widths(scratch: Uno, cells: list[Uno]) -> list[int]:
    """Return the width that each cell needs where it stands alone."""
    for column, cell in enumerate(cells):
        target = scratch.getCellByPosition(column, 0)
        scratch.copyRange(target.CellAddress, cell.RangeAddress)
        target.merge(False)  # noqa: FBT003 - UNO takes no names
    columns = scratch.getCellRangeByPosition(0, 0, len(cells) - 1, 0).Columns
    columns.OptimalWidth = True
    return [columns.getByIndex(column).Width for column in range(len(cells))]


def _room(sheet: Uno, cell: Uno) -> int:
    """Return the width of a cell, its merged ones, and of the empty ones into which its text may run."""
    cursor = sheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    area = cursor.RangeAddress
    columns, last = sheet.Columns, _last_column(sheet)
    room = sum(columns.getByIndex(column).Width for column in range(area.StartColumn, area.EndColumn + 1))
    if cell.Type.value == "VALUE":
        return int(room)
    side = cell.HoriJustify.value
    if side != "RIGHT":
        room += _empty(sheet, area.StartRow, range(area.EndColumn + 1, last + 1))
    if side in ("RIGHT", "CENTER"):
        room += _empty(sheet, area.StartRow, range(area.StartColumn - 1, -1, -1))
    return int(room)


def _empty(sheet: Uno, row: int, columns: range) -> int:
    """Return the width of the empty cells in a row up to the first filled one."""
    width = 0
    for column in columns:
        if sheet.getCellByPosition(column, row).String:
            break
        width += sheet.Columns.getByIndex(column).Width
    return width


def _last_column(sheet: Uno) -> int:
    """Return the last printed column; where all is printed, there is room behind the last filled one."""
    used = sheet.createCursor()
    used.gotoEndOfUsedArea(False)  # noqa: FBT003 - UNO takes no names
    return int(max((area.EndColumn for area in sheet.PrintAreas), default=used.RangeAddress.EndColumn + 20))

"""The sheet that tells where answers come from (出所), in a form that is sent up: one row an answer and level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.ooxml.package import Dates, Pieces
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.excel.ooxml.sheet_patch import SheetPatch, patched
from kohyo.messages import section, wording
from kohyo.model.finding import Place
from kohyo.model.origin import Origin, Passed
from kohyo.text.cell_text import fitted
from kohyo.text.normalise import Key, key

_HEADINGS = 2
"""Row of the headings, from 0; the note of what the sheet is stands in the first."""

_WIDTHS = (12, 7, 9, 20, 40, 5, 18, 10, 16, 28, 12, 7, 19, 66)
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>{columns}</cols><sheetData/>'
    '<pageMargins left="0.4" right="0.4" top="0.4" bottom="0.5" header="0.2" footer="0.2"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
)


def origin_tab() -> str:
    """Return the tab of the sheet."""
    return wording("scale.origin.tab")


def origin_sheet(passed: Iterable[Passed]) -> Pieces:
    """Return the sheet's part, in which every value is text."""
    tags = (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, 1))
    rows = [(wording("scale.origin.title"),), (), tuple(section("scale")["origin"]["columns"].values())]
    rows += [row for one in passed for row in _rows(one)]
    cells = {at: _cells(row) for at, row in enumerate(rows) if row}
    empty = _SHEET.format(columns="".join(tags)).encode()
    return patched(empty, SheetPatch(cells, {}), Dates())


def is_origin_sheet(grid: RawGrid) -> bool:
    """Tell whether a sheet of a return is this one."""
    first = grid.cells.get((0, 0))
    return isinstance(first, str) and key(first) == _title()


@cache
def _title() -> Key:
    return key(wording("scale.origin.title"))


def beside_origins(grid: RawGrid) -> Iterator[Position]:
    """Yield the cells of the sheet in which somebody wrote what is none of its own."""
    headings = tuple(section("scale")["origin"]["columns"].values())
    for row, column in grid.cells:
        if (row, column) == (0, 0) or (row == _HEADINGS and grid.cells[row, column] in headings):
            continue
        if row <= _HEADINGS or column >= len(_WIDTHS) or not grid.cells.get((row, 5)):
            yield row, column


def read_origins(book: RawBook) -> Mapping[tuple[str, str], Passed]:
    """Return what a form says of where its answers come from, by sheet and cell; nothing where it says nothing."""
    found: dict[tuple[str, str], Passed] = {}
    for grid in filter(is_origin_sheet, book.grids):
        for number in sorted({row for row, _ in grid.cells if row > _HEADINGS}):
            row = [str(grid.cells.get((number, column), "")) for column in range(len(_WIDTHS))]
            sheet, cell, item, label, value, _, organisation, how, who, *place, at, sha256 = row
            origin = Origin(organisation, how, who, Place(*place), at, sha256)
            known = found.get((sheet, cell))
            origins = (*known.origins, origin) if known else (origin,)
            found[sheet, cell] = Passed(Place("", sheet, cell), item, label, value, origins)
    return found


def _rows(passed: Passed) -> Iterator[tuple[str, ...]]:
    about = (passed.place.sheet, passed.place.cell, passed.number, passed.label, passed.value)
    for level, origin in enumerate(passed.origins, start=1):
        place = (origin.place.file, origin.place.sheet, origin.place.cell)
        yield (*about, str(level), origin.organisation, origin.how, origin.who, *place, origin.at, origin.sha256)


def _cells(row: Sequence[str]) -> dict[int, CellValue]:
    mark = wording("scale.origin.cut")
    return {column: fitted(text, mark) for column, text in enumerate(row) if text}

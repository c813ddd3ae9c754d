"""The form of the level above (上位の調査票): which items and fields it asks for, and a copy with answers in its cells.

It is read without its definition: its answer cells bear names (``form_identifiers``), and what is not to be filled is
locked. The copy is the form byte for byte but for the cells that are answered and a sheet of their origins, so that
its control numbers and its mark stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.form.form_identifiers import NAME_PREFIX, PROPERTY
from kohyo.excel.form.form_layout import ANSWER, SHEET_COLUMNS, tall
from kohyo.excel.form.origin_sheet import origin_sheet, origin_tab
from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.ooxml.locked_cells import unlocked_cells
from kohyo.excel.ooxml.package import Package, Pieces
from kohyo.excel.ooxml.raw_book import RawBook
from kohyo.excel.ooxml.sheet_patch import SheetPatch, patched
from kohyo.excel.style import palette as look
from kohyo.model.origin import Passed
from kohyo.model.value import RawValue

_NUMBER, _TITLE = "number", "title"


@dataclass(frozen=True)
class AskedSheet:
    """One item sheet of the form: its item as the form calls it, and the cells that ask, by field name."""

    tab: str
    number: str
    title: str
    cells: Mapping[str, Position]
    stands: Mapping[str, RawValue]
    """What stands in these cells."""


def is_form(book: RawBook) -> bool:
    """Tell whether a book bears the control number of a form."""
    return bool(book.properties.get(PROPERTY))


def asked_sheets(path: Path, book: RawBook) -> tuple[AskedSheet, ...]:
    """Return the item sheets of the form at ``path``, which was read safely as ``book``, in their order.

    Raises FileError when the form's parts are not as Excel writes them.
    """
    return tuple(_asked(book, Package(path)))


def _asked(book: RawBook, package: Package) -> Iterator[AskedSheet]:
    for grid in book.grids:
        names = book.names_on(grid.name)
        number = names.get(f"{NAME_PREFIX}{_NUMBER}")
        if number is None or not grid.cells.get(number) or not package.has(grid.name):
            continue
        fields = {name.removeprefix(NAME_PREFIX): cell for name, cell in names.items() if name.startswith(NAME_PREFIX)}
        title = fields.get(_TITLE)
        free = unlocked_cells(package.sheet_xml(grid.name), package.styles_xml())
        cells = {name: cell for name, cell in fields.items() if cell in free}
        called = str(grid.cells.get(title, "")) if title else ""
        stands = {name: grid.cells.get(cell) for name, cell in cells.items()}
        yield AskedSheet(grid.name, str(grid.cells[number]), called, cells, stands)


def write_answers(
    form: Path, target: Path, answers: Mapping[str, Mapping[Position, CellValue]], passed: Sequence[Passed]
) -> None:
    """Copy the form to ``target`` with answers, by sheet and cell, and the sheet of their origins.

    Raises FileError when the form's parts are not as Excel writes them, or the copy cannot be written.
    """
    package = Package(form)
    dates = package.dates()
    parts: dict[str, Pieces] = {
        tab: patched(package.sheet_xml(tab), _patch(cells), dates) for tab, cells in answers.items() if cells
    }
    parts[origin_tab()] = origin_sheet(passed)
    try:
        package.copy(target, parts)
        flush(target)
    except OSError as error:
        raise FileError("unwritable", path=target) from error


def _patch(cells: Mapping[Position, CellValue]) -> SheetPatch:
    rows: dict[int, dict[int, CellValue]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    heights = {row: max(map(_height, values.values())) for row, values in rows.items()}
    return SheetPatch(rows, heights, header=-1)


def _height(value: CellValue) -> float:
    return tall("" if value is None else str(value), SHEET_COLUMNS[ANSWER], look.BODY)


def place_of(cell: Position) -> str:
    """Return a cell in A1 notation."""
    return a1(*cell)

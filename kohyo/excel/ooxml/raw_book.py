"""A workbook as found (読み取ったままのブック): values with their true places, names, comments, what cells hide."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.cell_styles import styles_that_matter
from kohyo.excel.ooxml.fast_scan import Scan
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.safety_check import Inspected
from kohyo.excel.ooxml.shown_cells import SheetLooks, face_of, looks_of, struck_strings
from kohyo.excel.ooxml.workbook_structure import (
    Drawing,
    Names,
    SheetEntry,
    read_comments,
    read_drawings,
    read_properties,
    read_structure,
)
from kohyo.model.codes import Code
from kohyo.model.returned_book import Face
from kohyo.model.value import RawValue

Merge = tuple[Position, Position]
"""First and last cell of a merged range."""

FORMULA, UNCALCULATED, ERROR = "formula", "uncalculated", "error"

_ERRORS_KNOWN = frozenset({"", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"})
_EXACT = 2**53  # above it a float no longer tells neighbouring whole numbers apart
_MIDNIGHT = time()


@dataclass(frozen=True)
class RawGrid:
    """One sheet: cells that hold something, by row and column from 0; ``notes`` are what a value does not show.

    The cells come in reading order, row by row from left to right.
    """

    name: str
    visibility: str
    cells: Mapping[Position, RawValue]
    merges: tuple[Merge, ...]
    notes: Mapping[Position, str]
    comments: Mapping[Position, str]
    faces: Mapping[Position, Face] = field(default_factory=dict)
    """What cells show that hold something else."""
    drawings: tuple[Drawing, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden, in whichever way."""
        return self.visibility != "visible"


@dataclass(frozen=True)
class RawBook:
    """A whole workbook: its sheets in order, the defined names of cells, and its custom properties."""

    grids: tuple[RawGrid, ...]
    names: Names
    properties: Mapping[str, str]
    date1904: bool

    def names_on(self, sheet: str) -> Mapping[str, Position]:
        """Return the names in lower case that point at cells of ``sheet``."""
        return self.names.get(sheet, {})


def read_book(data: bytes, inspected: Inspected) -> RawBook:
    """Read a workbook that passed the safety pass; raise RefusedError when it cannot be read surely."""
    structure = read_structure(inspected.trees)
    looks = _Looks(inspected)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            _require_same_sheets(book, structure.sheets)
            worksheets = {sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet}
            grids = tuple(
                _grid(book, entry, inspected, looks) for entry in structure.sheets if entry.name in worksheets
            )
    except (CalamineError, OverflowError) as error:
        raise RefusedError(Code.K143, error) from error
    if not grids:
        raise RefusedError(Code.K141)
    return RawBook(grids, structure.names, read_properties(inspected.trees), structure.date1904)


def _require_same_sheets(book: CalamineWorkbook, sheets: tuple[SheetEntry, ...]) -> None:
    """Refuse a book of whose sheets the two readers disagree: one would be read as another."""
    names = [sheet.name for sheet in sheets]
    if book.sheet_names != names or len(set(names)) != len(names):
        raise RefusedError(Code.K144, len(names))


def _grid(book: CalamineWorkbook, entry: SheetEntry, inspected: Inspected, looks: _Looks) -> RawGrid:
    scan = inspected.sheets.get(entry.part)
    if scan is None:
        raise RefusedError(Code.K144, sheet=entry.name)
    _require_known_errors(scan, entry.name)
    sheet = book.get_sheet_by_name(entry.name)
    cells, faces = _cells(sheet, looks.of(entry.part))
    if scan.has_values and not (scan.formulas or scan.errors or cells):
        raise RefusedError(Code.K144, sheet=entry.name)
    return RawGrid(
        name=entry.name,
        visibility=entry.visibility,
        cells=_in_order(cells | scan.errors) if scan.errors else cells,
        merges=tuple(sheet.merged_cell_ranges or ()),
        notes=_notes(scan),
        comments=read_comments(inspected.trees, entry.part),
        faces=faces,
        drawings=read_drawings(inspected.trees, entry.part),
    )


def _in_order(cells: Mapping[Position, RawValue]) -> dict[Position, RawValue]:
    return dict(sorted(cells.items()))


def _require_known_errors(scan: Scan, sheet: str) -> None:
    """Refuse error values (#SPILL! and younger) over which calamine gives up the whole sheet."""
    for place, error in scan.errors.items():
        if error not in _ERRORS_KNOWN:
            raise RefusedError(Code.K145, error, sheet=sheet, cell=a1(*place))


def _notes(scan: Scan) -> dict[Position, str]:
    notes = {place: FORMULA if stored else UNCALCULATED for place, stored in scan.formulas.items()}
    return notes | dict.fromkeys(scan.errors, ERROR)


class _Looks:
    """How the cells of a workbook look, sheet by sheet."""

    def __init__(self, inspected: Inspected) -> None:
        self._inspected = inspected
        parts = inspected.looks
        styles = next((content for name, content in parts.items() if name.endswith("styles.xml")), b"")
        strings = next((content for name, content in parts.items() if name.endswith("sharedstrings.xml")), b"")
        self._styles = styles_that_matter(styles) if styles else {}
        self._strings = struck_strings(strings)

    def of(self, part: str) -> SheetLooks:
        """Return how the cells of a sheet look."""
        content = self._inspected.looks.get(part)
        if content is None:
            return SheetLooks()
        return looks_of(content, self._styles, self._strings, plain=self._inspected.sheets[part].plain)


def _cells(sheet: CalamineSheet, looks: SheetLooks) -> tuple[dict[Position, RawValue], dict[Position, Face]]:
    """Return what a sheet holds at its true places, and shows: calamine's rows begin at the first filled cell."""
    if sheet.start is None:
        return {}, {}
    top, left = sheet.start
    held = {
        (row, column): value
        for row, values in enumerate(sheet.to_python(), start=top)
        for column, value in enumerate(values, start=left)
        if value != ""
    }
    styled = (looks.styles.keys() | looks.visible.keys()) & held.keys()
    found = {cell: face_of(held[cell], looks.styles.get(cell), looks.visible.get(cell)) for cell in styled}
    faces = {cell: face for cell, face in found.items() if face is not None}
    return {cell: value if isinstance(value, str) else _plain(value) for cell, value in held.items()}, faces


def _plain(value: float | date | time | timedelta) -> RawValue:
    """Return a value as people see it: whole numbers without a fraction, days without midnight, hours as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, datetime):
        return value.date() if value.time() == _MIDNIGHT else value
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return str(value) if isinstance(value, timedelta) else value

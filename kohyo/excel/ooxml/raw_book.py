"""A workbook as found (読み取ったままのブック): values with their true places, names, comments, what cells hide."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.cell_styles import read_styles
from kohyo.excel.ooxml.fast_scan import Scan
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.plain_package import plain_package
from kohyo.excel.ooxml.safety_check import Inspected
from kohyo.excel.ooxml.shown_cells import SheetLooks, looks_of, struck_strings
from kohyo.excel.ooxml.workbook_structure import (
    Drawing,
    Names,
    SheetEntry,
    Structure,
    read_comments,
    read_drawings,
    read_properties,
    read_structure,
)
from kohyo.model.codes import Code
from kohyo.model.returned_book import Face
from kohyo.model.value import RawValue

_P = TypeVar("_P")
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
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden, in whichever way."""
        return self.visibility != "visible"

    def conceals(self, cell: Position) -> bool:
        """Tell whether the row or the column of a cell is hidden."""
        return cell[0] in self.hidden_rows or cell[1] in self.hidden_columns


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


def read_book(inspected: Inspected) -> RawBook:
    """Read a workbook that passed the safety pass; raise RefusedError when it cannot be read surely."""
    structure = read_structure(inspected.trees)
    sheets = _worksheets(structure, inspected)
    looks = _Looks(structure, inspected)
    plain = plain_package(
        [(entry.name, scan.content) for entry, scan in sheets],
        texts=looks.texts.content if looks.texts is not None else None,
        styles=looks.styles.plain if looks.styles is not None else None,
        date1904=structure.date1904,
    )
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
            grids = tuple(_grid(book, entry, scan, inspected, looks) for entry, scan in sheets)
    except (CalamineError, OverflowError) as error:
        raise RefusedError(Code.K143, error) from error
    return RawBook(grids, structure.names, read_properties(inspected.trees), structure.date1904)


def _worksheets(structure: Structure, inspected: Inspected) -> list[tuple[SheetEntry, Scan]]:
    """Return the sheets that hold cells; refuse a book that lists one it does not hold, or two of one name."""
    listed = [entry for entry in structure.sheets if entry.kind == "worksheet"]
    if not listed:
        raise RefusedError(Code.K141)
    if len({entry.name for entry in structure.sheets}) != len(structure.sheets):
        raise RefusedError(Code.K144, len(listed))
    for entry in listed:
        if entry.part not in inspected.sheets:
            raise RefusedError(Code.K144, sheet=entry.name)
    return [(entry, inspected.sheets[entry.part]) for entry in listed]


def _grid(book: CalamineWorkbook, entry: SheetEntry, scan: Scan, inspected: Inspected, looks: _Looks) -> RawGrid:
    _require_known_errors(scan, entry.name)
    sheet = book.get_sheet_by_name(entry.name)
    cells, faces = _cells(sheet, looks.of(scan, entry.name))
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
        hidden_rows=scan.hidden_rows,
        hidden_columns=frozenset(column for column, width in scan.columns.items() if not width),
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
    """What the sheets of a workbook share: styles and texts."""

    def __init__(self, structure: Structure, inspected: Inspected) -> None:
        self.texts = _part(structure.texts, inspected.texts)
        styles = _part(structure.styles, inspected.styles)
        self.styles = read_styles(styles) if styles is not None else None
        self._struck = struck_strings(self.texts.content) if self.texts is not None else {}

    def of(self, scan: Scan, sheet: str) -> SheetLooks:
        """Return how the cells of a sheet look; raise RefusedError when it names a text that there is not."""
        if scan.strings > (self.texts.strings if self.texts is not None else 0):
            raise RefusedError(Code.K144, sheet=sheet)
        styles = self.styles.that_matter if self.styles is not None else {}
        return replace(looks_of(scan.content, styles, self._struck), widths=scan.columns)


def _part(name: str, parts: Mapping[str, _P]) -> _P | None:
    """Return the part that the workbook names, None where it names none or one that there is not."""
    return parts.get(name) if name else None


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
    found = {cell: looks.face(cell, held[cell]) for cell in looks.of_consequence(held)}
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

"""The workbook's values as they stand, before anything is understood: python-calamine behind one function.

The register is the secretariat's own and may be larger than any return, so the limits of ``excel.ooxml`` (half a
million cells, ten seconds) do not fit it. What kills calamine, one far cell, is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kohyo.errors import FileError
from kohyo.excel.ooxml.cell_reference import row_column
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.sheet_tables import totals_rows
from kohyo.model.value import RawValue

_MARKED = re.compile(rb"<c\b([^>]*?)(?:/>|>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?)")
_REFERENCE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*[^/]>')
_FILLED_BEYOND_Z = re.compile(rb'<c r="([A-Z]{2,})[0-9]+"[^>]*[^/]>')
_CELL = b'<c r="'
_ERROR, _FORMULA = b't="e"', b"<f"
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_AREA = 40_000_000
_PANIC = "PanicException"

Cell = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """One sheet: its values by row and column from 0, and the cells that hold an error or a formula."""

    title: str
    rows: GridRows
    errors: frozenset[Cell]
    formulas: frozenset[Cell]
    totals: frozenset[int] = frozenset()
    """Rows of totals (集計行) of a table that a person made: they are no data."""


class Grids:
    """The worksheets of the register, each read when it is asked for: together they would be large."""

    def __init__(self, path: Path) -> None:
        """Open the workbook; raise FileError when it cannot be read."""
        self._package = Package(path)
        try:
            self._book = CalamineWorkbook.from_path(path)
        except BaseException as error:
            raise _readable(error, path) from error
        metadata = self._book.sheets_metadata
        self.titles = tuple(sheet.name for sheet in metadata if sheet.typ == SheetTypeEnum.WorkSheet)

    def grid(self, title: str) -> Grid:
        """Return one sheet; raise FileError when it cannot be read surely."""
        errors, formulas = self._looked_over(title)
        try:
            rows = GridRows(self._book.get_sheet_by_name(title))
        except BaseException as error:
            raise _readable(error, self._package.path) from error
        totals = (row for table in self._package.tables(title).values() for row in totals_rows(table))
        return Grid(title, rows, errors, formulas, frozenset(totals))

    def _looked_over(self, title: str) -> tuple[frozenset[Cell], frozenset[Cell]]:
        """Return the cells with an error and those with a formula; the part's bytes are let go of before values come.

        Raises FileError for a sheet with one cell far off.
        """
        xml = self._package.sheet_xml(title)
        self._require_near(xml, title)
        marked = list(_marked(xml))
        errors = frozenset(cell for cell, is_error in marked if is_error)
        return errors, frozenset(cell for cell, is_error in marked if not is_error)

    def _require_near(self, xml: bytes, title: str) -> None:
        """Refuse a sheet with one cell far off: calamine keeps the whole rectangle and dies of it."""
        row, beyond = _last_row(xml), set(_FILLED_BEYOND_Z.findall(xml))
        letters = max(beyond, key=lambda name: (len(name), name), default=b"Z").decode("ascii")
        if row * (row_column(f"{letters}1")[1] + 1) > _AREA:
            raise FileError("register_far", path=self._package.path, sheet=title, cell=f"{letters}{row}")


def _readable(error: BaseException, path: Path) -> BaseException:
    """Return the error that a user reads for what calamine raises, panics included; any other as it is."""
    if isinstance(error, Exception) or type(error).__name__ == _PANIC:
        return FileError("register_unreadable", path=path)
    return error


class GridRows(Mapping[int, Mapping[int, RawValue]]):
    """The rows that hold something, kept as plain sequences: a history has hundreds of thousands of them."""

    def __init__(self, sheet: CalamineSheet) -> None:
        """Take over, row by row, what a sheet holds at its true places: calamine ends with the last filled row."""
        texts: dict[str, str] = {}  # one copy of what is repeated a hundred thousand times
        rows = [
            tuple([texts.setdefault(value, value) if isinstance(value, str) else _plain(value) for value in values])
            for values in sheet.iter_rows()
        ]
        self._left = sheet.start[1] if sheet.start else 0
        first = sheet.end[0] + 1 - len(rows) if sheet.end else 0
        self._kept = {row: values for row, values in enumerate(rows, start=first) if values.count("") < len(values)}

    def __getitem__(self, row: int) -> Mapping[int, RawValue]:
        """Return the filled cells of a row by column."""
        return {column: value for column, value in enumerate(self._kept[row], start=self._left) if value != ""}

    def last_column(self) -> int:
        """Return the last column that holds something, -1 where none does."""
        filled = (
            len(values) - next(at for at, value in enumerate(reversed(values)) if value != "")
            for values in self._kept.values()
        )
        return self._left + max(filled) - 1 if self._kept else -1

    def __iter__(self) -> Iterator[int]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _last_row(xml: bytes) -> int:
    """Return the row of the last filled cell, 0 where there is none."""
    end = len(xml)
    while (end := xml.rfind(_CELL, 0, end)) >= 0:
        found = _FILLED.match(xml, end)
        if found:
            return int(found[2])
    return 0


def _plain(value: float | date | time | timedelta) -> RawValue:
    """Return a value of ours: whole numbers as int, midnight as a day; times and spans as text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return str(value) if isinstance(value, (time, timedelta)) else value


def _marked(xml: bytes) -> Iterator[tuple[Cell, bool]]:
    """Yield the cells that hold an error (True) or a formula (False): calamine shows neither."""
    if _ERROR not in xml and _ANY_FORMULA.search(xml) is None:
        return
    for found in _MARKED.finditer(xml):
        is_error = _ERROR in found[1]
        reference = _REFERENCE.search(found[1])
        if reference and (is_error or _FORMULA in found[0]):
            yield row_column(reference[1].decode("ascii")), is_error

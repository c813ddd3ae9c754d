"""Reading the definition's workbook (計画定義.xlsx), which the secretariat edits by hand."""

from __future__ import annotations

from pathlib import Path

from kohyo.definition.sheet_tables import SheetRows
from kohyo.definition.tabular import from_sheets
from kohyo.errors import FileError
from kohyo.excel.ooxml.raw_book import ERROR, UNCALCULATED, RawGrid
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import explain
from kohyo.model.plan import Plan


def read_definition(path: Path) -> Plan:
    """Return the plan that the workbook holds, checked.

    Raises FileError when the file cannot be read, DefinitionError with every sheet, row and column that is wrong.
    """
    with Reader(of_ours=True) as reader:
        return read_definition_with(reader, path)


def read_definition_with(reader: Reader, path: Path) -> Plan:
    """Return the plan that the workbook holds, read by a worker that already runs; raises as ``read_definition``."""
    return from_sheets(_sheets(reader, path), where=path.name)


def definition_sheets(path: Path) -> list[SheetRows]:
    """Return the workbook's sheets as they stand; raise FileError when the file cannot be read."""
    with Reader(of_ours=True) as reader:
        return _sheets(reader, path)


def _sheets(reader: Reader, path: Path) -> list[SheetRows]:
    if not path.is_file():
        raise FileError("unreadable", path=path)
    result = reader.read(path)
    if result.finding is not None:
        raise FileError("definition_unreadable", path=path, reason=explain(result.finding.code).title)
    if result.book is None:
        raise FileError("unreadable", path=path)
    return [_rows(grid) for grid in result.book.grids]


def _rows(grid: RawGrid) -> SheetRows:
    """Return a sheet's cells as rows from the first on, each as long as it needs to be."""
    unread = frozenset(place for place, note in grid.notes.items() if note in (ERROR, UNCALCULATED))
    widths: dict[int, int] = {}
    for row, column in (*grid.cells, *unread):
        widths[row] = max(widths.get(row, 0), column + 1)
    count = max(widths, default=-1) + 1
    rows = (tuple(grid.cells.get((row, column)) for column in range(widths.get(row, 0))) for row in range(count))
    return SheetRows(grid.name, tuple(rows), unread)

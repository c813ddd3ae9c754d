"""The definition's workbook (計画定義.xlsx) changed in place: only the cells whose values change are exchanged.

All that the secretariat added stays, as in the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kohyo.definition.sheet_tables import FoundTable, SheetRows, find_tables
from kohyo.definition.tabular import to_sheets
from kohyo.errors import FileError
from kohyo.excel.definition_book.definition_reader import definition_sheets, read_definition
from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.file_status import is_open
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.sheet_patch import CellValue, SheetPatch, patched
from kohyo.model.plan import Plan


def changes_definition(path: Path, old: Plan, new: Plan) -> bool:
    """Tell whether the workbook changes from ``old`` to ``new``; raise FileError when it is open and would have to."""
    if not _patches(path, old, new):
        return False
    if is_open(path):
        raise FileError("definition_open", path=path)
    return True


def write_changed_definition(path: Path, saving: Path, old: Plan, new: Plan) -> None:
    """Write into ``saving`` what the workbook becomes, from ``old`` to ``new``, which differ in values and not in rows.

    Raises FileError when it cannot be written, or would not say what it should.
    """
    patches = _patches(path, old, new)
    try:
        package = Package(path)
        dates = package.date_styles()
        package.copy(
            saving, {title: patched(package.sheet_xml(title), patch, dates) for title, patch in patches.items()}
        )
        flush(saving)
        if read_definition(saving) != new:
            raise FileError("definition_unverified", path=path)
    except OSError as error:
        raise FileError("unwritable", path=path) from error


def _patches(path: Path, old: Plan, new: Plan) -> dict[str, SheetPatch]:
    """Return what is to be written, by sheet title."""
    found = {table.spec.key: table for table in find_tables(definition_sheets(path))[0]}
    patches: dict[str, SheetPatch] = {}
    for table, before, after in zip(found.values(), to_sheets(old), to_sheets(new), strict=True):
        cells: dict[int, dict[int, CellValue]] = defaultdict(dict)
        for row, column, value in _differing(table, before, after):
            cells[row][column] = value
        if cells:
            patches[table.sheet] = SheetPatch(cells, {})
    return patches


def _differing(table: FoundTable, before: SheetRows, after: SheetRows) -> Iterator[tuple[int, int, CellValue]]:
    """Yield row and column from 0 and the value of every cell that changes."""
    for row, one, two in zip(table.rows, before.rows[1:], after.rows[1:], strict=True):
        for column, was, becomes in zip(table.spec.columns, one, two, strict=True):
            if was != becomes:
                yield row.number - 1, table.columns[column.name], becomes

"""The definition's workbook (計画定義.xlsx) changed in place: only the cells whose values change are exchanged.

All that the secretariat added stays, as in the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count, zip_longest
from pathlib import Path

from kohyo.definition.carry_over import as_written
from kohyo.definition.sheet_tables import FoundTable, SheetRows
from kohyo.definition.tabular import found_tables, to_sheets
from kohyo.errors import DefinitionError, FileError
from kohyo.excel.definition_book.definition_reader import definition_sheets, read_definition
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.ooxml.file_status import is_open
from kohyo.excel.ooxml.patched_book import write_patched
from kohyo.excel.ooxml.sheet_patch import SheetPatch
from kohyo.model.plan import Plan


def changes_definition(path: Path, old: Plan, new: Plan) -> bool:
    """Tell whether the workbook changes from ``old`` to ``new``; raise FileError when it is open and would have to."""
    if not _patches(path, old, new):
        return False
    if is_open(path):
        raise FileError("definition_open", path=path)
    return True


def write_changed_definition(path: Path, saving: Path, old: Plan, new: Plan) -> None:
    """Write into ``saving`` what the workbook becomes from ``old`` to ``new``; rows that are no more are emptied.

    Raises DefinitionError when it would contradict itself, FileError when it cannot be written, or would not say what
    it should.
    """
    patches = _patches(path, old, new)
    try:
        write_patched(path, saving, patches)
        if read_definition(saving) != as_written(new):
            raise FileError("definition_unverified", path=path)
    except DefinitionError as error:
        raise DefinitionError("definition_would_break", **{**error.fields, "where": path.name}) from error
    except OSError as error:
        raise FileError("unwritable", path=path) from error


def _patches(path: Path, old: Plan, new: Plan) -> dict[str, SheetPatch]:
    """Return what is to be written, by sheet title; a printed table that has no sheet yet gets one."""
    patches: dict[str, SheetPatch] = {}
    before = {sheet.name: sheet for sheet in to_sheets(old)}
    sheets = definition_sheets(path)
    widths = {sheet.name: max(map(len, sheet.rows), default=0) for sheet in sheets}
    for table, after in zip(found_tables(sheets, new), to_sheets(new), strict=True):
        if not table.sheet and not after.rows[1:]:
            continue
        cells: dict[int, dict[int, CellValue]] = defaultdict(dict)
        known = before.get(after.name, SheetRows(after.name, ())) if table.sheet else SheetRows(after.name, ())
        for row, column, value in _differing(table, known, after, widths.get(table.sheet, 0)):
            cells[row][column] = value
        if cells:
            patches[table.sheet or table.spec.tab] = SheetPatch(cells, {})
    return patches


def _differing(
    table: FoundTable, before: SheetRows, after: SheetRows, width: int
) -> Iterator[tuple[int, int, CellValue]]:
    """Yield row and column from 0 and the value of every cell that changes; a new sheet gets its headings as well.

    So does a column that an older workbook lacks and that says something now, to the right of all that stands there.
    """
    columns = dict(table.columns or {column.name: place for place, column in enumerate(table.spec.columns)})
    for place, column in enumerate(table.spec.columns):
        if column.name not in columns and any(row[place] is not None for row in after.rows[1:]):
            columns[column.name] = width
            yield table.heading, width, table.spec.heading(column.name)
            width += 1
    if not table.sheet:
        yield 0, 0, table.spec.about
        yield from ((1, columns[column.name], table.spec.heading(column.name)) for column in table.spec.columns)
    numbers = [row.number - 1 for row in table.rows]
    free = count(max(numbers, default=table.heading) + 1)
    nothing = (None,) * len(table.spec.columns)
    for number, one, two in zip_longest(numbers, before.rows[1:], after.rows[1:]):
        row = next(free) if number is None else number
        for column, was, becomes in zip(table.spec.columns, one or nothing, two or nothing, strict=True):
            if was != becomes and column.name in columns:
                yield row, columns[column.name], becomes

"""Finding the definition's tables among the sheets of a workbook, by tab and by heading, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from kohyo.definition.cells import is_blank
from kohyo.definition.layout import SHEETS
from kohyo.definition.problems import Problem
from kohyo.definition.sheet_spec import ColumnSpec, SheetSpec
from kohyo.model.value import RawValue
from kohyo.text.normalise import key

_HEADING_WITHIN = 10  # rows that a title of the secretariat's own may take above the headings


@dataclass(frozen=True)
class SheetRows:
    """One sheet: its name and its rows from the first on, the headings among them; None is an empty cell.

    Rows may differ in length. A row's place in ``rows`` is its number in the workbook less one. ``unread`` are
    the cells, by row and column from 0, whose value the file does not tell (an error, a formula never calculated).
    """

    name: str
    rows: tuple[tuple[RawValue, ...], ...]
    unread: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class TableRow:
    """One row that says something: its number in the workbook and its cells by column name."""

    number: int
    cells: Mapping[str, RawValue]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FoundTable:
    """One table of the definition as found, blank rows left out: on which sheet, and each column's place from 0."""

    spec: SheetSpec
    rows: tuple[TableRow, ...]
    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)
    heading: int = 1
    """The place of the row of headings, from 0; without a sheet, where a new one has it."""


def find_tables(sheets: Sequence[SheetRows]) -> tuple[tuple[FoundTable, ...], tuple[Problem, ...]]:
    """Return every table of the layout, and what is missing or stands twice.

    All sheets and headings must be there, if only empty: a misspelt one would otherwise be lost in silence. A sheet
    or a column that came later may be missing where no other resembles it.
    """
    tables: list[FoundTable] = []
    problems: list[Problem] = []
    for spec in SHEETS:
        named = [sheet for sheet in sheets if key(sheet.name) in (key(spec.tab), spec.key)]
        if len(named) == 1:
            table, wrong = _table(spec, named[0])
            tables.append(table)
            problems.extend(wrong)
        elif spec.later and not named and not _resembled(spec, sheets):
            tables.append(FoundTable(spec, ()))
        else:
            problems.append(Problem((), "shape.two_sheets" if named else "shape.no_sheet", {"value": spec.tab}))
    return tuple(tables), tuple(problems)


def find_rows(spec: SheetSpec, sheets: Sequence[SheetRows]) -> tuple[FoundTable, list[Problem]]:
    """Return the sheet of a table of the definition's own, empty where there is none, and what is wrong with it."""
    named = [sheet for sheet in sheets if key(sheet.name) == key(spec.tab)]
    if len(named) != 1:
        return FoundTable(spec, ()), [Problem((), "shape.two_sheets", {"value": spec.tab})] if named else []
    return _table(spec, named[0])


def _resembled(spec: SheetSpec, sheets: Sequence[SheetRows]) -> bool:
    """Tell whether a sheet that is no table of the layout is called nearly as ``spec``."""
    known = {key(other.tab) for other in SHEETS}
    return bool(get_close_matches(key(spec.tab), [key(sheet.name) for sheet in sheets if key(sheet.name) not in known]))


def _table(spec: SheetSpec, sheet: SheetRows) -> tuple[FoundTable, list[Problem]]:
    heading = _heading_row(spec, sheet.rows)
    columns = _columns(spec, sheet.rows[heading] if sheet.rows else ())
    body = (_row(sheet, place, columns) for place in range(heading + 1, len(sheet.rows)))
    at = {name: places[0] for name, places in columns.items() if places}
    table = FoundTable(spec, tuple(row for row in body if not _empty(row)), sheet.name, at, heading)
    row = sheet.rows[heading] if sheet.rows else ()
    return table, [*_wrong_headings(spec, columns, row), *_wrong_count(table)]


def _row(sheet: SheetRows, place: int, columns: Mapping[str, Sequence[int]]) -> TableRow:
    row = sheet.rows[place]
    at = {name: places[0] for name, places in columns.items() if places}
    cells = {name: row[column] if column < len(row) else None for name, column in at.items()}
    return TableRow(place + 1, cells, frozenset(name for name, column in at.items() if (place, column) in sheet.unread))


def _heading_row(spec: SheetSpec, rows: Sequence[Sequence[RawValue]]) -> int:
    """Return the place of the row that holds most of the headings."""
    counts = [sum(len(at) for at in _columns(spec, row).values()) for row in rows[:_HEADING_WITHIN]]
    return counts.index(max(counts)) if counts else 0


def _columns(spec: SheetSpec, row: Sequence[RawValue]) -> dict[str, list[int]]:
    """Return the places at which each column's heading stands; its name in the TOML is understood as well."""
    return {column.name: _places(spec, column, row) for column in spec.columns}


def _places(spec: SheetSpec, column: ColumnSpec, row: Sequence[RawValue]) -> list[int]:
    names = (key(spec.heading(column.name)), column.name)
    return [place for place, cell in enumerate(row) if cell is not None and key(cell) in names]


def _empty(row: TableRow) -> bool:
    return not row.unread and all(is_blank(cell, "name") for cell in row.cells.values())


def _wrong_headings(
    spec: SheetSpec, columns: Mapping[str, Sequence[int]], row: Sequence[RawValue]
) -> Iterable[Problem]:
    later = {column.name for column in spec.columns if column.later}
    known = {place for places in columns.values() for place in places}
    others = [key(cell) for place, cell in enumerate(row) if cell is not None and place not in known]
    for name, places in columns.items():
        if not places and name in later and not get_close_matches(key(spec.heading(name)), others):
            continue
        if len(places) != 1:
            code = "shape.two_headings" if places else "shape.no_heading"
            yield Problem(spec.loc, code, {"value": spec.heading(name)})


def _wrong_count(table: FoundTable) -> Iterable[Problem]:
    if table.spec.single and len(table.rows) != 1 and (table.rows or not table.spec.later):
        code = "shape.one_row" if table.rows else "shape.no_row"
        yield Problem(table.spec.loc, code, {"value": len(table.rows)})

"""Any workbook or CSV as sheets of rows, for the rules of machine-readable tables (統一ルール)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kohyo.excel.list_book.list_file import WORKBOOKS, file_content, read_grids, text_of_content
from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.ooxml.raw_book import FORMULA, UNCALCULATED, RawGrid
from kohyo.model.finding import Place
from kohyo.tables.open_data_rules import DataSheet

_WIDEST = 1024


def data_sheets(path: Path) -> Iterator[DataSheet]:
    """Yield the sheets of a workbook, or the one table of a CSV; raise FileError when the file cannot be read."""
    content = file_content(path)
    if content.startswith(WORKBOOKS):
        yield from (_sheet(path.name, grid) for grid in read_grids(path) if not grid.hidden and grid.cells)
        return
    text = text_of_content(path, content)
    rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    yield DataSheet(rows, partial(_place, path.name, ""), typed=True)


def _separator(text: str) -> str:
    return "\t" if "\t" in text.split("\n", 1)[0] else ","


def _place(file: str, sheet: str, row: int, column: int) -> Place:
    return Place(file, sheet, a1(row, column))


def _sheet(file: str, grid: RawGrid) -> DataSheet:
    width = min(_WIDEST, 1 + max(column for _, column in grid.cells))
    height = 1 + max(row for row, _ in grid.cells)
    rows = tuple(tuple(grid.cells.get((row, column)) for column in range(width)) for row in range(height))
    formulas = tuple(cell for cell, note in grid.notes.items() if note in (FORMULA, UNCALCULATED))
    return DataSheet(rows, partial(_place, file, grid.name), tuple(first for first, _ in grid.merges), formulas)

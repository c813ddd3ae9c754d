"""The file that holds the plan's list (取組み一覧): tables as text, the plan document's text, or a workbook.

What a file is, its content says, not its name: a workbook is a zip; text is UTF-8, UTF-16 with its mark (what
Excel saves as Unicode text) or cp932; its separator is the one that makes a heading appear.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.list_book.list_fields import read_fields
from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.raw_book import FORMULA, RawBook, RawGrid
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import explain, wording
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.register.plan_list.list_row import ListCell, ListLine, ListRow
from kohyo.register.plan_list.read_list import heading_columns, read_list, text_lines
from kohyo.text.excel_dates import DAYS_TO_1904

WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # zip, empty zip, locked or old
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = ("\t", ",", ";")
_WIDEST = 256  # a list is no wider; one stray cell far to the right must not make every line long


def read_list_file(path: Path, plan: Plan) -> tuple[tuple[ListRow, ...], tuple[Finding, ...]]:
    """Return the items of the list in ``path`` with all that it says of them, and what could not be read.

    Findings are K301 to K310, K315 and K320, and those of the forms (K2) for cells of other fields.
    Raises FileError when the file cannot be opened, is neither text nor a workbook, or is locked.
    """
    rows, findings = read_list(plan, file_lines(path, lambda line: heading_columns(plan, line)), Place(path.name))
    read, more = read_fields(plan, rows)
    return read, (*findings, *more)


def document_lines(path: Path) -> tuple[tuple[Place, str], ...]:
    """Return what stands in a document, line by line or cell by cell, with its place; raise FileError as above."""
    content = file_content(path)
    if content.startswith(WORKBOOKS):
        lines = _book_lines(path)
        return tuple((cell.place, cell.text) for line in lines for cell in line if cell.text)
    numbered = enumerate(text_of_content(path, content).split("\n"), 1)
    return tuple((Place(path.name, "", wording("text.list.line", line=number)), text) for number, text in numbered)


def file_content(path: Path) -> bytes:
    """Return what a file holds; raise FileError when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("unreadable", path=path) from error


def file_lines(path: Path, is_heading: Callable[[ListLine], object]) -> Sequence[ListLine]:
    """Return the lines of a table in any shape; the separator is the one that makes a heading appear.

    Raises FileError when the file cannot be opened, is neither text nor a workbook, or is locked.
    """
    content = file_content(path)
    if content.startswith(WORKBOOKS):
        return _book_lines(path)
    text = text_of_content(path, content)
    tables = [tuple(text_lines(path.name, _rows(text, separator))) for separator in _SEPARATORS]
    return next((lines for lines in tables if any(map(is_heading, lines))), tables[0])


def read_grids(path: Path) -> tuple[RawGrid, ...]:
    """Return the sheets of a workbook; raise FileError when it cannot be read."""
    return _book(path).grids


def _book(path: Path) -> RawBook:
    with Reader() as reader:
        result = reader.read(path)
    if result.book is None:
        reason = explain(result.finding.code).title if result.finding else ""
        raise FileError("list_unreadable", path=path, reason=reason)
    return result.book


def _book_lines(path: Path) -> list[ListLine]:
    """Return the lines of the sheets that are shown."""
    book = _book(path)
    less = DAYS_TO_1904 if book.date1904 else 0
    return [line for grid in book.grids if not grid.hidden for line in _grid_lines(path.name, grid, less)]


def _grid_lines(file: str, grid: RawGrid, days_less: int) -> Iterator[ListLine]:
    """Give the rows of a sheet that hold something, each as wide as the sheet."""
    width = min(_WIDEST, 1 + max((column for _, column in grid.cells), default=0))
    for row in sorted({row for row, _ in grid.cells}):
        yield tuple(
            ListCell(
                grid.cells.get((row, column)),
                Place(file, grid.name, a1(row, column)),
                _note(grid, (row, column)),
                days_less,
            )
            for column in range(width)
        )


def _note(grid: RawGrid, cell: Position) -> str:
    """Return why a cell's value cannot be relied on; a formula that was worked out says what it shows."""
    note = grid.notes.get(cell, "")
    return "" if note == FORMULA else note


def text_of_content(path: Path, content: bytes) -> str:
    """Return the text with one kind of line end; raise FileError when it is none."""
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise FileError("list_not_text", path=path)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Return each row with the line it begins on; quotes count only where they hold for the whole file."""
    try:
        return iter(list(_quoted(text, separator)))
    except csv.Error:
        return enumerate((line.split(separator) for line in text.split("\n")), 1)


def _quoted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1

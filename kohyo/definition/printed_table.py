"""A printed table (データの表) read from a document or a sheet into rows, letter by letter.

Two layouts are known. A grid has a line of the table's headings and a row a line: an empty cell goes on with what
stands above it in a merged column; a line alone above the headings is the value of the columns that the grid does not
show (政策の柱, 基本方針). A record has a line of its own (① 大量定型事務) and below it a line for each labelled column.
Marks of the print (太字, リスト) are no text; a flag stands as a word in its row.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kohyo.errors import TextError
from kohyo.messages import section
from kohyo.model.data_table import TOTAL, DataColumn, DataTable, Value
from kohyo.text.normalise import key
from kohyo.text.numbers import is_number, parse_integer

_TAGS = re.compile(r"</?(?:b|strong|i|em|u|ul|ol|p|span|div|sup|sub)(?:\s[^>]*)?>|\*\*", re.IGNORECASE)
_BOLD = re.compile(r"(?:<b>.*</b>|\*\*.*\*\*)", re.IGNORECASE)
_ENTRIES = re.compile(r"</?li(?:\s[^>]*)?>|<br\s*/?>|\n", re.IGNORECASE)
_HEAD_MARKS = re.compile(r"^\s*#+\s*")
_FEWEST = 2

Line = Sequence[str]
"""The cells of a line; a line of running text is one cell."""


class UnreadLineError(Exception):
    """Raised for a cell that cannot be read: what stood there, and on which line, from 0."""

    def __init__(self, text: str, line: int) -> None:
        """Keep the text and its line."""
        super().__init__(text)
        self.text, self.line = text, line


@dataclass
class _Reading:
    """The rows that were read, and what the reader is in the midst of."""

    table: DataTable
    rows: list[dict[str, Value]] = field(default_factory=list)
    records: list[dict[str, Value]] = field(default_factory=list)
    labelled: Counter[int] = field(default_factory=Counter)
    """How many labelled lines each record has: one alone is chance."""
    grid: tuple[DataColumn | None, ...] = ()
    band: str = ""
    record: dict[str, Value] | None = None


def read_printed_table(table: DataTable, lines: Iterable[Line]) -> tuple[dict[str, Value], ...]:
    """Return the rows of a table as a document prints it, empty where it does not stand there.

    Raises UnreadLineError for a cell that is none of its column's kind, or stands beside the table's columns.
    """
    reading = _Reading(table)
    for number, line in enumerate(lines):
        try:
            _take(reading, _stripped(line))
        except TextError as error:
            raise UnreadLineError(str(error.text), number) from error
    records = (row for row in reading.records if reading.labelled[id(row)] >= _FEWEST)
    return tuple(reading.rows or records)


def is_table_heading(table: DataTable, cells: Line) -> bool:
    """Tell whether a line is one of the table's headings."""
    return bool(_grid(table, _stripped(cells)))


def _take(reading: _Reading, cells: Sequence[str]) -> None:
    if grid := _grid(reading.table, cells):
        reading.grid, reading.record = grid, None
    elif reading.grid and len(cells) > 1:
        if row := _grid_row(reading, cells):
            reading.rows.append(row)
    elif not reading.grid and (labelled := _labelled(reading.table, cells)):
        _take_record(reading, *labelled)
    elif cells:
        reading.band, reading.grid, reading.record = _plain(_HEAD_MARKS.sub("", cells[0])), (), None
    elif reading.rows:
        reading.grid = ()


def _stripped(line: Line) -> list[str]:
    cells = [cell.strip("\n") for cell in line]
    while cells and not _plain(cells[-1]):
        cells.pop()
    return cells


def _plain(text: str) -> str:
    """Return a text without the marks of print around its words."""
    return html.unescape(_TAGS.sub("", text)).strip()


def _grid(table: DataTable, cells: Sequence[str]) -> tuple[DataColumn | None, ...]:
    """Return the column of each cell below a line of headings, empty for a line that is none.

    A heading that several columns share stands above the first of them; cells between two that are known belong to
    the columns between. A second line of headings changes nothing: its first cell is empty.
    """
    places = _headings(table.columns, cells)
    labelled = [column for column in table.columns if column.under or column.label]
    if len(places) < min(_FEWEST, len(labelled)) or 0 not in places or len(places) != sum(map(bool, cells)):
        return ()
    last = table.columns[max(places.values())]
    shared = sum(column.under == last.under for column in table.columns) - 1 if last.under else 0
    return tuple(_column_at(table.columns, places, place) for place in range(len(cells) + shared))


def _headings(columns: Sequence[DataColumn], cells: Sequence[str]) -> dict[int, int]:
    """Return which cell is the heading of which column, both from 0 and in one order."""
    places: dict[int, int] = {}
    for place, cell in enumerate(cells):
        wanted, after = key(_plain(cell)), max(places.values(), default=-1)
        heads = ((at, key(column.under or column.label)) for at, column in enumerate(columns) if at > after)
        found = next((at for at, head in heads if wanted and head == wanted), None)
        if found is not None:
            places[place] = found
    return places


def _column_at(columns: Sequence[DataColumn], places: Mapping[int, int], place: int) -> DataColumn | None:
    known = max(at for at in places if at <= place)
    at = places[known] + place - known
    return columns[at] if at < len(columns) else None


def _grid_row(reading: _Reading, cells: Sequence[str]) -> dict[str, Value]:
    """Return a row of the grid, empty for a line of headings; a name that spans the merged column too is a total's."""
    grid, row = list(reading.grid), dict[str, Value]()
    above = reading.rows[-1] if reading.rows else {}
    if _spans(grid, cells):
        row = _total(grid, _plain(cells[0]), above)
        grid = [*[column for column in grid[:2] if column and column.key in row][-1:], *grid[2:]]
    pairs = list(zip(grid, map(_plain, cells), strict=False))
    if all(key(text) in ("", key(column.label if column else "")) for column, text in pairs):
        return {}
    beside = [*cells[len(grid) :], *(text for column, text in pairs if column is None and text)]
    if beside:
        raise TextError(beside[0])
    for column, cell in ((column, cell) for column, cell in zip(grid, cells, strict=False) if column):
        if _plain(cell):
            row |= _value(reading.table, column, cell)
        elif column.merge and column.key in above:
            row[column.key] = above[column.key]
    if _is_total(reading.table, row, cells):
        row[TOTAL] = True
    return {**_of_band(reading, {column.key for column in reading.grid if column}), **row}


def _is_total(table: DataTable, row: Mapping[str, Value], cells: Sequence[str]) -> bool:
    """Tell whether a row is a total's: printed wholly in bold, or one that the table knows as a total already."""
    bold = all(_BOLD.fullmatch(cell.strip()) for cell in cells if cell.strip())
    return bold or key(table.name_of(row)) in {key(table.name_of(known)) for known in table.rows if TOTAL in known}


def _spans(grid: Sequence[DataColumn | None], cells: Sequence[str]) -> bool:
    """Tell whether the first cell takes the place of two: a number stands where the second column has a text."""
    first, second = (*grid, None, None)[:2]
    if first is None or second is None or not first.merge or second.kind != "text":
        return False
    return bool(cells[0]) and len(cells) > 1 and is_number(_plain(cells[1]))


def _total(grid: Sequence[DataColumn | None], name: str, above: Mapping[str, Value]) -> dict[str, Value]:
    """Return whose a total is: the group's above whose name it begins with (歳入合計), or one of its own (財政収支)."""
    merged, named = grid[:2]
    group = str(above.get(merged.key, "")) if merged else ""
    if merged and named and group and name.startswith(group):
        return {TOTAL: True, merged.key: group, named.key: name}
    return {TOTAL: True, merged.key: name} if merged else {}


def _of_band(reading: _Reading, shown: set[str]) -> dict[str, Value]:
    """Return the value of the columns that stand in the line above: of several, each its word, the last the rest."""
    missing = [column for column in reading.table.columns if column.key not in shown and column.kind != "flag"]
    if not reading.band or not missing:
        return {}
    words = reading.band.split(maxsplit=len(missing) - 1)
    return {
        name: value
        for column, word in zip(missing, words, strict=False)
        for name, value in _value(reading.table, column, word).items()
    }


def _labelled(table: DataTable, cells: Sequence[str]) -> tuple[DataColumn, str] | None:
    """Return the column and the value of a line that says both, as records do."""
    if len(cells) != _FEWEST:
        return None
    return next(
        ((column, cells[1]) for column in table.columns if key(column.label) == key(_plain(cells[0])) != ""), None
    )


def _take_record(reading: _Reading, column: DataColumn, text: str) -> None:
    if reading.record is None or column.key in reading.record:
        labelled = {known.key for known in reading.table.columns if known.label} - _named_by_band(reading)
        reading.record = _of_band(reading, labelled)
        reading.records.append(reading.record)
    reading.labelled[id(reading.record)] += 1
    reading.record |= _value(reading.table, column, text)


def _named_by_band(reading: _Reading) -> set[str]:
    """Return the columns that a record's own line fills: those before the first that has a line of its own."""
    return {column.key for column in reading.table.columns if column.mark in ("number", "title", "band")}


def _value(table: DataTable, column: DataColumn, cell: str) -> dict[str, Value]:
    """Return what a cell says: its value, and the flags that stand in it as words."""
    found: dict[str, Value] = {}
    text = cell
    for flag in (known for known in table.columns if known.kind == "flag"):
        if column.kind == "text" and _plain(text).startswith(f"{flag.shown} "):
            text, found[flag.key] = _plain(text).removeprefix(flag.shown), True
    if column.again and table.cross_listed and _plain(text).endswith(table.cross_listed):
        text, found[column.again] = _plain(text).removesuffix(table.cross_listed), True
    if column.kind == "list":
        found[column.key] = tuple(_entries(text))
    elif column.kind == "integer":
        found[column.key] = _whole(column, _plain(text))
    else:
        found[column.key] = _plain(text)
    return found


def _entries(text: str) -> Iterator[str]:
    bullets = section("text")["printed"]["bullets"]
    for entry in _ENTRIES.split(text):
        if plain := _plain(entry).strip(bullets):
            yield plain


def _whole(column: DataColumn, text: str) -> int:
    """Read a whole number, as the table shows it (施策1) or bare."""
    before, _, behind = column.shown.partition("{value}")
    try:
        return parse_integer(key(text).removeprefix(key(before)).removesuffix(key(behind)))
    except TextError:
        raise TextError(text) from None

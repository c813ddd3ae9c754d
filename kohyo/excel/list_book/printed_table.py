"""A printed table (印刷された表) read from a document's text or from Excel into the rows of the definition's table.

Three layouts are known, and told by the table's own headings: a grid below its headings (one row or two), a grid whose
first columns stand as bands above it, and cards on which each line is a heading with its value. What stands in a cell
is taken letter by letter; bold marks, bullets and what the table prints by itself (DX, 【再掲】, 施策) are taken off.
Of a table of figures a line that is surely none of its rows is told and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kohyo.excel.list_book.list_file import file_lines
from kohyo.excel.list_book.printed_headings import Columns, Headings
from kohyo.excel.list_book.printed_row import Fit, fit, has_figures, is_note, shifted
from kohyo.messages import section, wording
from kohyo.model.codes import Code
from kohyo.model.data_table import TOTAL, DataColumn, DataTable, Value
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.register.plan_list.list_row import ListLine
from kohyo.text.normalise import key

Rows = tuple[dict[str, Value], ...]

_BOLD = re.compile(r"</?b>|\*\*")
_ALL_BOLD = re.compile(r"<b>[^<]*</b>")
_ENTRY = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_TITLE = re.compile(r"^[#\s]*")


def read_printed_table(path: Path, table: DataTable) -> tuple[Rows, tuple[Finding, ...]]:
    """Return the rows that a file prints under the headings of ``table``, and what could not be read (K316 to K319).

    Without such headings there are no rows and one finding (K316), nor where two such tables stand in the file (K319).
    Raises FileError when the file cannot be read.
    """
    headings = Headings(table)
    reader = _Reader(table, headings)
    for line in file_lines(path, lambda line: headings.is_line(_texts(line))):
        reader.take(line)
    rows = tuple(reader.rows())
    if not rows:
        labels = wording("text.list.joiner").join(_called(table))
        return (), (finding_of(Code.K316, Place(path.name), value=table.name, labels=labels),)
    if twice := _twice(table, rows):
        return (), (finding_of(Code.K319, Place(path.name), value=twice, table=table.name),)
    return rows, tuple(reader.findings)


def _twice(table: DataTable, rows: Rows) -> str:
    """Return the name of a row that stands twice in a table of figures; empty where none does."""
    if not has_figures(table):
        return ""
    texts = [column.key for column in table.columns if column.kind == "text"]
    seen: set[tuple[Value, ...]] = set()
    for row in rows:
        own = tuple(row.get(name, "") for name in texts)
        if own in seen:
            return table.name_of(row)
        seen.add(own)
    return ""


def _called(table: DataTable) -> Iterator[str]:
    """Yield how people find the columns of a table: by the printed heading, by its place where nothing is printed."""
    for place, column in enumerate(table.columns, 1):
        yield f"{column.under}{column.label}" or wording("text.list.unlabelled", place=place)


def _texts(line: ListLine) -> list[str]:
    return [_BOLD.sub("", cell.text).strip() for cell in line]


@dataclass
class _Card:
    """What a card tells: the line above it, and its values by column."""

    title: str
    values: dict[str, Value] = field(default_factory=dict)


class _Reader:
    """Walks down a file and keeps what it is in the midst of: the columns, the bands, the card."""

    def __init__(self, table: DataTable, headings: Headings) -> None:
        self.findings: list[Finding] = []
        self._table, self._headings = table, headings
        self._columns: Columns = ()
        self._ended: Columns = ()
        self._figures = has_figures(table)
        self._above: dict[str, Value] = {}
        self._bands: dict[str, Value] = {}
        self._asked: DataColumn | None = None
        self._title = ""
        self._grid: list[dict[str, Value]] = []
        self._cards: list[_Card] = []

    def rows(self) -> Iterator[dict[str, Value]]:
        """Yield what was read: the grid where there was one, else the cards."""
        totals = {key(self._table.name_of(row)) for row in self._table.rows if row.get(TOTAL)}
        for row in self._grid or list(self._of_cards()):
            is_total = row.get(TOTAL) or key(self._table.name_of(row)) in totals
            yield {**row, **({TOTAL: True} if is_total else {})}

    def take(self, line: ListLine) -> None:
        """Read the next line."""
        texts = _texts(line)
        columns = self._headings.take(texts)
        if columns is not None:
            self._columns = columns or self._columns
            self._above = self._above if self._figures else {}
        elif self._figures and self._columns and is_note(next(filter(None, texts), "")):
            self._refused(line, texts)
        elif len([text for text in texts if text]) <= 1 and not (self._columns and len(texts) > 1 and any(texts)):
            self._take_band(next((text for text in texts if text), ""))
        elif self._columns:
            self._take_row(line, texts)
        else:
            self._tell_lost(line, texts)
            self._take_of_card(line, texts)

    def _take_band(self, text: str) -> None:
        """Take a line that stands alone: the end of a grid, a band's name, its value, or the title of a card."""
        plain = _TITLE.sub("", text)
        if not plain:
            return
        self._ended, self._columns = self._columns or self._ended, ()
        if self._asked is not None:
            self._bands[self._asked.key] = plain
            self._asked = None
            return
        for column in (column for column in self._table.columns if column.merge and column.label):
            if key(plain) == key(column.label):
                self._asked = column
            elif key(column.label) in key(plain) and any(char.isdigit() for char in key(plain)):
                self._bands[column.key] = plain
        self._title = plain

    def _take_row(self, line: ListLine, texts: list[str]) -> None:
        width = len(self._columns)
        if self._figures:
            texts = shifted(self._columns, texts)
            fits = fit(self._table, self._columns, texts)
            if fits is not Fit.ROW or self._is_headless(texts):
                self._refused(line, texts)
                self._columns = () if fits is Fit.OTHER else self._columns
                return
        beyond = [text for column, text in zip(self._columns, texts, strict=False) if column is None and text]
        for text in (*beyond, *filter(None, texts[width:])):
            self._unread(line, text)
        columns = [column for column in self._columns if column is not None]
        named = {column.label for column in columns}
        row: dict[str, Value] = {name: value for name, value in self._bands.items() if self._label(name) not in named}
        for column, text in zip(self._columns, texts, strict=False):
            row |= self._value(column, text, line) if column is not None else {}
        for column in columns:
            if column.merge:
                below = row.get(column.key, self._above.get(column.key, ""))
                row[column.key] = self._above[column.key] = below
        if all(_ALL_BOLD.fullmatch(cell.text.strip()) for cell in line if not cell.empty):
            row[TOTAL] = True
        self._grid.append({name: value for name, value in row.items() if value != ""})

    def _is_headless(self, texts: Sequence[str]) -> bool:
        """Tell whether a row continues a merged column in which nothing stands above it."""
        merged = [(column, text) for column, text in zip(self._columns, texts, strict=False) if column and column.merge]
        return any(not (text or self._above.get(column.key)) for column, text in merged)

    def _tell_lost(self, line: ListLine, texts: list[str]) -> None:
        """Tell the first line below a table that has ended which would be a row of it."""
        cells = shifted(self._ended, texts)
        filled = sum(bool(text) for text in cells)
        is_wide = self._figures and len(self._ended) >= filled > len(self._ended) / 2
        if is_wide and fit(self._table, self._ended, cells) is Fit.ROW:
            self._refused(line, texts)
            self._ended = ()

    def _refused(self, line: ListLine, texts: Sequence[str]) -> None:
        """Tell a line that is no row, but for a note that the table has."""
        shown = wording("text.list.joiner").join(filter(None, texts))
        if key(shown) in {key(note) for note in self._table.notes}:
            return
        place = next((cell.place for cell in line if not cell.empty), line[0].place)
        self.findings.append(finding_of(Code.K318, place, value=shown, table=self._table.name))

    def _label(self, name: str) -> str:
        return next(column.label for column in self._table.columns if column.key == name)

    def _take_of_card(self, line: ListLine, texts: list[str]) -> None:
        column = self._headings.labels(texts)
        if column is None:
            return
        if not self._cards or column.key in self._cards[-1].values:
            self._cards.append(_Card(self._title))
        rest = next(cell.text for cell in line[1:] if not cell.empty)
        self._cards[-1].values |= self._value(column, rest, line)

    def _of_cards(self) -> Iterator[dict[str, Value]]:
        """Yield the cards as rows; their titles are told by the columns that no line of a card told."""
        told = {name for card in self._cards for name in card.values}
        leading = [column for column in self._table.columns if column.key not in told and column.kind == "text"]
        for card in self._cards:
            parts = card.title.split(maxsplit=max(0, len(leading) - 1)) if leading else []
            row = {column.key: text for column, text in zip(leading, parts, strict=False)}
            yield {**row, **card.values}

    def _value(self, column: DataColumn, text: str, line: ListLine) -> dict[str, Value]:
        """Return what a cell says: its value, and the flags that its text carries."""
        found: dict[str, Value] = {}
        for flag in self._headings.flags:
            if text.startswith(flag.shown) and column.again:
                text, found[flag.key] = text.removeprefix(flag.shown).strip(), True
        if column.again and self._table.cross_listed and text.endswith(self._table.cross_listed):
            text, found[column.again] = text.removesuffix(self._table.cross_listed).strip(), True
        if not text:
            return found
        if column.kind == "integer":
            plain = key(text).removeprefix(key(column.shown.partition("{")[0]))
            if not plain.isdigit():
                self._unread(line, text)
                return found
            return {**found, column.key: int(plain)}
        return {**found, column.key: _entries(column, text) if column.kind == "list" else text}

    def _unread(self, line: ListLine, text: str) -> None:
        self.findings.append(finding_of(Code.K317, line[0].place, value=text, table=self._table.name))


def _entries(column: DataColumn, text: str) -> tuple[str, ...]:
    """Return the entries of a list, without their bullets: marked up as such, or one a line."""
    parts = _ENTRY.findall(text) or text.split("\n")
    bullets = (*section("text")["list"]["bullets"], *([column.bullet] if column.bullet else ()))
    plain = (_MARKUP.sub("", part).strip() for part in parts)
    return tuple(found for part in plain if (found := part.lstrip("".join(bullets)).strip()))

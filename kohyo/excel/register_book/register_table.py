"""From a sheet as it stands to rows: headings found by their words, every cell read by its column's rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from kohyo.definition.departments import department, owners, split_names
from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.register_book.book_sheet import BookColumn, BookSheet
from kohyo.excel.register_book.column_codec import ColumnCodec
from kohyo.excel.register_book.placed import PlacedRow, PlacedTable
from kohyo.excel.register_book.register_grid import Grid
from kohyo.excel.register_book.row_columns import Column
from kohyo.excel.register_book.yearly import column_by_other_year
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import as_typed, is_empty
from kohyo.text.normalise import Key, key

_HEADING_ROWS = 20

Readers: TypeAlias = Sequence[tuple[int, ColumnCodec]]
"""The columns that stand on a sheet, by place."""


class TableReader:
    """Reads one sheet and collects what is wrong with it."""

    def __init__(self, plan: Plan, sheet: BookSheet, grid: Grid, saved: Collection[str] = ()) -> None:
        """Take the sheet and what stands on it; ``saved`` are the columns that it had when it was last saved."""
        self._saved = saved
        self._plan = plan
        self._sheet = sheet
        self._grid = grid
        self._rows = grid.rows
        self._marked = grid.errors | grid.formulas
        self._codecs = {column.name: ColumnCodec(plan, column) for column in sheet.columns}
        self._outdated: list[str] = []
        self.findings: list[Finding] = []

    def read(self) -> PlacedTable:
        """Return the table; what could not be read surely is in ``findings``."""
        header = self._header()
        columns = self._columns(self._rows.get(header, {}))
        readers = [(columns[name], codec) for name, codec in self._codecs.items() if name in columns]
        rows = tuple(
            self._row((row, values), columns, readers)
            for row, values in self._rows.items()
            if row > header
            and row not in self._grid.totals
            and not all(is_empty(values.get(column)) for column, _ in readers)
        )
        below = max(self._rows, default=header)
        outdated = tuple(self._outdated)
        return PlacedTable(
            self._sheet, self._grid.title, header, columns, rows, below, self._rows.last_column(), outdated
        )

    def _labels(self) -> dict[Key, BookColumn]:
        """Return the columns by their headings of today, and before these by those that the register still bears."""
        today = {key(column.label): column for column in self._sheet.columns}
        return {**today, **{key(column.saved): column for column in self._sheet.columns if column.saved}}

    def _header(self) -> int:
        """Return the row that holds most of our headings: a title may have been put above."""
        labels = self._labels()
        scores = {
            row: sum(1 for value in values.values() if key(value) in labels)
            for row, values in ((row, self._rows[row]) for row in self._rows if row < _HEADING_ROWS)
        }
        return max(scores, key=lambda row: (scores[row], -row), default=0)

    def _columns(self, headings: Mapping[int, RawValue]) -> dict[str, int]:
        """Return each column's place; of two with one heading the first counts."""
        labels = self._labels()
        found: dict[str, int] = {}
        for place, heading in sorted(headings.items()):
            column = labels.get(key(heading))
            if column is not None and column.name in found:
                self.findings.append(finding_of(Code.K504, *self._of((self._header(), place), column, heading)))
            elif column is not None:
                found[column.name] = place
                if key(heading) != key(column.label):
                    self._outdated.append(column.name)
        for place, heading in sorted(headings.items()):
            known = self._by_former_heading(key(heading))
            if known is not None and known.name not in found and place not in found.values():
                found[known.name] = place
                self._outdated.append(known.name)
        for column in self._sheet.columns:
            self._give_back(column, found)
        return found

    def _give_back(self, column: BookColumn, found: dict[str, int]) -> None:
        """Give a column of an earlier definition its place, where one of today's took it that came with its heading."""
        if column.name in found or column.name not in self._saved or not (column.field and column.field.retired):
            return
        words = {key(word) for word in (column.field.register_label, *column.former)}
        for taker in self._sheet.columns:
            if taker.name in found and taker.name not in self._saved and key(taker.label) in words:
                found[column.name] = found.pop(taker.name)
                self._outdated.append(column.name)
                return

    def _by_former_heading(self, heading: Key) -> BookColumn | None:
        """Return the column that has this heading in another year, or had it under an earlier definition."""
        known = column_by_other_year(self._plan, self._sheet, heading)
        former = (column for column in self._sheet.columns if heading in map(key, column.former))
        return known or next(former, None)

    def _row(self, line: tuple[int, Mapping[int, RawValue]], columns: Mapping[str, int], readers: Readers) -> PlacedRow:
        row, values = line
        field = ""
        if Column.FIELD in columns:
            field = str(self._codecs[Column.FIELD].decode(values.get(columns[Column.FIELD])) or "")
        read: dict[str, FieldValue] = {}
        unread: set[str] = set()
        for place, codec in readers:
            value, sure = self._plain(values.get(place), codec, field) or self._cell(
                (row, place), values.get(place), codec, field
            )
            if not sure:
                unread.add(codec.column.name)
            elif value is not None:
                read[codec.column.name] = value
        return PlacedRow(read, self._grid.title, row, columns, frozenset(unread))

    def _plain(self, raw: RawValue, codec: ColumnCodec, field: str) -> tuple[FieldValue, bool] | None:
        """Return the value of a cell of which there is nothing to say, as of most; None of any other."""
        if codec.doubtful or self._marked:
            return None
        try:
            return codec.decode(raw, field), True
        except TextError:
            return None

    def _cell(self, cell: tuple[int, int], raw: RawValue, codec: ColumnCodec, field: str) -> tuple[FieldValue, bool]:
        """Return a cell's value and whether it is sure."""
        column = codec.column
        if cell in self._grid.errors:
            self.findings.append(finding_of(Code.K505, *self._of(cell, column, raw)))
            return None, False
        if cell in self._grid.formulas:
            self.findings.append(finding_of(Code.K506, *self._of(cell, column, raw)))
            if raw is None:
                return None, False
        try:
            value = codec.decode(raw, field)
        except TextError:
            choices = wording("text.list.joiner").join(word for _, word in column.words)
            about = self._of(cell, column, raw)
            self.findings.append(
                finding_of(Code.K524, *about, choices=choices) if choices else finding_of(Code.K507, *about)
            )
            return None, False
        self._doubt(cell, column, value)
        return value, True

    def _doubt(self, cell: tuple[int, int], column: BookColumn, value: FieldValue) -> None:
        """Say what can be stored and yet is probably wrong: an unknown choice or department."""
        if not isinstance(value, str) or column.kind != "answer" or column.field is None:
            return
        if column.field.type == "select_one" and value not in column.field.choices and not _was_one(column, value):
            self.findings.append(finding_of(Code.K508, *self._of(cell, column, value)))
        if column.field.type == "departments":
            for name in _strangers(self._plan, value):
                self.findings.append(finding_of(Code.K509, *self._of(cell, column, name)))

    def _of(self, cell: tuple[int, int], column: BookColumn, value: RawValue) -> tuple[Place, str, str]:
        """Return what every finding about a cell tells: where it is, its heading, what stands there."""
        return Place(sheet=self._grid.title, cell=a1(*cell)), column.label, as_typed(value)


def _was_one(column: BookColumn, value: str) -> bool:
    """Tell whether a word was a choice before, so that the next save puts today's in its place."""
    return column.field is not None and key(value) in dict(column.field.former_choices)


def _strangers(plan: Plan, text: str) -> Iterator[str]:
    try:
        owners(plan, text)
    except TextError as error:
        yield str(error.text)


def department_findings(plan: Plan, table: PlacedTable) -> Iterator[Finding]:
    """Yield a finding for every department, alone in its row or with others, that the plan does not know."""
    if Column.DEPARTMENT not in table.columns:
        return
    label = table.sheet.column(Column.DEPARTMENT).label
    for row in table.rows:
        for name in filter(lambda name: not _is_known(plan, name), split_names(row.text(Column.DEPARTMENT))):
            yield finding_of(Code.K509, row.place(Column.DEPARTMENT), field=label, value=name)


def _is_known(plan: Plan, name: str) -> bool:
    try:
        return plan.open_form(name) is not None or bool(department(plan, name))
    except TextError:
        return False

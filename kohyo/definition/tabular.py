"""The definition as sheets of rows, both ways and without loss; the sheets' shape stands in ``layout``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kohyo.definition.cells import is_blank, read_cell, show_cell
from kohyo.definition.data_sheets import bare_table, check_data, is_rows_tab, parts_fit, records, rows_spec, rows_tab
from kohyo.definition.layout import SHEETS, TABLE_CHECKS, TABLE_COLUMNS, TABLES
from kohyo.definition.load import plan_from_data
from kohyo.definition.problems import Loc, Problem, problem_error
from kohyo.definition.sheet_spec import ColumnSpec, SheetSpec, vocabulary
from kohyo.definition.sheet_tables import FoundTable, SheetRows, TableRow, find_rows, find_tables
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from kohyo.text.normalise import key

__all__ = ["SheetRows", "from_sheets", "to_sheets"]

_CHOICES = "choices"


def to_sheets(plan: Plan) -> tuple[SheetRows, ...]:
    """Return the plan as sheets, one per entry of ``sheets_of`` and in that order, headings in the first row."""
    data = plan.model_dump()
    return tuple(SheetRows(spec.tab, (_headings(spec), *_rows(spec, data))) for spec in sheets_of(plan))


def sheets_of(plan: Plan) -> tuple[SheetSpec, ...]:
    """Return the sheets of a plan's definition: those of every plan, then one with the rows of each printed table."""
    return (*SHEETS, *(rows_spec(table, place) for place, table in enumerate(plan.tables)))


def found_tables(sheets: Sequence[SheetRows], plan: Plan) -> tuple[FoundTable, ...]:
    """Return where the sheets of the plan's definition stand, in the order of ``sheets_of``; without one: no sheet."""
    tables = find_tables(sheets)[0]
    return (*tables, *(find_rows(spec, sheets)[0] for spec in sheets_of(plan)[len(SHEETS) :]))


def _headings(spec: SheetSpec) -> tuple[str, ...]:
    return tuple(spec.heading(column.name) for column in spec.columns)


def _rows(spec: SheetSpec, data: Mapping[str, Any]) -> Iterator[tuple[RawValue, ...]]:
    for record in _records(spec, data):
        yield tuple(show_cell(column, _at(record, column.path)) for column in spec.columns)


def _records(spec: SheetSpec, data: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return one mapping per row; a list of choices takes as many rows as it has values."""
    part: Any = _at(data, spec.path)
    if spec.key in (TABLE_COLUMNS, TABLE_CHECKS):
        return records(spec, part)
    if spec.key == _CHOICES:
        return [record for entry in part for record in _choice_records(entry)]
    rows: Iterable[Mapping[str, Any]] = [part] if spec.single else part
    return [] if part is None else rows


def _choice_records(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    former = {known["value"]: known["names"] for known in entry["former"]}
    for value in entry["values"]:
        yield {"list_name": entry["name"], "value": value, "former": former.get(value, ())}


def _at(data: Mapping[str, Any], path: Iterable[str]) -> Any:  # noqa: ANN401 - any part of the plan's data
    found: Any = data
    for step in path:
        found = found[int(step)] if isinstance(found, (list, tuple)) else found.get(step)
    return found


def from_sheets(sheets: Sequence[SheetRows], where: str) -> Plan:
    """Return the plan that the sheets hold; ``where`` names the workbook in messages.

    Sheets and columns may stand in any order, among others; blank rows are passed over. Raises one
    DefinitionError that names sheet, row and column of everything that is wrong.
    """
    tables, misshapen = find_tables(sheets)
    reading = _Reading()
    for table in tables:
        reading.places[table.spec.loc] = _Spot(table.spec)
        reading.add(table)
    misshapen = (*misshapen, *reading.add_rows(sheets))
    if misshapen:
        raise problem_error(where, [*misshapen, *reading.problems], reading.place)
    return plan_from_data(reading.data, where, place=reading.place, known=reading.problems)


@dataclass(frozen=True)
class _Spot:
    """Where a piece of the data stands in the workbook: sheet, row, column, as far as that is known."""

    spec: SheetSpec
    row: int = 0
    column: str = ""

    def words(self) -> str:
        sheet = self.spec.tab
        if not self.row:
            return wording("definition.place.sheet", sheet=sheet)
        if not self.column:
            return wording("definition.place.row", sheet=sheet, row=self.row)
        return wording("definition.place.cell", sheet=sheet, row=self.row, column=self.spec.heading(self.column))


@dataclass
class _Reading:
    """What has been read so far: the plan's data, where each piece stood, and what could not be understood."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Loc, _Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: FoundTable) -> None:
        """Take the rows of one sheet into the data."""
        if table.spec.key == _CHOICES:
            self._add_choices(table)
        elif table.spec.key in (TABLE_COLUMNS, TABLE_CHECKS):
            self._add_to_tables(table)
        elif table.spec.single:
            for row in table.rows[:1]:
                _put(self.data, table.spec.path, self._record(table.spec, row, table.spec.path))
        else:
            entries = [self._record(table.spec, row, (*table.spec.path, i)) for i, row in enumerate(table.rows)]
            _put(self.data, table.spec.path, entries)

    def _add_choices(self, table: FoundTable) -> None:
        """Gather the rows of one list under its name, in the order of its first row."""
        lists: dict[str, list[Any]] = {}
        former: dict[str, list[Any]] = defaultdict(list)
        for i, row in enumerate(table.rows):
            record = self._record(table.spec, row, (_CHOICES, "", i))
            if len(record.keys() & {"list_name", "value"}) < 2:  # noqa: PLR2004 - a list and a word
                self._complain_of_gaps(table.spec, (_CHOICES, "", i), record)
                continue
            values = lists.setdefault(record["list_name"], [])
            loc: Loc = (_CHOICES, list(lists).index(record["list_name"]))
            self.places.setdefault(loc, _Spot(table.spec, row.number, "list_name"))
            self.places[(*loc, "values", len(values))] = _Spot(table.spec, row.number, "value")
            values.append(record["value"])
            if "former" in record:
                self.places[(*loc, "former", len(former[record["list_name"]]))] = _Spot(
                    table.spec, row.number, "former"
                )
                former[record["list_name"]].append({"value": record["value"], "names": record["former"]})
        self.data[_CHOICES] = [
            {"name": name, "values": values, "former": former.get(name, ())} for name, values in lists.items()
        ]

    def _add_to_tables(self, table: FoundTable) -> None:
        """Put the rows of the sheets of columns and of checks into the tables that they name."""
        spec = table.spec
        tables = self.data[TABLES]
        for i, row in enumerate(table.rows):
            loc: Loc = (spec.key, i)
            record = self._record(spec, row, loc)
            needed = {column.name for column in spec.columns if column.required}
            if needed - set(record):
                self._complain_of_gaps(spec, loc, record)
                continue
            named = [place for place, entry in enumerate(tables) if entry.get("name") == record["table"]]
            if not named:
                self.problems.append(Problem((*loc, "table"), "contradiction.unknown", {"value": record["table"]}))
                continue
            if spec.key == TABLE_CHECKS and not parts_fit(record):
                self.problems.append(Problem((*loc, "parts"), "shape.check_parts"))
                continue
            part, content = ("columns", {**record}) if spec.key == TABLE_COLUMNS else check_data(record)
            content.pop("table", None)
            entries = tables[named[0]].setdefault(part, [])
            self._place_again(spec, loc, (TABLES, named[0], part, len(entries)))
            entries.append(content)

    def _place_again(self, spec: SheetSpec, there: Loc, here: Loc) -> None:
        """Remember where a record (``_record``) that was read at one place of the data stands at another."""
        for path in ((), *(column.path for column in spec.columns)):
            self.places[(*here, *path)] = self.places[(*there, *path)]

    def add_rows(self, sheets: Sequence[SheetRows]) -> tuple[Problem, ...]:
        """Take the rows of the printed tables from their sheets; return what is wrong with the sheets' shape."""
        problems: list[Problem] = []
        tables = self.data.get(TABLES, [])
        for i, raw in enumerate(tables):
            raw.setdefault("columns", [])
            bare = bare_table(raw)
            if bare is not None:
                found, wrong = find_rows(rows_spec(bare, i), sheets)
                problems += wrong
                raw["rows"] = [
                    self._record(found.spec, row, (TABLES, i, "rows", k)) for k, row in enumerate(found.rows)
                ]
        known = {key(rows_tab(str(raw.get("name")))) for raw in tables}
        strays = [sheet.name for sheet in sheets if is_rows_tab(sheet.name) and key(sheet.name) not in known]
        return (*problems, *(Problem((), "shape.stray_rows", {"value": name}) for name in strays))

    def _complain_of_gaps(self, spec: SheetSpec, loc: Loc, record: Mapping[str, Any]) -> None:
        met = {problem.loc for problem in self.problems}
        for column in spec.columns:
            if column.required and column.name not in record and (*loc, column.name) not in met:
                self.problems.append(Problem((*loc, column.name), "validation.missing"))

    def _record(self, spec: SheetSpec, row: TableRow, loc: Loc) -> dict[str, Any]:
        """Return the data of one row; a blank cell is left out, so that the model's default holds."""
        record: dict[str, Any] = {part: {} for column in spec.columns for part in column.part}
        if loc:
            self.places[loc] = _Spot(spec, row.number)
        for column in spec.columns:
            raw = row.cells.get(column.name)
            self.places[(*loc, *column.path)] = _Spot(spec, row.number, column.name)
            if column.name in row.unread:
                self.problems.append(Problem((*loc, *column.path), "cell.error"))
                continue
            if is_blank(raw, column.kind):
                continue
            try:
                _put(record, column.path, read_cell(column, raw))
            except TextError:
                self.problems.append(Problem((*loc, *column.path), f"cell.{column.kind}", _mentioned(column, raw)))
        return record

    def place(self, loc: Loc) -> str:
        """Return where a piece of the data stands in the workbook, as near as is known."""
        for length in range(len(loc), 0, -1):
            if spot := self.places.get(loc[:length]):
                return spot.words()
        return wording("definition.place.book")


def _mentioned(column: ColumnSpec, raw: RawValue) -> dict[str, object]:
    known = vocabulary(column.words).values() if column.words else ()
    return {"value": raw, "known": wording("text.list.joiner").join(known)}


def _put(data: dict[str, Any], path: Sequence[str], value: Any) -> None:  # noqa: ANN401 - any value of the model
    """Put a value at its place in nested data; the root takes the entries of a mapping."""
    if not path:
        data.update(value)
        return
    for step in path[:-1]:
        data = data.setdefault(step, {})
    data[path[-1]] = value

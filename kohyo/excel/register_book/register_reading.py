"""One reading of the register (台帳の一読み): its tables with the rows that can be used, and what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.excel.register_book.book_sheet import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENDINGS,
    ENTRIES,
    ITEMS,
    NOTES,
    RECEIPTS,
    BookSheet,
)
from kohyo.excel.register_book.history_sheets import further_titles, joined
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.placed import PlacedRow, PlacedTable
from kohyo.excel.register_book.register_columns import read_sheets, team_sheet
from kohyo.excel.register_book.register_grid import Grid, Grids
from kohyo.excel.register_book.register_table import TableReader, department_findings
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.excel.register_book.row_identity import IdentifiedRow, identified
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import item_after
from kohyo.text.normalise import key

_NEEDED: dict[str, tuple[str, ...]] = {
    ITEMS: (Column.ID, "number", "goal"),
    ENTRIES: (Column.GOAL, Column.PERSPECTIVE),
    RECEIPTS: (Column.OUTCOME,),
    CONFLICTS: (Column.ID, Column.KIND, Column.ITEM, Column.RAISED_AT),
    CHANGES: (Column.AT, Column.KIND),
    CONTRIBUTIONS: (Column.ITEM, Column.DEPARTMENT),
    NOTES: (Column.TEXT,),
    ENDINGS: (Column.ID, Column.ITEM, Column.YEAR, Column.STANDING),
}

_NEEDED_BY_SUBMISSIONS = (Column.ID, Column.KIND, Column.RECEIVED_AT)


class RegisterReading:
    """One reading of the workbook: its tables by key, and what is wrong with them."""

    def __init__(
        self, plan: Plan, grids: Grids, states: Sequence[LastState] = (), unread: Collection[str] = ()
    ) -> None:
        """Read the sheets of a plan but those that are to be left ``unread``; ``states`` tell what they bore before."""
        self._plan = plan
        self._sheets = [sheet for sheet in read_sheets(plan) if sheet.key not in unread]
        self.findings: list[Finding] = []
        self.tables: dict[str, PlacedTable] = {}
        self.teams: tuple[PlacedRow, ...] = ()
        self._given: list[str] = []
        self.titles = tuple(grids.titles)
        titles = {key(title): title for title in grids.titles}
        for sheet in self._sheets:
            names = (sheet.saved, sheet.title, *reversed(sheet.former))
            title = next((titles[key(name)] for name in names if name and key(name) in titles), None)
            if title is not None:
                saved = {name for state in states for name in state.columns.get(sheet.key, ())}
                found = (title, *(further_titles(titles) if sheet.key == CHANGES else ()))
                tables = [self._read(sheet, grids.grid(name), saved) for name in found]
                self.tables[sheet.key] = joined(tables)
        sheet = team_sheet(plan)
        if key(sheet.title) in titles:
            reader = TableReader(plan, sheet, grids.grid(titles[key(sheet.title)]))
            self.teams = reader.read().rows
            self.findings += reader.findings

    def _read(self, sheet: BookSheet, grid: Grid, saved: Collection[str]) -> PlacedTable:
        reader = TableReader(self._plan, sheet, grid, saved)
        table = reader.read()
        self.findings += [*reader.findings, *department_findings(self._plan, table)]
        return table

    def gone(self, last: LastState | None, *, copy: bool = False) -> Iterator[Finding]:
        """Yield what the register had and has no more; what a new definition adds was never there.

        What a ``copy`` had nobody knows: it lacks what every plan has. A register without history and without a state
        is new, and holds nothing yet that a sheet of submissions could have held; without items nor of the matrix.
        """
        history = self.tables.get(CHANGES)
        nothing_sent = copy or (history is not None and not history.rows)
        no_items = ITEMS in self.tables and not self.tables[ITEMS].rows
        for sheet in self._sheets:
            table = self.tables.get(sheet.key)
            if table is None:
                may_lack = sheet.when_filled or (nothing_sent and (sheet.kinds or (sheet.key == ENTRIES and no_items)))
                if (last is None and not may_lack) or (last and last.count(sheet.key)):
                    yield finding_of(Code.K501, Place(sheet=sheet.title), value=sheet.title)
                continue
            known = last.columns.get(sheet.key, ()) if last else tuple(column.name for column in sheet.columns)
            for column in table.missing:
                if copy and column.field and column.name not in STRUCTURAL_FIELDS:
                    continue
                if column.name in known and table.rows:
                    yield finding_of(Code.K502, Place(sheet=table.title), field=column.label, value=column.label)

    def usable(self, table: PlacedTable, last: LastState | None) -> PlacedTable:
        """Return the table with the rows that can be used; what could not be read keeps its last value."""
        before = last.by_id(table.sheet) if last else {}
        needed = _NEEDED_BY_SUBMISSIONS if table.sheet.kinds else _NEEDED[table.sheet.key]
        needed = tuple(name for name in needed if name != "goal" or self._plan.goals)
        rows: list[PlacedRow] = []
        seen: set[str] = set()
        for known in identified(table.rows, table.sheet, before):
            row = _restored(known.row, table.sheet, before)
            lacking = [name for name in needed if row.values.get(name) is None]
            identity = row.text(table.sheet.identity)
            if known.stray:
                self.findings.append(self._stray(table, known, before))
            if lacking and not known.stray:
                kept = _last_values(before.get(identity, {}), lacking)
                self.findings.append(self._lacking(table, lacking[0], row, before, kept=bool(kept)))
                row, lacking = (replace(row, values={**row.values, **kept}), []) if kept else (row, lacking)
            if not lacking and (known.recognised or not known.stray):
                seen.add(identity)
                rows.append(row)
        self.findings += [
            finding_of(Code.K512, Place(sheet=table.title), value=name)
            for name in before
            if table.sheet.key == ITEMS and name not in seen
        ]
        return replace(table, rows=_ordered(self._plan, table.sheet, rows))

    def _stray(self, table: PlacedTable, known: IdentifiedRow, before: Mapping[str, Row]) -> Finding:
        """Say of a row without an ID of its own what it was taken for, or that it was left aside."""
        name, row = table.sheet.identity, known.row
        identity = row.text(name)
        label = table.sheet.column(name).label
        typed = next(line for line in table.rows if line.row == row.row).text(name)
        done = wording(f"workbook.strays.{'taken' if known.recognised else 'aside'}", id=identity)
        if typed:
            return finding_of(Code.K511, row.place(name), label, typed, done=done)
        if known.recognised:
            return finding_of(Code.K526, row.place(name), label, identity, done=done)
        return self._lacking(table, name, row, before)

    def _lacking(
        self, table: PlacedTable, name: str, row: PlacedRow, before: Mapping[str, Row], *, kept: bool = False
    ) -> Finding:
        """Say what a row lacks; of an item without an ID, which it had before or which is the next one."""
        label, place = table.sheet.column(name).label, row.place(name)
        if (table.sheet.key, name) != (ITEMS, table.sheet.identity):
            done = wording(f"workbook.strays.{'kept' if kept else 'aside'}")
            return finding_of(Code.K510, place, field=label, done=done)
        standing = {known.text(name) for known in table.rows}
        number = row.values.get("number")
        gone = [id_ for id_, known in before.items() if id_ not in standing and known.get("number") == number]
        if number is not None and gone:
            return finding_of(Code.K526, place, label, gone[0], done=wording("workbook.strays.aside"))
        changes = self.tables[CHANGES].rows if CHANGES in self.tables else ()
        self._given.append(
            item_after([*standing, *before, *(line.text(Column.ITEM) for line in changes), *self._given])
        )
        return finding_of(Code.K525, place, field=label, value=self._given[-1])


def _restored(row: PlacedRow, sheet: BookSheet, before: Mapping[str, Row]) -> PlacedRow:
    """Return the row with the last known value where a cell could not be read."""
    known = before.get(row.text(sheet.identity), {})
    kept = {name: known[name] for name in row.unread if name in known}
    return replace(row, values={**row.values, **kept}) if kept else row


def _last_values(known: Row, lacking: Sequence[str]) -> dict[str, FieldValue]:
    """Return the last values of what a row lacks; empty unless all are known."""
    values = {name: known.get(name) for name in lacking}
    return {} if None in values.values() else values


def _ordered(plan: Plan, sheet: BookSheet, rows: list[PlacedRow]) -> tuple[PlacedRow, ...]:
    """Return the entries in the order of the matrix, whatever the secretariat sorted by; others as they stand."""
    if sheet.key != ENTRIES:
        return tuple(rows)
    order = {perspective.key: place for place, perspective in enumerate(plan.perspectives)}
    return tuple(
        sorted(
            rows, key=lambda row: (row.count(Column.GOAL), order[row.text(Column.PERSPECTIVE)], row.count(Column.ORDER))
        )
    )

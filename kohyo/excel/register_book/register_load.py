"""Reading the register back (台帳の読込み) with the care of a return: it was edited by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kohyo.definition.carry_over import exchanges_names
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.errors import FileError
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.register_book.book_sheet import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENDINGS,
    ENTRIES,
    ITEMS,
    NOTES,
    RECEIPTS,
    TEAMS,
    BookSheet,
)
from kohyo.excel.register_book.canonical import canonical_rows
from kohyo.excel.register_book.history_copy import kept_history
from kohyo.excel.register_book.history_digests import HistoryDigests
from kohyo.excel.register_book.history_sheets import further_titles, joined
from kohyo.excel.register_book.joint_findings import joint_findings
from kohyo.excel.register_book.last_state import LastState, nearest, read_state, redecided, resorted, tampered
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.manual_edits import EditFinder
from kohyo.excel.register_book.pending_save import stop_while_waiting
from kohyo.excel.register_book.placed import PlacedRow, PlacedTable
from kohyo.excel.register_book.register_columns import read_sheets, team_sheet
from kohyo.excel.register_book.register_files import history_copy, last_state, last_state_copy, next_state, state_before
from kohyo.excel.register_book.register_from_rows import changes_from, receipts_from, trust
from kohyo.excel.register_book.register_grid import Grid, Grids
from kohyo.excel.register_book.register_rows import entry_rows
from kohyo.excel.register_book.register_table import TableReader, department_findings
from kohyo.excel.register_book.respondent_rows import with_deleted_rows, with_one_row_each
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
_LOOKS = 5
_NEEDED_BY_SUBMISSIONS = (Column.ID, Column.KIND, Column.RECEIVED_AT)


def load_register(
    path: Path,
    plan: Plan,
    *,
    backups: Path | None = None,
    standing: Path | None = None,
    now: datetime | None = None,
) -> LoadedRegister:
    """Read the register at ``path``; ``backups`` is 控え, by default the folder of that name beside it.

    ``standing`` is a copy of the register as it stands on the screen, unsaved edits included, to read in its place.
    Edits by hand are told as of ``now``, when they were found: the date of a file may be anything.
    Raises FileError when the file cannot be read or an unfinished save (台帳_更新待ち.xlsx) waits beside it, which
    ``settle_waiting`` may put in its place.
    """
    stop_while_waiting(path)
    folder = backups or path.parent / wording("workbook.files.backups")
    files = (last_state(folder), next_state(folder), state_before(folder))
    read = [read_state(file) for file in files]
    read[0] = read[0] or read_state(last_state_copy(folder))
    states = [state for state in read if state]
    book = standing or path
    digests = HistoryDigests()
    loaded = replace(read_register(book, plan, states, digests), standing=standing)
    last = loaded.last
    if last is None:
        return loaded
    rows = standing_rows(plan, loaded)
    altered = dict(tampered(last, rows, digests))
    loaded = _with_records(loaded, last, folder, altered)
    if loaded.history is None and resorted(last, rows[CHANGES], digests):
        loaded = _in_sequence(loaded, last, folder)
    at = now or datetime.now().astimezone().replace(microsecond=0, tzinfo=None)
    told = digests.of(rows[CHANGES])
    edits = tuple(EditFinder(plan, last, path.name, at).edits(loaded.tables, rows))
    register, doubled = with_one_row_each(loaded.register, loaded.tables.get(CONTRIBUTIONS), path.name)
    register, deleted = with_deleted_rows(register, last, loaded.tables.get(CONTRIBUTIONS), path.name)
    told_of = {name: count for name, count in altered.items() if name != CHANGES or not exchanges_names(plan)}
    changed = tuple(_changed_records(path, loaded, told_of, redecided(last, rows)))
    joint = tuple(joint_findings(loaded.tables, last, path.name))
    findings = (*loaded.findings, *joint, *changed, *doubled, *deleted)
    return replace(loaded, register=register, edits=edits, findings=findings, joint=joint, digests=told)


def _with_records(loaded: LoadedRegister, last: LastState, folder: Path, altered: Collection[str]) -> LoadedRegister:
    """Return the register with the records (変更履歴, 回収) that somebody altered as they were."""
    register, history = loaded.register, None
    if CHANGES in altered and CHANGES in loaded.tables:
        history = kept_history(history_copy(folder), last)
        register = register if history is None else replace(register, changes=changes_from(history))
    if RECEIPTS in altered and RECEIPTS in loaded.tables:
        register = replace(register, receipts=receipts_from(last.rows.get(RECEIPTS, ())))
    lost = CHANGES in altered and history is None
    return replace(loaded, register=register, history=history, last=replace(last, history=0) if lost else last)


def _in_sequence(loaded: LoadedRegister, last: LastState, folder: Path) -> LoadedRegister:
    """Return the register with its history in the order in which it was written, however somebody sorted it.

    The sheet stays sorted as it is: the order tells which act came after which answer.
    """
    history = kept_history(history_copy(folder), last)
    if history is None:
        return replace(loaded, last=replace(last, history=0))
    return replace(loaded, register=replace(loaded.register, changes=changes_from(history)))


def _changed_records(
    path: Path, loaded: LoadedRegister, altered: Mapping[str, int], conflicts: Iterable[str]
) -> Iterator[Finding]:
    """Say where the record of what happened was changed by hand, and which decisions were changed in vain."""
    for name, count in altered.items():
        if name in loaded.tables:
            restored = name == RECEIPTS or (name == CHANGES and loaded.history is not None)
            done = wording(f"workbook.records.{'restored' if restored else 'compare'}")
            yield finding_of(Code.K518, Place(path.name, loaded.tables[name].title), value=str(count), done=done)
    for conflict in conflicts:
        yield finding_of(Code.K520, Place(path.name, loaded.tables[CONFLICTS].title), value=conflict)


def read_register(
    path: Path,
    plan: Plan,
    states: Sequence[LastState],
    digests: HistoryDigests | None = None,
    *,
    copy: bool = False,
    verified: bool | None = None,
) -> LoadedRegister:
    """Read the register with the states that it may have been edited from; no edits are looked for yet.

    A ``copy`` may be of a time when the definition had not all of its fields and sheets. To compare what was just
    written (``verified`` is not None), the rows of 変更履歴 stay rows, which is far smaller; where they are
    ``verified`` by their bytes they are left aside.
    """
    reading, digest = _whole(plan, path, states, (CHANGES,) if verified else ())
    rows = {name: [row.values for row in table.rows] for name, table in reading.tables.items()}
    last = nearest(
        states, {sheet.key: rows.get(sheet.key, []) for sheet in read_sheets(plan)}, digests or HistoryDigests()
    )
    blocking = tuple(reading.gone(last, copy=copy))
    tables = {name: reading.usable(table, last) for name, table in reading.tables.items()}
    placed = {sheet.key: tables[sheet.key].rows if sheet.key in tables else () for sheet in read_sheets(plan)}
    told = placed if verified is None else {**placed, CHANGES: ()}
    register, wrong = trust(plan, {**told, TEAMS: reading.teams})
    findings = tuple(_in_file(path, (*blocking, *reading.findings, *wrong)))
    return LoadedRegister(
        register=register,
        findings=findings,
        edits=(),
        blocking=findings[: len(blocking)],
        sha256=digest,
        tables=tables,
        last=last,
        titles=reading.titles,
    )


def _whole(plan: Plan, path: Path, states: Sequence[LastState], unread: Collection[str] = ()) -> tuple[_Reading, str]:
    """Return the reading of one and the same file, with its SHA-256: somebody may save it at any moment."""
    for _ in range(_LOOKS):
        digest = file_sha256(path)
        try:
            reading = _Reading(plan, Grids(path), states, unread)
        except FileError:
            if file_sha256(path) == digest:
                raise
        else:
            if file_sha256(path) == digest:
                return reading, digest
    raise FileError("register_touched", path=path)


class _Reading:
    """One reading of the workbook: its tables by key, and what is wrong with them."""

    def __init__(
        self, plan: Plan, grids: Grids, states: Sequence[LastState] = (), unread: Collection[str] = ()
    ) -> None:
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


def standing_rows(plan: Plan, loaded: LoadedRegister) -> dict[str, list[Row]]:
    """Return the rows of every sheet as they stand; entries with the place (順) that they have by counting."""
    rows = {
        sheet.key: [row.values for row in loaded.tables[sheet.key].rows] if sheet.key in loaded.tables else []
        for sheet in read_sheets(plan)
    }
    entries = next(sheet for sheet in read_sheets(plan) if sheet.key == ENTRIES)
    rows[ENTRIES] = canonical_rows(plan, entries, entry_rows(plan, loaded.register))
    return rows


def _in_file(path: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings with the register's name in their place."""
    return (replace(finding, place=finding.place._replace(file=path.name)) for finding in findings)

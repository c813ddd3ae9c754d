"""Reading the register back (台帳の読込み) with the care of a return: it was edited by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kohyo.definition.carry_over import exchanges_names
from kohyo.errors import FileError
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.register_book.book_sheet import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENTRIES,
    RECEIPTS,
    TEAMS,
)
from kohyo.excel.register_book.canonical import canonical_rows
from kohyo.excel.register_book.history_copy import kept_history
from kohyo.excel.register_book.history_digests import HistoryDigests
from kohyo.excel.register_book.joint_findings import joint_findings
from kohyo.excel.register_book.last_state import LastState, nearest, read_state, redecided, resorted, tampered
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.manual_edits import EditFinder
from kohyo.excel.register_book.pending_save import stop_while_waiting
from kohyo.excel.register_book.register_columns import read_sheets
from kohyo.excel.register_book.register_files import history_copy, last_state, last_state_copy, next_state, state_before
from kohyo.excel.register_book.register_from_rows import changes_from, receipts_from, trust
from kohyo.excel.register_book.register_grid import Grids
from kohyo.excel.register_book.register_reading import RegisterReading
from kohyo.excel.register_book.register_rows import entry_rows
from kohyo.excel.register_book.respondent_rows import with_deleted_rows, with_one_row_each
from kohyo.excel.register_book.row_columns import Row
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of

_LOOKS = 5


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


def _whole(
    plan: Plan, path: Path, states: Sequence[LastState], unread: Collection[str] = ()
) -> tuple[RegisterReading, str]:
    """Return the reading of one and the same file, with its SHA-256: somebody may save it at any moment."""
    for _ in range(_LOOKS):
        digest = file_sha256(path)
        try:
            reading = RegisterReading(plan, Grids(path), states, unread)
        except FileError:
            if file_sha256(path) == digest:
                raise
        else:
            if file_sha256(path) == digest:
                return reading, digest
    raise FileError("register_touched", path=path)


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

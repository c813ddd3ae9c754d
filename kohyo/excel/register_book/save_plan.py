"""What a save writes: the cells of each sheet that differ between the register as it stands and the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kohyo.definition.carry_over import exchanges_names
from kohyo.errors import FileError
from kohyo.excel.ooxml.sheet_patch import SheetPatch
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
from kohyo.excel.register_book.history_sheets import LAST_ROW, capacity, joined, shared_out
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.new_history import NewHistory
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.record_codec import row_of
from kohyo.excel.register_book.register_columns import read_sheets, team_sheet
from kohyo.excel.register_book.register_from_rows import changes_from
from kohyo.excel.register_book.register_load import standing_rows
from kohyo.excel.register_book.register_rows import entry_rows, homeless, register_rows
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.excel.register_book.sheet_plan import SheetPlan
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Change, Register
from kohyo.text.normalise import key

_KEYS = {
    ENTRIES: ((Column.GOAL, Column.PERSPECTIVE, Column.ORDER, Column.HEADING, Column.LABEL),),
    CONTRIBUTIONS: ((Column.ITEM, Column.DEPARTMENT),),
    NOTES: ((Column.DEPARTMENT, Column.KIND, Column.SHEET, Column.CELL, Column.TEXT),),
    CONFLICTS: ((Column.ID,),),
    ENDINGS: ((Column.ID,),),
    RECEIPTS: ((Column.DEPARTMENT, Column.FILE, Column.SHA256), (Column.DEPARTMENT,)),
}
_GROUPS = {ENTRIES: (Column.GOAL, Column.PERSPECTIVE, Column.ORDER)}


@dataclass
class SavePlan:
    """The patches by sheet title, the rows that the register must hold afterwards, and what was refused."""

    patches: dict[str, SheetPatch] = field(default_factory=dict)
    expected: dict[str, Sequence[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tabs: dict[str, str] = field(default_factory=dict)
    """The new titles of sheets that the definition calls otherwise, by those that they have."""
    history: tuple[NewHistory, ...] = ()
    """New rows of 変更履歴, by the sheets on which they come to stand, where all that stands there stays."""

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.patches or self.tabs or self.history)


def save_plan(plan: Plan, loaded: LoadedRegister, new: Register) -> SavePlan:
    """Compare sheet by sheet; raise FileError when ``new`` lacks a row that the register never gives up."""
    fresh = appended(loaded.register.changes, new.changes)
    _require_nothing_lost(loaded.register, new, fresh)
    entries = loaded.tables.get(ENTRIES)
    respelled = entries is not None and any(column.saved_words for column in entries.sheet.columns)
    rows = _rows(plan, loaded.register, replace(new, changes=()), respelled=respelled)
    found = SavePlan(
        findings=[finding_of(Code.K523, value=entry.id, field=entry.kind) for entry in homeless(new, plan)]
    )
    for sheet in read_sheets(plan):
        if sheet.key == CHANGES:
            _add_history(found, plan, loaded, fresh)
            continue
        table = loaded.tables.get(sheet.key) or _nowhere(sheet)
        writer = SheetPlan(plan, table)
        _fill(writer, sheet, rows[sheet.key])
        found.expected[sheet.key] = writer.expected
        found.findings += writer.findings
        if writer.changed and (sheet.key in loaded.tables or writer.expected or not sheet.when_filled):
            found.patches[table.title] = writer.patch()
    found.tabs.update(_renamed_tabs(plan, loaded))
    teams = team_sheet(plan)
    if not (loaded.has_teams or teams.when_filled):
        found.patches[teams.title] = SheetPlan(plan, _nowhere(teams)).patch()
    found.expected[ENTRIES] = _counted(plan, loaded, found)
    return found


def _add_history(found: SavePlan, plan: Plan, loaded: LoadedRegister, fresh: Sequence[Change]) -> None:
    """Plan what becomes of 変更履歴: rows below all others, but where its headings or its rows are written anew."""
    table = loaded.tables.get(CHANGES) or _nowhere(_history_sheet(plan))
    sheets = table.sheets
    if loaded.history is None and not any(sheet.missing or sheet.outdated for sheet in sheets):
        found.history = tuple(NewHistory(plan, *share) for share in shared_out(table, fresh))
        return
    writers = [SheetPlan(plan, sheet) for sheet in sheets]
    if loaded.history is not None:
        fresh = (*_restored(writers, sheets, loaded.history), *fresh)
        if not exchanges_names(plan):
            found.findings.append(finding_of(Code.K546, Place(sheet=table.title), value=str(len(loaded.history))))
    room = max(0, LAST_ROW + 1 - writers[-1].next_row)
    writers[-1].append(map(row_of, fresh[:room]))
    full = joined((*sheets[:-1], replace(sheets[-1], last_row=LAST_ROW)))
    for sheet, share in shared_out(full, fresh[room:]):
        writers.append(SheetPlan(plan, _nowhere(table.sheet, sheet.title)))
        writers[-1].append(map(row_of, share))
    found.expected[CHANGES] = [row for writer in writers for row in writer.expected]
    found.findings += [finding for writer in writers for finding in writer.findings]
    found.patches |= {
        writer.title: writer.patch() for writer in writers if CHANGES not in loaded.tables or writer.changed
    }


def _history_sheet(plan: Plan) -> BookSheet:
    return next(sheet for sheet in read_sheets(plan) if sheet.key == CHANGES)


def _restored(writers: Sequence[SheetPlan], sheets: Sequence[PlacedTable], rows: Sequence[Row]) -> tuple[Change, ...]:
    """Write kept rows over what stands on the sheets; return those for which they have no room."""
    for writer, sheet in zip(writers, sheets, strict=True):
        room = capacity(sheet)
        writer.restore(rows[:room])
        rows = rows[room:]
    return changes_from(rows)


def _renamed_tabs(plan: Plan, loaded: LoadedRegister) -> Iterator[tuple[str, str]]:
    """Yield title and new title of each sheet that stands under a former one, unless the new one is taken.

    Sheets may take each other's titles, all at once.
    """
    tables = ((loaded.tables.get(sheet.key), sheet.title) for sheet in read_sheets(plan))
    wanted = {table.title: title for table, title in tables if table and key(table.title) != key(title)}
    while True:
        staying = {key(title) for title in loaded.titles if title not in wanted}
        free = {old: new for old, new in wanted.items() if key(new) not in staying}
        if free == wanted:
            yield from free.items()
            return
        wanted = free


def _nowhere(sheet: BookSheet, title: str = "") -> PlacedTable:
    """Return a sheet that the workbook has not got yet."""
    return PlacedTable(sheet, title or sheet.title, 0, {}, (), -1, -1)


def _fill(writer: SheetPlan, sheet: BookSheet, rows: list[Row] | None) -> None:
    if rows is None:
        return
    if sheet.identity and sheet.key not in _KEYS:
        writer.update_by(rows, ((sheet.identity,),))
    else:
        writer.replace_by(rows, _KEYS[sheet.key], _GROUPS.get(sheet.key, ()))


def _counted(plan: Plan, loaded: LoadedRegister, found: SavePlan) -> Sequence[Row]:
    """Return the entries as they will be counted: rows that stay keep the places (順) they were given by hand."""
    unchanged = loaded.tables.get(ENTRIES) and loaded.tables[ENTRIES].title not in found.patches
    return standing_rows(plan, loaded)[ENTRIES] if unchanged else found.expected[ENTRIES]


def _rows(plan: Plan, old: Register, new: Register, *, respelled: bool) -> dict[str, list[Row] | None]:
    """Return the rows to compare, of items only the new ones; None where nothing can differ.

    ``respelled`` where entries say perspectives in words that are others today.
    """
    known = {item.id: item for item in old.items}
    rows: dict[str, list[Row] | None] = dict(register_rows(new, plan))
    rows[ITEMS] = [row for item, row in zip(new.items, rows[ITEMS] or (), strict=True) if known.get(item.id) != item]
    if entry_rows(plan, old) == rows[ENTRIES] and not respelled:
        rows[ENTRIES] = None
    return rows


def appended(old: Sequence[Change], new: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that are new; the history is append-only, in whatever order it was sorted."""
    if tuple(new[: len(old)]) == tuple(old):
        return tuple(new[len(old) :])
    known = Counter(old)
    fresh: list[Change] = []
    for change in new:
        if known[change]:
            known[change] -= 1
        else:
            fresh.append(change)
    return tuple(fresh)


def _require_nothing_lost(old: Register, new: Register, fresh: Sequence[Change]) -> None:
    for name, before, after in _identities(old, new):
        if lost := sorted(set(before) - set(after)):
            raise FileError("register_would_lose", sheet=name, count=len(lost), first=lost[0])
    if len(fresh) + len(old.changes) != len(new.changes):
        raise FileError("register_would_lose", sheet=CHANGES, count=len(old.changes), first="")


def _identities(old: Register, new: Register) -> Iterator[tuple[str, Iterable[str], Iterable[str]]]:
    yield ITEMS, (item.id for item in old.items), (item.id for item in new.items)
    yield "submissions", (entry.id for entry in old.submissions), (entry.id for entry in new.submissions)
    yield CONFLICTS, (row.id for row in old.conflicts if row.decided_at), (row.id for row in new.conflicts)
    yield ENDINGS, (row.id for row in old.endings if row.decided_at), (row.id for row in new.endings)

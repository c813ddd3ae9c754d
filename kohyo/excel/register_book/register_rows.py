"""The register as rows: one mapping a row, from column name to value; what the workbook's sheets hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from kohyo.definition.departments import split_names
from kohyo.definition.fields import register_label
from kohyo.excel.register_book.register_columns import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENDINGS,
    ENTRIES,
    ITEMS,
    NOTES,
    RECEIPTS,
    evidence_name,
    read_sheets,
)
from kohyo.excel.register_book.row_columns import Column
from kohyo.messages import wording
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry
from kohyo.model.note import Note
from kohyo.model.plan import Plan
from kohyo.model.register import Change, Conflict, Contribution, Ending, Receipt, Register, Submission, Team
from kohyo.model.value import FieldValue

Row: TypeAlias = Mapping[str, FieldValue]
"""Column name → value; what is empty is left out."""


def register_rows(register: Register, plan: Plan) -> dict[str, list[Row]]:
    """Return the rows of every sheet, by the sheet's key."""
    items = {item.id: item for item in register.items}
    waiting = _waiting(register, plan)
    rows: dict[str, list[Row]] = {
        ITEMS: [item_row(item) for item in register.items],
        ENTRIES: entry_rows(plan, register),
        RECEIPTS: [_receipt(receipt) for receipt in register.receipts],
        CONTRIBUTIONS: [
            _contribution(row, items.get(row.item), waiting.get(row.item)) for row in register.contributions
        ],
        NOTES: [_note(note) for note in register.notes],
        CONFLICTS: [_conflict(conflict, items.get(conflict.item)) for conflict in register.conflicts],
        ENDINGS: [_ending(row, items.get(row.item)) for row in register.endings],
        CHANGES: [change_row(change) for change in register.changes],
    }
    for sheet in read_sheets(plan):
        if sheet.kinds:
            rows[sheet.key] = [_submission(entry) for entry in register.submissions if entry.kind in sheet.kinds]
    return rows


def homeless(register: Register, plan: Plan) -> tuple[Submission, ...]:
    """Return what came on a sheet kind that has no sheet in the register."""
    kinds = {kind for sheet in read_sheets(plan) for kind in sheet.kinds}
    return tuple(entry for entry in register.submissions if entry.kind not in kinds)


def shown_numbers(items: Iterable[Item]) -> dict[ItemId, str]:
    """Return the number that stands for each item; an item whose number is not its own stands by its id."""
    found = list(items)
    count = Counter(str(item.number) for item in found)
    return {item.id: str(item.number) if count[str(item.number)] == 1 else item.id for item in found}


def item_row(item: Item) -> Row:
    """Return the row of an item; its number is the one of the version in force."""
    evidence = {evidence_name(name): evidence.value for name, evidence in item.evidence.items()}
    origins = wording("text.list.joiner").join(item.origins) or None
    own = {"number": str(item.number), Column.STANDING: item.standing.value, Column.ORIGINS: origins}
    return {Column.ID: item.id, **item.values, **own, **evidence}


def entry_rows(plan: Plan, register: Register) -> list[Row]:
    """Return one row a member; entries of one cell count up, members of one entry share its place (順)."""
    return list(_entries(plan, register.entries, shown_numbers(register.items)))


def _entries(plan: Plan, entries: Iterable[MatrixEntry], numbers: Mapping[ItemId, str]) -> Iterator[Row]:
    order = {perspective.key: place for place, perspective in enumerate(plan.perspectives)}
    cells: dict[tuple[int, str], int] = defaultdict(int)
    joiner = wording("text.list.joiner")
    for entry in sorted(entries, key=lambda entry: (entry.goal, order.get(entry.perspective, len(order)))):
        cells[entry.goal, entry.perspective] += 1
        for member in entry.members:
            yield {
                Column.GOAL: entry.goal,
                Column.PERSPECTIVE: entry.perspective,
                Column.ORDER: cells[entry.goal, entry.perspective],
                Column.HEADING: entry.heading,
                Column.LABEL: member.label,
                Column.NUMBERS: joiner.join(numbers.get(item, item) for item in member.items),
            }


def team_row(team: Team) -> Row:
    """Return the row of a project team."""
    return {f"@{name}": text or None for name, text in vars(team).items()}


def _submission(entry: Submission) -> Row:
    return {
        Column.ID: entry.id,
        Column.KIND: entry.kind,
        Column.DEPARTMENT: entry.department,
        Column.YEAR: entry.year,
        Column.DECISION: entry.decision.value if entry.decision else None,
        Column.ITEM: entry.item or None,
        Column.FIRST_YEAR: entry.first_year or None,
        **{name.partition(".")[0]: value for name, value in entry.values.items()},
        Column.COPIED_FROM: entry.copied_from,
        **_origin(entry.place),
        Column.SHA256: entry.sha256,
        Column.RECEIVED_AT: entry.received_at,
    }


def _origin(place: Place) -> Row:
    return {Column.FILE: place.file, Column.SHEET: place.sheet, Column.CELL: place.cell}


def _receipt(receipt: Receipt) -> Row:
    return {
        Column.DEPARTMENT: receipt.department,
        Column.OUTCOME: receipt.outcome.value,
        Column.CONTROL: receipt.control,
        Column.ROUND: receipt.round,
        Column.FILE: receipt.file,
        Column.RECEIVED_AT: receipt.received_at,
        Column.ERRORS: receipt.errors,
        Column.CHECKS: receipt.checks,
        Column.INFOS: receipt.infos,
        Column.SHA256: receipt.sha256,
    }


def _conflict(conflict: Conflict, item: Item | None) -> Row:
    return {
        Column.ID: conflict.id,
        Column.GROUP: conflict.group,
        Column.KIND: conflict.kind.value,
        Column.ITEM: conflict.item,
        Column.NUMBER: str(item.number) if item else None,
        Column.TITLE: item.title if item else None,
        Column.FIELD: conflict.field,
        Column.BASE: conflict.base,
        Column.OURS: conflict.ours,
        Column.OURS_FROM: conflict.ours_from,
        Column.THEIRS: conflict.theirs,
        Column.DEPARTMENT: conflict.department,
        Column.DECISION: conflict.decision.value if conflict.decision else None,
        Column.OTHER: conflict.other,
        Column.DECIDED_BY: conflict.decided_by,
        Column.DECIDED_AT: conflict.decided_at,
        **_origin(conflict.place),
        Column.SHA256: conflict.sha256,
        Column.RAISED_AT: conflict.raised_at,
        Column.AGREED_COUNT: len(split_names(conflict.agreed)),
        Column.AGREED: conflict.agreed or None,
        Column.WHOSE: conflict.whose or None,
        Column.SILENT: conflict.silent or None,
        Column.PLACES: conflict.places or None,
    }


def _ending(row: Ending, item: Item | None) -> Row:
    return {
        Column.ID: row.id,
        Column.YEAR: row.year,
        Column.ITEM: row.item,
        Column.NUMBER: str(item.number) if item else None,
        Column.TITLE: item.title if item else None,
        Column.STANDING: row.standing.value,
        Column.DEPARTMENT: row.department or None,
        Column.DECISION: row.decision.value if row.decision else None,
        Column.REASON: row.reason or None,
        Column.SUCCESSORS: row.successors or None,
        Column.DECIDED_BY: row.decided_by or None,
        Column.DECIDED_AT: row.decided_at,
    }


def _waiting(register: Register, plan: Plan) -> dict[ItemId, str]:
    """Return the headings of the fields about which questions wait, by item."""
    fields: dict[ItemId, dict[str, None]] = defaultdict(dict)
    for row in register.open_conflicts:
        fields[row.item][register_label(plan, row.field)] = None
    return {item: wording("text.list.joiner").join(labels) for item, labels in fields.items()}


def united(row: Row, below: Row) -> Row:
    """Return one row of two about the same: what is filled in below, and else what stands above."""
    return {**row, **{name: value for name, value in below.items() if value is not None}}


def _contribution(row: Contribution, item: Item | None, waiting: str | None) -> Row:
    named: Row = {Column.NUMBER: str(item.number) if item else None, Column.TITLE: item.title if item else None}
    return {Column.ITEM: row.item, **named, Column.DEPARTMENT: row.department, Column.WAITING: waiting, **row.values}


def _note(note: Note) -> Row:
    return {
        Column.DEPARTMENT: note.department or None,
        Column.KIND: note.kind.value,
        Column.FIELD: note.field or None,
        Column.TEXT: note.text,
        Column.DONE: note.done or None,
        Column.REMARK: note.remark or None,
        **{name: value or None for name, value in _origin(note.place).items()},
        Column.SHA256: note.sha256 or None,
    }


def filled(row: Row) -> Row:
    """Return the row without what is empty."""
    return {name: value for name, value in row.items() if value is not None}


def change_row(change: Change) -> Row:
    """Return the row of a change."""
    return {
        Column.AT: change.at,
        Column.KIND: change.kind.value,
        Column.ITEM: change.item,
        Column.NUMBER: change.number,
        Column.FIELD: change.field,
        Column.OLD: change.old,
        Column.NEW: change.new,
        Column.TYPED: change.typed,
        **_origin(change.place),
        Column.BY: change.by,
    }

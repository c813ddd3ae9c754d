"""The register as rows: one mapping a row, from column name to value; what the workbook's sheets hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kohyo.definition.departments import split_names
from kohyo.definition.fields import register_label
from kohyo.excel.register_book.book_sheet import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENDINGS,
    ENTRIES,
    ITEMS,
    NOTES,
    RECEIPTS,
)
from kohyo.excel.register_book.record_codec import row_of
from kohyo.excel.register_book.register_columns import evidence_name, read_sheets
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.messages import wording
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry
from kohyo.model.plan import Plan
from kohyo.model.register import Conflict, Contribution, Ending, Register, Submission


def register_rows(register: Register, plan: Plan) -> dict[str, list[Row]]:
    """Return the rows of every sheet, by the sheet's key."""
    items = {item.id: item for item in register.items}
    waiting = _waiting(register, plan)
    rows: dict[str, list[Row]] = {
        ITEMS: [item_row(item) for item in register.items],
        ENTRIES: entry_rows(plan, register),
        RECEIPTS: list(map(row_of, register.receipts)),
        CONTRIBUTIONS: [
            _contribution(row, items.get(row.item), waiting.get(row.item)) for row in register.contributions
        ],
        NOTES: list(map(row_of, register.notes)),
        CONFLICTS: [_conflict(conflict, items.get(conflict.item)) for conflict in register.conflicts],
        ENDINGS: [_ending(row, items.get(row.item)) for row in register.endings],
        CHANGES: list(map(row_of, register.changes)),
    }
    for sheet in read_sheets(plan):
        if sheet.kinds:
            rows[sheet.key] = [row_of(entry) for entry in register.submissions if entry.kind in sheet.kinds]
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


def _ending(row: Ending, item: Item | None) -> Row:
    return {**row_of(row), **_named(item)}


def _conflict(conflict: Conflict, item: Item | None) -> Row:
    return {**row_of(conflict), **_named(item), Column.AGREED_COUNT: len(split_names(conflict.agreed))}


def _named(item: Item | None) -> Row:
    return {Column.NUMBER: str(item.number) if item else None, Column.TITLE: item.title if item else None}


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
    return {**row_of(row), **_named(item), Column.WAITING: waiting}


def filled(row: Row) -> Row:
    """Return the row without what is empty."""
    return {name: value for name, value in row.items() if value is not None}

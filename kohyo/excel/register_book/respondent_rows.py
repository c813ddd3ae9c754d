"""Edits by hand in 部別回答: deleted rows come back, and what stands in the lead's row counts for the item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kohyo.excel.register_book.book_sheet import CONTRIBUTIONS
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.register_rows import united
from kohyo.excel.register_book.row_columns import Column
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.item import ItemId
from kohyo.model.raised import finding_of
from kohyo.model.register import Change, Contribution, Register
from kohyo.model.tick import Evidence, Tick


def with_deleted_rows(
    register: Register, last: LastState, table: PlacedTable | None, file: str
) -> tuple[Register, tuple[Finding, ...]]:
    """Return the register with the rows of 部別回答 that somebody deleted, and a finding for each.

    What a department answered for itself is emptied cell by cell, not by deleting its row.
    """
    if table is None:
        return register, ()
    gone = tuple(_gone(register, last))
    place = Place(file, table.title)
    findings = (finding_of(Code.K548, place, value=row.department, number=number) for number, row in gone)
    restored = (*register.contributions, *(row for _, row in gone))
    return replace(register, contributions=restored), tuple(findings)


def with_one_row_each(register: Register, table: PlacedTable | None, file: str) -> tuple[Register, tuple[Finding, ...]]:
    """Return the register with one row for each item and department, and a finding for each row that was a second.

    What is filled in further below counts; the history tells both as edits.
    """
    if table is None:
        return register, ()
    rows: dict[tuple[ItemId, str], Contribution] = {}
    findings: list[Finding] = []
    for placed, row in zip(table.rows, register.contributions, strict=True):
        known = rows.get((row.item, row.department))
        if known is not None:
            place = placed.place(Column.DEPARTMENT)._replace(file=file)
            findings.append(finding_of(Code.K549, place, value=row.department, number=placed.text(Column.NUMBER)))
            row = replace(known, values=united(known.values, row.values))  # noqa: PLW2901 - both are one row
        rows[row.item, row.department] = row
    return replace(register, contributions=tuple(rows.values())), tuple(findings)


def _gone(register: Register, last: LastState) -> Iterator[tuple[str, Contribution]]:
    """Yield the rows that the last state had of items that still stand, with the number that they showed."""
    standing = {(row.item, row.department) for row in register.contributions}
    items = {item.id for item in register.items}
    for row in last.rows.get(CONTRIBUTIONS, ()):
        item, department = ItemId(str(row.get(Column.ITEM))), str(row.get(Column.DEPARTMENT))
        if item in items and (item, department) not in standing:
            values = {name: value for name, value in row.items() if not name.startswith("@")}
            yield str(row.get(Column.NUMBER) or ""), Contribution(item, department, values)


def with_lead_edits(register: Register, edits: Iterable[Change], sheet: str) -> Register:
    """Return the register whose items hold what was edited in their leads' rows of 部別回答 (``sheet``)."""
    items = {item.id: item for item in register.items}
    for edit in edits:
        item = items.get(ItemId(edit.item))
        if item is not None and edit.place.sheet == sheet and edit.field in item.values:
            evidence = Evidence.ANSWER if isinstance(edit.new, Tick) else None
            items[item.id] = item.with_value(edit.field, edit.new, evidence)
    return replace(register, items=tuple(items.values()))

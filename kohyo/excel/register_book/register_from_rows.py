"""Rows that were read become the register again: the one place where its raw rows turn into trusted values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from kohyo.definition.departments import split_names
from kohyo.definition.fields import register_fields
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
)
from kohyo.excel.register_book.placed import PlacedRow
from kohyo.excel.register_book.record_codec import field_values, record_of
from kohyo.excel.register_book.register_columns import evidence_name, read_sheets
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.note import Note, NoteKind
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import (
    Change,
    Conflict,
    Contribution,
    Ending,
    Receipt,
    Register,
    Submission,
    Team,
)
from kohyo.model.tick import Evidence
from kohyo.text.normalise import Key, key

_Record = TypeVar("_Record")
_PROPOSAL = key("P")


def trust(plan: Plan, rows: Mapping[str, Iterable[PlacedRow]]) -> tuple[Register, tuple[Finding, ...]]:
    """Return the register that the rows hold, and what in its references to items is wrong."""
    findings: list[Finding] = []
    read = [(row, _item(plan, row)) for row in rows[ITEMS]]
    known = {key(item.id): item.id for _, item in read} | _by_number(item for _, item in read)
    items = tuple(replace(item, origins=tuple(_origins(row, known, findings))) for row, item in read)
    entries = tuple(_entries(rows[ENTRIES], known, findings))
    submissions = [row for sheet in read_sheets(plan) if sheet.kinds for row in rows[sheet.key]]
    register = Register(
        items=items,
        entries=entries,
        submissions=_records(Submission, submissions),
        teams=_records(Team, rows.get(TEAMS, ())),
        receipts=_records(Receipt, rows[RECEIPTS]),
        contributions=_records(Contribution, rows.get(CONTRIBUTIONS, ())),
        notes=tuple(map(_note, rows.get(NOTES, ()))),
        conflicts=tuple(_conflicts(rows[CONFLICTS], {item.id for item in items}, findings)),
        endings=_records(Ending, rows.get(ENDINGS, ())),
        changes=_records(Change, rows[CHANGES]),
    )
    return register, tuple(findings)


def changes_from(rows: Iterable[Row]) -> tuple[Change, ...]:
    """Return the history that rows kept in 控え hold."""
    return _records(Change, (PlacedRow(row, "", 0, {}) for row in rows))


def receipts_from(rows: Iterable[Row]) -> tuple[Receipt, ...]:
    """Return the receipts that rows kept in 控え hold."""
    return _records(Receipt, (PlacedRow(row, "", 0, {}) for row in rows))


def _by_number(items: Iterable[Item]) -> dict[Key, ItemId]:
    """Return ids by number; a number that two items bear names neither."""
    found: dict[Key, ItemId] = {}
    twice: set[Key] = set()
    for item in items:
        number = key(item.number)
        twice |= {number} & found.keys()
        found[number] = item.id
    return {number: item for number, item in found.items() if number not in twice}


def _item(plan: Plan, row: PlacedRow) -> Item:
    number = row.text("number")
    ticks = [field.name for field in register_fields(plan) if field.type == "tick"]
    return Item(
        id=ItemId(row.text(Column.ID)),
        number=ItemNumber.parse(key(number), plan.plan.numbering),
        values=field_values(row),
        standing=Standing(row.text(Column.STANDING) or Standing.CURRENT.value),
        evidence={name: Evidence(row.text(evidence_name(name)) or Evidence.NONE.value) for name in ticks},
    )


def _origins(row: PlacedRow, known: Mapping[Key, ItemId], findings: list[Finding]) -> Iterator[str]:
    """Yield what an item came from, by id: items may be named by number as well; proposals stand for themselves."""
    for name in split_names(row.text(Column.ORIGINS)):
        found = known.get(key(name))
        if found is None and not key(name).startswith(_PROPOSAL):
            findings.append(finding_of(Code.K531, row.place(Column.ORIGINS), field=row.text("number"), value=name))
        yield found or name


def _entries(rows: Iterable[PlacedRow], known: Mapping[Key, ItemId], findings: list[Finding]) -> Iterator[MatrixEntry]:
    """Yield the entries from rows in the order of the matrix: those that share place and heading are one entry."""
    for _, grouped in groupby(rows, key=_entry):
        members = list(grouped)
        first = members[0]
        found = tuple(_member(row, known, findings) for row in members)
        yield MatrixEntry(first.count(Column.GOAL), first.text(Column.PERSPECTIVE), first.text(Column.HEADING), found)


def _entry(row: PlacedRow) -> tuple[object, ...]:
    """Return what the rows of one entry share; a member without a heading is an entry of its own."""
    heading = row.text(Column.HEADING)
    alone = "" if heading else row.row
    return row.count(Column.GOAL), row.text(Column.PERSPECTIVE), row.count(Column.ORDER), heading, alone


def _member(row: PlacedRow, known: Mapping[Key, ItemId], findings: list[Finding]) -> MatrixMember:
    items: list[ItemId] = []
    for name in split_names(row.text(Column.NUMBERS)):
        found = known.get(key(name))
        if found is None:
            findings.append(finding_of(Code.K515, row.place(Column.NUMBERS), field=row.text(Column.LABEL), value=name))
        items.append(found or ItemId(name))
    return MatrixMember(row.text(Column.LABEL), tuple(items))


def _records(kind: type[_Record], rows: Iterable[PlacedRow]) -> tuple[_Record, ...]:
    return tuple(record_of(kind, row) for row in rows)


def _note(row: PlacedRow) -> Note:
    return record_of(Note, row, kind=NoteKind(row.text(Column.KIND) or NoteKind.OUTSIDE.value))


def _conflicts(rows: Iterable[PlacedRow], items: set[ItemId], findings: list[Finding]) -> Iterator[Conflict]:
    for row in rows:
        conflict = record_of(Conflict, row)
        if conflict.item not in items:
            findings.append(finding_of(Code.K516, row.place(Column.ITEM), field=conflict.field, value=conflict.item))
        yield conflict

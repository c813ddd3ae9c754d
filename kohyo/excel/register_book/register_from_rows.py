"""Rows that were read become the register again: the one place where its raw rows turn into trusted values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import cast

from kohyo.definition.departments import split_names
from kohyo.definition.fields import item_fields
from kohyo.excel.register_book.placed import PlacedRow
from kohyo.excel.register_book.register_columns import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENTRIES,
    ITEMS,
    NOTES,
    RECEIPTS,
    TEAMS,
    evidence_name,
    read_sheets,
)
from kohyo.excel.register_book.register_rows import Row
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.note import Note, NoteKind
from kohyo.model.numbering import ItemNumber
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import (
    Adoption,
    Change,
    ChangeKind,
    Conflict,
    ConflictKind,
    Contribution,
    Decision,
    Receipt,
    Register,
    Submission,
    Team,
)
from kohyo.model.tick import Evidence
from kohyo.text.normalise import Key, key

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
        submissions=tuple(map(_submission, submissions)),
        teams=tuple(map(_team, rows.get(TEAMS, ()))),
        receipts=tuple(map(_receipt, rows[RECEIPTS])),
        contributions=tuple(map(_contribution, rows.get(CONTRIBUTIONS, ()))),
        notes=tuple(map(_note, rows.get(NOTES, ()))),
        conflicts=tuple(_conflicts(rows[CONFLICTS], {item.id for item in items}, findings)),
        changes=tuple(map(_change, rows[CHANGES])),
    )
    return register, tuple(findings)


def changes_from(rows: Iterable[Row]) -> tuple[Change, ...]:
    """Return the history that rows kept in 控え hold."""
    return tuple(_change(PlacedRow(row, "", 0, {})) for row in rows)


def receipts_from(rows: Iterable[Row]) -> tuple[Receipt, ...]:
    """Return the receipts that rows kept in 控え hold."""
    return tuple(_receipt(PlacedRow(row, "", 0, {})) for row in rows)


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
    ticks = [field.name for field in item_fields(plan) if field.type == "tick"]
    return Item(
        id=ItemId(row.text("@id")),
        number=ItemNumber.parse(number),
        values={name: value for name, value in row.values.items() if not name.startswith("@")},
        standing=Standing(row.text("@standing") or Standing.CURRENT.value),
        evidence={name: Evidence(row.text(evidence_name(name)) or Evidence.NONE.value) for name in ticks},
    )


def _origins(row: PlacedRow, known: Mapping[Key, ItemId], findings: list[Finding]) -> Iterator[str]:
    """Yield what an item came from, by id: items may be named by number as well; proposals stand for themselves."""
    for name in split_names(row.text("@origins")):
        found = known.get(key(name))
        if found is None and not key(name).startswith(_PROPOSAL):
            findings.append(finding_of(Code.K531, row.place("@origins"), field=row.text("number"), value=name))
        yield found or name


def _entries(rows: Iterable[PlacedRow], known: Mapping[Key, ItemId], findings: list[Finding]) -> Iterator[MatrixEntry]:
    """Yield the entries from rows in the order of the matrix: those that share place and heading are one entry."""
    for _, grouped in groupby(rows, key=_entry):
        members = list(grouped)
        first = members[0]
        found = tuple(_member(row, known, findings) for row in members)
        yield MatrixEntry(first.count("@goal"), first.text("@perspective"), first.text("@heading"), found)


def _entry(row: PlacedRow) -> tuple[object, ...]:
    """Return what the rows of one entry share; a member without a heading is an entry of its own."""
    heading = row.text("@heading")
    alone = "" if heading else row.row
    return row.count("@goal"), row.text("@perspective"), row.count("@order"), heading, alone


def _member(row: PlacedRow, known: Mapping[Key, ItemId], findings: list[Finding]) -> MatrixMember:
    items: list[ItemId] = []
    for name in split_names(row.text("@numbers")):
        found = known.get(key(name))
        if found is None:
            findings.append(finding_of(Code.K515, row.place("@numbers"), field=row.text("@label"), value=name))
        items.append(found or ItemId(name))
    return MatrixMember(row.text("@label"), tuple(items))


def _submission(row: PlacedRow) -> Submission:
    return Submission(
        id=row.text("@id"),
        kind=row.text("@kind"),
        department=row.text("@department"),
        values={name: value for name, value in row.values.items() if not name.startswith("@")},
        place=row.origin,
        sha256=row.text("@sha256"),
        received_at=cast("datetime", row.moment("@received_at")),
        copied_from=row.text("@copied_from"),
        decision=Adoption(row.text("@decision")) if row.text("@decision") else None,
        item=row.text("@item"),
    )


def _team(row: PlacedRow) -> Team:
    return Team(
        numbers=row.text("@numbers"),
        version=row.text("@version"),
        title=row.text("@title"),
        topics=row.text("@topics"),
        secretariat=row.text("@secretariat"),
        members=row.text("@members"),
        note=row.text("@note"),
    )


def _receipt(row: PlacedRow) -> Receipt:
    return Receipt(
        department=row.text("@department"),
        outcome=Outcome(row.text("@outcome")),
        control=row.text("@control"),
        round=row.count("@round"),
        file=row.text("@file"),
        sha256=row.text("@sha256"),
        received_at=row.moment("@received_at"),
        errors=row.count("@errors"),
        checks=row.count("@checks"),
        infos=row.count("@infos"),
    )


def _contribution(row: PlacedRow) -> Contribution:
    values = {name: value for name, value in row.values.items() if not name.startswith("@")}
    return Contribution(ItemId(row.text("@item")), row.text("@department"), values)


def _note(row: PlacedRow) -> Note:
    return Note(
        kind=NoteKind(row.text("@kind") or NoteKind.OUTSIDE.value),
        place=row.origin,
        text=row.text("@text"),
        field=row.text("@field"),
        department=row.text("@department"),
        sha256=row.text("@sha256"),
        done=row.text("@done"),
        remark=row.text("@remark"),
    )


def _conflicts(rows: Iterable[PlacedRow], items: set[ItemId], findings: list[Finding]) -> Iterator[Conflict]:
    for row in rows:
        conflict = _conflict(row)
        if conflict.item not in items:
            findings.append(finding_of(Code.K516, row.place("@item"), field=conflict.field, value=conflict.item))
        yield conflict


def _conflict(row: PlacedRow) -> Conflict:
    decision = row.text("@decision")
    return Conflict(
        id=row.text("@id"),
        group=row.text("@group"),
        kind=ConflictKind(row.text("@kind")),
        item=ItemId(row.text("@item")),
        field=row.text("@field"),
        base=row.values.get("@base"),
        ours=row.values.get("@ours"),
        ours_from=row.text("@ours_from"),
        theirs=row.values.get("@theirs"),
        department=row.text("@department"),
        place=row.origin,
        sha256=row.text("@sha256"),
        raised_at=cast("datetime", row.moment("@raised_at")),
        decision=Decision(decision) if decision else None,
        other=row.values.get("@other"),
        decided_by=row.text("@decided_by"),
        decided_at=row.moment("@decided_at"),
        whose=row.text("@whose"),
        places=row.text("@places"),
        agreed=row.text("@agreed"),
        silent=row.text("@silent"),
    )


def _change(row: PlacedRow) -> Change:
    return Change(
        at=cast("datetime", row.moment("@at")),
        kind=ChangeKind(row.text("@kind")),
        item=row.text("@item"),
        number=row.text("@number"),
        field=row.text("@field"),
        old=row.values.get("@old"),
        new=row.values.get("@new"),
        place=row.origin,
        typed=row.text("@typed"),
        by=row.text("@by"),
    )

"""A register that was written is read back (読み返しての照合) before it may take its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.definition.carry_over import as_saved
from kohyo.errors import FileError
from kohyo.excel.ooxml.package import Package
from kohyo.excel.register_book.book_sheet import CHANGES, ENTRIES
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.register_load import read_register, standing_rows
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.excel.register_book.save_plan import SavePlan
from kohyo.model.plan import Plan


@dataclass(frozen=True)
class Before:
    """The workbook that is replaced, what was read of it, the SHA-256 meant for sheets that got rows below."""

    book: Path
    loaded: LoadedRegister
    meant: Mapping[str, str]


def verify(saving: Path, plan: Plan, state: LastState, planned: SavePlan, before: Before) -> None:
    """Read the new register back, with what it should hold as its last state; raise FileError unless it does.

    変更履歴 is not read where its bytes are known to be right: it is by far the largest sheet.
    """
    plan = as_saved(plan)
    known = _bytes_tell(saving, planned, before)
    again = read_register(saving, plan, [state], verified=known)
    rows = standing_rows(plan, again)
    expected = planned.expected if known else {**planned.expected, CHANGES: _history(planned, before.loaded)}
    if again.blocking or any(not _same(key, rows[key], expected[key]) for key in expected):
        raise FileError("register_unverified", path=saving)


def _bytes_tell(saving: Path, planned: SavePlan, before: Before) -> bool:
    """Tell whether every sheet of 変更履歴 is, byte by byte, what it was or what it is meant to be.

    Of each cell that is written below all others it was seen, as it was spelled, that it says what it should.
    """
    if CHANGES in planned.expected or CHANGES not in before.loaded.tables:
        return False
    old, new = Package(before.book), Package(saving)
    titles = {sheet.title for sheet in before.loaded.tables[CHANGES].sheets} | {part.title for part in planned.history}
    meant = {title: old.sheet_sha256(title) for title in titles if title not in before.meant and old.has(title)}
    meant |= before.meant
    return all(title in meant and new.sheet_sha256(title) == meant[title] for title in titles)


def _history(planned: SavePlan, loaded: LoadedRegister) -> Sequence[Row]:
    """Return the rows that 変更履歴 should hold."""
    if CHANGES in planned.expected:
        return planned.expected[CHANGES]
    standing = [row.values for row in loaded.tables[CHANGES].rows]
    return [*standing, *(row for part in planned.history for row in part.rows())]


def _same(sheet: str, rows: Sequence[Row], expected: Sequence[Row]) -> bool:
    """Tell whether a sheet holds what it should; entries stand anywhere, their members in their order."""
    if sheet != ENTRIES:
        return list(rows) == list(expected)
    return sorted(rows, key=_entry) == sorted(expected, key=_entry)


def _entry(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in (Column.GOAL, Column.PERSPECTIVE, Column.ORDER))

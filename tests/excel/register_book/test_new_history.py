"""New rows of the history, worked out once.

1. They are, byte by byte, the rows that cells put in one by one would be.
2. Their lines are those of the rows as they come back, and digests go on from one save to the next.
3. What a cell cannot hold is told with its place, and the rest of the row stands.
4. Where the end of the sheet is not free they come to stand there all the same.
5. A state of an earlier version, with digests of another kind, still says whether anything was altered.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from kohyo.definition.load import shipped
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.rows_below import with_rows_below
from kohyo.excel.ooxml.sheet_patch import patched
from kohyo.excel.register_book import load_register, new_history
from kohyo.excel.register_book.history_digests import RunningDigests, digests_of_rows, former_digests, line_of
from kohyo.excel.register_book.last_state import LastState, read_state, write_state
from kohyo.excel.register_book.new_history import NewHistory
from kohyo.excel.register_book.register_files import last_state
from kohyo.model.plan import Plan
from kohyo.model.register import Change
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    changes_of,
    found,
    new_register,
    sample_change,
    sample_register,
)

PLAN = shipped("setagaya-r6")
_TITLE = "変更履歴"


@pytest.fixture(scope="module")
def book() -> Iterator[Path]:
    """Return a register with two changes."""
    with tempfile.TemporaryDirectory() as folder:
        yield new_register(Path(folder), PLAN, sample_register(PLAN))


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(changes_of(PLAN), min_size=1, max_size=5))
def test_the_same_bytes_as_cell_by_cell(book: Path, changes: Sequence[Change]) -> None:
    """Styles, heights, dates, blanks and the sheet's extent too (1, 2)."""
    package = Package(book)
    table = load_register(book, PLAN).tables["changes"]
    xml, dates, lines = package.sheet_xml(_TITLE), package.dates(), list[bytes]()
    streamed, patch = NewHistory(PLAN, table, changes), NewHistory(PLAN, table, changes)
    streamed.tell(lines.extend)
    assert b"".join(with_rows_below(xml, streamed, dates)) == b"".join(patched(xml, patch.as_patch(), dates))
    assert lines == list(map(line_of, patch.rows()))
    assert streamed.findings == patch.findings == []


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(changes_of(PLAN), min_size=1, max_size=9), chosen=st.lists(st.integers(0, 8), max_size=12))
def test_some_at_a_time(book: Path, changes: Sequence[Change], chosen: Sequence[int]) -> None:
    """Rows that come again, many bunches, columns that forget, values that a cell cannot hold (1, 2, 3)."""
    worse = [change._replace(by="改\x01行", new="終\x00", typed="\x02") for change in changes[:2]]
    known = [*changes, *worse]
    rows = [*known, *(known[place % len(known)] for place in chosen)]
    package = Package(book)
    table = load_register(book, PLAN).tables["changes"]
    xml, dates, lines = package.sheet_xml(_TITLE), package.dates(), list[bytes]()
    streamed, patch = NewHistory(PLAN, table, rows), NewHistory(PLAN, table, rows)
    streamed.tell(lines.extend)
    with pytest.MonkeyPatch.context() as patched_in:
        patched_in.setattr(new_history, "_BUNCH", 3)
        patched_in.setattr(new_history, "_KEPT", 2)
        assert b"".join(with_rows_below(xml, streamed, dates)) == b"".join(patched(xml, patch.as_patch(), dates))
    assert lines == list(map(line_of, patch.rows()))
    assert streamed.findings == patch.findings != []


def test_digests_go_on() -> None:
    """Those of five rows are those of two, continued with three (2)."""
    rows = [{"@item": f"K{number}", "@new": number, "@old": None} for number in range(5)]
    running = RunningDigests(digests_of_rows(rows[:2]))
    running.take(map(line_of, rows[2:]))
    assert running.digests == digests_of_rows(rows)
    told, sequence = digests_of_rows(reversed(rows))
    assert (told == running.digests[0], sequence == running.digests[1]) == (True, False)


def test_what_a_cell_cannot_hold(tmp_path: Path, plan: Plan) -> None:
    """It is told with its cell, also where the same value comes twice; the other values are there (3)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    bad = sample_change(3)._replace(by="改\x01行", new="終\x00")
    _, saved = change(path, plan, lambda register: replace(register, changes=(*register.changes, bad, bad)))
    assert [(entry.code, entry.place.cell) for entry in saved.findings] == [
        ("K521", "G4"),
        ("K521", "L4"),
        ("K521", "G5"),
        ("K521", "L5"),
    ]
    assert load_register(path, plan).register.changes[2:] == (bad._replace(by="", new=None),) * 2


@pytest.mark.parametrize("occupy", ["table", "format"])
def test_an_end_that_is_not_free(tmp_path: Path, plan: Plan, occupy: str) -> None:
    """A table grows with the rows, and formatted rows below take them (4)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as workbook:
        sheet = workbook[_TITLE]
        if occupy == "table":
            sheet.auto_filter.ref = None
            sheet.add_table(Table(displayName="履歴", ref="A1:L3"))
        else:
            sheet["A9"].number_format = "0.00"
    change(path, plan, lambda register: replace(register, changes=(*register.changes, sample_change(3))))
    loaded = load_register(path, plan)
    assert loaded.register.changes == tuple(map(sample_change, (1, 2, 3)))
    assert (loaded.findings, loaded.edits) == ((), ())
    with by_hand(path) as workbook:
        assert [table.ref for table in workbook[_TITLE].tables.values()] == (["A1:L4"] if occupy == "table" else [])


@pytest.fixture
def earlier(tmp_path: Path, plan: Plan) -> Path:
    """Return a register whose state an earlier version wrote."""
    path = new_register(tmp_path, plan, sample_register(plan))
    place = last_state(path.parent / "控え")
    state = read_state(place)
    rows = [row.values for row in load_register(path, plan).tables["changes"].rows]
    digest, sequence = former_digests(rows)
    assert isinstance(state, LastState)
    write_state(place, replace(state, digest=digest, sequence=sequence))
    return path


def test_a_state_of_an_earlier_version(earlier: Path, plan: Plan) -> None:
    """Nothing was altered, and the next save goes on from it (5)."""
    loaded, _ = change(earlier, plan, lambda register: replace(register, changes=(*register.changes, sample_change(3))))
    assert (loaded.findings, loaded.history) == ((), None)
    again = load_register(earlier, plan)
    assert (again.findings, len(again.register.changes)) == ((), 3)
    assert again.last is not None
    assert again.last.digest == digests_of_rows([row.values for row in again.tables["changes"].rows])[0]


def test_an_alteration_under_an_earlier_version(earlier: Path, plan: Plan) -> None:
    """It is noticed and taken back (5)."""
    with by_hand(earlier) as workbook:
        workbook[_TITLE]["G2"].value = "書き換え"
    loaded, _ = change(earlier, plan, lambda register: register)
    assert ("K518", _TITLE, "") in found(loaded)
    assert load_register(earlier, plan).register.changes == tuple(map(sample_change, (1, 2)))

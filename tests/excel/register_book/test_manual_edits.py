"""Edits by hand in the register become rows of 変更履歴.

1. A changed cell is told with old, new, sheet and cell; so are new rows and deleted rows.
2. Entries of the matrix are told as lines; members in another order are told too.
3. What was told once is not told again; what was not edited is not told.
4. The kohyo-only sheets: a record that was changed is noticed (K518), a decision filled in is none of it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kohyo.excel.register_book import LoadedRegister, load_register
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind, Decision, Register
from kohyo.model.value import FieldValue
from tests.excel.register_book.register_samples import (
    NOW,
    by_hand,
    change,
    column_of,
    found,
    new_register,
    sample_register,
)


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register with something on every sheet."""
    return new_register(tmp_path, plan, sample_register(plan))


def edits(loaded: LoadedRegister) -> list[tuple[str, str, FieldValue, FieldValue, str, str]]:
    """Return id, field, old, new, sheet and cell of every edit."""
    return [(one.item, one.field, one.old, one.new, one.place.sheet, one.place.cell) for one in loaded.edits]


def set_cell(path: Path, sheet: str, row: int, heading: str, value: object) -> str:
    """Type a value under a heading, and return the cell."""
    with by_hand(path) as book:
        cell = book[sheet].cell(row, column_of(book[sheet], heading))
        cell.value = value  # type: ignore[assignment]
        return str(cell.coordinate)


def test_nothing_edited_is_nothing_told(path: Path, plan: Plan) -> None:
    """Opening and saving the register by hand is no edit (3)."""
    with by_hand(path):
        pass
    loaded = load_register(path, plan)
    assert (loaded.edits, loaded.findings) == ((), ())


def test_a_changed_cell_is_told(path: Path, plan: Plan) -> None:
    """Old and new value stand with the cell, the item and its number (1)."""
    cell = set_cell(path, "項目", 3, "項目名", "手で直した名前")
    (edit,) = load_register(path, plan).edits
    assert (edit.kind, edit.item, edit.number, edit.field) == (ChangeKind.EDITED, "K0002", "1-2", "title")
    assert (edit.old, edit.new) == ("取組み2", "手で直した名前")
    assert (edit.place.file, edit.place.sheet, edit.place.cell) == ("台帳.xlsx", "項目", cell)


@pytest.mark.parametrize(
    ("heading", "typed", "new"),
    [
        ("視点：デジタル", "〇", "yes"),
        ("視点：デジタル", None, "no"),
        ("効果：財政（千円）", "▲1,500", -1500),
        ("記入日", "令和6年7月1日", "2024-07-01"),
        ("到達点", "２", 2),
    ],
)
def test_an_edit_is_read_by_the_rule_of_its_field(
    path: Path, plan: Plan, heading: str, typed: object, new: object
) -> None:
    """A tick, a number, a date, a goal, written as people write (1)."""
    set_cell(path, "項目", 2, heading, typed)
    loaded = load_register(path, plan)
    (edit,) = loaded.edits
    assert str(getattr(edit.new, "value", edit.new)) == str(new)
    assert loaded.findings == ()


def test_an_emptied_cell_is_told(path: Path, plan: Plan) -> None:
    """What stood there is the old value, and there is no new one (1)."""
    cell = set_cell(path, "項目", 2, "概要", None)
    expected = ("K0001", "overview", "窓口の手続きを減らす。", None, "項目", cell)
    assert edits(load_register(path, plan)) == [expected]


def test_a_new_row_and_a_deleted_row_are_told(path: Path, plan: Plan) -> None:
    """Whatever they hold is told with their id; a deleted item is asked about, as is an entry that names it (1)."""
    with by_hand(path) as book:
        sheet = book["項目"]
        sheet.delete_rows(3)
        sheet.append(["K0009", "2-1", None, 2, "手で加えた項目"])
    loaded = load_register(path, plan)
    told = [one[1:4] for one in edits(loaded)]
    new = [("ID", None, "K0009"), ("number", None, "2-1"), ("goal", None, 2), ("title", None, "手で加えた項目")]
    assert told[:4] == new
    assert ("ID", "K0002", None) in told[4:]
    assert ("overview", "一行目\n二行目 𠮷", None) in told[4:]
    assert [item.id for item in loaded.register.items] == ["K0001", "K0003", "K0009"]
    assert found(loaded) == [("K512", "項目", ""), ("K515", "体系表掲載", "F2")]


def test_an_edited_proposal_is_told(path: Path, plan: Plan) -> None:
    """What a department sent besides may be edited like an item (1)."""
    cell = set_cell(path, "課題", 2, "課題の内容", "人手が足りない")
    expected = ("P0001", "issue_text", "人が足りない", "人手が足りない", "課題", cell)
    assert edits(load_register(path, plan)) == [expected]


def test_an_edited_entry_is_told_as_a_line(path: Path, plan: Plan) -> None:
    """The old line went, the new one came (2)."""
    set_cell(path, "体系表掲載", 2, "表示名", "総合窓口")
    told = [(one[2], one[3]) for one in edits(load_register(path, plan))]
    assert told == [("1｜組織｜1｜見直し｜窓口｜1-1、1-2", None), (None, "1｜組織｜1｜見直し｜総合窓口｜1-1、1-2")]


def test_members_in_another_order_are_told(path: Path, plan: Plan) -> None:
    """The order of the rows is the order of the members in the printed cell: sorting by hand changes it (2)."""
    with by_hand(path) as book:
        sheet = book["体系表掲載"]
        for column in (5, 6):
            first, second = sheet.cell(2, column), sheet.cell(3, column)
            first.value, second.value = second.value, first.value
    loaded = load_register(path, plan)
    assert [member.label for member in loaded.register.entries[0].members] == ["電話", "窓口"]
    lines = ("1｜組織｜1｜見直し｜窓口｜1-1、1-2", "1｜組織｜1｜見直し｜電話｜1-3")
    assert [(one[2], one[3]) for one in edits(loaded)] == [("\n".join(lines), "\n".join(reversed(lines)))]


def test_a_new_order_of_members_is_saved(path: Path, plan: Plan) -> None:
    """Members come back in the order in which they were saved, a new one between the others included (2)."""

    def turned(register: Register) -> Register:
        first, second = register.entries[0].members
        members = (second, MatrixMember("郵便", second.items), first)
        return replace(register, entries=(replace(register.entries[0], members=members),))

    change(path, plan, turned)
    loaded = load_register(path, plan)
    assert [member.label for member in loaded.register.entries[0].members] == ["電話", "郵便", "窓口"]
    assert loaded.edits == ()


def test_members_without_a_heading_are_entries_of_their_own(path: Path, plan: Plan) -> None:
    """Two rows that say nothing under 見出し are two entries, even when their 順 is the same by mistake (2)."""
    with by_hand(path) as book:
        for row in (2, 3):
            book["体系表掲載"].cell(row, 4).value = None
    entries = load_register(path, plan).register.entries
    alone = [
        MatrixEntry(1, plan.perspectives[0].key, "", (member,)) for member in sample_register(plan).entries[0].members
    ]
    assert list(entries) == alone


def test_an_edit_is_told_once(path: Path, plan: Plan) -> None:
    """Once it stands in the history it is no edit any more, not even when nothing else was saved (3)."""
    set_cell(path, "項目", 3, "項目名", "手で直した名前")
    loaded = load_register(path, plan)
    change(path, plan, lambda register: replace(register, changes=(*register.changes, *loaded.edits)))
    again = load_register(path, plan)
    assert (again.edits, again.register.changes[-1].new) == ((), "手で直した名前")


def test_a_first_sight_of_a_register_tells_no_edits(path: Path, plan: Plan) -> None:
    """Without its memory in 控え nothing is known of edits; the next save remembers (3)."""
    for memory in (path.parent / "控え").rglob("*.jsonl"):
        memory.unlink()
    set_cell(path, "項目", 3, "項目名", "手で直した名前")
    loaded, _ = change(path, plan, lambda register: register)
    assert (loaded.edits, loaded.last) == ((), None)
    set_cell(path, "項目", 3, "項目名", "また直した名前")
    assert [(one[2], one[3]) for one in edits(load_register(path, plan))] == [("手で直した名前", "また直した名前")]


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [("変更履歴", "変更後", "書き換え"), ("回収", "ファイル", "別.xlsx"), ("競合", "回答の値", "書き換え")],
)
def test_a_changed_record_is_noticed(path: Path, plan: Plan, sheet: str, heading: str, value: str) -> None:
    """回収, 競合 and 変更履歴 tell what happened: whoever changes them is asked to compare with 控え (K518) (4)."""
    set_cell(path, sheet, 2, heading, value)
    loaded = load_register(path, plan)
    assert (found(loaded), loaded.findings[0].value) == ([("K518", sheet, "")], "1")


def test_a_decision_that_was_taken_before(path: Path, plan: Plan) -> None:
    """Another decision over one that was applied changes nothing, and that is told (K520) (4)."""

    def settle(register: Register) -> Register:
        (conflict,) = register.conflicts
        return replace(register, conflicts=(replace(conflict, decision=Decision.ANSWER, decided_at=NOW),))

    change(path, plan, settle)
    set_cell(path, "競合", 2, "採用", "台帳")
    loaded = load_register(path, plan)
    assert (found(loaded), loaded.findings[0].value) == ([("K520", "競合", "")], loaded.register.conflicts[0].id)
    set_cell(path, "競合", 2, "採用", "回答")
    set_cell(path, "競合", 2, "決めた人", "課長")
    assert load_register(path, plan).findings == ()


def test_a_decision_is_no_changed_record(path: Path, plan: Plan) -> None:
    """採用 and what goes with it are there to be filled by hand (4)."""
    with by_hand(path) as book:
        sheet = book["競合"]
        for heading, value in {"採用": "別の値", "別の値": "間をとる", "決めた人": "係長"}.items():
            sheet.cell(2, column_of(sheet, heading), value)
    loaded = load_register(path, plan)
    (conflict,) = loaded.register.conflicts
    assert (conflict.decision, conflict.other, conflict.decided_by) == (Decision.OTHER, "間をとる", "係長")
    assert (loaded.findings, loaded.edits) == ((), ())

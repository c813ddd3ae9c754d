"""Consolidate: what came back becomes the register, once, and nothing is lost.

1. Every file in 回収 ends in exactly one outcome with its SHA-256; the counts add up; a broken file stops nothing.
2. Copies, subfolders and odd names are no matter; what other programs leave behind is not counted.
3. Twice is the same as once, and nothing in 回収 is ever changed.
4. The parts of one split workbook together are one return; a sheet that is in none of them is asked about.
5. What a department did not touch stays; what it alone changed is taken; every change is in 変更履歴.
6. Two truths become a conflict and the register stays; so does a field that was emptied.
7. A file that came late, to a form of an earlier round, is read against what that form held.
8. Nothing to consolidate, or nothing that went out, is one clear error.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.model.outcome import Outcome
from kohyo.model.register import ChangeKind, ConflictKind
from kohyo.usecases.new import workspace_for
from tests.usecases.small import (
    DEPARTMENTS,
    LIST,
    Small,
    codes,
    made_up_plan,
    opened,
    tab_of,
    type_into,
)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _put(small: Small, name: str, content: bytes) -> Path:
    path = small.workspace.returns / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_complete_answers_are_accepted(small: Small) -> None:
    """Five complete returns: all accepted, nobody missing, nothing for a person to do (1, 5)."""
    for department in DEPARTMENTS:
        small.send(department)
    result = small.consolidate()
    assert result.outcomes == {Outcome.ACCEPTED: 5}
    assert (result.missing, result.findings, result.open_conflicts) == ((), (), 0)
    assert not result.needs_person
    assert small.item("1-1").values["schedule_2030"] == "検討する。"


def test_a_broken_file_stops_nothing(small: Small) -> None:
    """Around one file that cannot be read the others are taken in, and it has its own finding (1)."""
    first = small.send("企画財政局", name="1.xlsx")
    _put(small, "2.xlsx", first.read_bytes()[:3000])
    small.send("市民局", name="3.xlsx")
    result = small.consolidate()
    assert small.outcomes() == {
        "1.xlsx": Outcome.ACCEPTED,
        "2.xlsx": Outcome.UNREADABLE,
        "3.xlsx": Outcome.ACCEPTED,
    }
    (finding,) = [finding for finding in result.findings if finding.place.file == "2.xlsx"]
    assert finding.code.startswith("K1")
    assert set(result.missing) == {"東区役所", "西区役所", "上下水道局"}


def test_whatever_lies_there_has_one_outcome(small: Small) -> None:
    """Files of every kind: the outcomes add up to the files, each with its SHA-256 (1)."""
    form = small.send("市民局")
    _put(small, "控え.csv", "番号,項目名\n1-1,何か\n".encode("cp932"))
    _put(small, "依頼文.pdf", b"%PDF-1.7\n")
    _put(small, "古い.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    _put(small, "空.xlsx", b"")
    _put(small, "書きかけ.tmp", bytes(165))
    _put(small, "同じ.xlsx", form.read_bytes())
    book = openpyxl.Workbook()
    book.save(small.workspace.returns / "別の表.xlsx")
    result = small.consolidate()
    assert result.outcomes == {
        Outcome.ACCEPTED: 1,
        Outcome.DUPLICATE: 1,
        Outcome.FOREIGN: 1,
        Outcome.UNREADABLE: 5,
    }
    assert sum(result.outcomes.values()) == len(list(small.workspace.returns.iterdir()))
    for row in small.register().receipts:
        if row.file:
            assert row.sha256 == _digest(small.workspace.returns / row.file)
    assert "K150" in codes(result)


@pytest.mark.parametrize("name", ["~$調査票.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", ".~lock.調査票.xlsx#"])
def test_what_programs_leave_behind_is_not_counted(small: Small, name: str) -> None:
    """Lock files and the like are no returns: they are skipped, and how many is said (2)."""
    small.send("市民局")
    _put(small, name, b"\x00" * 165)
    result = small.consolidate()
    assert result.skipped == 1
    assert result.outcomes == {Outcome.ACCEPTED: 1}


@pytest.mark.parametrize(
    "name",
    [
        "回答　最終版 (2).xlsx",
        "６月２８日／提出分／髙橋.xlsx".replace("／", "/"),
        "a/b/c/d/回答.XLSX",
        f"{'長い名前' * 15}.xlsx",
        "拡張子なし",
        "調査票.xlsx.zip",
    ],
)
def test_the_name_does_not_matter(small: Small, name: str) -> None:
    """A return is known by what it says, whatever its name and folder (2)."""
    small.send("市民局", name=name)
    small.consolidate()
    receipt = small.receipt(name)
    assert (receipt.department, receipt.outcome) == ("市民局", Outcome.ACCEPTED)


def test_a_file_is_a_copy_only_when_it_is_the_same(small: Small) -> None:
    """The same bytes twice count once and name the first; a file that differs by a word is its own return (2)."""
    original = small.send("市民局", name="a.xlsx")
    shutil.copy(original, small.workspace.returns / "b.xlsx")
    result = small.consolidate()
    assert small.receipt("b.xlsx").outcome is Outcome.DUPLICATE
    (finding,) = [finding for finding in result.findings if finding.code == "K156"]
    assert (finding.place.file, finding.value) == ("b.xlsx", "a.xlsx")


def test_twice_is_once(small: Small) -> None:
    """A second run changes neither the register, byte for byte, nor what was received (3)."""
    small.send("市民局", {"2-1": {"overview": "電話でも予約できるようにする。"}})
    small.send("企画財政局", {"2-1": {"overview": "予約はやめる。"}, "1-1": {"state": ""}})
    small.consolidate()
    received = {path: _digest(path) for path in small.workspace.returns.iterdir()}
    before = _digest(small.workspace.register)
    again = small.consolidate()
    assert (again.changes, again.saved.changed) == (0, False)
    assert _digest(small.workspace.register) == before
    assert {path: _digest(path) for path in small.workspace.returns.iterdir()} == received


def test_a_file_renamed_between_two_runs(small: Small) -> None:
    """It says what it said: the next round takes its place as if it had never been renamed (2, 3)."""
    first = small.send("市民局", {"2-1": {"schedule_2031": "始める。"}})
    small.consolidate()
    first.rename(first.with_name("回答（最終）.xlsx"))
    assert small.consolidate().changes == 0
    small.send("市民局", {"2-1": {"schedule_2031": "やめる。"}}, name="もう一通.xlsx")
    result = small.consolidate()
    assert result.open_conflicts == 1
    assert small.item("2-1").values.get("schedule_2031") is None
    assert {row.kind for row in small.register().conflicts} == {ConflictKind.RETURNS}


def test_one_more_return_later(small: Small) -> None:
    """What came earlier stays as it was received; only the new return is added (1, 3)."""
    small.send("市民局")
    small.consolidate()
    before = small.register()
    small.send("上下水道局", {"3-1": {"next_step": "続ける"}})
    result = small.consolidate()
    after = small.register()
    assert result.changes == len(after.changes) - len(before.changes)
    assert after.changes[: len(before.changes)] == before.changes
    assert [row for row in after.receipts if row.department == "市民局"] == [
        row for row in before.receipts if row.department == "市民局"
    ]


def test_a_file_taken_away_was_received_all_the_same(small: Small) -> None:
    """A row of 回収 stays when its file is gone from the folder (1)."""
    path = small.send("市民局")
    small.consolidate()
    path.unlink()
    small.send("上下水道局")
    result = small.consolidate()
    assert "市民局" not in result.missing
    assert small.receipt(path.name).outcome is Outcome.ACCEPTED


def test_the_parts_of_a_split_workbook_are_one_return(small: Small) -> None:
    """Two files with half the sheets each are complete together: nothing is asked about (4)."""
    small.send("企画財政局", {"1-1": {"saving": 100}}, name="財政課.xlsx", keep=["1-1"])
    small.send("企画財政局", {"2-1": {"saving": 200}}, name="改革課.xlsx", keep=["2-1", "3-1"])
    result = small.consolidate()
    assert result.outcomes == {Outcome.ACCEPTED: 2}
    assert "K326" not in codes(result)
    assert result.open_conflicts == 0
    assert small.item("1-1").values["saving"] == 100
    assert small.own("2-1", "企画財政局")["saving"] == 200


def test_a_sheet_in_none_of_the_parts_is_asked_about(small: Small) -> None:
    """A sheet that nobody sent back claims nothing, and is asked about by its tab (4)."""
    small.send("企画財政局", keep=["1-1"])
    result = small.consolidate()
    assert {finding.value for finding in result.findings if finding.code == "K326"} == {"カード2-1", "カード3-1"}
    assert "schedule_2030" not in small.item("2-1").values


def test_changes_name_their_origin(small: Small) -> None:
    """An answer is in 変更履歴 with old and new value, department, file, sheet and cell (5)."""
    small.send("市民局", {"2-1": {"overview": "＝電話でも\n予約できる。"}}, name="回答/市民局.xlsx")
    small.consolidate()
    register = small.register()
    (change,) = [change for change in register.changes if change.field == "overview" and change.by == "市民局"]
    assert change.kind is ChangeKind.ANSWERED
    assert (change.old, change.new) == ("来庁の予約を始める。", "＝電話でも\n予約できる。")
    assert (change.place.file, change.place.sheet) == ("回答/市民局.xlsx", tab_of("2-1"))
    assert change.place.cell
    assert small.item("2-1").overview == "＝電話でも\n予約できる。"


def test_an_untouched_field_leaves_the_register_alone(small: Small) -> None:
    """What the secretariat changed since stays, where the department sent the old value back (5)."""
    with small.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == "取組の内容")
        book["項目"].cell(2, column, "使用料を見直し、減免も改める。")
    small.send("企画財政局")
    result = small.consolidate()
    assert result.open_conflicts == 0
    assert small.item("1-1").overview == "使用料を見直し、減免も改める。"


def test_both_changed_is_a_conflict(small: Small) -> None:
    """Register and return changed one field differently: both values are kept, the register stays (6)."""
    with small.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == "取組の内容")
        book["項目"].cell(2, column, "台帳の文")
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    result = small.consolidate()
    (conflict,) = small.register().conflicts
    assert conflict.kind is ConflictKind.REGISTER
    assert (conflict.base, conflict.ours, conflict.theirs) == ("使用料を実費に合わせる。", "台帳の文", "回答の文")
    assert small.item("1-1").overview == "台帳の文"
    assert "K401" in codes(result)
    assert small.receipt("調査票_企画財政局.xlsx").outcome is Outcome.CONFLICT


def test_two_departments_that_disagree(small: Small) -> None:
    """Different answers to one field of a shared item: the lead's counts, the other waits as a proposal (6)."""
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    small.send("企画財政局", {"2-1": {"overview": "画面で予約"}})
    result = small.consolidate()
    (row,) = small.register().conflicts
    assert (row.kind, row.department, row.theirs) == (ConflictKind.DEPARTMENTS, "企画財政局", "画面で予約")
    assert (row.ours, row.agreed, row.silent) == ("電話で予約", "市民局", "")
    assert small.item("2-1").overview == "電話で予約"
    assert codes(result).count("K402") == 1
    assert set(small.outcomes().values()) == {Outcome.ACCEPTED}


def test_two_departments_that_disagree_one_after_the_other(small: Small) -> None:
    """The second answer finds the first in the register: a conflict between departments (6)."""
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    small.consolidate()
    small.send("企画財政局", {"2-1": {"overview": "画面で予約"}})
    small.consolidate()
    (conflict,) = small.register().conflicts
    assert (conflict.kind, conflict.ours, conflict.theirs) == (ConflictKind.DEPARTMENTS, "電話で予約", "画面で予約")
    assert small.item("2-1").overview == "電話で予約"


def test_two_returns_of_one_department(small: Small) -> None:
    """Two different answers of one department, neither a correction: names and dates do not decide (6)."""
    small.send("市民局", {"2-1": {"overview": "古いほう"}}, name="回答.xlsx")
    small.send("市民局", {"2-1": {"overview": "新しいほう"}}, name="回答（最終）.xlsx")
    result = small.consolidate()
    assert {row.kind for row in small.register().conflicts} == {ConflictKind.RETURNS}
    assert "K403" in codes(result)


def test_an_emptied_field_is_asked_about(small: Small) -> None:
    """What was known and is empty now stays until a person decides (6)."""
    small.send("企画財政局", {"1-1": {"overview": None}})
    result = small.consolidate()
    (conflict,) = small.register().conflicts
    assert (conflict.kind, conflict.field, conflict.theirs) == (ConflictKind.EMPTIED, "overview", None)
    assert small.item("1-1").overview == "使用料を実費に合わせる。"
    assert {"K201", "K404"} <= set(codes(result))


def test_a_late_file_of_an_earlier_round(small: Small) -> None:
    """A first-round form that comes after the second round went out is read against what it held itself (7)."""
    first = small.workspace.root / "遅い.xlsx"
    shutil.copy(small.form("上下水道局"), first)
    changed = [*LIST[:4], ("3-1", "研修", "研修を毎年見直す。", "全局")]
    kohyo.import_items(small.root, small.write_list(changed))
    small.distribute()
    shutil.move(first, small.workspace.returns / "遅い.xlsx")
    with opened(small.workspace.returns / "遅い.xlsx") as book:
        type_into(book[tab_of("3-1")], {"next_step": "続ける"})
    result = small.consolidate()
    assert small.receipt("遅い.xlsx").round == 1
    assert small.item("3-1").overview == "研修を毎年見直す。"
    assert small.own("3-1", "上下水道局")["next_step"] == "続ける"
    assert result.open_conflicts == 0


def test_a_form_that_did_not_go_out_from_here(small: Small) -> None:
    """A form of this survey that another workspace sent is no return of this one (1)."""
    with opened(small.form("市民局")) as book:
        type_into(book[tab_of("2-1")], {"state": "順調"})
    shutil.move(small.form("市民局"), small.workspace.returns / "よその.xlsx")
    small.forget_what_went_out("市民局")
    result = small.consolidate()
    assert small.receipt("よその.xlsx").outcome is Outcome.FOREIGN
    assert "K155" in codes(result)


def test_a_copied_sheet_without_anything_new(small: Small) -> None:
    """A copy on which nothing was changed offers nothing, and that is said (5)."""
    path = small.send("上下水道局")
    shutil.copy(small.form("上下水道局"), path)
    with opened(path) as book:
        sheet = book[tab_of("3-1")]
        copy = book.copy_worksheet(sheet)
        copy.title = f"{sheet.title} (2)"
    result = small.consolidate()
    assert "K327" in codes(result)
    assert small.register().submissions == ()


def test_a_proposal_is_received_once(small: Small) -> None:
    """What was written on a blank sheet stands among the proposals with its origin, once however often read (3, 5)."""
    for name in ("a.xlsx", "b.xlsx"):
        path = small.send("上下水道局", name=name)
        with opened(path) as book:
            type_into(book["R13新規"], {"title": "水道の見える化", "overview": "使用量を知らせる。", **_TICKS})
            book["市民の声"]["E30"].value = name
    small.consolidate()
    small.consolidate()
    (proposal,) = small.register().submissions
    assert (proposal.department, proposal.values["title"]) == ("上下水道局", "水道の見える化")
    assert proposal.place.sheet == "R13新規"


_TICKS = {"tick_finance": "○", "tick_online": "－", "tick_staff": "－", "tick_partners": "－"}


def test_nothing_came_back(small: Small) -> None:
    """An empty 回収 is one clear error (8)."""
    with pytest.raises(UsageError) as refused:
        small.consolidate()
    assert refused.value.key == "no_returns"


def test_nothing_went_out(tmp_path: Path) -> None:
    """Without forms that went out there is nothing to read against (8)."""
    workspace = workspace_for(tmp_path / "作業", made_up_plan())
    (workspace.returns / "回答.xlsx").write_bytes(b"x")
    with pytest.raises(UsageError) as refused:
        kohyo.consolidate(workspace.root)
    assert refused.value.key == "no_forms"

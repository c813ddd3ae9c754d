"""Resolve: what the secretariat decided in the register's 競合 sheet.

1. 台帳, 回答 and 別の値 do what they say; who decided stands in the register, when is noted.
2. The value that was not taken is never lost: 競合 keeps both, 変更履歴 says what was refused.
   Where nobody is named, who ran the command decided.
3. A half-filled decision is refused with a finding, and nothing of it is applied.
4. What is not decided waits; what was decided is not applied again, nor raised again by consolidating.
5. Rows of one group are decided together.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.model.outcome import Outcome
from kohyo.model.register import ChangeKind, Decision
from kohyo.workspace.folder import Workspace
from tests.usecases.small import NOW, Small, codes

LATER = NOW + timedelta(days=1)
OLD, OURS, THEIRS = "使用料を実費に合わせる。", "台帳の文", "回答の文"


@pytest.fixture(scope="module")
def disputed_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace with one conflict between register and return; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("disputed"))
    with made.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == "取組の内容")
        book["項目"].cell(2, column, OURS)
    made.send("企画財政局", {"1-1": {"overview": THEIRS}})
    made.consolidate()
    return made


@pytest.fixture
def disputed(disputed_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return disputed_origin.copied(tmp_path)


@pytest.fixture(scope="module")
def disagreeing_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace with one group of two rows: a department disagrees with itself; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("disagreeing"))
    made.send("市民局", {"2-1": {"overview": "電話で予約"}}, name="一.xlsx")
    made.send("市民局", {"2-1": {"overview": "画面で予約"}}, name="二.xlsx")
    made.consolidate()
    return made


@pytest.fixture
def disagreeing(disagreeing_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return disagreeing_origin.copied(tmp_path)


def _refused(small: Small) -> list[object]:
    return [change.new for change in small.register().changes if change.kind is ChangeKind.REFUSED]


@pytest.mark.parametrize(
    ("columns", "decision", "taken"),
    [
        ({"採用": "台帳"}, Decision.REGISTER, OURS),
        ({"採用": "回答"}, Decision.ANSWER, THEIRS),
        ({"採用": "別の値", "別の値": "両方を合わせた文"}, Decision.OTHER, "両方を合わせた文"),
    ],
)
def test_a_decision_is_applied(disputed: Small, columns: dict[str, str], decision: Decision, taken: str) -> None:
    """The register holds what was decided; by whom and when stands in 競合 (1)."""
    disputed.decide(1, 決めた人="経営改革担当", **columns)
    result = kohyo.resolve(disputed.root, now=LATER)
    assert (result.settled, result.waiting, result.needs_person) == (1, 0, False)
    assert disputed.item("1-1").overview == taken
    (row,) = disputed.register().conflicts
    assert (row.decision, row.decided_by, row.decided_at) == (decision, "経営改革担当", LATER)
    assert (row.base, row.ours, row.theirs) == (OLD, OURS, THEIRS)


def test_decisions_reach_a_register_that_was_open(disputed: Small) -> None:
    """What waited because the register was open takes its place as soon as it is closed, and that is said (1)."""
    disputed.decide(1, 採用="回答")
    mark = disputed.workspace.register.with_name("~$台帳.xlsx")
    mark.write_text("事務局", encoding="utf-8")
    assert kohyo.resolve(disputed.root, now=LATER).saved.waiting is not None
    with pytest.raises(FileError, match="更新待ち"):
        kohyo.resolve(disputed.root, now=LATER)
    mark.unlink()
    result = kohyo.resolve(disputed.root, now=LATER)
    assert ([one.code for one in result.findings], result.settled, result.needs_person) == (["K519"], 0, False)
    assert disputed.item("1-1").overview == THEIRS


def test_a_decision_changed_afterwards_is_told(disputed: Small) -> None:
    """What was decided stays; whoever writes another decision over it is told how to change the value (1)."""
    disputed.decide(1, 採用="回答", 決めた人="髙橋")
    kohyo.resolve(disputed.root, now=LATER)
    disputed.decide(1, 採用="台帳")
    result = kohyo.resolve(disputed.root, now=LATER)
    assert [(one.code, one.place.sheet, one.value) for one in result.findings] == [
        ("K520", "競合", "C0001-取組の内容-1")
    ]
    assert (result.settled, disputed.item("1-1").overview) == (0, THEIRS)
    disputed.decide(1, 採用="回答")
    assert kohyo.resolve(disputed.root, now=LATER).findings == ()


def test_the_decision_is_in_the_history(disputed: Small) -> None:
    """変更履歴 names the old value, the new one and who decided (1, 2)."""
    disputed.decide(1, 採用="回答", 決めた人="髙橋")
    kohyo.resolve(disputed.root, now=LATER)
    (change,) = [change for change in disputed.register().changes if change.kind is ChangeKind.DECIDED]
    assert (change.old, change.new, change.by, change.at) == (OURS, THEIRS, "髙橋", LATER)
    assert change.place.file == "調査票_企画財政局.xlsx"


@pytest.mark.parametrize(("columns"), [{"採用": "台帳"}, {"採用": "別の値", "別の値": "第三の文"}])
def test_the_refused_answer_is_kept(disputed: Small, columns: dict[str, str]) -> None:
    """An answer that was not taken stands in 変更履歴 as refused (2)."""
    disputed.decide(1, **columns)
    kohyo.resolve(disputed.root, now=LATER)
    assert _refused(disputed) == [THEIRS]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"採用": "別の値"}, "K408"),
        ({"採用": "台帳", "別の値": "第三の文"}, "K409"),
        ({"別の値": "第三の文"}, "K409"),
        ({"決めた人": "髙橋"}, "K410"),
    ],
)
def test_a_half_filled_decision_is_refused(disputed: Small, columns: dict[str, str], code: str) -> None:
    """Nothing is applied, the finding says what to fill, the row stays as it was written (3)."""
    disputed.decide(1, **columns)
    result = kohyo.resolve(disputed.root, now=LATER)
    assert codes(result) == [code]
    assert (result.settled, result.waiting) == (0, 1)
    assert disputed.item("1-1").overview == OURS
    (row,) = disputed.register().conflicts
    assert row.decided_at is None
    assert row.other == columns.get("別の値")


def test_two_answers_of_one_group(disagreeing: Small) -> None:
    """Two rows of one group cannot both be taken (3, 5)."""
    disagreeing.decide(1, 採用="回答")
    disagreeing.decide(2, 採用="回答")
    result = kohyo.resolve(disagreeing.root, now=LATER)
    assert codes(result) == ["K407"]
    assert disagreeing.item("2-1").overview == "来庁の予約を始める。"


def test_one_answer_decides_the_group(disagreeing: Small) -> None:
    """Taking one row's answer refuses the other's, and keeps it (2, 5)."""
    taken, other = (row.theirs for row in disagreeing.register().conflicts)
    disagreeing.decide(1, 採用="回答", 決めた人="髙橋")
    result = kohyo.resolve(disagreeing.root, now=LATER)
    assert (result.settled, result.waiting) == (1, 0)
    assert disagreeing.item("2-1").overview == taken
    assert _refused(disagreeing) == [other]


def test_half_of_a_group_decides_nothing(disagreeing: Small) -> None:
    """台帳 on one row of two leaves the other answer open: the one question waits (4, 5)."""
    disagreeing.decide(1, 採用="台帳")
    result = kohyo.resolve(disagreeing.root, now=LATER)
    assert (result.settled, result.waiting, result.needs_person) == (0, 1, True)
    assert codes(result) == ["K410"]
    assert "C0002-取組の内容-2" in result.findings[0].value


def test_whoever_ran_it_decided(disputed: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without 決めた人 the name of the person at the PC stands in 競合 and in the history (1)."""
    monkeypatch.setenv("LOGNAME", "sato")
    disputed.decide(1, 採用="回答")
    kohyo.resolve(disputed.root, now=LATER)
    assert [row.decided_by for row in disputed.register().conflicts] == ["sato"]
    assert {change.by for change in disputed.register().changes if change.kind is ChangeKind.DECIDED} == {"sato"}


def test_who_decided_stands_on_every_row(disagreeing: Small) -> None:
    """The group was decided by one person: the refused answer bears the name too (1, 2)."""
    disagreeing.decide(1, 採用="回答", 決めた人="髙橋")
    kohyo.resolve(disagreeing.root, now=LATER)
    assert {(row.decided_by, row.decided_at) for row in disagreeing.register().conflicts} == {("髙橋", LATER)}
    assert {change.by for change in disagreeing.register().changes if change.at == LATER} == {"髙橋"}


def test_a_settled_file_is_accepted(disputed: Small) -> None:
    """When nothing of a file waits any more, 回収 says 受理 (1)."""
    assert disputed.outcomes() == {"調査票_企画財政局.xlsx": Outcome.CONFLICT}
    disputed.decide(1, 採用="台帳")
    kohyo.resolve(disputed.root, now=LATER)
    assert disputed.outcomes() == {"調査票_企画財政局.xlsx": Outcome.ACCEPTED}


def test_the_words_to_choose_from_survive_every_save(disputed: Small) -> None:
    """採用 offers 台帳, 回答 and 別の値 after a consolidation and after a decision (1)."""

    def offered() -> list[tuple[str, bool]]:
        book = openpyxl.load_workbook(disputed.workspace.register)
        sheet = book["競合"]
        column = next(cell.column_letter for cell in sheet[1] if cell.value == "採用")
        rules = sheet.data_validations.dataValidation
        return [(str(rule.formula1), f"{column}2" in rule.sqref) for rule in rules if f"{column}2" in rule.sqref]

    assert offered() == [('"台帳,回答,別の値"', True)]
    disputed.decide(1, 採用="台帳")
    kohyo.resolve(disputed.root, now=LATER)
    assert offered() == [('"台帳,回答,別の値"', True)]


def test_what_is_not_decided_waits(disputed: Small) -> None:
    """Without a decision nothing changes, not a byte (4)."""
    before = disputed.workspace.register.read_bytes()
    result = kohyo.resolve(disputed.root, now=LATER)
    assert (result.settled, result.waiting) == (0, 1)
    assert disputed.workspace.register.read_bytes() == before


def test_a_decision_is_applied_once(disputed: Small) -> None:
    """Resolving and consolidating again leave the decision alone and raise nothing anew (4)."""
    disputed.decide(1, 採用="台帳", 決めた人="髙橋")
    kohyo.resolve(disputed.root, now=LATER)
    after = disputed.workspace.register.read_bytes()
    kohyo.resolve(disputed.root, now=LATER + timedelta(days=1))
    assert disputed.workspace.register.read_bytes() == after
    again = disputed.consolidate(LATER)
    assert (again.open_conflicts, len(disputed.register().conflicts)) == (0, 1)
    assert disputed.item("1-1").overview == OURS


def test_emptying_is_a_decision_too(small: Small) -> None:
    """回答 on an emptied field empties it; what stood there is in the history (1, 2)."""
    small.send("企画財政局", {"1-1": {"overview": None}})
    small.consolidate()
    small.decide(1, 採用="回答", 決めた人="髙橋")
    kohyo.resolve(small.root, now=LATER)
    assert small.item("1-1").overview == ""
    assert any((change.old, change.new) == (OLD, None) for change in small.register().changes)


def test_a_word_that_is_no_decision(disputed: Small) -> None:
    """A word that is none of the three is a fault of the register that is named; that conflict waits (3)."""
    disputed.decide(1, 採用="たぶん回答")
    before = disputed.workspace.register.read_bytes()
    result = kohyo.resolve(disputed.root, now=LATER)
    assert "K524" in {finding.code for finding in result.findings}
    assert (result.settled, result.needs_person) == (0, True)
    assert disputed.workspace.register.read_bytes() == before


def test_the_clock_of_the_office(disputed: Small) -> None:
    """When no moment is given the decision bears the time of the run (1)."""
    disputed.decide(1, 採用="回答")
    earliest = datetime.now().astimezone().replace(microsecond=0, tzinfo=None)
    kohyo.resolve(disputed.root)
    (row,) = disputed.register().conflicts
    assert row.decided_at is not None
    assert row.decided_at >= earliest

"""Undo: the last command that changed the register is taken back (取消し).

1. The register is as before the command, but for the history, which goes on with one line; verify finds nothing.
2. Called again, it takes back the one before, until nothing is left; what was taken back can be done again.
3. A year that was opened is closed again: definition, forms, returns and bases are where they were.
4. What somebody wrote since is never undone with it: then nothing is, and that is said.
5. A restoration counts: what came before it and after the copy is written, and holds no more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.model.history import standing
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.workspace.kept_twice import kept_twice
from tests.usecases.small import NOW, Small

DEPARTMENT, NUMBER = "市民局", "2-1"
FIRST, SECOND = "来庁と電話の予約を始める。", "電話の予約を始める。"
LATER = NOW + timedelta(days=300)


def _data(register: Register) -> Register:
    """Return what a register holds but for its history."""
    return replace(register, changes=())


def _hours(count: int) -> timedelta:
    return timedelta(hours=count)


def _answer(small: Small, text: str, name: str, hours: int) -> None:
    small.send(DEPARTMENT, {NUMBER: {"overview": text}}, name=name)
    small.consolidate(NOW + _hours(hours))


def _names(small: Small) -> list[str]:
    kept = (small.workspace.forms, small.workspace.returns, small.workspace.sent_back, small.workspace.bases)
    return sorted(str(path.relative_to(small.root)) for folder in kept for path in folder.rglob("*") if path.is_file())


def test_a_consolidation_is_taken_back(small: Small) -> None:
    """Nothing of it holds; taken out of 回収 it stays away, left there it comes again (1, 2)."""
    small.send("西区役所")
    small.consolidate()
    before = small.register()
    _answer(small, FIRST, "誤り.xlsx", 1)
    after = small.register()
    assert small.item(NUMBER).values["overview"] == FIRST
    undone = kohyo.undo(small.root, now=NOW + _hours(2))
    assert undone.command == "consolidate"
    assert _data(small.register()) == _data(before)
    assert [change.kind for change in small.register().changes[len(after.changes) :]] == [ChangeKind.RESTORED]
    assert kohyo.verify(small.root).findings == ()
    (small.workspace.returns / "誤り.xlsx").unlink()
    small.consolidate(NOW + _hours(3))
    assert _data(small.register()) == _data(before)
    _answer(small, SECOND, "正しい.xlsx", 4)
    assert small.item(NUMBER).values["overview"] == SECOND
    assert kohyo.verify(small.root).findings == ()


def test_the_same_again(small: Small) -> None:
    """A file that is still in 回収 says what it said (2)."""
    _answer(small, FIRST, "回答.xlsx", 1)
    after = small.register()
    kohyo.undo(small.root, now=NOW + _hours(2))
    small.consolidate(NOW + _hours(3))
    again = small.register()
    assert again.items == after.items
    assert again.contributions == after.contributions
    assert kohyo.verify(small.root).findings == ()


def test_one_after_the_other(small: Small) -> None:
    """Each is taken back once, the last first; then nothing is left (2)."""
    states = [small.register()]
    for number, text in enumerate((FIRST, SECOND), start=1):
        _answer(small, text, f"{number}.xlsx", number)
        states.append(small.register())
    for count, state in ((3, states[1]), (4, states[0])):
        kohyo.undo(small.root, now=NOW + _hours(count))
        assert _data(small.register()) == _data(state)
    assert kohyo.undo(small.root, now=NOW + _hours(5)).command == "import"
    with pytest.raises(UsageError) as refused:
        kohyo.undo(small.root, now=NOW + _hours(6))
    assert refused.value.key == "nothing_to_undo"


def test_a_year_is_closed_again(small: Small) -> None:
    """Register, definition and files are as they were, and the year can be opened again (3)."""
    for department in ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局"):
        small.send(department, {NUMBER: {"overview": FIRST}})
    small.consolidate()
    for conflict in range(len(small.register().open_conflicts)):
        small.decide(conflict + 1, 採用="回答", 決定者="事務局")
    kohyo.resolve(small.root, now=NOW + _hours(1))
    before, names = small.register(), _names(small)
    definition = small.workspace.definition.read_bytes()
    kohyo.rollover(small.root, now=LATER, anyway=True)
    assert kohyo.undo(small.root, now=LATER + _hours(1)).command == "rollover"
    assert _data(small.register()) == _data(before)
    assert _names(small) == names
    assert small.workspace.definition.read_bytes() == definition
    assert list(small.workspace.versions.glob("*.xlsx")) == []
    assert kohyo.verify(small.root).findings == ()
    assert kohyo.rollover(small.root, now=LATER + _hours(2), anyway=True).new.year == 2031
    plan = read_definition(small.workspace.definition)
    assert load_register(small.workspace.register, plan).register.items != before.items


def test_a_year_that_was_asked_already_is_closed_again(small: Small) -> None:
    """What went out in both years stands twice, and nothing is to be mended (3)."""
    bases = {path.name for path in small.workspace.bases.iterdir()}
    kohyo.rollover(small.root, now=LATER, anyway=True)
    kohyo.distribute(small.root, now=LATER + _hours(1), anyway=True)
    asked = {path.name for path in small.workspace.bases.iterdir()}
    assert kohyo.undo(small.root, now=LATER + _hours(2)).command == "rollover"
    assert {path.name for path in small.workspace.bases.iterdir()} == bases | asked
    assert [kept.faults() for kept in kept_twice(small.workspace)] == [0, 0]


def test_what_somebody_wrote_since_stays(small: Small) -> None:
    """The edit is there, and so is what the command did (4)."""
    _answer(small, FIRST, "回答.xlsx", 1)
    small.edit(1, 取組の内容="事務局が書き直した。")
    held = small.workspace.register.read_bytes()
    with pytest.raises(UsageError) as refused:
        kohyo.undo(small.root)
    assert refused.value.key == "undo_edited"
    assert small.workspace.register.read_bytes() == held


def test_what_somebody_wrote_between_two_commands_stays(small: Small) -> None:
    """The second is taken back, the edit stands; the first is not, for the edit would go with it (4)."""
    _answer(small, FIRST, "1.xlsx", 1)
    small.edit(1, 取組の内容="事務局が書き直した。")
    _answer(small, SECOND, "2.xlsx", 2)
    kohyo.undo(small.root, now=NOW + _hours(3))
    assert small.item("1-1").values["overview"] == "事務局が書き直した。"
    assert kohyo.verify(small.root).findings == ()
    with pytest.raises(UsageError) as refused:
        kohyo.undo(small.root, now=NOW + _hours(4))
    assert refused.value.key == "undo_edited"


def test_a_definition_changed_since_stays(small: Small) -> None:
    """A year is not closed where the new year's definition was edited (4)."""
    small.send("西区役所")
    small.consolidate()
    kohyo.rollover(small.root, now=LATER, anyway=True)
    small.workspace.definition.write_bytes(small.workspace.definition.read_bytes() + b"\0")
    held = {path: path.read_bytes() for path in (small.workspace.definition, small.workspace.register)}
    with pytest.raises(UsageError) as refused:
        kohyo.undo(small.root, now=LATER)
    assert refused.value.key == "undo_edited"
    assert {path: path.read_bytes() for path in held} == held
    assert not small.workspace.under_way.exists()


def _change(kind: ChangeKind, new: int = 0) -> Change:
    return Change(NOW, kind, "K-001", "1-1", "overview", None, new)


@pytest.mark.parametrize(
    ("reached", "places"),
    [
        ([], [0, 1, 2]),
        ([1], [0]),
        ([3], [0, 1, 2]),
        ([1, 3], [0, 1, 2]),
        ([3, 0], []),
        ([1, 4], [0]),
        ([9], [0, 1, 2]),
    ],
)
def test_which_changes_count(reached: list[int], places: list[int]) -> None:
    """A restoration that another went back behind voids nothing any more (5)."""
    edits = [_change(ChangeKind.EDITED) for _ in range(3)]
    changes = [*edits, *(_change(ChangeKind.RESTORED, count) for count in reached)]
    assert [place for place, _ in standing(changes)] == places


def test_nothing_was_done(tmp_path: Path) -> None:
    """A new workspace has nothing to take back (2)."""
    kohyo.new_workspace(tmp_path / "新しい")
    with pytest.raises(UsageError) as refused:
        kohyo.undo(tmp_path / "新しい")
    assert refused.value.key == "nothing_to_undo"

"""Restore: a workspace that lost something, or a register that went wrong, is brought back (復元).

1. What there is to go back to is shown, also where the register cannot be read; nothing is changed.
2. A register of a chosen moment comes back, from a good register, from junk, from none: with one line in the history.
3. What stood is kept; the history is whole; verify finds nothing; consolidating reads 回収 anew.
4. A definition and bases come back from their copies.
5. What does not exist is refused, with what there is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.model.register import ChangeKind
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.register_copies import register_copies
from tests.usecases.small import NOW, Small

DEPARTMENT, NUMBER, SAID = "市民局", "2-1", "来庁と電話の予約を始める。"


@pytest.fixture(scope="module")
def answered_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after two departments answered, an hour apart; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("西区役所")
    made.consolidate(NOW + timedelta(hours=1))
    made.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    made.consolidate(NOW + timedelta(hours=2))
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def _good(_path: Path) -> None:
    """Leave the register as it is."""


def _junk(path: Path) -> None:
    path.write_bytes(b"PK\3\4 junk" * 100)


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [_good, _junk, _flipped, _gone])
def test_what_there_is_is_shown(answered: Small, harm: Callable[[Path], None]) -> None:
    """The copies with their moments, the forms, the commands; no file is another afterwards (1)."""
    harm(answered.workspace.register)
    before = {path: path.read_bytes() for path in answered.root.rglob("*") if path.is_file()}
    shown = kohyo.restore(answered.root)
    assert [copy.until for copy in shown.registers] == sorted(copy.until for copy in shown.registers)
    assert shown.registers[-1].until == NOW + timedelta(hours=2)
    assert shown.forms == 6
    assert [record.command for record in shown.commands][-2:] == ["consolidate", "consolidate"]
    assert {path: path.read_bytes() for path in answered.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("harm", [_good, _junk, _flipped, _gone])
def test_a_register_comes_back(answered: Small, harm: Callable[[Path], None]) -> None:
    """The last but one consolidation holds again; the history tells all, and one line more (2, 3)."""
    history = answered.register().changes
    stood = answered.workspace.register.read_bytes()
    harm(answered.workspace.register)
    harmed = answered.workspace.register.read_bytes() if answered.workspace.register.exists() else None
    copies = register_copies(answered.workspace)
    done = kohyo.restore(answered.root, register="最新", now=NOW + timedelta(hours=3))
    assert done.done == (answered.workspace.register,)
    assert answered.item(NUMBER).values["overview"] != SAID
    assert set(answered.outcomes()) == {"調査票_西区役所.xlsx"}
    changes = answered.register().changes
    assert changes[: len(history)] == history
    assert [change.kind for change in changes[len(history) :]] == [ChangeKind.RESTORED]
    kept = [copy.path.read_bytes() for copy in register_copies(answered.workspace)]
    assert harmed is None or harmed in kept
    assert len(kept) == len(copies) + 1
    assert kohyo.verify(answered.root).findings == ()
    answered.consolidate(NOW + timedelta(hours=4))
    assert answered.item(NUMBER).values["overview"] == SAID
    assert kohyo.verify(answered.root).findings == ()
    assert stood


def test_any_moment_by_its_name(answered: Small) -> None:
    """Each copy is found by its file's name, with or without suffix, or by the moment in it (2)."""
    copies = register_copies(answered.workspace)
    for hours, name in enumerate((copies[0].path.name, copies[0].path.stem, copies[0].path.stem.partition("_")[2])):
        kohyo.restore(answered.root, register=name, now=NOW + timedelta(hours=3 + hours))
    assert answered.register().items == ()
    assert [change.kind for change in answered.register().changes][-3:] == [ChangeKind.RESTORED] * 3


def test_edits_by_hand_that_the_copy_shows_still_count(small: Small) -> None:
    """The copy was edited, and the history told that only with the next save (2, 3)."""
    small.edit(1, 取組の内容="事務局が書き直した。")
    small.send("西区役所")
    small.consolidate(NOW + timedelta(hours=1))
    kohyo.restore(small.root, register="最新", now=NOW + timedelta(hours=2))
    assert small.item("1-1").values["overview"] == "事務局が書き直した。"
    small.consolidate(NOW + timedelta(hours=3))
    assert small.item("1-1").values["overview"] == "事務局が書き直した。"
    assert kohyo.verify(small.root).findings == ()


@pytest.mark.parametrize("harm", [_junk, _gone])
def test_a_definition_comes_back(answered: Small, harm: Callable[[Path], None]) -> None:
    """From the copy that was made when kohyo first saw it; then the register can be read again (4)."""
    plan = read_definition(answered.workspace.definition)
    harm(answered.workspace.definition)
    kohyo.restore(answered.root, definition="最新")
    assert read_definition(answered.workspace.definition) == plan
    assert answered.consolidate(NOW + timedelta(hours=3)).changes == 0


def test_bases_come_back(answered: Small) -> None:
    """All of them, as they were; what is sound is not touched (4)."""
    bases = {path.name: path.read_bytes() for path in answered.workspace.bases.iterdir()}
    shutil.rmtree(answered.workspace.bases)
    assert len(kohyo.restore(answered.root, bases=True).done) == len(bases)
    assert {path.name: path.read_bytes() for path in answered.workspace.bases.iterdir()} == bases
    assert kohyo.restore(answered.root, bases=True).done == ()


def test_bases_come_back_from_the_forms(small: Small) -> None:
    """With no copy left, what went out is made anew; the mark in the form proves that it is the same (4)."""
    before = load_bases(small.workspace)
    small.forget_what_went_out()
    assert len(kohyo.restore(small.root, bases=True).done) == len(before)
    after = load_bases(small.workspace)
    assert {name: replace(issue, deadline=None, issued_after=None) for name, issue in after.items()} == {
        name: replace(issue, deadline=None, issued_after=None) for name, issue in before.items()
    }
    small.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    small.consolidate()
    assert small.item(NUMBER).values["overview"] == SAID


def test_what_no_form_proves_does_not_come_back(small: Small) -> None:
    """An item was edited since: only the forms that do not hold it can be proved (4)."""
    before = load_bases(small.workspace)
    small.forget_what_went_out()
    small.edit(2, 取組の内容="事務局が書き直した。")
    kohyo.restore(small.root, bases=True)
    lost = {issue.department for name, issue in before.items() if name not in load_bases(small.workspace)}
    assert lost == {"企画財政局", "市民局"}


def test_what_there_is_not(answered: Small, tmp_path: Path) -> None:
    """A name that no copy bears, a folder that nothing was kept in, a copy that cannot be read (5)."""
    with pytest.raises(UsageError) as refused:
        kohyo.restore(answered.root, register="台帳_19990101-000000")
    assert (refused.value.key, "台帳_2030" in str(refused.value.fields["known"])) == ("unknown_copy", True)
    with pytest.raises(UsageError) as refused:
        kohyo.restore(tmp_path, register="最新")
    assert refused.value.key == "nothing_kept"
    held = answered.workspace.register.read_bytes()
    register_copies(answered.workspace)[-1].path.write_bytes(b"junk")
    with pytest.raises(FileError):
        kohyo.restore(answered.root, register="最新")
    assert answered.workspace.register.read_bytes() == held
    assert not answered.workspace.under_way.exists()


def test_the_command_line(answered: Small) -> None:
    """The list, the way back, and what was taken back, in words and as data (1, 2)."""
    runner = CliRunner()
    listed = runner.invoke(app, ["restore", str(answered.root)])
    last = register_copies(answered.workspace)[-1].path.name
    assert (listed.exit_code, last in listed.stdout, "--register" in listed.stdout) == (0, True, True)
    undone = json.loads(runner.invoke(app, ["undo", str(answered.root), "--json"]).stdout)
    assert undone["command"] == "consolidate"
    done = runner.invoke(app, ["restore", str(answered.root), "--register", last])
    assert (done.exit_code, answered.workspace.register.name in done.stdout) == (0, True)
    assert replace(answered).register().changes[-1].kind is ChangeKind.RESTORED

"""The doctor looks at the workspace: what is sound, what is damaged, what waits.

H1  a folder that is none, no workspace, read-only
H2  a definition, a register, bases, answers, the memory of the register that are gone or junk, each by itself
H3  what a command that was cut off left, what waits, who has what open; nothing is changed by looking
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kohyo.addin.check import Mark
from kohyo.addin.doctor import diagnose
from kohyo.excel.register_book.register_files import last_state, last_state_copy, waiting_file
from kohyo.workspace.folder import Workspace
from kohyo.workspace.health import examine
from kohyo.workspace.observation import State
from tests.usecases.small import Small


def _junk(path: Path) -> None:
    path.write_bytes(b"junk")


def _forget(small: Small) -> None:
    """Damage what the register held when it was last saved, and the copy of it."""
    for path in (last_state, last_state_copy):
        _junk(path(small.workspace.backups))


def _first(folder: Path) -> Path:
    return next(iter(sorted(folder.glob("*.json"))))


@pytest.fixture(scope="module")
def answered_origin(excel_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make a workspace that took a return in; never changed afterwards."""
    made = Small(Workspace(excel_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("市民局")
    made.consolidate()
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def _states(small: Small) -> set[State]:
    return {seen.state for seen in examine(small.root)}


def test_a_sound_workspace(answered: Small) -> None:
    """Everything is good, and no file is another afterwards (H3)."""
    before = {path: path.read_bytes() for path in answered.root.rglob("*") if path.is_file()}
    assert _states(answered) == {State.SOUND}
    assert {path: path.read_bytes() for path in answered.root.rglob("*") if path.is_file()} == before


def test_no_workspace(tmp_path: Path) -> None:
    """What is not there, and what is something else (H1)."""
    assert "フォルダはありません" in examine(tmp_path / "ない")[0].text
    assert {seen.state for seen in examine(tmp_path)} >= {State.DAMAGED}
    assert diagnose(tmp_path / "ない").needs_person


def test_a_folder_that_cannot_be_written(answered: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is damage (H1)."""
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "書き込めません" in "".join(seen.text for seen in examine(answered.root) if seen.state is State.DAMAGED)


DAMAGES: dict[str, tuple[Callable[[Small], object], str]] = {
    "definition": (lambda small: _junk(small.workspace.definition), "計画定義"),
    "definition gone": (lambda small: small.workspace.definition.unlink(), "計画定義.xlsx がありません"),
    "register": (lambda small: _junk(small.workspace.register), "台帳"),
    "register gone": (lambda small: small.workspace.register.unlink(), "台帳.xlsx がありません"),
    "base": (lambda small: _junk(_first(small.workspace.bases)), "控えの写しから"),
    "bases": (lambda small: shutil.rmtree(small.workspace.bases), "控えの写しから"),
    "answer": (lambda small: _junk(_first(small.workspace.answers)), "読み取った回答の控え"),
    "memory": (_forget, "前回の台帳の控えが壊れています"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage(answered: Small, name: str) -> None:
    """It is named, and what is sound is still called so (H2)."""
    harm, told = DAMAGES[name]
    harm(answered)
    damaged = [seen.text for seen in examine(answered.root) if seen.state is State.DAMAGED]
    assert told in "".join(damaged)
    assert State.SOUND in _states(answered)
    assert [check.mark for check in diagnose(answered.root).checks].count(Mark.BAD) >= len(damaged)


def test_a_damaged_memory_with_its_copy(answered: Small) -> None:
    """The copy serves: it is told, and no harm (H2)."""
    _junk(last_state(answered.workspace.backups))
    assert _states(answered) == {State.SOUND, State.KNOWN}


def test_what_waits(answered: Small) -> None:
    """A command cut off, a register that waits, one that somebody has open (H3)."""
    answered.workspace.under_way.mkdir()
    shutil.copy(answered.workspace.register, waiting_file(answered.workspace.register))
    (answered.root / "~$台帳.xlsx").write_bytes(b"\x05saito" + b" " * 40)
    texts = [seen.text for seen in examine(answered.root) if seen.state is State.KNOWN]
    assert len(texts) == 3
    assert "saito" in texts[-1]

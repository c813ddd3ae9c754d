"""The doctor looks at every file that a workspace keeps, and what it advises mends.

1. Whatever file of 控え or 版 has one byte altered, is cut off or gone: that is told, unless it only spares work.
2. Whatever of it stands twice, or follows from the register, is whole again after what is advised; the rest is told.
3. A folder where the lock must be, a file where a folder must be: told.
4. An answer of which a letter was altered is not taken for what the file said.
5. Verifying names the record that is damaged.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.workspace.folder import Workspace
from kohyo.workspace.health import examine
from kohyo.workspace.observation import State
from tests.usecases.small import NOW, Small, opened

SAID = "電話でも予約を受ける。"
SPARES_WORK = ("覚え", "変わりなし.json", "まだの個票.json", "計画定義_反映済み.json", "台帳_前々回.jsonl")
"""What may be gone without harm: the next command finds it out again, or a copy of the definition stands in."""
NOT_MADE_AGAIN = ("台帳_2", "計画定義_2", "作業の記録", "素案")
"""Copies of what was, each the only one of its moment."""


@pytest.fixture(scope="module")
def kept_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace that took a return in and has a version; never changed afterwards."""
    small = Small(Workspace(Path(shutil.copytree(small_origin, tmp_path_factory.mktemp("kept") / "作業"))))
    small.send("市民局", {"2-1": {"overview": SAID}})
    small.consolidate()
    kohyo.freeze(small.root, "素案", now=NOW, anyway=True)
    return small.root


@pytest.fixture
def kept(kept_origin: Path, tmp_path: Path) -> Small:
    """Return a copy of it."""
    return Small(Workspace(Path(shutil.copytree(kept_origin, tmp_path / "作業"))))


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


HARMS: dict[str, Callable[[Path], None]] = {"flipped": _flip, "cut": _cut, "gone": Path.unlink}


def _files(small: Small) -> list[Path]:
    files = (path for folder in (small.workspace.backups, small.workspace.versions) for path in folder.rglob("*"))
    return [path for path in sorted(files) if path.is_file() and not any(name in str(path) for name in SPARES_WORK)]


def _told(small: Small) -> set[str]:
    return {seen.text for seen in examine(small.root) if seen.state is not State.SOUND}


def _may_be_untold(path: Path, harm: str) -> bool:
    """Tell whether nothing can say that there was such a file, or line: a copy of what was, a record of a command."""
    alone = any(path.name.startswith(name) for name in NOT_MADE_AGAIN) or path.parent.name == "回答"
    return path.name == "作業の記録.jsonl" or (harm == "gone" and alone)


@pytest.mark.parametrize("harm", HARMS)
def test_damage_is_told(kept: Small, harm: str) -> None:
    """One file after the other is harmed (1)."""
    files = _files(kept)
    assert {path.parent.name for path in files} >= {"控え", "写し", "配布時", "配布時の定義", "回答", "版", "計画定義"}
    for path in files:
        before = path.read_bytes()
        path.chmod(0o644)
        HARMS[harm](path)
        assert _told(kept) or _may_be_untold(path, harm), path
        path.write_bytes(before)
    assert not _told(kept)


@pytest.mark.parametrize("half", ["配布時", "配布時の定義", "回答", "控え", "写し"])
def test_damage_is_mended(kept: Small, half: str) -> None:
    """All of one half is harmed in turn, each file in another way, and whole again after what is advised (2)."""
    files = [path for path in _files(kept) if path.parent.name == half]
    harms = [*HARMS.values()]
    for number, path in enumerate(path for path in files if not path.name.startswith(NOT_MADE_AGAIN)):
        harms[number % len(harms)](path)
    assert _told(kept)
    kohyo.restore(kept.root, bases=True, now=NOW)
    kept.consolidate()
    assert not _told(kept)
    assert not kohyo.verify(kept.root).findings


def test_a_version_that_somebody_saved_again(kept: Small) -> None:
    """It opens as well as before, and is another all the same (1)."""
    path = kept.workspace.versions / "素案.xlsx"
    path.chmod(0o644)
    with opened(path):
        pass
    assert [text for text in _told(kept) if "素案.xlsx" in text]


def test_what_is_in_the_way(kept: Small) -> None:
    """That is told (3)."""
    kept.workspace.lock.unlink(missing_ok=True)
    kept.workspace.lock.mkdir()
    shutil.rmtree(kept.workspace.sent_back)
    kept.workspace.sent_back.write_text("", encoding="utf-8")
    told = "".join(_told(kept))
    assert ".kohyo.lock" in told
    assert "差戻し は、フォルダでなければなりません" in told


def test_an_altered_answer(kept: Small) -> None:
    """The file is read anew, and the register says what it says (4)."""
    (path,) = kept.workspace.answers.iterdir()
    text = path.read_text(encoding="utf-8")
    assert SAID in text
    path.write_text(text.replace(SAID, SAID.replace("電話", "手紙")), encoding="utf-8")
    kept.consolidate()
    assert kept.item("2-1").values["overview"] == SAID
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("of", ["bases", "answers"])
def test_verifying_with_a_damaged_record(kept: Small, of: str) -> None:
    """It is named (5)."""
    path = next(iter(sorted((kept.workspace.backups / {"bases": "配布時", "answers": "回答"}[of]).glob("*.json"))))
    _cut(path)
    with pytest.raises(FileError) as refused:
        kohyo.verify(kept.root)
    assert (refused.value.key, refused.value.fields["path"]) == ("broken_record", path)

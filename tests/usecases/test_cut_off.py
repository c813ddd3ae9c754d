"""What a command left that was cut off is finished by the next, or taken away.

1. New: what it began is finished; a folder that holds anything else is refused.
2. Freeze: a file that was not finished is no version and hinders none; a version cannot be written from the first.
3. A register that waited and changed places with the old one: the old one is taken away, which is said.
"""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.excel.ooxml.exchange import _swap
from kohyo.usecases.new import workspace_for
from kohyo.workspace import transaction
from kohyo.workspace.folder import Workspace
from tests.usecases.small import NOW, Small, codes, made_up_plan


def _begun(root: Path) -> Workspace:
    """Return a workspace of which the definition is not yet there."""
    workspace = workspace_for(root, made_up_plan())
    workspace.definition.rename(root / "~kohyo-0123abcd.tmp")
    return workspace


def test_new_goes_on(tmp_path: Path) -> None:
    """Its folders, its register and its temporary file are its own (1)."""
    workspace = _begun(tmp_path / "作業")
    assert workspace_for(workspace.root, made_up_plan()) == workspace
    assert workspace.definition.is_file()
    assert not list(workspace.root.glob("~*"))


def test_new_again_where_nothing_was_done(tmp_path: Path) -> None:
    """Nobody may have been told that it was made (1); once it is another plan's, or something lies there, it is not."""
    root = tmp_path / "作業"
    made = workspace_for(root, made_up_plan())
    before = made.definition.read_bytes()
    assert workspace_for(root, made_up_plan()) == made
    assert made.definition.read_bytes() == before
    with pytest.raises(UsageError):
        kohyo.new_workspace(root)
    (made.forms / "調査票.xlsx").write_bytes(b"mine")
    with pytest.raises(UsageError):
        workspace_for(root, made_up_plan())


@pytest.mark.parametrize("name", ["台帳.xlsx", "回収/調査票.xlsx", "覚え書き.txt", "~覚え書き.tmp"])
def test_new_refuses_what_is_not_its_own(name: str, tmp_path: Path) -> None:
    """A register that is another, a file in a folder, a file beside (1)."""
    workspace = _begun(tmp_path / "作業")
    (workspace.root / name).write_bytes(b"mine")
    with pytest.raises(UsageError) as refused:
        workspace_for(workspace.root, made_up_plan())
    assert refused.value.key == "not_empty"
    assert (workspace.root / name).read_bytes() == b"mine"


def test_a_version_cannot_be_written_from_the_first(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off before it takes its place it is read-only already, and none yet (2)."""

    def cut_off(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(transaction, "carry_out", cut_off)
        with pytest.raises(KeyboardInterrupt):
            kohyo.freeze(small.root, "素案", now=NOW)
    (staged,) = small.workspace.under_way.glob("*.xlsx")
    assert not staged.stat().st_mode & stat.S_IWUSR
    assert list(small.workspace.versions.glob("*.xlsx")) == []
    kohyo.status(small.root)
    (version,) = small.workspace.versions.glob("*.xlsx")
    assert not version.stat().st_mode & stat.S_IWUSR
    assert not small.workspace.under_way.exists()


def test_the_old_register_where_the_new_one_waited(small: Small) -> None:
    """Whoever cut the run off, nobody saved anything (3)."""
    held = small.root / "~$台帳.xlsx"
    held.touch()
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}})
    waiting = small.consolidate().saved.waiting
    assert waiting
    held.unlink()
    shutil.copy(small.workspace.register, small.workspace.backups / "台帳_20300601-090000_9.xlsx")
    assert _swap(waiting, small.workspace.register)
    assert "K519" in codes(small.consolidate())
    assert not waiting.exists()
    assert small.item("2-1").values["overview"] == "電話で予約する。"
    assert "K519" not in codes(small.consolidate())

"""All of 控え is lost after returns came in: there is a way forward, and it is said.

1. Nothing is read or sent out as if nothing had been lost; restore and doctor say what is gone.
2. Bases are made anew from the register and its history, where the ledger's mark proves them; then all is as before.
3. What cannot be proved is asked under new numbers, when that is meant: what the old returns brought stays in the
   register, they are kept and told; the next return is read.
4. That is not done behind an open register.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.model.outcome import Outcome
from kohyo.usecases.restore import Restored
from kohyo.workspace.health import examine
from kohyo.workspace.observation import State
from tests.usecases.corrections import RIGHT, WRONG, send_correction
from tests.usecases.small import NOW, Small, codes, new_small

DEPARTMENT, NUMBER, SAID = "市民局", "2-1", "来庁と電話の予約を始める。"


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that was consolidated twice, a correction in between, and lost its 控え."""
    small = new_small(tmp_path_factory.mktemp("lost") / "作業")
    small.distribute()
    small.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    small.send("企画財政局", {"1-1": WRONG})
    small.consolidate(NOW + timedelta(hours=1))
    send_correction(small, {"1-1": RIGHT})
    small.consolidate(NOW + timedelta(hours=2))
    assert kohyo.verify(small.root).findings == ()
    shutil.rmtree(small.workspace.backups)
    return small.root


@pytest.fixture
def left(lost: Path, tmp_path: Path) -> Small:
    """Return a copy of what is left."""
    root = tmp_path / "作業"
    shutil.copytree(lost, root)
    return Small(replace(new_small(tmp_path / "別").workspace, root=root))


def _restored(small: Small) -> Restored:
    return kohyo.restore(small.root, bases=True, now=NOW + timedelta(hours=3))


def test_what_is_gone_is_said(left: Small) -> None:
    """By every command that would need it, with the way out (1)."""
    for command in (kohyo.distribute, kohyo.consolidate, kohyo.status):
        with pytest.raises(FileError) as refused:
            command(left.root)
        assert refused.value.key == "bases_gone"
    assert len(kohyo.restore(left.root).gone) == 3
    assert any("restore" in seen.text for seen in examine(left.root) if seen.state is State.DAMAGED)


def test_what_is_proved_comes_back(left: Small) -> None:
    """All but the correction, which nothing can make anew (2)."""
    done = _restored(left)
    assert len(done.done) == 6
    assert len(done.gone) == 1
    corrected = next(row for row in left.register().receipts if row.file == "直し2.xlsx")
    assert done.gone == (corrected.control,)


def test_all_is_as_before_where_nothing_was_corrected(tmp_path: Path) -> None:
    """The same register, and the same again (2)."""
    small = new_small(tmp_path / "作業")
    small.distribute()
    small.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    small.consolidate(NOW + timedelta(hours=1))
    before = small.register()
    shutil.rmtree(small.workspace.backups)
    assert _restored(small).gone == ()
    small.consolidate(NOW + timedelta(hours=4))
    after = small.register()
    assert (after.items, after.contributions, small.outcomes()) == (
        before.items,
        before.contributions,
        small.outcomes(),
    )
    assert small.outcomes() == {"調査票_市民局.xlsx": Outcome.ACCEPTED}
    assert kohyo.verify(small.root).findings == ()


def test_the_rest_is_asked_anew(left: Small) -> None:
    """Under a number that never went out; the old return is told, what it brought stays, the next one is read (3)."""
    before = left.register().items
    old = {row.control for row in left.register().receipts if row.control}
    (gone,) = _restored(left).gone
    kohyo.distribute(left.root, now=NOW + timedelta(hours=4), anyway=True)
    assert gone in old
    assert kohyo.restore(left.root).gone == ()
    done = left.consolidate(NOW + timedelta(hours=5))
    assert "K155" in codes(done)
    assert left.outcomes()["直し2.xlsx"] is Outcome.FOREIGN
    assert left.register().items == before
    left.send("企画財政局", {"1-1": {"overview": "毎年見直す。"}}, name="新しい.xlsx")
    left.consolidate(NOW + timedelta(hours=6))
    assert left.receipt("新しい.xlsx").control not in old
    assert left.item("1-1").values["overview"] == "毎年見直す。"
    assert kohyo.verify(left.root).findings == ()


def test_not_behind_an_open_register(left: Small) -> None:
    """It would not know what was set aside (4)."""
    _restored(left)
    (left.root / "~$台帳.xlsx").touch()
    with pytest.raises(FileError) as refused:
        kohyo.distribute(left.root, now=NOW + timedelta(hours=4), anyway=True)
    assert refused.value.key == "register_open"

"""A control number is given out once: its form may go out again, another form never bears it.

1. Over any sequence of distributing, editing, opening a year, undoing, restoring and losing all of 控え.
2. With the register alone, a form that would hold the same goes out under its number, and its return is read; one that
   would hold something else gets the next number, and the return of the old form is told and changes nothing.
3. Distributing is no change that undo takes back; what a register of an unrelated copy does not tell is entered anew.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import kohyo
from kohyo.errors import KohyoError
from kohyo.model.issued_form_json import decoded, with_mark
from kohyo.model.outcome import Outcome
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.register.restoration import restored
from tests.usecases.small import NOW, Small, new_small

STEPS = 8


def _lose(small: Small) -> None:
    """Lose everything but the register, the definition and what was sent."""
    shutil.rmtree(small.workspace.backups, ignore_errors=True)


def _edit(small: Small, number: int) -> None:
    if small.register().items:  # which may have been undone
        small.edit(1, 取組の内容=f"第{number}案の文。")


def _while_it_is_open(small: Small) -> None:
    """Send the forms out while Excel holds the register open, which then learns of it only later."""
    held = small.root / "~$台帳.xlsx"
    held.touch()
    try:
        small.distribute()
    finally:
        held.unlink()


def _marks(small: Small) -> set[tuple[str, str]]:
    """Return the control numbers of all bases, archived ones as well, with what each form holds."""
    paths = [path for path in small.workspace.backups.rglob("*.json") if path.parent.name == small.workspace.bases.name]
    bases = [decoded(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return {(base.control, with_mark(base).mark) for base in bases}


def _acts(small: Small, number: int) -> tuple[Callable[[], object], ...]:
    return (
        small.distribute,
        lambda: _while_it_is_open(small),
        lambda: _edit(small, number),
        lambda: _edit(small, number),
        lambda: _lose(small),
        lambda: kohyo.rollover(small.root, now=NOW, anyway=True),
        lambda: kohyo.undo(small.root, now=NOW),
        lambda: kohyo.restore(small.root, register="latest", now=NOW),
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_number_is_given_out_twice(tmp_path: Path, seed: int) -> None:
    """Whatever is done, and lost, in whatever order (1)."""
    small = new_small(tmp_path / "作業")
    small.distribute()
    rng = Random(seed)  # noqa: S311 - a draw of tests
    first = seen = _marks(small)
    for number in range(STEPS):
        act = rng.choice(_acts(small, number))
        with contextlib.suppress(KohyoError):
            act()
        seen = seen | _marks(small)
    kohyo.import_items(small.root, small.root / "一覧.tsv", now=NOW)
    _edit(small, STEPS)
    small.distribute()
    held: dict[str, set[str]] = defaultdict(set)
    for control, mark in seen | _marks(small):
        held[control].add(mark)
    assert len(held) > len(first)
    assert {control: marks for control, marks in held.items() if len(marks) > 1} == {}


def test_what_the_register_never_learned_of(tmp_path: Path) -> None:
    """Forms went out while it was open, and all of 控え was lost before the next command: they tell themselves (1)."""
    small = new_small(tmp_path / "作業")
    _while_it_is_open(small)
    before = dict(_marks(small))
    _lose(small)
    _edit(small, 1)
    small.distribute()
    after = dict(_marks(small))
    kept = before.keys() & after.keys()
    assert kept
    assert before.keys() - after.keys()
    assert {number for number in kept if before[number] != after[number]} == set()


def test_the_same_form_keeps_its_number(tmp_path: Path) -> None:
    """And what comes back on it is read (2)."""
    small = new_small(tmp_path / "作業")
    small.distribute()
    before = _marks(small)
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}})
    _lose(small)
    small.distribute()
    assert _marks(small) == before
    small.consolidate()
    assert small.item("2-1").values["overview"] == "電話で予約する。"


def test_another_form_gets_another_number(tmp_path: Path) -> None:
    """What comes back on the old one is told and changes nothing (2)."""
    small = new_small(tmp_path / "作業")
    small.distribute()
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}}, name="古い.xlsx")
    _edit(small, 1)
    small.edit(2, 取組の内容="新しい文。")
    _lose(small)
    small.distribute()
    numbers = {name for name, _ in _marks(small)}
    small.send("市民局", name="新しい.xlsx")
    done = small.consolidate()
    assert small.outcomes() == {"古い.xlsx": Outcome.FOREIGN, "新しい.xlsx": Outcome.ACCEPTED}
    assert small.item("2-1").values["overview"] == "新しい文。"
    assert [finding.code for finding in done.findings if finding.place.file == "古い.xlsx"] == ["K155"]
    ledger = {row.item for row in small.register().changes if row.kind is ChangeKind.ISSUED}
    assert numbers < ledger


def test_undo_passes_over_distributing(tmp_path: Path) -> None:
    """The import before it is taken back, the forms stay given out (3)."""
    small = new_small(tmp_path / "作業")
    small.distribute()
    assert kohyo.undo(small.root, now=NOW).command == "import"
    register = small.register()
    assert register.items == ()
    assert sum(row.kind is ChangeKind.ISSUED for row in register.changes) == len(_marks(small))


def _change(kind: ChangeKind, item: str, new: str) -> Change:
    return Change(NOW, kind, item, "1-1", "overview", None, new)


def test_a_copy_of_another_history_keeps_its_own() -> None:
    """With what went out besides, and nothing of its own is void (3)."""
    own, other = _change(ChangeKind.EDITED, "K0001", "一"), _change(ChangeKind.EDITED, "K0001", "二")
    gone = other._replace(kind=ChangeKind.ISSUED, item="R12-101-00-1-01")
    copy = Register(changes=(own,))
    for history, kept in (((), (own,)), ((other, gone), (own, gone)), ((own, gone), (own, gone))):
        found = restored(copy, history, NOW, "復元", "")
        assert found.changes[:-1] == kept
        assert found.changes[-1].new == 1

"""The register of a past day, rebuilt from the history and the copies in 控え.

1. Every day's register is the one that was saved then, value by value, whatever came later: answers, decisions, new
   numbers, adopted proposals, edits by hand, rows deleted by hand.
2. With the copies or without them the result is the same.
3. Written to a file it is a register that can be read; nothing is overwritten.
4. Where register and history contradict each other the doubtful value is told (K543).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.errors import UsageError
from kohyo.excel.register_book import load_register
from kohyo.model.item import Item
from tests.usecases.small import NOW, Small, codes, made_up_plan


def _day(days: int) -> datetime:
    return NOW + timedelta(days=days)


def _by_hand(small: Small, days: int, row: int, **columns: object) -> None:
    """Write into the row-th item, as if on a certain day."""
    with small.by_hand() as book:
        for heading, value in columns.items():
            column = next(cell.column for cell in book["項目"][1] if cell.value == heading)
            book["項目"].cell(row + 1, column).value = value  # type: ignore[assignment]
    stamp = _day(days).timestamp()
    os.utime(small.workspace.register, (stamp, stamp))


def _answer(small: Small, days: int) -> None:
    small.send("企画財政局", {"1-1": {"overview": "回答の文", "state": "順調"}})
    small.consolidate(_day(days))


def _renumber(small: Small, days: int) -> None:
    path = small.root / f"対照{days}.csv"
    path.write_text("旧番号,新番号,項目名\n2-1,3-5,\n,1-9,新しい取組\n", encoding="utf-8")
    kohyo.renumber(small.root, path, apply=True, now=_day(days))


def _edit(small: Small, days: int) -> None:
    _by_hand(small, days, 3, 取組名="手で直した名前", 扱い="廃止")
    kohyo.resolve(small.root, now=_day(days))


def _delete(small: Small, days: int) -> None:
    with small.by_hand() as book:
        book["項目"].delete_rows(5)
    stamp = _day(days).timestamp()
    os.utime(small.workspace.register, (stamp, stamp))
    kohyo.resolve(small.root, now=_day(days))


STEPS: tuple[Callable[[Small, int], None], ...] = (_answer, _renumber, _edit, _delete)


@pytest.fixture
def lived(small: Small) -> tuple[Small, list[tuple[Item, ...]]]:
    """Return a workspace with a life of five days, and what its register held at the end of each."""
    stamp = NOW.timestamp()
    os.utime(small.workspace.register, (stamp, stamp))
    held = [small.register().items]
    for days, step in enumerate(STEPS, 1):
        step(small, days)
        held.append(small.register().items)
    return small, held


def _known(items: tuple[Item, ...]) -> dict[str, object]:
    """Return what an item says, without the empty fields and without what a tick rests on."""
    return {
        item.id: (
            str(item.number),
            item.standing,
            item.origins,
            {name: value for name, value in item.values.items() if value is not None},
        )
        for item in items
    }


@pytest.mark.parametrize("copies", [True, False])
def test_every_day_as_it_was(lived: tuple[Small, list[tuple[Item, ...]]], copies: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """Value by value, with the copies and without (1, 2), from a file that is a register (3)."""
    small, held = lived
    if not copies:
        for path in small.workspace.backups.glob("台帳_*.xlsx"):
            path.unlink()
    assert len(held) > 3
    for days, items in enumerate(held):
        out = tmp_path / f"{days}.xlsx"
        result = kohyo.show(small.root, _day(days).date(), out, now=_day(9))
        assert result.findings == ()
        assert _known(load_register(out, made_up_plan()).register.items) == _known(items), days


def test_before_the_first_day_there_is_nothing(small: Small) -> None:
    """No item, all changes still to come (1)."""
    result = kohyo.show(small.root, date(2030, 5, 1), now=NOW)
    assert (result.items, result.before) == ((), 0)
    assert result.after == len(small.register().changes)


def test_nothing_is_overwritten(small: Small, tmp_path: Path) -> None:
    """A file that is there stays (3)."""
    path = tmp_path / "あった.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(UsageError) as refused:
        kohyo.show(small.root, NOW.date(), path)
    assert (refused.value.key, path.read_bytes()) == ("out_exists", b"x")


@pytest.mark.parametrize("kept", [True, False])
def test_a_history_that_was_tampered_with(small: Small, *, kept: bool) -> None:
    """The history kept in 控え counts; without it, what does not fit is told, and left as it is (4)."""
    _answer(small, 1)
    backups = small.workspace.backups
    gone = [*backups.glob("台帳_*.xlsx"), *([] if kept else [backups / "台帳_変更履歴.jsonl"])]
    for path in gone:
        path.unlink()
    with small.by_hand() as book:
        sheet = book["変更履歴"]
        new = next(cell.column for cell in sheet[1] if cell.value == "変更後")
        (row,) = [row for row in sheet.iter_rows(min_row=2) if row[new - 1].value == "回答の文"]
        row[new - 1].value = "書き換えた文"
    result = kohyo.show(small.root, NOW.date(), now=_day(2))
    assert ("K543" in codes(result)) is not kept


def test_the_command_line(lived: tuple[Small, list[tuple[Item, ...]]]) -> None:
    """Items in lines, or as data (1)."""
    root = str(lived[0].root)
    shown = CliRunner().invoke(app, ["show", root, "--at", "2030-06-02"])
    assert (shown.exit_code, "2-1" in shown.stdout, "3-5" in shown.stdout) == (0, True, False)
    data = json.loads(CliRunner().invoke(app, ["show", root, "--at", "2030-06-03", "--json"]).stdout)
    assert [one["number"] for one in data["items"]] == ["1-1", "1-9", "2-2", "3-1", "3-5"]

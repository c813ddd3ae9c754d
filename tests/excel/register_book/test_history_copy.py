"""The copy of the history in 控え.

1. It grows by what is new; what a save that was cut off left behind it is overwritten.
2. Rows come back only where the copy holds exactly what the last state held.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kohyo.excel.register_book.history_copy import keep_history, kept_history
from kohyo.excel.register_book.history_digests import digests_of_rows
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.row_columns import Row
from tests.excel.register_book.register_samples import NOW

_ROWS: tuple[Row, ...] = tuple({"@at": NOW, "@item": f"K{place:04d}", "@new": f"文{place}\n𠮷"} for place in range(6))


def state(path: Path, rows: tuple[Row, ...], last: LastState | None = None) -> LastState:
    """Keep rows, and return the state that holds them."""
    length = keep_history(path, last, rows, known=last.changes if last else 0)
    return LastState({}, {}, len(rows), digests_of_rows(rows)[0], history=length)


def test_it_grows(tmp_path: Path) -> None:
    """What stood there stays, byte by byte (1)."""
    path = tmp_path / "履歴.jsonl"
    first = state(path, _ROWS[:2])
    before = path.read_bytes()
    second = state(path, _ROWS[:5], first)
    assert path.read_bytes().startswith(before)
    assert (kept_history(path, first), kept_history(path, second)) == (_ROWS[:2], _ROWS[:5])


def test_a_save_that_was_cut_off(tmp_path: Path) -> None:
    """Rows of a save that never came to be are not those of the next (1)."""
    path = tmp_path / "履歴.jsonl"
    first = state(path, _ROWS[:2])
    state(path, _ROWS[:5], first)
    again = state(path, (*_ROWS[:2], _ROWS[5]), first)
    assert kept_history(path, again) == (*_ROWS[:2], _ROWS[5])


@pytest.mark.parametrize("spoil", [b"", b"{", b'["a"]\n', b'{"@new": "x"}\n' * 99])
def test_a_spoilt_copy_gives_nothing_back(tmp_path: Path, spoil: bytes) -> None:
    """What is not exactly what was kept is nothing, and the next save writes it whole (2)."""
    path = tmp_path / "履歴.jsonl"
    last = state(path, _ROWS[:3])
    path.write_bytes(spoil)
    assert kept_history(path, last) is None
    assert kept_history(path, state(path, _ROWS, replace(last, history=0))) == _ROWS


def test_no_copy_gives_nothing_back(tmp_path: Path) -> None:
    """A workspace from before has none yet (2)."""
    assert kept_history(tmp_path / "履歴.jsonl", LastState({}, {}, 1, "")) is None

"""Progress of long work: on a terminal alone, on stderr alone, and never between the lines of ``--json``.

1. A use case tells what it goes through, step by step; nothing is left out because somebody looks.
2. A terminal sees a bar that goes away; where stderr is a file there is none.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

import kohyo
from kohyo.cli.output import show_progress
from kohyo.messages import wording
from tests.usecases.small import Small


def test_every_step_is_told(small: Small) -> None:
    """Reading and sending back are gone through one by one (1)."""
    told: dict[str, int] = {}

    def count(work: Sequence[Any], what: str) -> Iterable[Any]:
        told[what] = len(work)
        return work

    small.send("市民局", {"2-1": {"state": "だめ"}})
    small.send("東区役所")
    kohyo.consolidate(small.root, progress=count)
    assert told == {wording("cli.progress.returns"): 2, wording("cli.progress.corrections"): 1}
    kohyo.check([small.workspace.returns / "調査票_市民局.xlsx"], small.workspace.definition, count)
    assert told[wording("cli.progress.returns")] == 1


def test_a_file_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    """All elements pass, nothing is written (2)."""
    assert list(show_progress([1, 2, 3], "調査票を読んでいます")) == [1, 2, 3]
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_a_bar_on_stderr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is done stands on stderr; stdout stays clean (2)."""

    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(show_progress([1, 2], "調査票を読んでいます")) == [1, 2]
    assert "調査票を読んでいます" in terminal.getvalue()
    assert capsys.readouterr().out == ""

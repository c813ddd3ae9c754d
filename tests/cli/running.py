"""Runs the command line as a user does, in this process or, where streams and imports matter, in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from kohyo.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run left behind: exit code, what it printed, what it said on stderr."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object of stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Console:
    """A console in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *words: object) -> Ran:
        """Run ``kohyo`` with these words."""
        self._monkeypatch.setattr(sys, "argv", ["kohyo", *map(str, words)])
        self._capsys.readouterr()
        code = _ended_with()
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)


def _ended_with() -> int:
    """Run the command line; return its exit code."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def run_alone(*words: object, encoding: str = "utf-8") -> Ran:
    """Run ``kohyo`` in a process of its own, on a console of this encoding; undecodable output raises."""
    command = [sys.executable, "-m", "kohyo", *map(str, words)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own command
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

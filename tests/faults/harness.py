"""Runs commands while something meddles with their files: cuts them off, lets a call fail, lets a person save.

``meddle.c`` says what can be done at which call; a ``Meddled`` runs one command after the other with it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from tests.usecases.small import NOW

ROOT = Path(__file__).parents[2]

_RANDOM = re.compile(r"~kohyo-[0-9a-f]{8}\.tmp")


@dataclass(frozen=True)
class Fault:
    """What happens at the call ``at``: an act of ``meddle.c``, with its error and whether it stays, or a command.

    For ``room`` it is the bytes that there is room for.
    """

    at: int = 0
    act: str = ""
    errno: int = 0
    stays: bool = False
    run: str = ""


NONE = Fault()


@dataclass(frozen=True)
class Call:
    """One call that was counted: its number, its name, its paths below the folder; ``failed`` if it was made to."""

    number: int
    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Ran:
    """How a command ended: exit code (negative where it was killed), what it printed, the calls that were counted."""

    code: int
    out: str
    err: str
    calls: tuple[Call, ...]
    failed: tuple[int, ...]
    peak: int = 0
    """How many bytes it took at most, where the room was counted."""

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


def run_alone(library: Path, words: Sequence[str], below: Path, fault: Fault = NONE, log: Path | None = None) -> Ran:
    """Run ``kohyo`` in a fresh process, as a user does, with the time as it is."""
    log = log or below.with_name("log")
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "kohyo", *words]
    environment = {**os.environ, **_environment(below, log, fault), "LD_PRELOAD": str(library)}
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment, cwd=ROOT)  # noqa: S603 - our own command
    return _ran(done.returncode, done.stdout, done.stderr, log, below)


class Meddled:
    """Runs commands in processes forked from one that has kohyo loaded."""

    def __init__(self, library: Path, folder: Path) -> None:
        """Start that process; ``folder`` takes what commands print."""
        self._folder = folder
        command = [sys.executable, "-m", "tests.faults.stage"]
        environment = {**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, encoding="utf-8"
        )

    def run(self, words: Sequence[str], below: Path, fault: Fault = NONE, now: datetime = NOW) -> Ran:
        """Run ``kohyo`` at a time of day, counting and meddling below a folder."""
        out, err, log = (self._folder / name for name in ("out", "err", "log"))
        log.unlink(missing_ok=True)
        asked = {
            "words": list(words),
            "environment": _environment(below, log, fault),
            "out": str(out),
            "err": str(err),
            "now": now.isoformat(),
            "rehearse": False,
        }
        code = self._asked(asked)
        return _ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"), log, below)

    def rehearse(self, words: Sequence[str], now: datetime = NOW) -> None:
        """Run ``kohyo`` once in that process itself: what it loads and remembers is there for all that follow."""
        self._asked({"words": list(words), "now": now.isoformat(), "rehearse": True})

    def _asked(self, what: Mapping[str, object]) -> int:
        requests, answers = self._pipes
        requests.write(json.dumps(what) + "\n")
        requests.flush()
        return int(answers.readline())

    def close(self) -> None:
        """End the process."""
        for pipe in self._pipes:
            pipe.close()
        self._process.wait()

    @property
    def _pipes(self) -> tuple[IO[str], IO[str]]:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests
        assert answers
        return requests, answers


def _environment(below: Path, log: Path, fault: Fault) -> Mapping[str, str]:
    return {
        "MEDDLE_BELOW": str(below),
        "MEDDLE_LOG": str(log),
        "MEDDLE_AT": str(fault.at),
        "MEDDLE_ACT": fault.act,
        "MEDDLE_ERRNO": str(fault.errno),
        "MEDDLE_STAYS": str(int(fault.stays)),
        "MEDDLE_RUN": fault.run,
    }


def _ran(code: int, out: str, err: str, log: Path, below: Path) -> Ran:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    calls: list[Call] = []
    failed: list[int] = []
    peak = 0
    for number, name, *paths in (line.split("\t") for line in lines):
        if name == "failed":
            failed.append(int(number))
        elif name == "peak":
            peak = int(paths[0])
        else:
            calls.append(Call(int(number), name, tuple(_shown(path, below) for path in paths)))
    return Ran(code, out, err, tuple(calls), tuple(failed), peak)


def _shown(path: str, below: Path) -> str:
    """Return a path within the folder, with the name of a temporary file as it always is."""
    return _RANDOM.sub("~.tmp", path.removeprefix(f"{below}/"))

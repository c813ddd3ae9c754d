"""A process with kohyo loaded that forks for every command it is asked for: as a fresh one, without its start.

    python -m tests.faults.stage

reads requests from stdin, one JSON object a line (``words``, ``environment``, ``out``, ``err``, ``now``), and answers
each with the exit code of the command line, negative where a signal ended it. Every command works at the same time of
day, so that two runs write the same. The worker that reads files is forked likewise, and what it does is not counted.
A request to ``rehearse`` is carried out here, so that what a command loads and remembers is there for those forked.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import datetime, tzinfo
from types import SimpleNamespace
from typing import Any, BinaryIO, Self

import typer.main

import kohyo
from kohyo.excel.ooxml import worker
from kohyo.excel.ooxml.worker_process import serve
from kohyo.usecases import new
from kohyo.workspace import given_day

_NOT_FOR_A_COMMAND = ("kohyo.addin", "kohyo.__main__")
"""What no command of the command line needs, and not every computer can load."""
_SECONDS = int(os.environ.get("KOHYO_FAULTS_SECONDS", "60"))
_BROKE_DOWN = 70


class StandingClock(datetime):
    """A clock that stands still."""

    stands = datetime(2030, 6, 1, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return the time at which it stands."""
        return cls.fromisoformat(cls.stands.isoformat()).replace(tzinfo=tz)


class ForkedReader:
    """The reading worker as ``subprocess.Popen`` gives it, forked instead of started."""

    def __init__(self, *_: object, **__: object) -> None:
        """Start to serve."""
        requests, to_reader = os.pipe()
        from_reader, answers = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(to_reader)
            os.close(from_reader)
            _as_child(lambda: _serve(requests, answers))
        os.close(requests)
        os.close(answers)
        self.stdin: BinaryIO = os.fdopen(to_reader, "wb")
        self.stdout: BinaryIO = os.fdopen(from_reader, "rb")
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once."""
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        if self._code is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def wait(self, timeout: float | None = None) -> int:  # noqa: ARG002 - it is killed or has ended
        """Return how it ended."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._code


def _serve(requests: int, answers: int) -> None:
    _meddle("end")
    os.dup2(requests, 0)
    os.dup2(answers, 1)
    os.close(requests)
    os.close(answers)
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb"))
    serve()


def _meddle(what: str) -> None:
    """Begin or end counting, where the library is loaded."""
    found = getattr(ctypes.CDLL(None), f"meddle_{what}", None)
    if found is not None:
        found()


def _as_child(work: Callable[[], object]) -> None:
    """Do the work of a forked process, and end it."""
    code = _BROKE_DOWN
    try:
        work()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - told as a process that nobody catches it for would
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _command(words: list[str], environment: Mapping[str, str], out: str, err: str) -> None:
    """Run the command line as a process of its own would, with its output in files."""
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding="utf-8")
    sys.argv = ["kohyo", *words]
    os.environ.update(environment)
    signal.alarm(_SECONDS)
    _meddle("begin")
    try:
        importlib.import_module("kohyo.cli").main()
    finally:
        _meddle("end")
        sys.stdout.flush()
        sys.stderr.flush()


def _load() -> None:
    """Load what a command may need, and let the command line be put together but once."""
    for module in pkgutil.walk_packages(kohyo.__path__, "kohyo.", onerror=lambda _: None):
        if not module.name.startswith(_NOT_FOR_A_COMMAND):
            importlib.import_module(module.name)
    app = importlib.import_module("kohyo.cli.app").app
    command = typer.main.get_command(app)
    typer.main.get_command = lambda typer_instance: command  # noqa: ARG005 - there is but one


def _rehearse(words: Sequence[str]) -> None:
    """Run the command line here, for what it then has loaded and remembers; what it prints is not asked for."""
    sys.argv = ["kohyo", *words]
    with suppress(SystemExit), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        importlib.import_module("kohyo.cli").main()
    while worker._waiting:
        worker._waiting.pop().stop()
    gc.collect()
    gc.freeze()


def main() -> None:
    """Answer requests until there are no more."""
    _load()
    for module in (given_day, new):
        module.datetime = StandingClock  # type: ignore[attr-defined] # what the module imported
    worker.subprocess = SimpleNamespace(  # type: ignore[assignment, attr-defined] # likewise
        Popen=ForkedReader,
        PIPE=subprocess.PIPE,
        DEVNULL=subprocess.DEVNULL,
        TimeoutExpired=subprocess.TimeoutExpired,
    )
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        StandingClock.stands = datetime.fromisoformat(asked["now"])
        if asked["rehearse"]:
            _rehearse(asked["words"])
            _answer(0)
            continue
        pid = os.fork()
        if not pid:
            wish = (asked["words"], asked["environment"], asked["out"], asked["err"])
            _as_child(lambda wish=wish: _command(*wish))  # type: ignore[misc] # bound at once
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        _answer(code)


def _answer(code: int) -> None:
    sys.stdout.write(f"{code}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

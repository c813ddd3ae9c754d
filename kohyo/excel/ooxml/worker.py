"""The worker (読取り係): a process of its own that reads untrusted files and may die or hang over one of them.

The parent starts a Python that runs ``worker_process.serve`` and speaks with it over pipes: a path and its time in, a
``ReadResult`` out, both as JSON. Nothing is forked, so it works alike under Windows, a console script, ``python -c``
and a test.
Only that one file is lost which the worker fell over.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import kohyo
from kohyo.errors import FileError
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.result_encoding import decode, encode_request
from kohyo.excel.ooxml.worker_process import READY, read_frame, write_frame
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place

__all__ = ["ReadResult", "Reader"]

SECONDS = 10.0
"""How long one file may keep a processor busy; what a busy machine does to a good file counts for nothing."""

_WALL = 12
"""So many times as long a file may take on the clock before its worker counts as hanging: it may only be waiting."""

COMMAND = [sys.executable, "-P", "-c", "from kohyo.excel.ooxml.worker_process import serve; serve()"]
"""How the worker is started: without the current folder on the search path, which may hold anything."""

_DIED, _HUNG = Code.K146, Code.K148
_AHEAD = 2  # the file in work and the next one, so that the worker never waits


_SELDOM = 50_000
"""Objects that may come before garbage is looked for while files are read: answers are many, and none is garbage."""

_waiting: list[_Worker] = []
"""A worker that has read nothing but the definition, for whoever needs one next."""


class Reader:
    """Reads files in a worker that is started when first needed, replaced when lost, ended on exit."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        seconds: float = SECONDS,
        wall: float = SECONDS * _WALL,
        passwords: Sequence[str] = (),
        of_ours: bool = False,
    ) -> None:
        """Name files in findings by their path within ``folder``; open locked ones with ``passwords``.

        Give each ``seconds`` of a processor, and ``wall`` seconds on the clock, after which alone Windows ends it.
        Where the files are ``of_ours`` the worker goes on to the next reader: its start takes as long as many files.
        """
        self._folder = folder
        self._seconds = seconds
        self._wall = wall
        self._passwords = tuple(passwords)
        self._of_ours = of_ours
        self._worker: _Worker | None = None
        self._garbage = gc.get_threshold()

    def __enter__(self) -> Self:
        self._garbage = gc.get_threshold()
        if 0 < self._garbage[0] < _SELDOM:
            gc.set_threshold(_SELDOM, *self._garbage[1:])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.set_threshold(*self._garbage)
        self.close()

    def close(self) -> None:
        """End the worker, or hand it on; a later reading starts another."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if self._of_ours and worker.is_free and not _waiting:
            _waiting.append(worker)
        else:
            worker.stop()

    def read(self, path: Path) -> ReadResult:
        """Read one file; whatever it does to the worker is a finding."""
        return next(self.read_many([path]))

    def read_many(self, paths: Iterable[Path]) -> Iterator[ReadResult]:
        """Read files in their order, one result each, the next request always sent ahead."""
        rest = iter(paths)
        waiting: list[Path] = []
        try:
            self._send_ahead(waiting, rest)
            while waiting:
                result = self._receive(waiting.pop(0))
                if self._worker is None:
                    self._send(waiting)
                self._send_ahead(waiting, rest)
                yield self._named(result)
        finally:
            if waiting:
                self.close()  # nobody will take the answers that are still to come

    def _send_ahead(self, waiting: list[Path], rest: Iterator[Path]) -> None:
        following = list(islice(rest, _AHEAD - len(waiting)))
        self._send(following)
        waiting += following

    def _send(self, paths: list[Path]) -> None:
        for path in paths:
            if self._worker is None:
                self._worker = _started()
            self._worker.send(encode_request(path, self._seconds, self._passwords))

    def _receive(self, path: Path) -> ReadResult:
        """Return the next result, or the finding that this file cost us the worker."""
        code = _DIED
        if self._worker is not None:
            try:
                frame = self._worker.frames.get(timeout=self._wall)
                code = _DIED if frame or not self._worker.ran_out else _HUNG
            except queue.Empty:
                frame, code = b"", _HUNG
            with contextlib.suppress(ValueError):
                return decode(frame, path)
        self.close()
        return ReadResult(path, finding=Finding(code, Place(path.name), value=f"{self._seconds:g}"))

    def _named(self, result: ReadResult) -> ReadResult:
        """Return the result with its findings placed in the file as the folder names it."""
        if self._folder is None or not result.path.is_relative_to(self._folder):
            return result
        name = result.path.relative_to(self._folder).as_posix()
        finding = result.finding and _placed(result.finding, name)
        return result._replace(finding=finding, infos=tuple(_placed(info, name) for info in result.infos))


class _Worker:
    """One process, and a thread that collects its answers so that waiting can end in time on every system."""

    def __init__(self) -> None:
        """Start the process; raise FileError when it does not come up, which says nothing of any file."""
        self.command = list(COMMAND)
        self.frames: queue.Queue[bytes] = queue.Queue()
        self._asked = 0
        self._answered = 0
        self._process = subprocess.Popen(  # noqa: S603 - this very Python, and a module of this package
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": _search_path(), "PYTHONUTF8": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if read_frame(_pipe(self._process.stdout)) != READY:
            self._process.kill()
            code = self._process.wait()
            self._close_pipes()
            raise FileError("reader_unstarted", code=code)
        self._collector = threading.Thread(target=self._collect, daemon=True)
        self._collector.start()

    @property
    def ran_out(self) -> bool:
        """Whether the process ended because a file kept it busy for too long."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1) == -getattr(signal, "SIGPROF", 0) != 0
        return False

    @property
    def is_free(self) -> bool:
        """Whether it lives and owes no answer."""
        return self._process.poll() is None and self._asked == self._answered and self.frames.empty()

    def send(self, request: bytes) -> None:
        """Ask for a file; a worker that is gone says so by answering nothing."""
        self._asked += 1
        try:
            write_frame(_pipe(self._process.stdin), request)
        except OSError:
            self._process.kill()

    def stop(self) -> None:
        """End the process at once and leave nothing open."""
        self._process.kill()
        self._process.wait()
        self._collector.join()
        self._close_pipes()

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:
                continue  # what it never took in cannot be flushed any more

    def _collect(self) -> None:
        """Put every answer into the queue, and nothing (an empty one) where the process ended."""
        while frame := read_frame(_pipe(self._process.stdout)):
            self._answered += 1
            self.frames.put(frame)
        self.frames.put(b"")


def _started() -> _Worker:
    """Return the worker that waits, or a new one."""
    worker = _waiting.pop() if _waiting else None
    if worker is not None and worker.is_free and worker.command == COMMAND:
        return worker
    if worker is not None:
        worker.stop()
    return _Worker()


@atexit.register
def end_waiting() -> None:
    """End the worker that nobody needed any more."""
    while _waiting:
        _waiting.pop().stop()


def _placed(finding: Finding, name: str) -> Finding:
    return replace(finding, place=finding.place._replace(file=name))


def _search_path() -> str:
    """Return where the worker finds kohyo."""
    home = str(Path(kohyo.__file__).resolve().parents[1])
    return os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))


def _pipe(pipe: object) -> BinaryIO:
    return pipe  # type: ignore[return-value] # Popen was given PIPE for both

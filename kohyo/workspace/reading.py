"""Reading returned files (回収票を読む): by workers on this machine, or in batches by an executor's workers.

A batch travels as contents, because the machines of a cluster need not share a folder. There each file is read as it
is here, by a process of its own behind the same safety pass, and comes back in the plain format of that process, which
this one decodes, and checks that it tells of what was sent. Passwords go nowhere: a locked file is read here.
"""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.ooxml.limits import FILE_SIZE
from kohyo.excel.ooxml.result_encoding import decode, encode
from kohyo.excel.ooxml.worker import Reader, ReadResult
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.workspace.spread import spread

FILES_A_WORKER = 40
"""A worker takes as long to start as to read so many files; for fewer another one does not pay."""

_FILES, _BYTES = 16, 4 << 20
"""Files and bytes of a batch at most."""

_BATCHES = 12
"""Of few files so many batches are made, that several workers share them."""

_JUDGED_HERE = frozenset({Code.K123, Code.K146, Code.K148})
"""What a file is found with there that may be otherwise here: locked, its reader lost, too slow."""

Contents = tuple[bytes, ...]


class ReturnsReader:
    """Reads many files in their order, a result each; whatever a file does to its reader is a finding.

    On this machine it is as many processes as there are cores, one of them this one, which goes on with what was read.
    """

    def __init__(
        self, folder: Path, passwords: Sequence[str] = (), executor: Executor | None = None, cores: int = 0
    ) -> None:
        """Take the folder within which findings name files, and who reads: an executor, or ``cores`` of this machine.

        Locked files are opened with ``passwords``.
        """
        self._folder = folder
        self._passwords = tuple(passwords)
        self._executor = executor
        self._cores = cores or _cores()
        self._open = ExitStack()
        self._readers: list[Reader] = []
        self._lost: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._readers.clear()
        self._open.close()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to tell of the reading itself: that batches were lost, and read here."""
        if not self._lost:
            return ()
        place = Place(self._lost[0].relative_to(self._folder).as_posix())
        return (finding_of(Code.K170, place, value=str(len(self._lost))),)

    def read_many(self, paths: Sequence[Path]) -> Iterator[ReadResult]:
        """Yield the result of each file."""
        return self._here(paths) if self._executor is None else self._there(paths, self._executor)

    def _here(self, paths: Sequence[Path]) -> Iterator[ReadResult]:
        """Read with workers that take turns: each has its next file while this process is busy with another."""
        count = max(1, min(self._cores - 1, len(paths) // FILES_A_WORKER))
        turns = [self._reader(place).read_many(paths[place::count]) for place in range(count)]
        for place in range(len(paths)):
            yield next(turns[place % count])

    def _there(self, paths: Sequence[Path], executor: Executor) -> Iterator[ReadResult]:
        """Read in batches by an executor; a batch that is lost again is read here."""
        batches = batched(paths)
        sent: deque[Contents] = deque()

        def contents() -> Iterator[Contents]:
            for batch in batches:
                sent.append(tuple(map(_content, batch)))
                yield sent[-1]

        nothing: list[bytes] = []
        found = spread(executor, read_batch, contents(), lambda _: nothing)
        for batch, frames in zip(batches, found, strict=True):
            known = sent.popleft()
            if len(frames) != len(batch):
                self._lost += [path for path, content in zip(batch, known, strict=True) if content]
                frames = [b""] * len(batch)  # noqa: PLW2901
            for path, content, frame in zip(batch, known, frames, strict=True):
                yield self._taken(path, content, frame)

    def _taken(self, path: Path, content: bytes, frame: bytes) -> ReadResult:
        """Return what a worker found in a file, where it tells of just that file; else what is found here."""
        try:
            result = decode(frame, path) if content and frame else None
        except ValueError:
            result = None
        if result is None or result.sha256 != sha256(content).hexdigest():
            return self._reader(0).read(path)
        if result.finding is not None and result.finding.code in _JUDGED_HERE:
            return self._reader(0).read(path)
        return result

    def _reader(self, place: int) -> Reader:
        while len(self._readers) <= place:
            self._readers.append(self._open.enter_context(Reader(passwords=self._passwords)))
        return self._readers[place]


def read_batch(contents: Contents) -> list[bytes]:
    """Return what each of these files holds, in the plain format of the process that reads it; no name, nothing sent.

    What an executor's worker runs: it reads behind the same safety pass and within the same limits as here.
    """
    with TemporaryDirectory(prefix="kohyo_") as folder, _idle_reader() as reader:
        paths = [Path(folder) / f"{place:04}.xlsx" for place in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        full = [path for path, content in zip(paths, contents, strict=True) if content]
        frames = {result.path: encode(result) for result in reader.read_many(full)}
        return [frames.get(path, b"") for path in paths]


_idle: list[Reader] = []
"""Readers whose workers wait for the next batch: their start takes as long as a batch."""


@contextmanager
def _idle_reader() -> Iterator[Reader]:
    reader = _idle.pop() if _idle else Reader()
    try:
        yield reader
    finally:
        _idle.append(reader)


@atexit.register
def end_idle() -> None:
    """End the workers that no batch needs any more."""
    while _idle:
        _idle.pop().close()


def batched(paths: Sequence[Path], size_of: Callable[[Path], int] | None = None) -> list[list[Path]]:
    """Return the files in batches, in their order: of a size that may be lost and read again, and held in memory."""
    most = max(1, min(_FILES, -(-len(paths) // _BATCHES)))
    batches: list[list[Path]] = []
    held = 0
    for path in paths:
        size = (size_of or _size)(path)
        if not batches or len(batches[-1]) >= most or held + size > _BYTES:
            batches.append([])
            held = 0
        batches[-1].append(path)
        held += size
    return batches


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _content(path: Path) -> bytes:
    """Return what is sent of a file: nothing where it is read here, which tells why it cannot be read."""
    if is_temporary_file(path.name) or _size(path) > FILE_SIZE:
        return b""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

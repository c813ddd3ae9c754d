"""Spreading (分担): the heavy, independent part of a command, handed to an executor and taken back in order.

Any executor of ``concurrent.futures`` does: threads, processes, a cluster. Whatever happens there, every piece of work
comes back: what is lost goes out once more, and what is lost again is done here.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from itertools import islice
from typing import TypeVar

from kohyo.workspace.notices import tell

_Work = TypeVar("_Work")
_Done = TypeVar("_Done")

UNDER_WAY = 64
"""Pieces that are out at once: enough for some sixty workers, and few enough to be held in memory."""

_LOOK = 2.0
"""Seconds between two looks whether an executor still lives."""

_TRIES = 2
"""How often a piece goes out; an executor that itself sends again what it loses says so with ``tries``."""


def spread(
    executor: Executor | None,
    job: Callable[[_Work], _Done],
    work: Iterable[_Work],
    here: Callable[[_Work], _Done] | None = None,
) -> Iterator[_Done]:
    """Yield what ``job`` makes of each piece of work, in the order of the work; without an executor all is done here.

    A piece that fails there, with its worker or by itself, goes out again. The second time ``here`` takes its place,
    by default the same ``job`` in this process, which is told, and whose errors are the caller's.
    """
    if executor is None:
        yield from map(job, work)
        return
    rest = iter(work)
    out: deque[tuple[_Work, Future[_Done] | None]] = deque()
    try:
        while True:
            out.extend((piece, _sent(executor, job, piece)) for piece in islice(rest, UNDER_WAY - len(out)))
            if not out:
                return
            piece, future = out.popleft()
            yield from _taken_back(executor, job, piece, future) or (_done_here(job, here, piece),)
    finally:
        for _, future in out:
            if future is not None:
                future.cancel()


def _taken_back(
    executor: Executor, job: Callable[[_Work], _Done], piece: _Work, future: Future[_Done] | None
) -> tuple[_Done] | tuple[()]:
    """Wait for a piece, and for it once more where it is lost; return nothing where it is lost for good."""
    for last in range(1 - int(getattr(executor, "tries", _TRIES)), 1):
        # whatever it was: the work is done again, at last in this process, where an error counts
        with contextlib.suppress(Exception, CancelledError):
            if future is not None and _is_done(executor, future):
                return (future.result(),)
        future = _sent(executor, job, piece) if last else None
    return ()


def _is_done(executor: Executor, future: Future[_Done]) -> bool:
    """Wait for a piece as long as the executor lives, where it can tell (``is_alive``)."""
    while getattr(executor, "is_alive", True):
        if wait([future], _LOOK).done:
            return True
    return future.done()


def _sent(executor: Executor, job: Callable[[_Work], _Done], piece: _Work) -> Future[_Done] | None:
    """Send a piece out; None where the executor takes none any more: it is broken, or was shut down."""
    try:
        return executor.submit(job, piece)
    except RuntimeError:
        return None


def _done_here(job: Callable[[_Work], _Done], here: Callable[[_Work], _Done] | None, piece: _Work) -> _Done:
    if here is not None:
        return here(piece)
    tell("done_here")
    return job(piece)

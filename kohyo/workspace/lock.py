"""The lock (排他): one command at work in a workspace, and what another left half done taken up first."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from kohyo.errors import FileError, cause_of
from kohyo.workspace.answer import begin_another, end_with_answer
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import Record
from kohyo.workspace.recovery import forget, take_up

_SECONDS = 5
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
_NOT_TO_BE_WRITTEN = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def working(workspace: Workspace, *, reading: bool = False) -> Iterator[tuple[Record, ...]]:
    """Keep a second run out of the workspace, and take up what a run that was cut off left.

    Yields the records of what is done by that. What only reads (``reading``) works also where nothing can be written.
    Raises FileError when another run is at work, when the workspace cannot be written, and for every file that the
    system refuses meanwhile and says why.
    """
    begin_another()
    lock = _taken(workspace, reading=reading)
    done = False
    try:
        yield take_up(workspace) if lock is not None else ()
        done = True
    except OSError as error:
        if not cause_of(error):
            raise
        named = error.filename2 or error.filename
        raise FileError("refused", path=named if isinstance(named, str) else workspace.root) from error
    finally:
        if lock is not None and done:
            end_with_answer(partial(_end, workspace, lock))
        elif lock is not None:
            lock.release()  # what was done stays known: nobody is told of it


def _end(workspace: Workspace, lock: BaseFileLock, answered: bool) -> None:  # noqa: FBT001 - called with nothing else
    """Unlock the workspace; forget what was done there once somebody was told."""
    try:
        if answered:
            forget(workspace)
    finally:
        lock.release()


def _taken(workspace: Workspace, *, reading: bool) -> BaseFileLock | None:
    """Return the lock that is held, None where a place that cannot be written needs none."""
    if workspace.lock.is_dir():
        raise FileError("lock_unusable", path=workspace.lock)
    try:
        return _acquired(workspace, FileLock(workspace.lock))
    except NotImplementedError:  # the share has no locks of its own
        return _acquired(workspace, SoftFileLock(workspace.lock.with_suffix(".lock.soft")))
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return _acquired(workspace, SoftFileLock(workspace.lock.with_suffix(".lock.soft")))
        if reading and error.errno in _NOT_TO_BE_WRITTEN:
            return None
        raise FileError("unwritable", path=workspace.root) from error


def _acquired(workspace: Workspace, lock: BaseFileLock) -> BaseFileLock:
    try:
        lock.acquire(timeout=_SECONDS)
    except Timeout as error:
        raise FileError("busy", path=workspace.root) from error
    return lock

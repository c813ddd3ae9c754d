"""Files that are there wholly or not at all: written beside, flushed to the disk, moved into place."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from secrets import token_hex

from kohyo.errors import FileError

_ATTEMPTS = 5
_PAUSE = 0.2
_LEFT_OVER = re.compile(r"~kohyo-[0-9a-f]{8}\.tmp|.+\.part")
"""Names of what a write that was cut off leaves behind; nobody else gives them."""


def is_left_over(name: str) -> bool:
    """Tell whether a file is what a write that was cut off left behind."""
    return _LEFT_OVER.fullmatch(name) is not None


def save_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all; raise FileError when it cannot be.

    The file is made as any other of its folder, so that colleagues on a share can open it.
    """
    temporary = path.with_name(f"~kohyo-{token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        flush(temporary)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise FileError("unwritable", path=path) from error


def make_folder(folder: Path) -> None:
    """Make a folder that is not there; raise FileError when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError("unwritable", path=folder) from error


def flush(path: Path) -> None:
    """Bring a written file to the disk; raise OSError when the disk does not take it."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def ends_well(path: Path) -> bool:
    """Tell whether the last line of a file is whole: one that was cut off must not swallow the next; raise OSError."""
    with path.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END)
        if not end:
            return True
        stream.seek(end - 1)
        return stream.read(1) == b"\n"


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that ``target`` never stands there half; raise OSError."""
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copy2(source, part)
        flush(part)
        part.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Bring what was moved within a folder to the disk, where the system lets folders be flushed."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


class Patience:
    """How often one may still wait for files that something holds for a moment."""

    def __init__(self, pauses: int) -> None:
        self._left = pauses

    def wait(self) -> bool:
        """Wait a moment; return False at once where one has waited enough."""
        if self._left:
            self._left -= 1
            time.sleep(_PAUSE)
            return True
        return False


_SHARED: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def shared_patience() -> Iterator[None]:
    """Wait no longer than two seconds for all that is replaced within: a folder that is closed holds every file."""
    token = _SHARED.set(Patience(2 * _ATTEMPTS))
    try:
        yield
    finally:
        _SHARED.reset(token)


def replace_patiently(source: Path, target: Path) -> None:
    """Move ``source`` over ``target``, again when a scanner or Excel holds it for a moment.

    Raises PermissionError when it is still held after a second, or after the patience that it shares.
    """
    patience = _SHARED.get() or Patience(_ATTEMPTS - 1)
    for _ in range(_ATTEMPTS - 1):
        try:
            source.replace(target)
        except PermissionError:
            if not patience.wait():
                raise
        else:
            return
    source.replace(target)

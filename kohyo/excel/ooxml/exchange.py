"""Exchange (入替え) of a file for a new one, so that what somebody saved meanwhile is seen and put back.

Looking at a file and then replacing it leaves a moment in which a person's save is lost. Here the old file comes out
in the same step in which the new one goes in, and is looked at afterwards.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush_folder, replace_patiently
from kohyo.excel.ooxml.file_status import file_sha256

_HERE = -100  # AT_FDCWD: paths as they are
_EXCHANGE = 2  # RENAME_EXCHANGE
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
_ATTEMPTS = 5
_PAUSE = 0.2
_ROUNDS = 8


def exchange(new: Path, target: Path, expected: str) -> bool:
    """Put ``new`` in the place of ``target`` if that is the file with the SHA-256 ``expected``; tell whether it is.

    Otherwise everything is as it was: ``target`` is what was saved last, ``new`` still lies where it lay. Raises
    PermissionError when the file is held for longer than a second, OSError when it cannot be done.
    """
    done = _patiently(lambda: _swapped(new, target, expected))
    if done:
        flush_folder(target.parent)
    return done


def _patiently(step: Callable[[], bool]) -> bool:
    for _ in range(_ATTEMPTS - 1):
        try:
            return step()
        except PermissionError:
            time.sleep(_PAUSE)
    return step()


def _swapped(new: Path, target: Path, expected: str) -> bool:
    if sys.platform == "win32":
        return _replaced_on_windows(new, target, expected)
    ours = file_sha256(new)
    if not _swap(new, target):
        return _replaced_at_once(new, target, expected)
    if file_sha256(new) == expected:
        with contextlib.suppress(OSError):  # it is done, whatever becomes of the old one
            new.unlink()
        return True
    for _ in range(_ROUNDS):  # give it back; whoever saved in between comes out again and goes in once more
        _swap(new, target)
        if file_sha256(new) == ours:
            break
    return False


def _swap(one: Path, other: Path) -> bool:
    """Exchange two files in one step; False where the system or the share cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _replaced_at_once(new: Path, target: Path, expected: str) -> bool:
    """Replace right after looking, where files cannot be exchanged: the moment in between is as short as can be."""
    if file_sha256(target) != expected:
        return False
    replace_patiently(new, target)
    return True


def _replaced_on_windows(new: Path, target: Path, expected: str) -> bool:
    """Replace with a copy of what is replaced (ReplaceFileW), and look at the copy."""
    out = came_out(new)
    _replace_file(target, new, out)
    if file_sha256(out) == expected:
        with contextlib.suppress(OSError):
            out.unlink()
        return True
    _replace_file(target, out, new)
    return False


def came_out(new: Path) -> Path:
    """Return where what came out lies while it is looked at, on Windows; elsewhere it lies where ``new`` lay."""
    return new.with_suffix(f".out{new.suffix}")


def give_back(new: Path, target: Path, ours: str) -> None:
    """End an exchange that was cut off before what came out was looked at, and was not what was expected.

    ``ours`` is the SHA-256 of what went in. Raises OSError when it cannot be done.
    """
    for place in (came_out(new), new):
        if place.exists() and file_sha256(place) != ours:
            exchange(place, target, ours)


def _replace_file(target: Path, new: Path, out: Path) -> None:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined] # on Windows alone
    if not kernel.ReplaceFileW(str(target), str(new), str(out), 0, None, None):
        raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined] # on Windows alone

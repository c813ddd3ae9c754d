"""What a file is without being read: somebody's lock, open in Excel, the same bytes as another, free to be kept."""

from __future__ import annotations

import hashlib
import sys
import time
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kohyo.errors import FileError

_LOCKS = ("~${name}", ".~lock.{name}#")  # Excel's and LibreOffice's
_OWNER_SIZE = 500
_LONGEST_WORK = 24 * 60 * 60
"""Seconds after which a lock file is taken for one that was left behind, where nobody can be asked whether it is."""

_TEMPORARY = ("~$", ".~lock.", "._")
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def is_temporary_file(name: str) -> bool:
    """Tell whether a file is skipped by name: a lock of Excel or LibreOffice, or the system's own file."""
    return name.startswith(_TEMPORARY) or name.lower() in _SYSTEM_FILES


class Holder(NamedTuple):
    """Who has a file open (開いている人): the name in the lock file, empty where it names nobody, and the lock file."""

    who: str
    lock: Path


def is_open(path: Path) -> bool:
    """Tell whether Excel or LibreOffice has a file open."""
    return holder(path) is not None


def holder(path: Path) -> Holder | None:
    """Return who has a file open in Excel or LibreOffice, None where nobody has.

    Both leave a hidden lock file beside it, also when they end badly: one that nobody holds, or that is older than
    anybody works without a pause, counts for nothing.
    """
    for pattern in _LOCKS:
        lock = path.with_name(pattern.format(name=path.name))
        if lock.exists() and not _is_stale(lock):
            return Holder(_named_in(lock), lock)
    return None


def _is_stale(lock: Path) -> bool:
    """Tell whether a lock file was left behind: on Windows nobody holds it, elsewhere it is old."""
    try:
        if sys.platform == "win32":
            with lock.open("r+b"):
                return lock.name.startswith("~$")  # Excel keeps its own open and lets nobody write into it
        return time.time() - lock.stat().st_mtime > _LONGEST_WORK
    except OSError:
        return False


def _named_in(lock: Path) -> str:
    """Return the user that a lock file names: after its length in Excel's, between commas in LibreOffice's."""
    try:
        data = lock.read_bytes()[:_OWNER_SIZE]
    except OSError:
        return ""
    if lock.name.startswith("~$"):
        return data[1 : 1 + data[0]].decode("cp932", "ignore").strip() if data else ""
    return next((part.strip() for part in data.decode("utf-8", "ignore").split(",") if part.strip()), "")


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file; raise FileError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError("unreadable", path=path) from error


def sha256_if_any(path: Path) -> str:
    """Return the SHA-256 of a file, empty for one that is not there or cannot be read now."""
    try:
        return file_sha256(path)
    except FileError:
        return ""


def read_whole(path: Path) -> bytes:
    """Return a file's bytes; raise FileError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("unreadable", path=path) from error


def backup_file(path: Path, backups: Path, now: datetime) -> Path:
    """Return a free name in 控え for a file as it was before ``now``."""
    stem = f"{path.stem}_{now:%Y%m%d-%H%M%S}"
    names = (f"{stem}{path.suffix}" if number == 1 else f"{stem}_{number}{path.suffix}" for number in count(1))
    return next(backups / name for name in names if not (backups / name).exists())

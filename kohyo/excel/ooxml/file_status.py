"""What a file is without being read: somebody's lock, open in Excel, the same bytes as another, free to be kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import count
from pathlib import Path

from kohyo.errors import FileError

_LOCKS = ("~${name}", ".~lock.{name}#")  # Excel's and LibreOffice's
_TEMPORARY = ("~$", ".~lock.", "._")
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def is_temporary_file(name: str) -> bool:
    """Tell whether a file is skipped by name: a lock of Excel or LibreOffice, or the system's own file."""
    return name.startswith(_TEMPORARY) or name.lower() in _SYSTEM_FILES


def is_open(path: Path) -> bool:
    """Tell whether a lock file beside ``path`` says that Excel or LibreOffice has it open."""
    return any(path.with_name(lock.format(name=path.name)).exists() for lock in _LOCKS)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file; raise FileError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError("unreadable", path=path) from error


def backup_file(path: Path, backups: Path, now: datetime) -> Path:
    """Return a free name in 控え for a file as it was before ``now``."""
    stem = f"{path.stem}_{now:%Y%m%d-%H%M%S}"
    names = (f"{stem}{path.suffix}" if number == 1 else f"{stem}_{number}{path.suffix}" for number in count(1))
    return next(backups / name for name in names if not (backups / name).exists())

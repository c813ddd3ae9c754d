"""Files that are there wholly or not at all: written beside, flushed, moved into place; and who holds one open."""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime
from itertools import count
from pathlib import Path

_ATTEMPTS = 5
_PAUSE = 0.2
_LOCKS = ("~${name}", ".~lock.{name}#")  # Excel's and LibreOffice's


def flush(path: Path) -> None:
    """Bring a written file to the disk; raise OSError when the disk does not take it."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that ``target`` never stands there half; raise OSError."""
    part = target.with_name(f"{target.name}.part")
    shutil.copy2(source, part)
    flush(part)
    part.replace(target)


def replace_patiently(source: Path, target: Path) -> None:
    """Move ``source`` over ``target``, again when a scanner or Excel holds it for a moment.

    Raises PermissionError when it is still held after a second.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    source.replace(target)


def backup_file(path: Path, backups: Path, now: datetime) -> Path:
    """Return a free name in 控え for the register as it was before ``now``."""
    stem = f"{path.stem}_{now:%Y%m%d-%H%M%S}"
    names = (f"{stem}{path.suffix}" if number == 1 else f"{stem}_{number}{path.suffix}" for number in count(1))
    return next(backups / name for name in names if not (backups / name).exists())


def is_open(path: Path) -> bool:
    """Tell whether a lock file beside ``path`` says that Excel or LibreOffice has it open."""
    return any(path.with_name(lock.format(name=path.name)).exists() for lock in _LOCKS)

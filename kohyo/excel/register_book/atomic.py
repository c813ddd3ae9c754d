"""Files that are there wholly or not at all: written beside, flushed to the disk, moved into place."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

_ATTEMPTS = 5
_PAUSE = 0.2


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

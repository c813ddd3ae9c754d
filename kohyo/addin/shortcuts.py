"""Shortcuts (ショートカット) for offices where Excel may not start programs: the same tasks, started from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kohyo.addin.desk import desktop
from kohyo.addin.installation import batch_file
from kohyo.addin.tasks import TASKS
from kohyo.errors import FileError
from kohyo.messages import wording


@dataclass(frozen=True)
class Shortcuts:
    """The files written."""

    paths: tuple[Path, ...]


def write_shortcuts(where: Path | None = None) -> Shortcuts:
    """Write one file to double-click per task into a folder, by default onto the desktop wherever that is.

    Raises FileError when that cannot be.
    """
    folder = where or desktop()
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for task in TASKS:
            path = folder / f"{wording('addin.tab')}_{task.label}.cmd"
            path.write_bytes(batch_file(f"addin run {task.tag}"))
            paths.append(path)
    except OSError as error:
        raise FileError("unwritable", path=folder) from error
    return Shortcuts(tuple(paths))

"""Shortcuts (ショートカット) for offices where Excel may not start programs: the same tasks, started from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kohyo.addin.installation import python_without_window
from kohyo.addin.tasks import TASKS, Task
from kohyo.errors import FileError
from kohyo.messages import wording

_UTF8 = 65001


@dataclass(frozen=True)
class Shortcuts:
    """The files written."""

    paths: tuple[Path, ...]


def write_shortcuts(folder: Path) -> Shortcuts:
    """Write one file to double-click per task into ``folder``; raise FileError when that cannot be."""
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for task in TASKS:
            path = folder / f"{wording('addin.tab')}_{task.label}.cmd"
            path.write_bytes(_script(task))
            paths.append(path)
    except OSError as error:
        raise FileError("unwritable", path=folder) from error
    return Shortcuts(tuple(paths))


def _script(task: Task) -> bytes:
    """Return the batch file in the code page of a Japanese console, or in UTF-8 where a path needs it."""
    python = str(python_without_window()).replace("%", "%%")
    line = f'start "" "{python}" -P -m kohyo addin run {task.tag}'
    try:
        return f"@echo off\r\n{line}\r\n".encode("cp932")
    except UnicodeEncodeError:
        return f"@echo off\r\nchcp {_UTF8} >nul\r\n{line}\r\n".encode()

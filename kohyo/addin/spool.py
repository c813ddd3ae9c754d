"""Requests (依頼) of a ribbon whose Excel may start no program: files in a folder, each taken by one companion, once.

The ribbon writes a request beside its name and renames it; the companion renames it again to take it, and removes it
when its task has ended. A rename happens wholly or not at all, and of two that rename one file one gets it. What was
taken and not ended when a companion died is told and not done again: nobody knows how far it came.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from kohyo.addin.installation import places
from kohyo.errors import FileError

REQUEST, TAKEN, PART = ".request", ".taken", ".part"
"""Endings of a request that waits, that was taken, that is being written."""

ALIVE = "companion.alive"
"""A file whose time says when the companion was last at work; the ribbon asks nobody who is not there."""

LOCK = "companion.lock"
LATE = 120.0
"""Seconds after which a request is told instead of done: whoever pressed the button has gone on."""


@dataclass(frozen=True)
class Request:
    """What a ribbon asked for: the task's tag, the add-in's version, its Excel's window; and where that lies."""

    tag: str
    version: str
    window: int | None
    age: float
    path: Path

    @property
    def is_late(self) -> bool:
        """Tell whether it waited so long that it is only told."""
        return self.age > LATE


class Spool:
    """The folder of the requests of one user."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; raise FileError when that cannot be."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError("unwritable", path=folder) from error

    @classmethod
    def of_user(cls) -> Spool:
        """Return the user's, beside the add-in's settings; raise UsageError where there is no Windows Excel."""
        return cls(places().settings.parent / "spool")

    def ask(self, name: str, text: str) -> Path:
        """Write a request as the ribbon does, and return where it waits; raise OSError when that cannot be."""
        part, request = self.folder / f"{name}{PART}", self.folder / f"{name}{REQUEST}"
        part.write_text(text, encoding="ascii", newline="\r\n")
        part.rename(request)
        return request

    def taken(self) -> Iterator[Request]:
        """Take the requests that wait, the oldest first, one after the other."""
        while (request := self._take_first()) is not None:
            yield request

    def left(self) -> Iterator[Request]:
        """Yield what a companion took that is no more, and forget it."""
        for path in sorted(self.folder.glob(f"*{TAKEN}")):
            request = _read(path)
            self.end(path)
            yield request

    def end(self, path: Path) -> None:
        """Forget a request that was taken."""
        with suppress(OSError):
            path.unlink()

    def is_attended(self, within: float) -> bool:
        """Tell whether a companion was at work within so many seconds."""
        with suppress(OSError):
            return time() - (self.folder / ALIVE).stat().st_mtime < within
        return False

    def beat(self) -> None:
        """Say that the companion is at work."""
        with suppress(OSError):
            (self.folder / ALIVE).touch()

    def leave(self) -> None:
        """Say that no companion is at work any more."""
        with suppress(OSError):
            (self.folder / ALIVE).unlink()

    def _take_first(self) -> Request | None:
        for path in sorted(self.folder.glob(f"*{REQUEST}")):
            mine = path.with_suffix(TAKEN)
            try:
                os.rename(path, mine)  # noqa: PTH104 - on Windows it never replaces, which is wanted
            except OSError:  # another took it, or it is being looked at by a scanner: it is come back to
                continue
            return _read(mine)
        return None


def _read(path: Path) -> Request:
    """Return what a request says; whatever it holds, something is returned, for it is checked where it is used."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
        age = time() - path.stat().st_mtime
    except OSError:
        lines, age = [], 0.0
    told = dict(line.split("=", 1) for line in lines if "=" in line)
    window = told.get("window", "")
    return Request(
        told.get("task", ""), told.get("version", ""), int(window) if window.isdecimal() else None, age, path
    )

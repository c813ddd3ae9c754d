"""Watching 回収 (見張り): what is put there is taken into the register, without Excel starting anything.

What is still to be done is what lies there and was not taken in; it is come back to until it is: while the workspace
is busy, the register open, a file still being copied, the folder gone for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TypeAlias

from kohyo.addin.actions import consolidated_sentence
from kohyo.addin.companion import Companion
from kohyo.addin.spool import Spool
from kohyo.errors import KohyoError, UsageError
from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.messages import describe_problem, wording
from kohyo.usecases.consolidate import Consolidated, consolidate
from kohyo.workspace.folder import open_workspace
from kohyo.workspace.notices import listening

_PAUSE = 2.0
"""Seconds without a change before what came is taken in: a file that is still being copied is left alone."""
_LOOK = 1.0
"""Seconds between two looks at the folder; looking works on file servers too, which do not always tell of changes."""
_LONGEST = 60.0
"""Seconds at most until something that could not be done is tried again."""

Say = Callable[[str], object]
Lies: TypeAlias = Mapping[str, tuple[int, float]]
"""What lies in 回収: size and time of each file, by its path."""


@dataclass(frozen=True)
class Watched:
    """How often something was taken in."""

    count: int


def watch(root: Path | None, say: Say, stop: Event, *, pause: float = _PAUSE, look: float = _LOOK) -> Watched:
    """Consolidate whenever something changed in 回収, and ``say`` the ribbon's sentence, until stopped.

    Where there is a Windows user, the ribbon's requests are carried out as well; without ``root`` they alone.
    It stops when ``stop`` is set or the user breaks it off. Raises UsageError when there is no workspace or
    watchdog is missing, or nothing to do here. What goes wrong is said once, and tried again until it is done.
    """
    lies: Callable[[], Lies | None] = dict
    if root is not None:
        lies = _looker(open_workspace(root).returns)
        say(wording("addin.watching.started", folder=open_workspace(root).returns))
    companion = _companion(say, needed=root is None)
    run = _Watch(root, say, pause) if root is not None else None
    done = 0
    try:
        while not stop.wait(look):
            if run is not None:
                run.look(lies())
            done += companion.attend() if companion is not None else 0
    except KeyboardInterrupt:
        pass
    finally:
        if companion is not None:
            companion.end()
    return Watched(run.count if run is not None else done)


def _companion(say: Say, *, needed: bool) -> Companion | None:
    """Return what carries out the ribbon's requests, None where there is no ribbon and it is not ``needed``."""
    try:
        companion = Companion(Spool.of_user(), say)
    except KohyoError:
        if needed:
            raise
        return None
    if needed:
        say(wording("addin.companion.started"))
    return companion


def _looker(folder: Path) -> Callable[[], Lies | None]:
    """Return what tells what lies in a folder, None while it cannot be seen."""
    try:
        from watchdog.utils.dirsnapshot import DirectorySnapshot  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("watch_missing") from error

    def look() -> Lies | None:
        try:
            found = DirectorySnapshot(str(folder))
        except OSError:
            return None
        names = (str(path) for path in found.paths if not found.isdir(path))
        return {name: (found.size(name), found.mtime(name)) for name in names if not is_temporary_file(Path(name).name)}

    return look


class _Watch:
    """What was taken in, what was seen last and since when, and what was told."""

    def __init__(self, root: Path, say: Say, pause: float) -> None:
        self.count = 0
        self._root, self._say, self._pause = root, say, pause
        self._wait = pause
        self._taken: Lies = {}
        self._seen: Lies | None = None
        self._since = monotonic()
        self._told = ""

    def look(self, lies: Lies | None) -> None:
        """Take in what lies there once it has rested, unless it was taken in; nothing while it cannot be seen."""
        if lies is None:
            self._seen = None
            self._tell_once(wording("addin.watching.gone"))
        elif lies != self._seen:
            self._seen, self._since, self._wait = lies, monotonic(), self._pause
        elif lies != self._taken and monotonic() - self._since >= self._wait:
            self._take_in(lies)

    def _take_in(self, lies: Lies) -> None:
        with listening() as told:
            done, sentence = self._consolidated()
        self._tell_once("\n".join([*told.sentences, sentence]))
        if done is not None and not done.waits:
            self._taken, self._told = lies, ""
            self.count += 1
            return
        self._since, self._wait = monotonic(), min(2 * self._wait, _LONGEST)

    def _consolidated(self) -> tuple[Consolidated | None, str]:
        try:
            done = consolidate(self._root)
        except KohyoError as problem:
            return None, describe_problem(problem)
        return done, consolidated_sentence(done)

    def _tell_once(self, sentence: str) -> None:
        """Say a sentence, but not the same again while nothing else was said."""
        if sentence != self._told:
            self._say(sentence)
            self._told = sentence

"""Watching 回収 (見張り): what is put there is taken into the register, without Excel starting anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from kohyo.addin.actions import consolidated_sentence
from kohyo.errors import KohyoError, UsageError
from kohyo.messages import describe_problem, wording
from kohyo.usecases.consolidate import consolidate
from kohyo.workspace.folder import open_workspace

_PAUSE = 2.0
"""Seconds without a change before what came is taken in: a file that is still being copied is left alone."""
_LOOK = 1.0
"""Seconds between two looks at the folder; looking works on file servers too, which do not always tell of changes."""

_CHANGES = ("created", "modified", "moved", "deleted")

Say = Callable[[str], object]


@dataclass(frozen=True)
class Watched:
    """How often something was taken in."""

    count: int


def watch(root: Path, say: Say, stop: Event, *, pause: float = _PAUSE, look: float = _LOOK) -> Watched:
    """Consolidate whenever something changed in 回収, and ``say`` the ribbon's sentence, until stopped.

    It stops when ``stop`` is set or the user breaks it off. Raises UsageError when there is no workspace or
    watchdog is missing. What goes wrong with what came is said, and the next is waited for.
    """
    try:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler  # noqa: PLC0415 - optional
        from watchdog.observers.polling import PollingObserver  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("watch_missing") from error
    folder = open_workspace(root).returns
    changed = Event()

    class _Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in _CHANGES:
                changed.set()

    folder.mkdir(exist_ok=True)
    if any(folder.iterdir()):
        changed.set()
    observer = PollingObserver(timeout=look)
    observer.schedule(_Handler(), str(folder), recursive=True)
    observer.start()
    try:
        say(wording("addin.watching.started", folder=folder))
        return Watched(_serve(root, say, stop, changed, pause))
    finally:
        observer.stop()
        observer.join()


def _serve(root: Path, say: Say, stop: Event, changed: Event, pause: float) -> int:
    """Take in what came, as often as something comes and then rests; return how often."""
    count = 0
    try:
        while not stop.is_set():
            if not changed.wait(timeout=pause):
                continue
            while changed.is_set() and not stop.is_set():
                changed.clear()
                stop.wait(pause)
            if not stop.is_set():
                say(_consolidated(root))
                count += 1
    except KeyboardInterrupt:
        pass
    return count


def _consolidated(root: Path) -> str:
    try:
        return consolidated_sentence(consolidate(root))
    except KohyoError as problem:
        return describe_problem(problem)

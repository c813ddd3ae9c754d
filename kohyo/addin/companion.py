"""The companion (付添い): carries out what the ribbon asks for where Excel itself may start no program.

It runs as the user, without an administrator, from log-on (``kohyo addin install --companion``) or as ``kohyo watch``.
The tasks, the sentences and the progress are those of the ribbon: it works on the Excel that is open, from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from filelock import FileLock, Timeout

from kohyo.addin.dispatch import clicked, tell
from kohyo.addin.spool import LOCK, Request, Spool
from kohyo.addin.tasks import BY_TAG
from kohyo.messages import wording

BEAT = 5.0
"""Seconds between two signs of life; they go on while a task works."""


class Companion:
    """One at a time per user attends to the spool; another waits and takes over when that one ends."""

    def __init__(self, spool: Spool, say: Callable[[str], object]) -> None:
        """Take the spool, and where to say what was done."""
        self._spool, self._say = spool, say
        self._lock = FileLock(spool.folder / LOCK)
        self._ended = Event()

    def attend(self) -> int:
        """Carry out what waits, and return how much that was; nothing while another companion attends."""
        if not self._lock.is_locked and not self._begin():
            return 0
        count = 0
        for request in self._spool.taken():
            try:
                self._carry_out(request)
            finally:
                self._spool.end(request.path)
            count += 1
        return count

    def end(self) -> None:
        """Stop attending."""
        self._ended.set()
        if self._lock.is_locked:
            self._spool.leave()
            self._lock.release()

    def _begin(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        self._spool.beat()
        Thread(target=self._live, daemon=True).start()
        for request in self._spool.left():
            self._tell("cut_off", request)
        return True

    def _live(self) -> None:
        while not self._ended.wait(BEAT):
            self._spool.beat()

    def _carry_out(self, request: Request) -> None:
        if request.is_late:
            self._tell("late", request)
        else:
            self._say(clicked(request.tag, request.version, request.window).sentence)

    def _tell(self, what: str, request: Request) -> None:
        """Tell in Excel, and here, what became of a request that is not carried out."""
        known = BY_TAG.get(request.tag)
        sentence = wording(f"addin.companion.{what}", label=known.label if known else request.tag)
        tell(sentence)
        self._say(sentence)

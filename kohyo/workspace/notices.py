"""Notices (お知らせ): what happens beside a command's own result, told to whoever listens while it works.

A command that finds another one cut off takes it up first; a file that Excel holds is left as it is. Both are said
through Python's own logging, a sentence each, so that the command line, the ribbon and a program hear of it alike.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kohyo.messages import wording

_LOGGER = logging.getLogger("kohyo.notices")


@dataclass
class Notices:
    """The sentences told in the thread that listens, and whether a person must do something about one of them."""

    sentences: list[str] = field(default_factory=list)
    needs_person: bool = False


def tell(key: str, **fields: object) -> None:
    """Tell what was done beside the command's work (``notices``)."""
    _LOGGER.warning("%s", wording(f"notices.{key}", **fields))


def tell_undone(key: str, **fields: object) -> None:
    """Tell what could not be done, and what a person has to do."""
    _LOGGER.error("%s", wording(f"notices.{key}", **fields))


@contextmanager
def listening() -> Iterator[Notices]:
    """Collect what is told in this thread; nothing of it is printed elsewhere meanwhile."""
    told = Notices()
    here = threading.get_ident()

    class _Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here:
                told.sentences.append(record.getMessage())
                told.needs_person |= record.levelno >= logging.ERROR

    listener = _Listener()
    _LOGGER.addHandler(listener)
    try:
        yield told
    finally:
        _LOGGER.removeHandler(listener)


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Collect what is told in this thread, besides: it is told elsewhere as ever."""
    told: list[str] = []
    here = threading.get_ident()

    def overhear(record: logging.LogRecord) -> bool:
        if record.thread == here:
            told.append(record.getMessage())
        return True

    _LOGGER.addFilter(overhear)
    try:
        yield told
    finally:
        _LOGGER.removeFilter(overhear)

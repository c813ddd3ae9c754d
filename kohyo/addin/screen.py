"""What Excel shows and asks while a task works (画面のやりとり): its status bar, a yes or no, a file or a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from kohyo.messages import wording
from kohyo.workspace.progress import Progress

if TYPE_CHECKING:
    import xlwings as xw

_TEXT = 2
"""A text is asked for (the Type of Excel's InputBox)."""

_PICK_FILE, _PICK_FOLDER = 3, 4
"""Kinds of Excel's FileDialog."""

_PICKED = -1
_OWN_TEXT = False
_OFTEN = 0.3
"""Seconds between two words of how far it is: each is a call to another process."""


@contextmanager
def at_work(app: xw.App | None, label: str) -> Iterator[None]:
    """Say in the status bar that a task is at work, as long as it is."""
    _say(app, wording("addin.working.task", label=label))
    try:
        yield
    finally:
        _say(app, _OWN_TEXT)


def counting(app: xw.App) -> Progress:
    """Return a progress that says in the status bar how far it is."""

    def shown(work: Sequence[Any], what: str) -> Iterable[Any]:
        last = 0.0
        for done, entry in enumerate(work):
            if monotonic() - last > _OFTEN:
                _say(app, wording("addin.working.progress", what=what, done=done, all=len(work)))
                last = monotonic()
            yield entry

    return shown


def asked(app: xw.App, question: str, proposed: str = "") -> str:
    """Ask the user for a text in Excel's own window and return it, empty when they broke off."""
    answer = app.api.InputBox(question, wording("addin.tab"), proposed, Type=_TEXT)
    return answer.strip() if isinstance(answer, str) else ""


def confirmed(app: xw.App, what: str) -> bool:
    """Show what will happen and return whether the user wants it."""
    answer: object = app.alert(what, title=wording("addin.tab"), buttons="ok_cancel", mode="info")
    return answer == "ok"


def picked(app: xw.App, title: str, *, folder: bool = False) -> Path | None:
    """Let the user pick a file, or a folder, and return it; None when they broke off."""
    dialog = app.api.FileDialog(_PICK_FOLDER if folder else _PICK_FILE)
    dialog.Title = title
    dialog.AllowMultiSelect = False
    return Path(str(dialog.SelectedItems(1))) if dialog.Show() == _PICKED else None


def _say(app: xw.App | None, text: str | bool) -> None:  # noqa: FBT001 - False is Excel's word for its own text
    """Put a text into the status bar; an Excel that does not take it stops nothing."""
    if app is not None:
        with suppress(Exception):
            app.api.StatusBar = text

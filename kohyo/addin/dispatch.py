"""A click on the ribbon, from the tag to the sentence; whatever happens, it ends in one line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import kohyo
from kohyo.addin.host import active_book, excel, in_words
from kohyo.addin.screen import at_work
from kohyo.addin.tasks import task
from kohyo.errors import KohyoError, UsageError
from kohyo.messages import describe_problem, wording
from kohyo.workspace.notices import listening

if TYPE_CHECKING:
    import xlwings as xw

_TAG = re.compile("[a-z_]{1,32}")
_DEBUG = "KOHYO_DEBUG"


@dataclass(frozen=True)
class Clicked:
    """How a click ended: the sentence that was told, and whether the task was done."""

    tag: str
    sentence: str
    done: bool

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody must do something first."""
        return not self.done


def click(tag: str, version: str = "") -> str:
    """Carry out the task of a button in the Excel it was pressed in, tell how it ended, and return the sentence.

    ``version`` is the add-in's; where it is not the package's, nothing is done.
    """
    return clicked(tag, version).sentence


def clicked(tag: str, version: str = "", window: int | None = None) -> Clicked:
    """Do what ``click`` does and return how it ended; ``window`` is a window of the Excel that asked from afar."""
    app: xw.App | None = None
    done = False
    with listening() as told:
        try:
            with in_words():
                _refuse_other(version)
                wanted = task(_checked(tag))
                app = excel(window)
                with at_work(app, wanted.label):
                    sentence = wanted.action(active_book(app))
            done = True
        except KohyoError as problem:
            sentence = describe_problem(problem)
        except Exception as error:  # no traceback ever reaches a user
            if os.environ.get(_DEBUG):
                raise
            sentence = wording("errors.unexpected", detail=f"{type(error).__name__}: {error}")
    sentence = "\n".join([*told.sentences, sentence])
    _tell(app, sentence, good=done)
    return Clicked(tag, sentence, done)


def _checked(tag: str) -> str:
    """Return the tag; raise UsageError for what is no tag, whatever it tries to be."""
    if not _TAG.fullmatch(tag):
        raise UsageError("addin_unknown_task", tag=re.sub("[^a-zA-Z_]", "", tag)[:32])
    return tag


def _refuse_other(version: str) -> None:
    if version and version != kohyo.__version__:
        raise UsageError("addin_version", addin=version, package=kohyo.__version__)


def tell(sentence: str) -> None:
    """Show a sentence that no task ended with, in Excel or in a window of the system's."""
    _tell(None, sentence, good=False)


def _tell(app: xw.App | None, sentence: str, *, good: bool) -> None:
    """Show the sentence in Excel; where no Excel can be asked, in a window of the system's."""
    try:
        app = app or excel()
        app.alert(sentence, title=wording("addin.tab"), mode="info" if good else "critical")
    except Exception:  # noqa: BLE001 - the sentence must be told even where Excel does not answer
        tell_without_excel(sentence)


def tell_without_excel(sentence: str) -> None:
    """Show the sentence in a window of Windows'; elsewhere the caller's terminal shows what was returned."""
    try:
        import ctypes  # noqa: PLC0415 - Windows alone has the window

        ctypes.windll.user32.MessageBoxW(0, sentence, wording("addin.tab"), 0)  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):
        return

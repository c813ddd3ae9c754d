"""The Excel that is open on the screen, met with care: it is the user's, and it is never ended."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kohyo.errors import FileError, UsageError
from kohyo.messages import wording

if TYPE_CHECKING:
    import xlwings as xw

_HANDLE = "--hwnd="
_ATTEMPTS = 1000
"""How often a call that Excel rejects is made again before the user is told; without it xlwings never gives up."""
_BUSY = {-2147418111, -2146777998, -2147417846, -2147417847}
"""Excel rejects calls while a cell is edited, or a window of its own waits (RPC_E_CALL_REJECTED and its kin)."""


def load_xlwings() -> None:
    """Load xlwings so that it neither waits for ever nor ends an Excel; raise UsageError where it is missing.

    At its end xlwings would end every Excel that shows no workbook, whoever started it.
    """
    try:
        import_module("xlwings")
        inner: Any = import_module("xlwings._xlwindows") if sys.platform == "win32" else None
    except ImportError as error:
        raise UsageError("addin_no_xlwings") from error
    if inner is not None:
        atexit.unregister(inner.cleanup)
        inner.N_COM_ATTEMPTS = _ATTEMPTS


def excel() -> xw.App:
    """Return the Excel that the button was pressed in, else the active one; raise UsageError when there is none."""
    load_xlwings()
    import xlwings as xw  # noqa: PLC0415 - optional, and slow to load

    handle = next((int(word[len(_HANDLE) :]) for word in sys.argv if _is_handle(word)), None)
    apps = [app for app in xw.apps if app.hwnd == handle] if handle is not None else []
    app = apps[0] if apps else xw.apps.active
    if app is None:
        raise UsageError("addin_no_excel", register=wording("workbook.files.register"))
    return app


def active_book(app: xw.App) -> xw.Book | None:
    """Return the workbook in front, None when there is none (or only one in Protected View)."""
    if not len(app.books):
        return None
    book = app.books.active
    return book if book.api is not None else None


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what Excel's interface raises into errors with a sentence."""
    try:
        yield
    except Exception as error:
        code = getattr(error, "hresult", None)
        if code is None:
            raise
        raise FileError("addin_busy" if code in _BUSY else "addin_excel", detail=code) from error


def _is_handle(word: str) -> bool:
    return word.startswith(_HANDLE) and word[len(_HANDLE) :].isascii() and word[len(_HANDLE) :].isdigit()

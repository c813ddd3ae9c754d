"""The Excel that is open on the screen, met with care: it is the user's, and it is never ended."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
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


def excel(window: int | None = None) -> xw.App:
    """Return the Excel that the button was pressed in, else the active one; raise UsageError when there is none.

    It is known by a window of its: ``window``, or the one that the ribbon names as it starts Python.
    """
    load_xlwings()
    if sys.platform == "darwin":
        raise UsageError("addin_windows_only")
    import xlwings as xw  # noqa: PLC0415 - optional, and slow to load

    engines: Any = xw.engines
    if engines.active is None:
        raise UsageError("addin_windows_only")
    named = next((int(word[len(_HANDLE) :]) for word in sys.argv if _is_handle(word)), None)
    handle = named if window is None else window
    apps = [app for app in xw.apps if _has_window(app, handle)] if handle is not None else []
    app = apps[0] if apps else xw.apps.active
    if app is None:
        raise UsageError("addin_no_excel", register=wording("workbook.files.register"))
    return app


def _has_window(app: xw.App, handle: int) -> bool:
    """Tell whether a window belongs to an Excel, which has one for each book."""
    if app.hwnd == handle:
        return True
    try:
        windows: Any = import_module("win32process")
    except ImportError:
        return False
    return bool(app.pid == windows.GetWindowThreadProcessId(handle)[1])


def open_book(app: xw.App, path: Path) -> xw.Book:
    """Return the book at ``path``, opened if need be, by the very path (xlwings would resolve a mapped drive).

    Raises FileError when another book of the same name is open, beside which Excel opens none.
    """
    for book in app.books:
        if book.name == path.name:
            if not same_file(Path(place(book)), path):
                raise FileError("addin_same_name", path=place(book))
            return book
    app.api.Workbooks.Open(str(path))
    return app.books[path.name]


def place(book: xw.Book) -> str:
    """Return where a book lies, as Excel says it: a path, a URL, or a bare name for one never saved."""
    return str(book.api.FullName)


def same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths name one file, be it by a mapped drive and by its server."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


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

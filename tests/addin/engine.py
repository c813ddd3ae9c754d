"""A small Excel for tests: an xlwings engine over openpyxl that knows what the tasks use, and locks as Excel does.

Like Excel it hands the register out as it stands on the screen, keeps files locked while they are open, refuses
calls while a cell is edited, and asks nothing.
"""

# ruff: noqa: D102 - the methods are those that xlwings and Excel have

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

import openpyxl
import xlwings as xw

REJECTED = -2147418111


class ComError(Exception):
    """What Excel's interface raises."""

    def __init__(self, hresult: int) -> None:
        super().__init__(hresult)
        self.hresult = hresult


class Engine:
    """The engine: one Excel, which tests open books in."""

    name, type = "tests", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()


class Apps:
    """All running Excels."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def __iter__(self) -> Iterator[App]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.running if app.pid == pid)


@dataclass(eq=False)
class App:
    """One Excel: its books, what it told the user, and whether a cell is being edited."""

    engine: Engine
    pid: int = 1
    hwnd: int = 4711
    told: list[tuple[str, str]] = field(default_factory=list)
    editing: bool = False
    typed: str | bool = False
    """What the user types when asked; False when they break off, True when they take what is proposed."""
    wants: bool = True
    """Whether the user says OK to what will happen."""
    picks: Path | None = None
    """The file or folder that the user picks; None when they break off."""
    shown: list[str] = field(default_factory=list)
    """What was shown for an OK, and what stood in the status bar, in order."""
    bar: str | bool = False

    def __post_init__(self) -> None:
        self.books = Books(self)
        self.api, self.Workbooks = self, self.books

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: None) -> str:
        assert (title, callback) == ("個票", None)
        if buttons == "ok_cancel":
            self.shown.append(prompt)
            return "ok" if self.wants else "cancel"
        assert buttons == "ok"
        assert self.StatusBar is False
        self.told.append((prompt, mode))
        return "ok"

    @property
    def StatusBar(self) -> str | bool:  # noqa: N802 - Excel's name
        return self.bar

    @StatusBar.setter
    def StatusBar(self, text: str | bool) -> None:  # noqa: N802 - likewise
        self.bar = text
        if isinstance(text, str):
            self.shown.append(text)

    def FileDialog(self, kind: int) -> FileDialog:  # noqa: N802 - Excel's name
        assert kind in (3, 4)
        self.check()
        return FileDialog(self.picks)

    def InputBox(self, question: str, title: str, proposed: str, *, Type: int) -> str | bool:  # noqa: N802, N803 - Excel's names
        assert (question[-1], title, Type) == ("。", "個票", 2)
        self.check()
        return proposed if self.typed is True else self.typed

    def check(self) -> None:
        """Reject the call while a cell is edited."""
        if self.editing:
            raise ComError(REJECTED)

    def quit(self) -> None:
        """Fail: nothing may end the user's Excel."""
        raise AssertionError

    kill = quit  # noqa: A003 - xlwings' own name


@dataclass
class FileDialog:
    """Excel's window to pick a file or a folder."""

    picks: Path | None
    Title: str = ""
    AllowMultiSelect: bool = True

    def Show(self) -> int:  # noqa: N802 - Excel's name
        assert self.Title
        assert not self.AllowMultiSelect
        return 0 if self.picks is None else -1

    def SelectedItems(self, number: int) -> str:  # noqa: N802
        assert number == 1
        return str(self.picks)


class Books:
    """The open books; the last one is in front."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.open_books: list[Book] = []

    @property
    def active(self) -> Book:
        self.app.check()
        return self.open_books[-1]

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, int):
            return self.open_books[key - 1]
        for book in self.open_books:
            if book.name == key:
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.open_books))

    def add(self) -> Book:
        """Make a new book, which is nowhere until it is saved."""
        book = Book(self, openpyxl.Workbook(), "Book1")
        self.open_books.append(book)
        return book

    def Open(self, fullname: str) -> Book:  # noqa: N802 - Excel's name
        """Open a book and lock its file as Excel does."""
        book = Book(self, openpyxl.load_workbook(fullname), str(fullname))
        book.lock.touch()
        self.open_books.append(book)
        return book


class Book:
    """An open book; ``api`` is the book itself, with the names that Excel's own interface has."""

    def __init__(self, books: Books, content: Any, fullname: str) -> None:  # noqa: ANN401 - openpyxl's sheets have many types
        self.books, self.content = books, content
        self.FullName = fullname
        self.ReadOnly = False
        self.Saved = True
        self.app, self.api = books.app, self
        self.sheets = Sheets(self)

    @property
    def fullname(self) -> str:
        return self.FullName

    @property
    def name(self) -> str:
        return PureWindowsPath(self.FullName).name

    @property
    def lock(self) -> Path:
        path = Path(self.FullName)
        return path.with_name(f"~${path.name}")

    def SaveCopyAs(self, path: str) -> None:  # noqa: N802 - Excel's name
        self.app.check()
        self.content.save(path)

    def save(self, path: str | None = None, *, password: None = None) -> None:
        """Save, under another name where one is given."""
        assert password is None
        self.FullName = path or self.FullName
        self.content.save(self.FullName)
        self.lock.touch()

    def Activate(self) -> None:  # noqa: N802
        self.app.check()
        self.books.open_books.remove(self)
        self.books.open_books.append(self)

    def close(self) -> None:
        """Close without saving."""
        self.app.check()
        self.books.open_books.remove(self)
        self.lock.unlink(missing_ok=True)


class Sheets:
    """A book's sheets."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.content.active)

    def __call__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.book.content.worksheets[key - 1])
        return Sheet(self.book, self.book.content[key])

    def add(self, before: Sheet | None, after: Sheet | None, name: str | None = None) -> Sheet:
        assert before is not None
        assert after is None
        return Sheet(self.book, self.book.content.create_sheet(name, 0))

    def __len__(self) -> int:
        return len(self.book.content.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, sheet) for sheet in self.book.content.worksheets)


class Sheet:
    """A sheet; ``api`` says whether it is protected."""

    def __init__(self, book: Book, content: Any) -> None:  # noqa: ANN401
        self.book, self.content, self.api = book, content, self

    @property
    def name(self) -> str:
        return str(self.content.title)

    @name.setter
    def name(self, name: str) -> None:
        self.content.title = name

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self.content.protection.sheet)

    def Activate(self) -> None:  # noqa: N802
        self.book.content.active = self.content


@contextlib.contextmanager
def excel() -> Iterator[App]:
    """Run a small Excel, as the one that xlwings finds."""
    engines: Any = xw.engines
    before = engines.active
    engine = Engine()
    app = App(engine)
    engine.apps.running.append(app)
    engines.add(xw.Engine(impl=engine))
    engines.active = engines["tests"]
    try:
        yield app
    finally:
        for book in list(app.books):
            book.lock.unlink(missing_ok=True)
        engines.engines.remove(engines.engines_by_name.pop("tests"))
        engines.active = before

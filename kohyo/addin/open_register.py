"""The register that is open in Excel (開いている台帳): taken as it stands, and the results shown in the same Excel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kohyo.addin.guard import refuse_unchangeable, register_book
from kohyo.addin.host import open_book, place, same_file
from kohyo.addin.unsaved_results import keep_apart
from kohyo.errors import FileError
from kohyo.excel.register_book import SaveResult, put_waiting
from kohyo.messages import wording
from kohyo.workspace.folder import Workspace

if TYPE_CHECKING:
    import xlwings as xw

_TEXT = 2
"""A text is asked for (the Type of Excel's InputBox)."""


@dataclass
class OpenRegister:
    """One register that is open in Excel, its workspace, and what was put aside while working on it."""

    book: xw.Book
    workspace: Workspace
    kept: list[tuple[str, Path]] = field(default_factory=list)

    @classmethod
    def of(cls, book: xw.Book | None) -> OpenRegister:
        """Return the register that is in front; raise UsageError or FileError, saying what to open."""
        return cls(*register_book(book))

    @property
    def root(self) -> Path:
        """Folder of the workspace (作業フォルダ)."""
        return self.workspace.root

    @contextmanager
    def at_work(self, *results: str, every_result: bool = False, changing: bool = False) -> Iterator[Workspace]:
        """Let a use case work on the register as it stands on the screen, unsaved edits included.

        ``results`` are the keys of the workbooks that it writes; open ones are closed so that they can be written,
        with ``every_result`` all that lie in 結果.
        With ``changing`` it may change the register, which must then be neither read-only nor protected.
        """
        if changing:
            refuse_unchangeable(self.book)
        paths = [self.workspace.result(name) for name in results]
        if every_result:
            open_now = [Path(place(book)) for book in self.book.app.books]
            paths = [path for path in open_now if path.parent == self.workspace.results]
        self._make_way(paths)
        with TemporaryDirectory(prefix="kohyo-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / self.workspace.register.name
            self.book.api.SaveCopyAs(str(copy))
            yield replace(self.workspace, register_as_it_stands=copy)

    def put_back(self, saved: SaveResult) -> None:
        """Show the register that a use case saved: the book is closed, exchanged and opened at the same sheet.

        Its unsaved edits are in the saved one. Raises FileError when it cannot be exchanged; both files are kept.
        """
        if not saved.changed:
            return
        app, sheet = self.book.app, self.book.sheets.active.name
        self.book.close()
        try:
            if saved.waiting is not None:
                now = datetime.now().astimezone().replace(tzinfo=None)
                put_waiting(self.workspace.register, backups=self.workspace.backups, now=now)
        finally:
            self.book = open_book(app, self.workspace.register)
            if sheet in [known_sheet.name for known_sheet in self.book.sheets]:
                self.book.sheets[sheet].api.Activate()

    def show(self, path: Path, sheet: str = "") -> None:
        """Open a result in the same Excel and bring it to the front, at ``sheet`` if one is named."""
        opened = open_book(self.book.app, path)
        opened.api.Activate()
        if sheet:
            opened.sheets[sheet].api.Activate()

    def asked(self, question: str, proposed: str = "") -> str:
        """Ask the user for a text in Excel's own window and return it, empty when they broke off."""
        answer = self.book.app.api.InputBox(question, wording("addin.tab"), proposed, Type=_TEXT)
        return answer.strip() if isinstance(answer, str) else ""

    def said(self, sentence: str) -> str:
        """Return the task's sentence, with what was put aside."""
        for name, copy in self.kept:
            sentence = wording("addin.done.kept_apart", sentence=sentence, file=name, copy=copy)
        return sentence

    def _make_way(self, paths: list[Path]) -> None:
        """Close the open books at ``paths``; what somebody typed into one and did not save is kept in 控え.

        Raises FileError for an open book of the same name from elsewhere, beside which Excel opens no other.
        """
        for book in list(self.book.app.books):
            path = next((path for path in paths if path.name == book.name), None)
            if path is None:
                continue
            if not same_file(Path(place(book)), path):
                raise FileError("addin_same_name", path=place(book))
            copy = keep_apart(book, path, self.workspace.backups)
            if copy is not None:
                self.kept.append((path.name, copy))
            book.close()

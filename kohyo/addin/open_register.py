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
from kohyo.addin.screen import asked, confirmed, counting
from kohyo.addin.unsaved_results import keep_apart
from kohyo.errors import FileError, UsageError
from kohyo.excel.register_book import SaveResult, put_waiting
from kohyo.messages import wording
from kohyo.workspace.folder import Workspace
from kohyo.workspace.progress import Progress

if TYPE_CHECKING:
    import xlwings as xw


@dataclass
class OpenRegister:
    """One register that is open in Excel, its workspace, and what was put aside while working on it."""

    book: xw.Book
    workspace: Workspace
    app: xw.App
    """The Excel in which it is open, also while it is laid down."""

    kept: list[tuple[str, Path]] = field(default_factory=list)
    closed: list[Path] = field(default_factory=list)
    """Books that were closed, to be brought back."""

    @classmethod
    def of(cls, book: xw.Book | None) -> OpenRegister:
        """Return the register that is in front; raise UsageError or FileError, saying what to open."""
        register, workspace = register_book(book)
        return cls(register, workspace, register.app)

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
            open_now = [Path(place(book)) for book in self.app.books]
            paths = [path for path in open_now if path.parent == self.workspace.results]
        try:
            self._make_way(paths)
            with TemporaryDirectory(prefix="kohyo-", ignore_cleanup_errors=True) as folder:
                copy = Path(folder) / self.workspace.register.name
                self.book.api.SaveCopyAs(str(copy))
                yield replace(self.workspace, register_as_it_stands=copy)
        finally:
            self._bring_back()

    @contextmanager
    def laid_down(self) -> Iterator[Path]:
        """Close the register and all that is open of the workspace, for a use case that moves and exchanges the files.

        Afterwards every book comes back that still stands there, the register at the sheet that it showed. Raises
        UsageError when the register or the definition has edits that were not saved: they would be lost.
        """
        refuse_unchangeable(self.book)
        sheet = self.book.sheets.active.name
        inside = [book for book in self.app.books if self.root in Path(place(book)).parents]
        for book in inside:
            if not book.api.Saved and Path(place(book)).parent == self.root:
                raise UsageError("addin_unsaved", file=book.name)
        try:
            self._make_way([Path(place(book)) for book in inside])
            self.closed = [path for path in self.closed if path != self.workspace.register]
            yield self.root
        finally:
            self.book = open_book(self.app, self.workspace.register)
            self._bring_back()
            self._turn_to(sheet)

    @property
    def progress(self) -> Progress:
        """What shows in the status bar how far a use case is."""
        return counting(self.app)

    def put_back(self, saved: SaveResult) -> None:
        """Show the register that a use case saved: the book is closed, exchanged and opened at the same sheet.

        Its unsaved edits are in the saved one. Raises FileError when it cannot be exchanged; both files are kept.
        """
        if not saved.changed:
            return
        sheet = self.book.sheets.active.name
        self.book.close()
        try:
            if saved.waiting is not None:
                now = datetime.now().astimezone().replace(tzinfo=None)
                put_waiting(self.workspace.register, backups=self.workspace.backups, now=now)
        finally:
            self.book = open_book(self.app, self.workspace.register)
            self._turn_to(sheet)

    def show(self, path: Path, sheet: str = "") -> None:
        """Open a result in the same Excel and bring it to the front, at ``sheet`` if one is named."""
        opened = open_book(self.app, path)
        opened.api.Activate()
        if sheet:
            opened.sheets[sheet].api.Activate()

    def asked(self, question: str, proposed: str = "") -> str:
        """Ask the user for a text in Excel's own window and return it, empty when they broke off."""
        return asked(self.app, question, proposed)

    def meant(self, problem: UsageError) -> bool:
        """Show what is still open and ask whether to go on; True where the user types so."""
        return self.asked(wording("addin.asked.anyway", **problem.fields)) == wording("addin.asked.yes")

    def confirmed(self, tag: str, /, **fields: object) -> bool:
        """Show what a task will do and return whether the user wants it."""
        return confirmed(self.app, wording(f"addin.confirm.{tag}", **fields))

    def said(self, sentence: str) -> str:
        """Return the task's sentence, with what was put aside."""
        for name, copy in self.kept:
            sentence = wording("addin.done.kept_apart", sentence=sentence, file=name, copy=copy)
        return sentence

    def _make_way(self, paths: list[Path]) -> None:
        """Close the open books at ``paths``; what somebody typed into one and did not save is kept in 控え.

        Raises FileError for an open book of the same name from elsewhere, beside which Excel opens no other.
        """
        for book in list(self.app.books):
            path = next((path for path in paths if path.name == book.name), None)
            if path is None:
                continue
            if not same_file(Path(place(book)), path):
                raise FileError("addin_same_name", path=place(book))
            copy = keep_apart(book, path, self.workspace.backups)
            if copy is not None:
                self.kept.append((path.name, copy))
            book.close()
            self.closed.append(path)

    def _bring_back(self) -> None:
        """Open again what was closed and still stands there, and leave in front what is in front."""
        if not self.closed:
            return
        front = self.app.books.active
        for path in self.closed:
            if path.is_file():
                open_book(self.app, path)
        self.closed.clear()
        front.api.Activate()

    def _turn_to(self, sheet: str) -> None:
        """Show the register at a sheet, if it has that still."""
        self.book.api.Activate()
        if sheet in [known.name for known in self.book.sheets]:
            self.book.sheets[sheet].api.Activate()

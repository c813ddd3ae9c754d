"""What must hold before a task touches anything: which book may be worked on, and which may not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.addin.host import place, same_file
from kohyo.errors import FileError, UsageError
from kohyo.messages import wording
from kohyo.text.normalise import key
from kohyo.workspace.folder import Workspace

if TYPE_CHECKING:
    import xlwings as xw

_SETTINGS = ("xlwings.conf", "kohyo.conf")
"""Sheets by which a workbook could choose which Python runs; a returned file might carry one."""


def register_name() -> str:
    """Return the file name of the register (台帳.xlsx)."""
    return wording("workbook.files.register")


def refuse_settings(book: xw.Book) -> None:
    """Raise UsageError when the book carries a settings sheet of xlwings or of this add-in."""
    for sheet in book.sheets:
        if key(sheet.name).lstrip("_") in _SETTINGS:
            raise UsageError("addin_configured", sheet=sheet.name, register=register_name())


def workspace_of(book: xw.Book) -> Workspace | None:
    """Return the workspace whose register or result ``book`` is, None when it is neither.

    Raises UsageError for a book on the web, FileError when its server cannot be reached.
    """
    where = place(book)
    if "://" in where:
        raise UsageError("addin_url", path=where, register=register_name())
    path = Path(where)
    if where.startswith("\\\\") and not path.exists():
        raise FileError("addin_unreachable", path=where)
    for root in (path.parent, path.parent.parent):
        workspace = Workspace(root)
        is_register = path.parent == root and key(path.name) == key(workspace.register.name)
        if (is_register or path.parent == workspace.results) and workspace.definition.is_file():
            return workspace
    return None


def register_book(book: xw.Book | None) -> tuple[xw.Book, Workspace]:
    """Return the register that a task works on: the book in front, or the one whose result is in front.

    Raises UsageError or FileError, saying which file to open, when there is none or it must not be used.
    """
    if book is None:
        raise UsageError("addin_no_register", register=register_name())
    refuse_settings(book)
    workspace = workspace_of(book)
    if workspace is None:
        raise UsageError("addin_no_register", register=register_name())
    for entry in book.app.books:
        if same_file(Path(place(entry)), workspace.register):
            refuse_settings(entry)
            return entry, workspace
    raise UsageError("addin_open_register", path=workspace.register)


def refuse_unchangeable(book: xw.Book) -> None:
    """Raise FileError when the register is read-only or a sheet of it is protected."""
    if book.api.ReadOnly:
        raise FileError("addin_read_only", register=register_name())
    for sheet in book.sheets:
        if sheet.api.ProtectContents:
            raise FileError("addin_protected", register=register_name(), sheet=sheet.name)

"""Nothing that anyone typed is lost: a result that was edited on the screen is kept before it is written anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from kohyo.excel.ooxml.atomic_write import copy_whole

if TYPE_CHECKING:
    import xlwings as xw


def keep_apart(book: xw.Book, path: Path, backups: Path) -> Path | None:
    """Keep a copy of an open book in 控え when it holds other values than its file; return where, None if not."""
    if book.api.Saved:
        return None
    with TemporaryDirectory(prefix="kohyo-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        book.api.SaveCopyAs(str(copy))
        if _values(copy) == _values(path):
            return None
        kept = backups / f"{path.stem}_{datetime.now().astimezone():%Y%m%d-%H%M%S}{path.suffix}"
        backups.mkdir(parents=True, exist_ok=True)
        copy_whole(copy, kept)
        return kept


def _values(path: Path) -> dict[str, list[list[Any]]] | None:
    """Return the values of a workbook by sheet, None when it cannot be read."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError):
        return None

"""Data on the screen (データを見る): any data frame of the workspace on a sheet, brought up to date by a click.

The sheet lies in a workbook in 結果; what an analyst builds beside it (pivots, charts, other sheets) stays.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohyo.addin.host import open_book
from kohyo.addin.open_register import OpenRegister
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.text.normalise import key

if TYPE_CHECKING:
    import pandas as pd
    import xlwings as xw


def frame(book: xw.Book | None) -> str:
    """Show a data frame that is asked for, or bring the one in front up to date (データを見る)."""
    from kohyo.api.frames import Frames, frames_of  # noqa: PLC0415 - a click loads only its own task
    from kohyo.usecases.contents import contents  # noqa: PLC0415

    register = OpenRegister.of(book)
    labels = {part.name: wording(f"addin.frames.{part.name}") for part in fields(Frames)}
    in_front = str(book.sheets.active.name) if book is not None else ""
    proposed = in_front if in_front in labels.values() else next(iter(labels.values()))
    known = wording("text.list.joiner").join(labels.values())
    answer = register.asked(wording("addin.asked.frame", known=known), proposed)
    if not answer:
        return wording("addin.done.not_wanted")
    name = next((name for name, label in labels.items() if key(answer) in (key(label), key(name))), None)
    if name is None:
        raise UsageError("addin_no_frame", text=answer, known=known)
    with register.at_work() as root:
        found: pd.DataFrame = getattr(frames_of(contents(root), labels=True), name)
    path = register.workspace.results / wording("addin.files.frame", label=labels[name])
    _show(register, path, labels[name], found)
    return register.said(wording("addin.done.frame", label=labels[name], rows=len(found), file=path.name))


def _show(register: OpenRegister, path: Path, label: str, found: pd.DataFrame) -> None:
    """Write a frame onto its sheet in its book, both made where they are not there, and save the book."""
    import xlwings as xw  # noqa: PLC0415 - optional, and slow to load

    book = open_book(register.app, path) if path.is_file() else register.app.books.add()
    names = [sheet.name for sheet in book.sheets]
    if path.is_file() and label not in names:
        sheet = book.sheets.add(label, before=book.sheets[0])
    else:
        sheet = book.sheets[label] if label in names else book.sheets[0]
    sheet.name = label
    xw.view(_plain(found), sheet)
    if path.is_file():
        book.save()
    else:
        book.save(str(path))
    book.api.Activate()


def _plain(found: pd.DataFrame) -> Any:  # noqa: ANN401 - a data frame of plain objects
    """Return a frame whose cells Excel takes: what is missing is an empty cell."""
    plain = found.astype(object)
    return plain.where(plain.notna(), None)

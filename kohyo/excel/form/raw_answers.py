"""What stood in an answer cell (欄の中身), with everything by which it may say something else than it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from kohyo.definition.fields import FormField
from kohyo.excel.form.outside_answers import drawn_words
from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.model.finding import Place
from kohyo.model.returned_book import Found, RawAnswer
from kohyo.model.value import RawValue
from kohyo.text.excel_dates import DAYS_TO_1904

_NOTHING: Mapping[str, str] = {}
_KEPT = 512
"""Layouts of which the references of the answers are kept."""


def cell_reader(book: RawBook, grid: RawGrid, sheet: Place) -> Callable[..., RawAnswer]:
    """Return what reads the answer to a field from a cell of ``sheet`` and the value in it.

    It is asked for thousands of them, and looks up the rest once. ``apart`` are texts further away in its row, by cell.
    """
    file, tab, _ = sheet
    note_at, face_at = grid.notes.get, grid.faces.get
    hidden_rows, hidden_columns = grid.hidden_rows, grid.hidden_columns
    anything_beside, anything_hidden = bool(grid.drawings or grid.comments), bool(hidden_rows or hidden_columns)

    def answer(
        field: FormField,
        cell: Position,
        value: RawValue,
        found: Found = Found.BY_NAME,
        apart: Mapping[str, str] = _NOTHING,
    ) -> RawAnswer:
        return RawAnswer(
            Place(file, tab, a1(*cell)),
            value if value is None or isinstance(value, str) else _as_counted(book, field, value),
            found,
            note_at(cell, ""),
            _beside(grid, cell) if anything_beside else "",
            apart,
            face_at(cell),
            anything_hidden and (cell[0] in hidden_rows or cell[1] in hidden_columns),
        )

    return answer


def answers_by_name(
    book: RawBook, grid: RawGrid, sheet: Place, asked: Sequence[tuple[str, FormField]], cells: tuple[Position, ...]
) -> dict[str, RawAnswer]:
    """Return the answers to named fields from their cells; on ``sheet`` nothing is drawn and nobody commented."""
    file, tab, _ = sheet
    value_at, note_at, face_at = grid.cells.get, grid.notes.get, grid.faces.get
    anything_hidden = bool(grid.hidden_rows or grid.hidden_columns)
    new, by_name = tuple.__new__, Found.BY_NAME  # thousands of them: made without a look at the names of their parts
    answers: dict[str, RawAnswer] = {}
    for (name, field), cell, reference in zip(asked, cells, _references(cells), strict=True):
        value = value_at(cell)
        if value is not None and not isinstance(value, str):
            value = _as_counted(book, field, value)
        place = new(Place, (file, tab, reference))
        hidden = anything_hidden and grid.conceals(cell)
        about = (place, value, by_name, note_at(cell, ""), "", _NOTHING, face_at(cell), hidden)
        answers[name] = new(RawAnswer, about)
    return answers


@lru_cache(maxsize=_KEPT)
def _references(cells: tuple[Position, ...]) -> tuple[str, ...]:
    """Return the references of cells, which are the same on every sheet of a kind."""
    return tuple(a1(*cell) for cell in cells)


def _beside(grid: RawGrid, cell: Position) -> str:
    """Return what people put over a cell: its comment, the words of what is drawn there."""
    drawn = (drawn_words(drawing) for drawing in grid.drawings if drawing.covers(cell))
    return "\n".join(text for text in (grid.comments.get(cell, ""), *drawn) if text)


def _as_counted(book: RawBook, field: FormField, value: RawValue) -> RawValue:
    """Return a value; the bare number of a day counts as this workbook counts days.

    Of a fraction Excel shows 15 digits and no more: 0.1 + 0.2 is 0.3.
    """
    if isinstance(value, float):
        value = float(f"{value:.15g}")
    bare = isinstance(value, (int, float)) and not isinstance(value, bool)
    if bare and book.date1904 and field.type == "date":
        return value + DAYS_TO_1904  # type: ignore[operator] # it is a number
    return value

"""What a bend (曲げ) is, and how it chooses where to bend."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from kohyo.excel.form.form_identifiers import NAME_PREFIX
from kohyo.excel.ooxml.cell_reference import Position
from tests.bends.book import Book, Cell, Look, Meant, Page

Bend = Callable[[Book, Random], str]
"""Bends a book as a person or a program does, and says what it did; nothing where there was nothing to bend."""

MEMO = Meant("", "")
"""What is meant by a text that answers nothing: it must be named, never read as an answer."""

BLOCKS = ("issue", "practice")
"""Kinds of sheets that ask for the same fields several times."""


def dice(seed: int | str) -> Random:
    """Return dice that fall the same way for the same seed."""
    return Random(seed)  # noqa: S311 - nothing here is secret


def some_page(book: Book, rng: Random) -> Page:
    """Return one of the sheets on which answers are asked for; an own sheet where none is left."""
    return rng.choice(book.issued() or book.pages)


def some_answer(page: Page, rng: Random, types: tuple[type, ...] = (object,)) -> tuple[Position, Cell] | None:
    """Return an answer of a sheet that stands alone in its cell, of some types of values."""
    found = [
        (place, cell)
        for place, cell in page.answers().items()
        if isinstance(cell.value, types) and cell.look is Look.PLAIN and not cell.error and not _in_merge(page, place)
    ]
    return rng.choice(found) if found else None


def _in_merge(page: Page, place: Position) -> bool:
    return any(top <= place[0] <= bottom and left <= place[1] <= right for top, left, bottom, right in page.merges)


def label_of(page: Page, place: Position) -> Position | None:
    """Return the cell in the row of an answer that holds its label: the first text to its left."""
    left = [cell for cell in page.cells if cell[0] == place[0] and cell[1] < place[1]]
    found = min(left, default=None)
    return found if found is not None and isinstance(page.cells[found].value, str) else None


def named_rows(page: Page) -> list[int]:
    """Return the rows that the names of a sheet point into."""
    return sorted({place[0] for name, place in page.names.items() if name.startswith(NAME_PREFIX)})


def is_split(page: Page, cell: Cell) -> bool:
    """Tell whether a part of an answer stands in another cell: alone elsewhere, nobody can tell it from a memo."""
    fields = [other.meant.field for other in page.answers().values() if other.meant]
    return cell.meant is not None and fields.count(cell.meant.field) > 1

"""Answers that show something else than they hold: per cent, zeros in front, struck letters, text boxes, white letters.

A cell that was painted is left alone by the bends that retype answers (see ``some_answer``).
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from kohyo.text.normalise import key
from tests.bends.bend import MEMO, some_answer, some_page
from tests.bends.book import Book, Cell, Comment, Look, Page

_GONE = "見え消しにした文、"


def _painted(page: Page, place: tuple[int, int], value: object, look: Look) -> str:
    return f"{page.name}: {place} shows {value!r} {look.value}"


def _is_number(cell: Cell) -> bool:
    """Tell whether a number answers a field for numbers or for words."""
    plain = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and not cell.formula
    if not plain or cell.meant is None or cell.meant.field == "goal":
        return False
    return isinstance(cell.meant.value, (int, float)) or cell.meant.value == str(cell.value)


def per_cent(book: Book, rng: Random) -> str:
    """Type a number with a sign of per cent: a field for words says so, in one for numbers nobody knows."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (int, float))
    if found is None or not _is_number(found[1]):
        return ""
    place, cell = found
    meant, value = cell.meant, cell.value
    assert meant is not None
    assert isinstance(value, (int, float))
    shown = f"{value}%" if isinstance(meant.value, str) else None
    page.cells[place] = replace(cell, value=value / 100, look=Look.PERCENT, meant=replace(meant, value=shown))
    return _painted(page, place, value, Look.PERCENT)


def zeros_in_front(book: Book, rng: Random) -> str:
    """Give a number a format of seven digits."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (int,))
    if found is None or not _is_number(found[1]):
        return ""
    place, cell = found
    meant = cell.meant
    assert meant is not None
    shown = f"{cell.value:07}" if isinstance(meant.value, str) else meant.value
    page.cells[place] = replace(cell, look=Look.ZEROS, meant=replace(meant, value=shown))
    return _painted(page, place, cell.value, Look.ZEROS)


def struck_in_part(book: Book, rng: Random) -> str:
    """Strike an old text through and write the new one behind it."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str,))
    if found is None or found[1].formula or not key(found[1].value):
        return ""
    place, cell = found
    page.cells[place] = replace(cell, value=f"{_GONE}{cell.value}", look=Look.STRUCK, struck=len(_GONE))
    return _painted(page, place, cell.value, Look.STRUCK)


def struck_wholly(book: Book, rng: Random) -> str:
    """Strike an answer through, letter by letter or as a cell: nobody knows whether it was to be emptied."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str, int, float))
    if found is None or found[1].meant is None or found[1].formula or not key(found[1].value):
        return ""
    place, cell = found
    letters = len(cell.value) if isinstance(cell.value, str) and rng.random() < 0.5 else 0
    gone = replace(found[1].meant, value=None)
    page.cells[place] = replace(cell, look=Look.STRUCK, struck=letters, meant=gone, unstruck=cell.meant)
    return _painted(page, place, cell.value, Look.STRUCK)


def written_in_white(book: Book, rng: Random) -> str:
    """Answer in white letters, or in a format that shows nothing."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str, int, float))
    if found is None or found[1].formula:
        return ""
    place, cell = found
    look = rng.choice([Look.WHITE, Look.NOTHING])
    page.cells[place] = replace(cell, look=look)
    return _painted(page, place, cell.value, look)


def text_box(book: Book, rng: Random) -> str:
    """Draw a text box over a cell of the form, answered or not."""
    page = rng.choice([page for page in book.pages if page.state == "visible"])
    if not page.cells:
        return ""
    answers = list(page.answers())
    place = rng.choice(answers if answers and rng.random() < 0.7 else sorted(page.cells))
    page.boxes[place] = Comment(f"続きは別紙{rng.randint(1, 99)}のとおり", MEMO)
    return f"{page.name}: a text box over {place}"


def row_of_an_answer_hidden(book: Book, rng: Random) -> str:
    """Hide or filter away the row of an answer."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    page.hidden_rows.add(found[0][0])
    return f"{page.name}: row {found[0][0] + 1} hidden"

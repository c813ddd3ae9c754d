"""A form whose answers are spelled in another way, as a file (書き方を変えた調査票)."""

from __future__ import annotations

from pathlib import Path

from kohyo.excel.ooxml.cell_reference import a1
from tests.bends.book import Book
from tests.bends.opening import saved
from tests.bends.packages import Parts
from tests.bends.spellings import Way, respelled
from tests.excel.ooxml.builders import packed
from tests.excel.ooxml.packages import parts


def spelled_form(book: Book, way: Way, folder: Path) -> bytes:
    """Return the file of a book with every answer spelled in a way."""
    return packed(spelled_parts(book, way, folder))


def spelled_parts(book: Book, way: Way, folder: Path) -> Parts:
    """Return its parts."""
    path = folder / "plain.xlsx"
    path.write_bytes(saved(book))
    found = parts(path)
    for number, page in enumerate(book.pages, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        answers = {a1(*place) for place, cell in page.cells.items() if cell.meant}
        found[name] = respelled(found[name].decode(), answers, way).encode()
    return found

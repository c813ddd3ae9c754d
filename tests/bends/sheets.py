"""Sheets pasted over, renamed, copied, moved, deleted, added; names, rules and protection gone."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from random import Random

from tests.bends.bend import MEMO, some_answer, some_page
from tests.bends.book import Book, Cell, Meant, Page


def _only_values(page: Page) -> None:
    page.names, page.validated, page.protected = {}, False, False
    for cell in page.cells.values():
        if cell.value is not None:
            cell.formula = ""
    page.cells = {place: cell for place, cell in page.cells.items() if cell.value is not None or cell.formula}


def values_pasted(book: Book, rng: Random) -> str:
    """Paste the values of a sheet over a sheet that has no names and no rules."""
    page = some_page(book, rng)
    _only_values(page)
    return f"{page.name}: pasted as values"


def values_pasted_everywhere(book: Book, _rng: Random) -> str:
    """Paste the values of every sheet into a new workbook."""
    for page in book.pages:
        _only_values(page)
    book.properties.clear()
    book.pages = [page for page in book.pages if page.state == "visible"]
    return "a new workbook of pasted values"


def pasted_elsewhere(book: Book, rng: Random) -> str:
    """Paste the values of a sheet lower and further right."""
    page = some_page(book, rng)
    _only_values(page)
    page.hidden_rows, page.hidden_columns = set(), set()
    page.shift(rng.randint(1, 30), rng.randint(1, 5))
    return f"{page.name}: pasted elsewhere"


def some_names_deleted(book: Book, rng: Random) -> str:
    """Delete some names of a sheet."""
    page = some_page(book, rng)
    page.names = {name: place for name, place in page.names.items() if rng.random() < 0.7}
    return f"{page.name}: some names deleted"


def names_deleted(book: Book, _rng: Random) -> str:
    """Delete every name of the book."""
    for page in book.pages:
        page.names = {}
    return "all names deleted"


def validations_gone(book: Book, _rng: Random) -> str:
    """Lose the rules of all cells."""
    for page in book.pages:
        page.validated = False
    return "validations gone"


def protection_removed(book: Book, _rng: Random) -> str:
    """Take the protection off every sheet."""
    for page in book.pages:
        page.protected = False
    return "protection removed"


def renamed(book: Book, rng: Random) -> str:
    """Give a sheet another name."""
    page = some_page(book, rng)
    name = rng.choice(["道路の'橋", "最終", "コピー", " 1-99", unicodedata.normalize("NFD", "ガード部")])
    if any(other.name == name for other in book.pages):
        return ""
    old, page.name = page.name, name
    return f"{old} renamed {name}"


def reordered(book: Book, rng: Random) -> str:
    """Put the sheets into another order."""
    rng.shuffle(book.pages)
    return "sheets reordered"


def hidden(book: Book, rng: Random) -> str:
    """Hide a sheet."""
    page = some_page(book, rng)
    page.state = "hidden"
    return f"{page.name} hidden"


def deleted(book: Book, rng: Random) -> str:
    """Delete a sheet."""
    page = some_page(book, rng)
    copies = [other for other in book.pages if other.control == page.control]
    if len(book.pages) < 3 or len(copies) > 1:
        return ""
    book.pages.remove(page)
    return f"{page.name} deleted"


def tabs_swapped(book: Book, rng: Random) -> str:
    """Exchange the names of two sheets."""
    pages = book.issued()
    if len(pages) < 2:
        return ""
    one, other = rng.sample(pages, 2)
    one.name, other.name = other.name, one.name
    return f"{one.name} and {other.name} swapped"


def added(book: Book, rng: Random) -> str:
    """Add a sheet of one's own."""
    name = f"参考資料{rng.randint(1, 9999)}"
    cells = {(row, column): Cell(f"資料{row}", meant=MEMO) for row in range(4) for column in range(3)}
    book.pages.insert(rng.randint(0, len(book.pages)), Page(name, cells=cells))
    return f"{name} added"


def copied(book: Book, rng: Random) -> str:
    """Copy an item's sheet as a new item: its names are copied along, some answers are new."""
    pages = [page for page in book.issued() if page.kind == "item"]
    if not pages:
        return ""
    page = rng.choice(pages)
    name = f"{page.name} ({rng.randint(2, 9)})"
    if any(other.name == name for other in book.pages):
        return ""
    if page.place_of("title") is None:
        return ""
    copy = page.duplicate()
    copy.name, copy.copied = name, True
    for cell in copy.cells.values():
        if cell.meant and cell.meant.field:
            cell.meant = replace(cell.meant, copied=True)
    for one in copy.comments.values():
        one.meant = replace(one.meant, copied=True) if one.meant and one.meant.field else one.meant
    _retype(copy, copy.place_of("title") or (0, 0), f"新しい取組み{rng.randint(1, 999)}")
    for _ in range(rng.randint(0, 3)):
        found = some_answer(copy, rng, (str,))
        if found and found[1].meant and isinstance(found[1].meant.value, str) and not found[1].formula:
            _retype(copy, found[0], f"新しい取組み{rng.randint(1, 999)}")
    book.pages.insert(book.pages.index(page) + rng.randint(0, 1), copy)
    return f"{page.name} copied as {name}"


def _retype(page: Page, place: tuple[int, int], text: str) -> None:
    old = page.cells[place].meant
    if old is not None and old.field not in {"theme", "progress", "direction"}:
        page.cells[place] = Cell(text, meant=Meant(old.control, old.field, text, copied=old.copied))


def example_answered(book: Book, rng: Random) -> str:
    """Write into the example instead of a sheet of one's own."""
    for page in book.pages:
        if page.name == "記入例":
            places = [place for place, cell in page.cells.items() if place[1] == 1 and not cell.formula]
            page.cells[rng.choice(places)] = Cell(f"うちの部の答え{rng.randint(1, 999)}", meant=MEMO)
            return "the example was written into"
    return ""


def cover_written_on(book: Book, rng: Random) -> str:
    """Write a message on the cover."""
    for page in book.pages:
        if page.name == "表紙・記入要領":
            place = rng.choice([(3, 1), (page.last_row() + 2, 0), (2, 1), (0, 1)])
            if place not in page.cells:
                page.cells[place] = Cell(f"部長了承ずみ{rng.randint(1, 999)}", meant=MEMO)
                return f"a message on the cover at {place}"
    return ""

"""A form answered as it should be, and how one answer of it is put into the way of a bend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from kohyo.definition.fields import FormField, form_fields
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from tests.bends.book import Book, Cell, Meant, Page
from tests.bends.forms import as_sent, the_plan
from tests.bends.opening import meant_cells

DEPARTMENT = "区長室"
"""A department with three items."""

TITLE = (1, 1)
"""Where the head repeats the title by a formula."""

DAY = date(2024, 6, 3)

VERIFIED = 2027
"""The plan's year of verification (効果検証), in which nobody plans."""


def plain_value(field: FormField) -> tuple[RawValue, FieldValue]:
    """Return an answer to a field that nobody can misread, and its value."""
    if field.type == "goal":
        return field.choices[0], 1
    samples: dict[str, tuple[RawValue, FieldValue]] = {
        "tick": ("○", Tick.YES),
        "integer": (1200, 1200),
        "decimal": (12.5, 12.5),
        "date": (DAY, DAY),
    }
    said = "効果の検証" if field.year == VERIFIED else "答え"
    text = field.choices[0] if field.choices else f"{field.label}の{said}"
    return samples.get(field.type, (text, text))


def answered(plan: Plan | None = None) -> Book:
    """Return a form on whose item sheets every field is answered, and on the others none."""
    book = as_sent(DEPARTMENT)
    for page in book.issued():
        fields = {field.name: field for field in form_fields(plan or the_plan(), page.kind)}
        for name, place in meant_cells(page).items() if page.kind == "item" else ():
            if not fields[name].readonly:
                typed, value = plain_value(fields[name])
                page.cells[place] = Cell(typed, meant=Meant(page.control, name, value))
        if page.kind == "item":
            _calculate(book, page)
    return book


def _calculate(book: Book, page: Page) -> None:
    """Let the head, the cover and the overview repeat the new title, as their formulas do."""
    old, new = page.cells[TITLE].value, page.cells[meant_cells(page)["title"]].value
    for cell in (page.cells[TITLE], *(cell for other in book.pages[:2] for cell in other.cells.values())):
        if cell.formula and cell.value == old:
            cell.value = new


@contextmanager
def aimed(book: Book, tab: str, field: str) -> Iterator[Book]:
    """Let a bend see one sheet and one answer alone, so that it bends that; what is meant comes back afterwards.

    An empty ``tab`` or ``field`` hides nothing.
    """
    hidden = [page for page in book.pages if page.kind and tab not in ("", page.name)]
    kinds = [page.kind for page in hidden]
    kept: list[tuple[Cell, Meant]] = []
    for page in hidden:
        page.kind = ""
    for cell in book.page(tab).cells.values() if field else ():
        if cell.meant and cell.meant.field != field:
            kept.append((cell, cell.meant))
            cell.meant = None
    yield book
    for page, kind in zip(hidden, kinds, strict=True):
        page.kind = kind
    for cell, meant in kept:
        cell.meant = meant

"""What a form is known by is stripped, retyped, mixed; the file is renamed or saved by another program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from kohyo.excel.form.form_identifiers import CONTROL_NAME, HIDDEN_SHEET, LIST_SHEET
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.text.control_number import parse_control_number
from tests.bends.answers import wide
from tests.bends.bend import some_page
from tests.bends.book import Book, Cell, Page

_PLAN = "setagaya-r6"
_EPOCHS_APART = (date(1904, 1, 1) - date(1899, 12, 30)).days


def hidden_sheets_stripped(book: Book, _rng: Random) -> str:
    """Lose the hidden sheets to a sanitiser."""
    book.pages = [page for page in book.pages if page.name not in {HIDDEN_SHEET, LIST_SHEET}]
    return "hidden sheets stripped"


def properties_stripped(book: Book, _rng: Random) -> str:
    """Lose the custom properties to a sanitiser."""
    book.properties.clear()
    return "properties stripped"


def _control_cell(page: Page) -> Position | None:
    named = page.names.get(CONTROL_NAME)
    if named in page.cells:
        return named
    return next((place for place, cell in page.cells.items() if cell.value == page.control and page.control), None)


def control_retyped(book: Book, rng: Random) -> str:
    """Retype a control number in full width."""
    page = some_page(book, rng)
    place = _control_cell(page)
    if place is None:
        return ""
    page.cells[place] = Cell(wide(f" {page.control.lower()}　"))
    return f"{page.name}: control number retyped"


def control_mistyped(book: Book, rng: Random) -> str:
    """Retype a control number with a wrong digit."""
    page = some_page(book, rng)
    place = _control_cell(page)
    if place is None:
        return ""
    page.cells[place] = Cell(page.control[:-1] + str((int(page.control[-1]) + 1) % 10))
    return f"{page.name}: control number mistyped"


def control_deleted(book: Book, rng: Random) -> str:
    """Delete a control number."""
    page = some_page(book, rng)
    place = _control_cell(page)
    if place is None:
        return ""
    del page.cells[place]
    return f"{page.name}: control number deleted"


def file_renamed(book: Book, rng: Random) -> str:
    """Give the file another name."""
    book.file = rng.choice(["【土木部】（最終）調査票_修正 v2.xlsx", "新規 Microsoft Excel.xlsx", "a.XLSX"])
    return f"file renamed {book.file}"


def saved_as_xlsm(book: Book, _rng: Random) -> str:
    """Save with macros."""
    book.macros, book.file = True, "調査票.xlsm"
    return "saved as .xlsm"


def saved_by_openpyxl(book: Book, _rng: Random) -> str:
    """Open and save by a program that loses the results of formulas."""
    if book.macros:
        return ""
    book.resaved = True
    return "saved by openpyxl"


def epoch_of_1904(book: Book, _rng: Random) -> str:
    """Take the sheets over into a workbook that counts days from 1904."""
    if book.date1904 or book.resaved:
        return ""
    book.date1904 = True
    for page in book.pages:
        for cell in page.cells.values():
            value = cell.meant.value if cell.meant else None
            if isinstance(value, date) and isinstance(cell.value, int):
                cell.value -= _EPOCHS_APART
    return "days count from 1904"


def sheet_of_another_department(book: Book, rng: Random) -> str:
    """Take over a sheet of another department's form."""
    page = some_page(book, rng)
    other = page.duplicate()
    other.name, other.kind, other.control = f"{page.name} 別の部", "", ""
    place = _control_cell(page)
    if place is None:
        return ""
    for cell in other.cells.values():
        cell.meant = None
    number = parse_control_number(page.control, _PLAN)
    other.cells[place] = Cell(str(replace(number, department="01")))
    book.pages.append(other)
    return f"{page.name}: a sheet of another department beside it"

"""Answer cells merged, moved, split, commented on, made formulas; labels edited."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from kohyo.text.normalise import key
from tests.bends.answers import wide
from tests.bends.bend import MEMO, is_split, label_of, some_answer, some_page
from tests.bends.book import Book, Cell, Comment

_ERA = 2018
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?")


def merge_with_remark(book: Book, rng: Random) -> str:
    """Merge an answer with the cell to its right, whose text is lost."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    (row, column), _ = found
    beside = page.cells.get((row, column + 1))
    if beside is not None and beside.meant:
        return ""
    page.cells.pop((row, column + 1), None)
    page.merge((row, column, row, column + 1))
    return f"{page.name}: row {row + 1} merged with its remark"


def merge_with_label(book: Book, rng: Random) -> str:
    """Merge an answer with its label; the answer is lost or stays hidden under the merge."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    label = label_of(page, found[0]) if found else None
    if found is None or label is None:
        return ""
    if rng.random() < 0.5:
        del page.cells[found[0]]
    page.merge((*label, *found[0]))
    return f"{page.name}: row {label[0] + 1} merged with its label"


def merge_two_answers(book: Book, rng: Random) -> str:
    """Merge an answer with what stands below it."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    (row, column), _ = found
    if rng.random() < 0.5:
        page.cells.pop((row + 1, column), None)
    page.merge((row, column, row + 1, column))
    return f"{page.name}: rows {row + 1} and {row + 2} of column {column} merged"


def merge_with_row_below(book: Book, rng: Random) -> str:
    """Insert a row below an answer and merge the answer into it, to have more room."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    (row, column), _ = found
    page.insert_rows(row + 1)
    page.merge((row, column, row + 1, column))
    return f"{page.name}: row {row + 1} made taller by a merge"


def merge_off_the_first(book: Book, rng: Random) -> str:
    """Merge an answer cell with its right neighbour where the answer stands under the merge."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    (row, column), cell = found
    page.merge((row, column, row, column + 1))
    page.cells[row, column + 1] = cell
    del page.cells[row, column]
    return f"{page.name}: row {row + 1}: value off the merge's first cell"


def cell_cut_elsewhere(book: Book, rng: Random) -> str:
    """Cut an answer out and paste it outside the form: its name moves along."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None or is_split(page, found[1]):
        return ""
    to = (rng.randint(4, page.last_row() + 3), 6)
    page.cut_cell(found[0], to)
    return f"{page.name}: {found[0]} cut to {to}"


def cell_one_to_the_right(book: Book, rng: Random) -> str:
    """Type an answer over the remark beside its empty cell."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None or is_split(page, found[1]):
        return ""
    (row, column), cell = found
    del page.cells[row, column]
    page.cells[row, column + rng.randint(1, 3)] = cell
    return f"{page.name}: answer of row {row + 1} typed to the right of its cell"


def split_to_the_right(book: Book, rng: Random) -> str:
    """Box one text in several cells side by side."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str,))
    parts = _halves(found[1]) if found else None
    if found is None or parts is None:
        return ""
    (row, column), _ = found
    page.cells[row, column], page.cells[row, column + 1] = parts
    return f"{page.name}: text of row {row + 1} split to the right"


def split_below(book: Book, rng: Random) -> str:
    """Box one text in several rows, inserted for it."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str,))
    parts = _halves(found[1]) if found else None
    if found is None or parts is None:
        return ""
    (row, column), _ = found
    page.insert_rows(row + 1)
    page.cells[row, column], page.cells[row + 1, column] = parts
    return f"{page.name}: text of row {row + 1} split downwards"


def _halves(cell: Cell) -> tuple[Cell, Cell] | None:
    """Return both halves of a text, each meant as the whole; None where a half would be blank or nothing is split."""
    text = str(cell.value)
    half = len(text) // 2
    first, second = text[:half], text[half:]
    if not (key(first) and key(second)) or cell.formula:
        return None
    return replace(cell, value=first), replace(cell, value=second)


def comment_instead(book: Book, rng: Random) -> str:
    """Write an answer into a comment and leave its cell empty."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str, int, float))
    if found is None:
        return ""
    place, cell = found
    page.comments[place] = Comment(str(cell.value).strip(), cell.meant)
    del page.cells[place]
    return f"{page.name}: {place} answered in a comment"


def comment_beside(book: Book, rng: Random) -> str:
    """Add a comment to a cell of the form, answered or not."""
    page = rng.choice([page for page in book.pages if page.state == "visible"])
    if not page.cells:
        return ""
    place = rng.choice(sorted(page.cells))
    page.comments[place] = Comment(f"ここは要確認{rng.randint(1, 99)}", MEMO)
    return f"{page.name}: a comment at {place}"


def memo_outside(book: Book, rng: Random) -> str:
    """Write a memo beside or below the form."""
    page = rng.choice([page for page in book.pages if page.state == "visible"])
    place = (rng.randint(0, page.last_row() + 3), rng.randint(5, 9))
    if place in page.cells:
        return ""
    page.cells[place] = Cell(f"※要調整{rng.randint(1, 999)}", meant=MEMO)
    return f"{page.name}: a memo at {place}"


def formula_result(book: Book, rng: Random) -> str:
    """Answer with a formula whose result is stored."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str, int, float))
    if found is None:
        return ""
    found[1].formula = rng.choice(["A1&B1", "SUM(Z1:Z9)", "DDE", "WEBSERVICE(A1)", "IF(TRUE,B9,0)"])
    return f"{page.name}: {found[0]} is a formula"


def formula_without_result(book: Book, rng: Random) -> str:
    """Answer with a formula that was never calculated."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    page.cells[found[0]] = Cell(None, "NOW()", meant=found[1].meant)
    return f"{page.name}: {found[0]} is not calculated"


def error_value(book: Book, rng: Random) -> str:
    """Answer with a formula that failed."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    page.cells[found[0]] = Cell(rng.choice(_ERRORS), rng.choice(["", "A1/0"]), error=True, meant=found[1].meant)
    return f"{page.name}: {found[0]} is an error"


def number_as_text(book: Book, rng: Random) -> str:
    """Store a number as text, in full width or not."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (int, float))
    if found is None or isinstance(found[1].value, bool):
        return ""
    text = str(found[1].value)
    spelling = rng.choice([text, wide(text), f"　{text} "])
    place, cell = found
    cell.value, cell.formula = spelling, ""
    if cell.meant and isinstance(cell.meant.value, str):
        cell.meant = replace(cell.meant, value=spelling)
    return f"{page.name}: {place} is {spelling!r}"


def date_as_era(book: Book, rng: Random) -> str:
    """Retype the days of a form in the Japanese era."""
    days = [cell for page in book.issued() for cell in page.answers().values() if isinstance(cell.value, date)]
    for cell in days:
        if isinstance(cell.value, date):
            text = f"令和{cell.value.year - _ERA}年{cell.value.month}月{cell.value.day}日"
            cell.value = rng.choice([text, wide(text)])
    return f"{len(days)} days as of an era" if days else ""


def spaces_around(book: Book, rng: Random) -> str:
    """Put spaces around an answer."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str,))
    if found is None:
        return ""
    place, cell = found
    old, cell.value = cell.value, f"　 {cell.value}　"
    if cell.meant and cell.meant.value == old:
        free = not _is_listed(cell)
        cell.meant = replace(cell.meant, value=cell.value) if free else cell.meant
    return f"{page.name}: {place} has spaces around it"


def _is_listed(cell: Cell) -> bool:
    """Tell whether an answer is of a choice, which is read without the spaces."""
    return bool(cell.meant) and cell.meant is not None and cell.meant.field in {"theme", "progress", "direction"}


def label_in_half_width(book: Book, rng: Random) -> str:
    """Retype a label in half width, without its mark."""
    return _edit_label(book, rng, lambda text: unicodedata.normalize("NFKC", text).replace("*", ""))


def label_with_spaces(book: Book, rng: Random) -> str:
    """Spread a label with spaces, as for looks."""
    return _edit_label(book, rng, "　".join)


def label_edited(book: Book, rng: Random) -> str:
    """Overwrite a label with words of one's own."""
    number = rng.randint(1, 999)
    return _edit_label(book, rng, lambda _text: f"（変更）{number}")


def _edit_label(book: Book, rng: Random, edit: Callable[[str], str]) -> str:
    page = some_page(book, rng)
    found = some_answer(page, rng)
    label = label_of(page, found[0]) if found else None
    if label is None:
        return ""
    old = page.cells[label]
    page.cells[label] = Cell(edit(str(old.value)))
    return f"{page.name}: label {old.value!r} is {page.cells[label].value!r}"


def labels_swapped(book: Book, rng: Random) -> str:
    """Exchange two labels: who reads the sheet reads each answer under its new label."""
    page = some_page(book, rng)
    pairs = [(place, label) for place in page.answers() if (label := label_of(page, place))]
    texts = [(place, label) for place, label in pairs if _is_free(page.cells[place])]
    if len(texts) < 2:
        return ""
    (one, label), (other, other_label) = rng.sample(texts, 2)
    if key(page.cells[label].value) == key(page.cells[other_label].value):
        return ""
    page.shuffled = True
    page.cells[label], page.cells[other_label] = page.cells[other_label], page.cells[label]
    first, second = page.cells[one], page.cells[other]
    if first.meant and second.meant:
        names = first.meant.field, second.meant.field
        first.meant, second.meant = replace(first.meant, field=names[1]), replace(second.meant, field=names[0])
    return f"{page.name}: labels of rows {one[0] + 1} and {other[0] + 1} swapped"


def _is_free(cell: Cell) -> bool:
    return cell.meant is not None and isinstance(cell.meant.value, str) and not _is_listed(cell)

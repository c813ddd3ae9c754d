"""Rows and columns inserted, deleted, hidden, moved, sorted, copied."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from random import Random

from tests.bends.bend import BLOCKS, MEMO, is_split, label_of, some_answer, some_page
from tests.bends.book import ANSWER, LABEL, REMARK, Book, Cell, Page


def insert_rows(book: Book, rng: Random) -> str:
    """Insert one to three empty rows somewhere."""
    page = some_page(book, rng)
    row, count = rng.randint(0, page.last_row()), rng.randint(1, 3)
    page.insert_rows(row, count)
    return f"{page.name}: {count} rows inserted above {row + 1}"


def insert_row_with_memo(book: Book, rng: Random) -> str:
    """Insert a row and write a memo into it."""
    page = some_page(book, rng)
    row, column = rng.randint(0, page.last_row()), rng.choice([LABEL, ANSWER, REMARK, 4])
    page.insert_rows(row)
    page.cells[row, column] = Cell(f"メモ：課長に確認{rng.randint(1, 999)}", meant=MEMO)
    return f"{page.name}: a memo in a row of its own {row + 1}, column {column}"


def delete_row(book: Book, rng: Random) -> str:
    """Delete the row of an answer."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None:
        return ""
    page.delete_row(found[0][0])
    return f"{page.name}: row {found[0][0] + 1} deleted"


def insert_first_column(book: Book, rng: Random) -> str:
    """Insert a column to the left of everything."""
    page = some_page(book, rng)
    page.insert_column(LABEL)
    return f"{page.name}: a column before A"


def insert_column_before_answers(book: Book, rng: Random) -> str:
    """Insert a column between labels and answers."""
    page = some_page(book, rng)
    page.insert_column(ANSWER)
    return f"{page.name}: a column before B"


def insert_column_before_answers_pasted(book: Book, rng: Random) -> str:
    """Insert a column between labels and answers, and paste the values where no names are."""
    page = some_page(book, rng)
    page.insert_column(ANSWER)
    page.names = {}
    return f"{page.name}: a column before B, no names"


def insert_column_after_answers(book: Book, rng: Random) -> str:
    """Insert a column between answers and remarks."""
    page = some_page(book, rng)
    page.insert_column(REMARK)
    return f"{page.name}: a column before C"


def delete_remark_column(book: Book, rng: Random) -> str:
    """Delete the column of the remarks, and with it the control number."""
    page = some_page(book, rng)
    if any(place[1] == REMARK for place in page.answers()):
        return ""
    page.delete_column(REMARK)
    return f"{page.name}: column C deleted"


def delete_label_column(book: Book, rng: Random) -> str:
    """Delete the column of the labels."""
    page = some_page(book, rng)
    if page.shuffled:
        return ""
    page.delete_column(LABEL)
    return f"{page.name}: column A deleted"


def delete_answer_column(book: Book, rng: Random) -> str:
    """Delete the column of the answers: remarks stand in their place."""
    page = some_page(book, rng)
    page.delete_column(ANSWER)
    return f"{page.name}: column B deleted"


def hide_rows(book: Book, rng: Random) -> str:
    """Hide some rows, answers among them."""
    page = some_page(book, rng)
    page.hidden_rows |= {rng.randint(0, page.last_row()) for _ in range(5)}
    return f"{page.name}: rows hidden"


def hide_columns(book: Book, rng: Random) -> str:
    """Hide a column."""
    page = some_page(book, rng)
    page.hidden_columns.add(rng.choice([LABEL, ANSWER, REMARK]))
    return f"{page.name}: a column hidden"


def row_to_the_end(book: Book, rng: Random) -> str:
    """Cut the row of an answer out and paste it below everything."""
    page = some_page(book, rng)
    found = some_answer(page, rng)
    if found is None or is_split(page, found[1]):
        return ""
    page.cut_row(found[0][0], page.last_row() + 2)
    return f"{page.name}: row {found[0][0] + 1} moved to the end"


def rows_sorted(book: Book, rng: Random) -> str:
    """Sort some rows: what stands in them moves, the names stay where they are."""
    page = some_page(book, rng)
    rows = sorted({place[0] for place in page.answers()})
    labels = [label for place in page.answers() if (label := label_of(page, place))]
    if len(rows) < 3 or page.merges[1:] or len(labels) < len(rows):
        return ""
    start = rng.randint(0, len(rows) - 3)
    old = rows[start : start + 6]
    new = rng.sample(old, len(old))
    moved = dict(zip(old, new, strict=True))
    if page.kind in BLOCKS and _labels(page, old) == _labels(page, [moved[row] for row in old]):
        return ""
    page.shuffled = True
    page.cells = {(moved.get(row, row), column): cell for (row, column), cell in page.cells.items()}
    page.comments = {(moved.get(row, row), column): one for (row, column), one in page.comments.items()}
    return f"{page.name}: rows {moved} sorted"


def row_copied(book: Book, rng: Random) -> str:
    """Copy the row of an answer to the end and write something else there."""
    page = some_page(book, rng)
    found = some_answer(page, rng, (str,))
    if found is None:
        return ""
    place, last = found[0], page.last_row() + 1
    for column in (LABEL, ANSWER, REMARK):
        if (place[0], column) in page.cells:
            page.cells[last, column] = copy(page.cells[place[0], column])
    if (last, place[1]) in page.cells:
        value = f"{found[1].value}、その二"
        page.cells[last, place[1]] = replace(page.cells[last, place[1]], value=value, meant=MEMO)
    return f"{page.name}: row {place[0] + 1} copied to {last + 1}"


def _labels(page: Page, rows: list[int]) -> list[object]:
    """Return what stands in the first column of rows."""
    return [cell.value if (cell := page.cells.get((row, LABEL))) else None for row in rows]

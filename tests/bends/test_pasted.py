"""Sheets of the real form pasted over each other, or copied and renamed: none is read as another item's answer.

1. Answers, or a whole sheet, pasted over another item's are K333 there and change nothing, with or without formulas;
   exchanged with each other and passed round in a ring they are found on every sheet, and so are another department's.
2. Whole sheets that were exchanged are read by their control numbers, and K330 asks.
3. A copy whose original was deleted is K332, and its original in another file is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kohyo.excel.ooxml.file_reader import read_file
from kohyo.model.returned_file import ReturnedFile
from kohyo.workspace.received_files import understand
from tests.bends.book import Book, Cell, Page
from tests.bends.forms import as_sent, issue, the_plan
from tests.bends.opening import meant_cells, saved

DEPARTMENT, OTHER = "区長室", "土木部"
Paste = Callable[[Page, Page], None]
DOUBTS = ("K321", "K322", "K330", "K332", "K333", "K334")


def form() -> Book:
    """Return the form with an answer on every item sheet."""
    book = as_sent(DEPARTMENT)
    for page in items(book):
        page.cells[meant_cells(page)["measures"]] = Cell(f"{page.name}の進め方を決める。")
    return book


def items(book: Book) -> list[Page]:
    """Return the item sheets of a book."""
    return [page for page in book.issued() if page.kind == "item"]


def read(book: Book, folder: Path) -> ReturnedFile:
    """Return what a consolidation understands of a book."""
    path = folder / book.file
    path.write_bytes(saved(book))
    issues = {one.control: one for one in (issue(DEPARTMENT), issue(OTHER))}
    return understand(read_file(path), path.name, the_plan(), issues)


def doubts(one: ReturnedFile) -> list[tuple[str, str]]:
    """Return the findings about whose sheet a sheet is."""
    return [(finding.code, finding.place.sheet) for finding in one.findings if finding.code in DOUBTS]


def answered(one: ReturnedFile) -> dict[str, str]:
    """Return which sheet the answers of which item come from."""
    tabs = {sheet.item: sheet.tab for sheet in issue(DEPARTMENT).sheets if sheet.item}
    return {tabs[answer.item]: answer.place.sheet for answer in one.answers if answer.changes}


def paste_answers(source: Page, target: Page) -> None:
    """Paste the cells in which one answers, over those of another sheet."""
    places = meant_cells(target)
    locked = {"number", "old_number", "goal", "owners"}
    for name, place in meant_cells(source).items():
        if name not in locked:
            target.cells.pop(places[name], None)
            if place in source.cells:
                target.cells[places[name]] = replace(source.cells[place])


def paste_whole(source: Page, target: Page) -> None:
    """Paste all cells of a sheet over another, whose names stay where they are."""
    target.cells = {place: replace(cell) for place, cell in source.cells.items()}


def passed_on(pages: list[Page], paste: Paste) -> None:
    """Paste each sheet over the one before it, the first over the last."""
    sources = [page.duplicate() for page in pages]
    for target, source in zip(pages, [*sources[1:], sources[0]], strict=True):
        paste(source, target)


@pytest.mark.parametrize("values", [False, True], ids=["as they are", "as values"])
@pytest.mark.parametrize("paste", [paste_answers, paste_whole])
def test_a_sheet_pasted_over_another(tmp_path: Path, paste: Paste, *, values: bool) -> None:
    """The sheet under the paste is asked about, its source is read (1)."""
    book = form()
    target, source, last = items(book)
    paste(source, target)
    if values:
        target.names = {}
        target.cells = {place: replace(cell, formula="") for place, cell in target.cells.items()}
    one = read(book, tmp_path)
    assert doubts(one) == [("K333", target.name)]
    (finding,) = [finding for finding in one.findings if finding.code == "K333"]
    assert (finding.value, finding.context["other"]) == (target.name, source.name)
    assert answered(one) == {source.name: source.name, last.name: last.name}


@pytest.mark.parametrize("count", [2, 3])
def test_answers_passed_round(tmp_path: Path, count: int) -> None:
    """Two sheets exchanged and three in a ring are found on each of them (1)."""
    book = form()
    pages = items(book)[:count]
    passed_on(pages, paste_answers)
    one = read(book, tmp_path)
    assert doubts(one) == [("K333", page.name) for page in pages]
    assert set(answered(one).values()) == {page.name for page in items(book)[count:]}


@pytest.mark.parametrize("count", [2, 3])
def test_whole_sheets_passed_round(tmp_path: Path, count: int) -> None:
    """With the control numbers the answers went along: they are their items', under other names (2)."""
    book = form()
    pages = items(book)[:count]
    names = [page.name for page in pages]
    passed_on(pages, paste_whole)
    one = read(book, tmp_path)
    assert sorted(doubts(one)) == [("K330", name) for name in names]
    found = answered(one)
    assert {found[item]: item for item in names} == dict(zip(names, [*names[1:], names[0]], strict=True))


def test_another_departments_answers(tmp_path: Path) -> None:
    """A sheet of the plan that this department never had is recognised (1)."""
    book = form()
    target, source = items(book)[0], items(as_sent(OTHER))[2]
    paste_answers(source, target)
    one = read(book, tmp_path)
    assert doubts(one) == [("K333", target.name)]
    (finding,) = [finding for finding in one.findings if finding.code == "K333"]
    assert finding.context["other"] == source.name


@pytest.mark.parametrize("tab", ["{} (2)", "{}_2", "新規案", "Sheet1"])
def test_a_copy_whose_original_was_deleted(tmp_path: Path, tab: str) -> None:
    """The copy changes nothing; the original in another file is the item's answer (3)."""
    whole, book = form(), form()
    page = items(book)[0]
    old, page.name = page.name, tab.format(page.name)
    for name, text in (("title", "新しい相談の窓口"), ("overview", "相談を一か所で受け、たらい回しをなくす。")):
        page.cells[meant_cells(page)[name]] = Cell(text)
    book.file = "新規.xlsx"
    copy, original = read(book, tmp_path), read(whole, tmp_path)
    assert doubts(copy) == [("K332", page.name)]
    assert old not in answered(copy)
    assert not copy.offers
    assert doubts(original) == []
    assert answered(original)[old] == old

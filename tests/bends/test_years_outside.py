"""A form asks nothing about years in which an item does not exist (始まる前・終わった後).

1. Such a field is printed without the mark of required ones, says why it is not asked, and nothing of it is missing.
2. Returned as it is, it is no answer and nothing to mend, whether or not anybody knows what went out.
3. What somebody writes into it all the same is told, and not taken; so is what its cell hides.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kohyo.definition.lives import AFTER, BEFORE, Life, outside_word
from kohyo.excel.form.form_writer import form_bytes
from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm
from kohyo.returns.burden import burden_of
from kohyo.usecases.issue_form import issue_for
from kohyo.workspace.past_answers import PastAnswers
from kohyo.workspace.received_files import check_alone, understand
from tests.bends.book import Book, Cell, Comment
from tests.bends.forms import issue, items, the_plan
from tests.bends.opening import meant_cells, opened, saved

DEPARTMENT = "区長室"
LIFE = Life(2025, 2026)
ASKED = {"計画：令和7年度", "計画：令和8年度"}


@pytest.fixture(scope="module")
def sent() -> IssuedForm:
    """Return the form of a department whose items begin in the second year and end with the third."""
    respondent = next(entry for entry in the_plan().departments if entry.name == DEPARTMENT)
    known = items(DEPARTMENT)
    return issue_for(the_plan(), respondent, known, 1, PastAnswers(lives={item.id: LIFE for item in known}))


@pytest.fixture(scope="module")
def book(sent: IssuedForm) -> Book:
    """Return it as it goes out."""
    return opened(form_bytes(the_plan(), sent, the_plan().cycle.closes), sent)


def _missing(findings: tuple[Finding, ...]) -> set[str]:
    return {found.field for found in findings if found.code == "K201" and found.field.startswith("計画：")}


def test_it_is_not_asked(sent: IssuedForm, book: Book) -> None:
    """Two of four years are (1)."""
    page = book.issued()[0]
    cells = meant_cells(page)
    assert page.cells[cells["plan_2024"]].value == outside_word(BEFORE)
    assert page.cells[cells["plan_2027"]].value == outside_word(AFTER)
    whole = burden_of(the_plan(), issue(DEPARTMENT))
    assert burden_of(the_plan(), sent).to_type == whole.to_type - len(items(DEPARTMENT))


def test_it_is_no_answer(tmp_path: Path, sent: IssuedForm, book: Book) -> None:
    """What is asked is missing, nothing else (2)."""
    path = tmp_path / "回答.xlsx"
    path.write_bytes(saved(book.duplicate()))
    result = read_file(path)
    found = understand(result, path.name, the_plan(), {sent.control: sent})
    assert _missing(found.findings) == ASKED
    assert not {answer.field for answer in found.answers} & {"plan_2024", "plan_2027"}
    assert [sheet for sheet in found.sheets if sheet.changes] == []
    assert _missing(tuple(check_alone(result, path.name, the_plan()))) == ASKED


def test_what_is_written_there_is_told(tmp_path: Path, sent: IssuedForm, book: Book) -> None:
    """With the cell; the register keeps nothing of it (3)."""
    bent = book.duplicate()
    page = bent.issued()[0]
    cell = meant_cells(page)["plan_2024"]
    page.cells[cell] = replace(page.cells[cell], value="始める。") if cell in page.cells else Cell("始める。")
    path = tmp_path / "回答.xlsx"
    path.write_bytes(saved(bent))
    found = understand(read_file(path), path.name, the_plan(), {sent.control: sent})
    told = [(one.code, one.field, one.value) for one in found.findings if one.value == "始める。"]
    assert told == [("K212", "計画：令和6年度", "始める。")]
    assert not [answer for answer in found.answers if answer.value == "始める。"]


@pytest.mark.parametrize(
    ("cell", "comment", "code"),
    [
        (None, "来年度から始める。", "K211"),
        (Cell(None, "NOW()"), "", "K209"),
        (Cell("#REF!", "A1", error=True), "", "K210"),
        (Cell(45000.0, "NOW()"), "", "K208"),
    ],
)
def test_what_its_cell_hides_is_told(
    tmp_path: Path, sent: IssuedForm, book: Book, cell: Cell | None, comment: str, code: str
) -> None:
    """A comment, and a formula that says nothing or anything, is not lost because nothing is asked (3)."""
    bent = book.duplicate()
    page = bent.issued()[0]
    cells = [meant_cells(page)[field] for field in ("plan_2024", "plan_2027")]
    for at in cells:
        if cell is not None:
            page.cells[at] = cell
        if comment:
            page.comments[at] = Comment(comment)
    path = tmp_path / "回答.xlsx"
    path.write_bytes(saved(bent))
    found = understand(read_file(path), path.name, the_plan(), {sent.control: sent})
    places = {(page.name, a1(*at)) for at in cells}
    assert {(one.place.sheet, one.place.cell) for one in found.findings if one.code == code} >= places
    assert not {(one.place.sheet, one.place.cell) for one in found.answers} & places

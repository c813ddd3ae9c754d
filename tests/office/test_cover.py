"""What the cover counts, recalculated by LibreOffice as somebody fills in the form.

C1  an untouched form says per sheet how many required fields are empty, by the definition; the total is their sum
C2  untouched proposals, issues and good practices count nothing
C3  a sheet that is filled in completely says that nothing is missing; the others count on
C4  a proposal that was begun counts what it lacks, and nothing again once it is emptied
C5  what is written wrongly is counted apart
C6  on a copy of the form without some of its sheets the others are counted
"""

from __future__ import annotations

from collections.abc import Iterator

import openpyxl
import pytest

from kohyo.definition.fields import form_fields, item_fields, year_words
from kohyo.model.issued_form import latest
from kohyo.model.tick import Tick
from kohyo.workspace.issued_forms import load_bases
from tests.office.office import Book, Office
from tests.office.real import Real, answer_cells
from tests.office.test_typed_form import DEPARTMENT, FILLED, UNTOUCHED, fill

pytestmark = pytest.mark.office

COVER = "表紙・記入要領"
TOTAL = "合計"


@pytest.fixture
def book(office: Office, real: Real) -> Iterator[Book]:
    """Open the department's form."""
    with office.open(real.form(DEPARTMENT)) as opened:
        opened.recalculate()
        yield opened


def counts(book: Book, real: Real, column: str = "C") -> dict[str, str]:
    """Return what the cover counts by sheet, the total among them."""
    sheet = openpyxl.load_workbook(real.form(DEPARTMENT))[COVER]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 4).value}
    tabs = [tab for tab in rows if tab == TOTAL or tab in openpyxl.load_workbook(real.form(DEPARTMENT)).sheetnames]
    return {tab: book.text(COVER, f"{column}{rows[tab]}") for tab in tabs}


def owed(real: Real, number: str) -> int:
    """Return how many required fields of an item nobody has answered yet; a tick that is unknown is no answer."""
    values = real.item(number).values
    required = [field.name for field in item_fields(real.plan) if field.required and not field.readonly]
    return sum(values.get(name) in (None, "", Tick.UNKNOWN) for name in required)


def optional_tabs(real: Real) -> list[str]:
    """Return the tabs of the sheets that may stay empty."""
    issue = latest(load_bases(real.workspace).values(), DEPARTMENT)
    return [sheet.tab for sheet in issue.sheets if sheet.item is None] if issue else []


def test_untouched_form(book: Book, real: Real) -> None:
    """C1, C2: The counts are those of the definition; nothing is wrong, and nothing is asked of optional sheets."""
    items = {number: owed(real, number) for number in (FILLED, UNTOUCHED)}
    assert min(items.values()) > 10
    assert len(optional_tabs(real)) >= 4
    expected = {**items, **dict.fromkeys(optional_tabs(real), 0)}
    found = counts(book, real)
    assert found.pop(TOTAL) == str(sum(items.values()))
    assert {tab: found[tab] for tab in expected} == {tab: str(count) for tab, count in expected.items()}
    assert set(counts(book, real, "D").values()) == {"0"}
    assert book.text(COVER, "B7") == f"あと {sum(items.values())} か所です"


def test_filled_sheet(book: Book, real: Real) -> None:
    """C3: Nothing is missing on the sheet that was filled in, and its own head says so."""
    fill(book, FILLED, answer_cells(real.form(DEPARTMENT), FILLED))
    found = counts(book, real)
    assert found[FILLED] == "0"
    assert found[UNTOUCHED] == found[TOTAL] == str(owed(real, UNTOUCHED))
    assert counts(book, real, "D")[TOTAL] == "0"
    assert "記入もれはありません" in book.look(FILLED).texts.values()


def test_proposal_begun(book: Book, real: Real) -> None:
    """C4: The title alone makes every other required field of the proposal count."""
    tab = optional_tabs(real)[0]
    words = year_words(real.plan.cycle.year)
    kind = next(kind for kind in real.plan.sheets if kind.tab.format(**words, number="") == tab)
    title = answer_cells(real.form(DEPARTMENT), tab)["title"]
    required = [field for field in form_fields(real.plan, kind.key) if field.required and not field.readonly]
    book.type(tab, title, "新しい取組み")
    assert counts(book, real)[tab] == str(len(required) - 1)
    book.type(tab, title, "")
    assert counts(book, real)[tab] == "0"


def test_wrong_answers(book: Book, real: Real) -> None:
    """C5: A word where a number belongs, a date that is none and a text that is too long."""
    cells = answer_cells(real.form(DEPARTMENT), FILLED)
    limit = next(field.max_length for field in item_fields(real.plan) if field.name == "division")
    for name, text in {"effect_finance": "約百", "filled_on": "そのうち", "division": "課" * (limit + 1)}.items():
        book.type(FILLED, cells[name], text)
    assert counts(book, real, "D")[FILLED] == "3"
    assert counts(book, real, "D")[TOTAL] == "3"
    assert counts(book, real)[FILLED] == str(owed(real, FILLED) - 2)


def test_sheets_deleted(book: Book, real: Real) -> None:
    """C6: A division keeps its own sheet alone: the cover counts that one and shows a dash for the other."""
    book.delete_sheet(FILLED)
    book.recalculate()
    found = counts(book, real)
    assert found[FILLED] == "－"
    assert found[UNTOUCHED] == found[TOTAL] == str(owed(real, UNTOUCHED))

"""A correction (差戻し) as a department uses it in LibreOffice.

T1  recalculated, the marks and the cover say what the file was written with
T2  a mark gives way as soon as the answer is changed: to what is still wrong, or to nothing; the cover follows
T3  saved by LibreOffice it is read right: mended answers are taken, marks are nobody's, it is accepted
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from kohyo.model.issued_form import Ask, latest
from kohyo.model.outcome import Outcome
from kohyo.workspace.issued_forms import load_bases
from tests.office.office import Book, Office
from tests.office.real import Real, answer_cells
from tests.office.test_typed_form import DEPARTMENT, FILLED, UNTOUCHED, fill

pytestmark = pytest.mark.office

COVER = "表紙・記入要領"
WRONG = {"effect_finance": "約百万円", "direction": "やめたい", "measures": "長い文。" * 160}
RIGHT = {"effect_finance": "100", "direction": "継続", "measures": "短い文。"}


@pytest.fixture
def sent_back(office: Office, real: Real) -> Real:
    """Return the workspace in which the department's return had three places to mend."""
    cells = answer_cells(real.form(DEPARTMENT), FILLED)
    with office.open(real.form(DEPARTMENT)) as book:
        for tab in (FILLED, UNTOUCHED):
            fill(book, tab, answer_cells(real.form(DEPARTMENT), tab))
        for field, text in WRONG.items():
            book.type(FILLED, cells[field], text)
        book.save(real.workspace.returns / "返送.xlsx")
    real.consolidate()
    return real


@pytest.fixture
def correction(office: Office, sent_back: Real) -> Iterator[Book]:
    """Open the correction."""
    with office.open(path_of(sent_back)) as opened:
        opened.recalculate()
        yield opened


def path_of(real: Real) -> Path:
    """Return the one correction."""
    (path,) = real.workspace.sent_back.glob("差戻し_*.xlsx")
    return path


def asks(real: Real) -> tuple[Ask, ...]:
    """Return what the correction asks for."""
    issue = latest(load_bases(real.workspace).values(), DEPARTMENT)
    assert issue is not None
    return issue.asks


def beside(cell: str) -> str:
    """Return the cell of the remark beside an answer."""
    return f"C{cell[1:]}"


def rows(real: Real) -> dict[str, int]:
    """Return the rows of the cover's list by the cell that each leads to."""
    sheet = openpyxl.load_workbook(path_of(real))[COVER]
    return {
        str(row[0].value).partition("　")[2]: int(row[0].row or 0)
        for row in sheet.iter_rows()
        if row[0].hyperlink and str(row[0].value).startswith(f"{FILLED}　")
    }


def test_marks_recalculated(correction: Book, sent_back: Real) -> None:
    """T1: Every remark and the list are as written; three places wait."""
    written = openpyxl.load_workbook(path_of(sent_back), data_only=True)
    cells = answer_cells(path_of(sent_back), FILLED)
    for field in WRONG:
        shown = correction.text(FILLED, beside(cells[field]))
        assert shown.startswith("直してください")
        assert shown == written[FILLED][beside(cells[field])].value
    assert len([ask for ask in asks(sent_back) if ask.must]) == len(WRONG)
    for cell in (cells[field] for field in WRONG):
        assert correction.text(COVER, f"D{rows(sent_back)[cell]}") == "まだ"


def test_a_mark_gives_way(correction: Book, sent_back: Real) -> None:
    """T2: Another wrong word is told by the form's own check; a right one by nothing; the cover says 変更済み."""
    cells, places = answer_cells(path_of(sent_back), FILLED), rows(sent_back)
    cell = cells["direction"]
    correction.type(FILLED, cell, "まだやめたい")
    assert "一覧から選ぶ欄です" in correction.text(FILLED, beside(cell))
    assert correction.text(COVER, f"D{places[cell]}") == "まだ"
    for field, text in RIGHT.items():
        correction.type(FILLED, cells[field], text)
        assert "差戻し" not in correction.text(FILLED, beside(cells[field]))
        assert correction.text(COVER, f"D{places[cells[field]]}") == "変更済み"
    correction.type(FILLED, cell, WRONG["direction"])
    assert correction.text(FILLED, beside(cell)).endswith("（差戻し）")


def test_back_from_libreoffice(correction: Book, sent_back: Real) -> None:
    """T3: The mended answers are in the register, the file is accepted, nothing stands outside the fields."""
    cells = answer_cells(path_of(sent_back), FILLED)
    for field, text in RIGHT.items():
        correction.type(FILLED, cells[field], text)
    correction.save(sent_back.workspace.returns / "直し.xlsx")
    done = sent_back.consolidate()
    outcomes = {row.file: row.outcome for row in sent_back.register().receipts if row.file}
    assert outcomes == {"返送.xlsx": Outcome.SUPERSEDED, "直し.xlsx": Outcome.ACCEPTED}
    values = sent_back.item(FILLED).values
    assert (values["effect_finance"], values["direction"], values["measures"]) == (100, "継続", "短い文。")
    assert not [one for one in done.findings if one.place.file == "直し.xlsx" and one.code in ("K256", "K257")]


def test_marked_but_unchanged(correction: Book, sent_back: Real) -> None:
    """T3: Saved as it is, what was wrong is wrong again, and no mark was taken for an answer."""
    correction.save(sent_back.workspace.returns / "そのまま.xlsx")
    done = sent_back.consolidate()
    found = {one.code for one in done.findings if one.place.file == "そのまま.xlsx"}
    assert {"K202", "K203", "K204"} <= found
    assert not {"K211", "K256", "K257", "K262"} & found
    assert done.changes == 0

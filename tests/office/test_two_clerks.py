"""A whole conversation, typed in LibreOffice: a careful clerk and a careless one answer a shared item.

Y1  the careful clerk's form says that nothing is missing, and is accepted at once
Y2  what the careless clerk wrote wrong is sent back to that department alone, with each place and reason
Y3  mended and returned, the correction is accepted; what was right before is no change again
Y4  where the two disagree, the secretariat decides in the register; the refused value stays in the history
Y5  at the end nobody owes anything, and 変更履歴 tells who said what, in order
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.model.outcome import Outcome
from kohyo.model.register import ChangeKind
from kohyo.usecases.consolidate import Consolidated
from tests.office.office import Book, Office
from tests.office.real import NOW, Real, answer_cells
from tests.office.test_typed_form import fill

pytestmark = pytest.mark.office

CAREFUL, CARELESS, SHARED = "政策経営部", "DX推進担当部", "3-1"
COVER, STATE = "表紙・記入要領", "記入の状況"
SITUATION = {CAREFUL: "手作業の文書が多い。", CARELESS: "使い方が部で違う。"}
SLIPS = {"effect_finance": "約百万円", "filled_on": "そのうち", "person": ""}
MENDED = {"effect_finance": "▲300", "filled_on": "R6.6.20", "person": "推進係　架空"}
AGREED = "手作業が多く、使い方も部で違う。"
CAREFULLY = {"effect_finance": "120", "filled_on": "2024/6/3"}


@dataclass(frozen=True)
class Story:
    """The workspace at the end, what the first forms' covers said, and what each consolidation told."""

    real: Real
    covers: dict[str, str]
    first: Consolidated
    second: Consolidated
    sent_back: tuple[str, ...]
    asked: tuple[str, ...]


def tabs_of(form: Path) -> list[str]:
    """Return the tabs of a form's items."""
    return [sheet.title for sheet in openpyxl.load_workbook(form).worksheets if "-" in sheet.title]


def state_of(book: Book, form: Path) -> str:
    """Return what the cover of an open form says about its state."""
    book.recalculate()
    cover = openpyxl.load_workbook(form)[COVER]
    row = next(row for row in range(1, 20) if cover.cell(row, 1).value == STATE)
    return book.text(COVER, f"B{row}")


def answer(office: Office, real: Real, department: str, **last: str) -> str:
    """Fill a department's form in, item by item; return what its cover said at the end."""
    form = real.form(department)
    with office.open(form) as book:
        for tab in tabs_of(form):
            cells = answer_cells(form, tab)
            fill(book, tab, cells)
            for name, text in {"situation": SITUATION[department], **CAREFULLY, **last}.items():
                book.type(tab, cells[name], text)
        said = state_of(book, form)
        book.save(real.workspace.returns / f"{department}より.xlsx")
    return said


def correct(office: Office, real: Real) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mend what the correction asks for and send it back; return the corrections' names and what they asked."""
    paths = sorted(real.workspace.sent_back.glob("*.xlsx"))
    (path,) = paths
    asked = [str(row[1].value) for row in openpyxl.load_workbook(path)[COVER].iter_rows() if row[1].value]
    with office.open(path) as book:
        for tab in tabs_of(path):
            for name, text in MENDED.items():
                book.type(tab, answer_cells(path, tab)[name], text)
        book.save(real.workspace.returns / "直しました.xlsx")
    return tuple(one.name for one in paths), tuple(asked)


def decide(real: Real) -> None:
    """Choose another value for each conflict, as the secretariat does in the register; half of it by hand."""
    book = openpyxl.load_workbook(real.workspace.register)
    sheet = book["競合"]
    columns = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, columns["ID"]).value and sheet.cell(row, columns["欄"]).value == "現状・課題":
            sheet.cell(row, columns["採用"], "別の値")
            sheet.cell(row, columns["別の値"], AGREED)
            break
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, columns["ID"]).value and sheet.cell(row, columns["欄"]).value == "財政効果（千円）":
            sheet.cell(row, columns["採用"], "回答")
            break
    book.save(real.workspace.register)


@pytest.fixture(scope="module")
def story(office: Office, real_origin: Real, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Play the whole conversation once."""
    real = real_origin.copied(tmp_path_factory.mktemp("clerks") / "作業")
    covers = {CAREFUL: answer(office, real, CAREFUL), CARELESS: answer(office, real, CARELESS, **SLIPS)}
    first = real.consolidate()
    names, asked = correct(office, real)
    second = real.consolidate()
    decide(real)
    kohyo.resolve(real.root, now=NOW)
    return Story(real, covers, first, second, names, asked)


def test_covers_tell_the_two_apart(story: Story) -> None:
    """Y1: One form is complete, the other misses and errs in three places of each sheet."""
    assert story.covers[CAREFUL] == "記入もれはありません"
    assert "あと" in story.covers[CARELESS]
    assert "直すところ" in story.covers[CARELESS]


def test_only_the_careless_is_asked_again(story: Story) -> None:
    """Y1, Y2: The careful return is taken; the other comes back, each place with its reason."""
    outcomes = {row.department: row.outcome for row in story.real.register().receipts if row.round == 1 and row.file}
    assert outcomes[CAREFUL] in (Outcome.ACCEPTED, Outcome.CONFLICT)
    assert story.sent_back == (f"差戻し_{CARELESS}_第2回.xlsx",)
    said = "\n".join(story.asked)
    for word in ("約百万円", "そのうち", "担当者"):
        assert word in said


def test_the_correction_is_accepted(story: Story) -> None:
    """Y3: The later round stands; its changes are the mended fields and nothing else."""
    outcomes = {row.file: row.outcome for row in story.real.register().receipts if row.department == CARELESS}
    assert outcomes["直しました.xlsx"] in (Outcome.ACCEPTED, Outcome.CONFLICT)
    assert outcomes[f"{CARELESS}より.xlsx"] is Outcome.SUPERSEDED
    changed = {
        change.field
        for change in story.real.register().changes
        if change.place.file == "直しました.xlsx" and change.kind is ChangeKind.ANSWERED
    }
    assert changed <= set(MENDED)


def test_the_secretariat_decides_once_for_all(story: Story) -> None:
    """Y4: The agreed wording is in the register; both departments' own words are kept."""
    assert story.real.item(SHARED).values["situation"] == AGREED
    refused = [change for change in story.real.register().changes if change.kind is ChangeKind.REFUSED]
    told = {str(change.old) for change in refused} | {str(change.new) for change in refused}
    answered = {str(change.new) for change in story.real.register().changes if change.field == "situation"}
    assert set(SITUATION.values()) <= told | answered


def test_nothing_of_it_is_left_open_but_what_was_not_decided(story: Story) -> None:
    """Y5: The two departments owe nothing; consolidating again changes nothing; the history is in order."""
    standings = {one.department: one for one in kohyo.status(story.real.root).respondents}
    assert not standings[CAREFUL].owes
    assert not standings[CARELESS].owes
    assert story.real.consolidate().changes == 0
    moments = [change.at for change in story.real.register().changes if change.kind is not ChangeKind.ISSUED]
    assert moments == sorted(moments)

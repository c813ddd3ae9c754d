"""The history goes on when a sheet of Excel is full.

1. What has no room comes to stand on the next sheet, which looks like the one before; all comes back in its order.
2. What somebody alters or sorts on any of the sheets is noticed, and comes back.
3. A copy of the sheet that a person makes is no part of the history.
4. Nothing of that changes what stands: the sheet that is full keeps its bytes.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kohyo.excel.register_book import history_sheets, load_register, save_plan
from kohyo.excel.register_book.last_state import LastState, read_state, write_state
from kohyo.excel.register_book.register_files import last_state
from kohyo.excel.register_book.row_columns import Column
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    found,
    new_register,
    sample_change,
    sample_register,
)

_ROOM = 4
_TITLES = ["変更履歴", "変更履歴（続き2）", "変更履歴（続き3）"]


@pytest.fixture(autouse=True)
def _small_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a sheet end after its headings and four rows."""
    for module in (history_sheets, save_plan):
        monkeypatch.setattr(module, "LAST_ROW", _ROOM)


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register whose history of ten changes takes three sheets."""
    made = new_register(tmp_path, plan, sample_register(plan))
    change(made, plan, lambda register: _longer(register, 3, 11))
    return made


def _longer(register: Register, first: int, end: int) -> Register:
    return replace(register, changes=(*register.changes, *map(sample_change, range(first, end))))


def test_it_goes_on_in_its_order(path: Path, plan: Plan) -> None:
    """Ten changes are ten changes, and saving them again changes nothing (1)."""
    loaded, saved = change(path, plan, lambda register: register)
    assert list(loaded.register.changes) == list(map(sample_change, range(1, 11)))
    assert (loaded.edits, loaded.findings, saved.changed) == ((), (), False)
    assert [sheet.title for sheet in loaded.tables["changes"].sheets] == _TITLES


def test_a_further_sheet_looks_like_the_first(path: Path) -> None:
    """Headings, widths, formats and what stays in view are the same (1)."""
    book = openpyxl.load_workbook(path)
    first, *further = (book[title] for title in _TITLES)
    for sheet in further:
        assert [cell.value for cell in sheet[1]] == [cell.value for cell in first[1]]
        assert [cell.number_format for cell in sheet[2]] == [cell.number_format for cell in first[2]]
        assert [cell.font.b for cell in sheet[1]] == [cell.font.b for cell in first[1]]
        assert sheet.freeze_panes == first.freeze_panes
        widths = [sheet.column_dimensions[letter].width for letter in "ABGL"]
        assert widths == [first.column_dimensions[letter].width for letter in "ABGL"]
    assert [sheet.max_row for sheet in (first, *further)] == [_ROOM + 1, _ROOM + 1, 3]


def test_a_full_sheet_keeps_its_bytes(path: Path, plan: Plan) -> None:
    """What is added later is written into the last sheet alone (4)."""
    before = _sheets(path)
    change(path, plan, lambda register: _longer(register, 11, 12))
    after = _sheets(path)
    assert [name for name in before if before[name] != after[name]] == [list(before)[-1]]
    assert load_register(path, plan).register.changes[-1] == sample_change(11)


def _sheets(path: Path) -> dict[str, bytes]:
    """Return the parts of the history's sheets, in their order."""
    with zipfile.ZipFile(path) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/kohyo"))
        return {name: book.read(name) for name in names}


@pytest.mark.parametrize("title", _TITLES)
def test_an_altered_row_comes_back(path: Path, plan: Plan, title: str) -> None:
    """On whichever sheet it stands (2)."""
    with by_hand(path) as book:
        book[title]["G2"].value = "書き換え"
    loaded, _ = change(path, plan, lambda register: _longer(register, 11, 12))
    assert ("K518", "変更履歴", "") in found(loaded)
    again = load_register(path, plan)
    assert list(again.register.changes) == list(map(sample_change, range(1, 12)))
    assert again.findings == ()


def test_a_deleted_sheet_comes_back(path: Path, plan: Plan) -> None:
    """Its rows are written anew (2)."""
    with by_hand(path) as book:
        del book[_TITLES[1]]
    change(path, plan, lambda register: register)
    again = load_register(path, plan)
    assert list(again.register.changes) == list(map(sample_change, range(1, 11)))
    assert again.findings == ()


def test_a_sorted_sheet_stays_sorted(path: Path, plan: Plan) -> None:
    """The order in which things happened is known all the same (2)."""
    with by_hand(path) as book:
        sheet = book[_TITLES[0]]
        rows = [[cell.value for cell in row] for row in sheet["A2:L5"]]
        for cells, values in zip(sheet["A2:L5"], reversed(rows), strict=True):
            for cell, value in zip(cells, values, strict=True):
                cell.value = value
    loaded, _ = change(path, plan, lambda register: _longer(register, 11, 12))
    assert list(loaded.register.changes) == list(map(sample_change, range(1, 11)))
    again = load_register(path, plan)
    assert list(again.register.changes) == list(map(sample_change, range(1, 12)))
    assert again.findings == ()


def test_a_copy_of_the_sheet_is_none_of_it(path: Path, plan: Plan) -> None:
    """Excel calls it 変更履歴 (2) (3)."""
    with by_hand(path) as book:
        book.copy_worksheet(book["変更履歴"]).title = "変更履歴 (2)"
    loaded = load_register(path, plan)
    assert list(loaded.register.changes) == list(map(sample_change, range(1, 11)))
    assert loaded.findings == ()


def test_a_column_that_is_new(path: Path, plan: Plan) -> None:
    """Where the sheets are of a time without a column each of them gets it, and so do those that follow (1)."""
    place = last_state(path.parent / "控え")
    state = read_state(place)
    assert isinstance(state, LastState)
    known = tuple(name for name in state.columns["changes"] if name != Column.BY)
    write_state(place, replace(state, columns={**state.columns, "changes": known}))
    with by_hand(path) as book:
        for title in _TITLES:
            book[title].delete_cols(12)
    told = tuple(sample_change(number)._replace(by="総務課") for number in range(11, 16))
    change(path, plan, lambda register: replace(register, changes=(*register.changes, *told)))
    again = load_register(path, plan)
    assert again.register.changes == (*map(sample_change, range(1, 11)), *told)
    assert again.findings == ()

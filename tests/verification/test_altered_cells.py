"""One altered cell is found, whichever it is and however it was altered.

1. The demo's register, the ordinary year of 29 departments, is justified cell by cell.
2. Hundreds of cells altered, emptied or filled behind kohyo's back: each is named, and no other.
3. A row that is gone is named, and so is one that nobody ever wrote about.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from tests.conftest import Demo

ROUNDS = 3
A_ROUND = 180


def _alter(sheet: Worksheet, place: tuple[int, int], chance: random.Random) -> None:
    """Change what a cell holds into something else of its kind."""
    cell = sheet.cell(*place)
    old: Any = cell.value
    if old is None:
        cell.value = chance.choice(("書き足し", 7, "○"))
    elif chance.random() < 0.2:
        cell.value = None
    elif isinstance(old, (int, float)):
        cell.value = old + chance.choice((1, -1, 1000))
    elif isinstance(old, str):
        cell.value = chance.choice((f"{old}。", old[:-1] or "不明", old[::-1] + "x"))
    else:
        cell.value = old.replace(year=old.year - 1)


def _named(root: Path, sheet: str) -> set[str]:
    return {found.place.cell for found in kohyo.verify(root).findings if found.place.sheet == sheet}


def test_the_ordinary_year_is_justified(demo: Demo) -> None:
    """Every cell has its reason (1)."""
    result = kohyo.verify(demo.folder)
    assert (result.items, result.findings, result.needs_person) == (93, (), False)
    assert result.cells > 93 * 40


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_altered_cell_is_found(demo_folder: Path, seed: int) -> None:
    """So many cells of a round, spread over all rows and columns, are named, and no other (2)."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    title = "項目" if seed % 4 else "部別回答"
    book = openpyxl.load_workbook(demo_folder / "台帳.xlsx")
    sheet = book[title]
    fixed = {"ID", "所管部", "項目ID", "番号", "項目名", "確認中の欄"} if title == "部別回答" else {"ID", "所管部"}
    columns = [place for place, cell in enumerate(sheet[1], start=1) if cell.value and cell.value not in fixed]
    every = [(row, column) for row in range(2, sheet.max_row + 1) for column in columns]
    places = chance.sample(every, A_ROUND)
    for place in places:
        _alter(sheet, place, chance)
    book.save(demo_folder / "台帳.xlsx")
    assert _named(demo_folder, title) == {sheet.cell(*place).coordinate for place in places}


@pytest.mark.parametrize("heading", ["ID", "所管部"])
def test_what_a_row_is_about_is_found(demo_folder: Path, heading: str) -> None:
    """An ID or the owners altered make more than one cell wrong; theirs is among those named (2)."""
    book = openpyxl.load_workbook(demo_folder / "台帳.xlsx")
    sheet = book["項目"]
    column = next(get_column_letter(place) for place, cell in enumerate(sheet[1], start=1) if cell.value == heading)
    sheet[f"{column}9"].value = "K9999" if heading == "ID" else "財務部、総務部"
    book.save(demo_folder / "台帳.xlsx")
    assert f"{column}9" in _named(demo_folder, "項目")


def test_a_row_that_is_gone_is_found(demo_folder: Path) -> None:
    """Every value that the row held is missed (3)."""
    book = openpyxl.load_workbook(demo_folder / "台帳.xlsx")
    sheet = book["項目"]
    item, filled = sheet["A5"].value, sum(cell.value is not None for cell in sheet[5])
    sheet.delete_rows(5)
    book.save(demo_folder / "台帳.xlsx")
    missed = [found for found in kohyo.verify(demo_folder).findings if found.place.cell == item]
    assert len(missed) > filled // 2

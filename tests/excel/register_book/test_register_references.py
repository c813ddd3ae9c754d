"""Cells and rows that do not say where they stand (legal, and written by some programs): each is the next one.

1. A register of such cells is read as the same register, formulas and errors at their true places.
2. It is saved like any other, and cells of either kind may stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from kohyo.excel.register_book import load_register
from kohyo.model.plan import Plan
from tests.excel.ooxml.packages import parts, rewrite
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    column_of,
    found,
    new_register,
    retitled,
    sample_register,
)

_ROW = re.compile(r'<row r="([0-9]+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(/>|>.*?</c>)', re.DOTALL)


def _unsaid(sheet: str, keeps: Callable[[int], bool]) -> str:
    """Return a sheet whose rows, and the cells of those rows that ``keeps`` does not want, say no place."""
    rows: list[str] = []
    for number, attributes, body in _ROW.findall(sheet):
        rows += ["<row/>"] * (int(number) - 1 - len(rows))
        rows.append(f"<row{attributes}>{body if keeps(int(number)) else _unsaid_cells(body)}</row>")
    return re.sub(
        "<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(rows)}</sheetData>", sheet, flags=re.DOTALL
    )


def _unsaid_cells(body: str) -> str:
    cells: list[str] = []
    for reference, attributes, rest in _CELL.findall(body):
        column = column_index_from_string(coordinate_from_string(reference)[0])
        cells += ["<c/>"] * (column - 1 - len(cells))
        cells.append(f"<c{attributes}{rest}")
    return "".join(cells)


def _take_places_away(path: Path, keeps: Callable[[int], bool]) -> None:
    changed = {
        name: _unsaid(content.decode(), keeps).encode()
        for name, content in parts(path).items()
        if name.startswith("xl/worksheets/sheet")
    }
    assert changed
    rewrite(path, changed)


@pytest.mark.parametrize("keeps", [lambda _: False, lambda row: row % 2 == 0], ids=["no cell", "every other row"])
def test_the_same_register(tmp_path: Path, plan: Plan, keeps: Callable[[int], bool]) -> None:
    """What it says is the same, and it can be saved (1, 2)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    before = load_register(path, plan).register
    _take_places_away(path, keeps)
    loaded, _ = change(path, plan, lambda register: retitled(register, "改めた名前"))
    assert (loaded.register, loaded.findings, loaded.edits) == (before, (), ())
    again = load_register(path, plan)
    assert (again.register.items, again.findings) == (retitled(before, "改めた名前").items, ())


def test_formulas_and_errors(tmp_path: Path, plan: Plan) -> None:
    """They are noticed where they stand, and a shared formula whose first cell is overwritten is written out (1, 2)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        sheet = book["項目"]
        title, overview = column_of(sheet, "項目名"), column_of(sheet, "概要")
        for row in (2, 3):
            sheet.cell(row, title).value = f"=B{row}&C{row}"
        sheet.cell(3, overview).value = "#N/A"
    letter = get_column_letter(title)
    shared = parts(path)["xl/worksheets/sheet1.xml"].decode()
    shared = shared.replace("<f>B2&amp;C2</f>", f'<f t="shared" ref="{letter}2:{letter}3" si="0">B2&amp;C2</f>')
    shared = shared.replace("<f>B3&amp;C3</f>", '<f t="shared" si="0"/>')
    assert shared.count('t="shared"') == 2
    rewrite(path, {"xl/worksheets/sheet1.xml": shared.encode()})
    _take_places_away(path, lambda _: False)
    loaded, _ = change(path, plan, lambda register: retitled(register, "値になった"))
    expected = [("K506", "項目", f"{letter}2"), ("K506", "項目", f"{letter}3")]
    assert [entry for entry in found(loaded) if entry[0] == "K506"] == expected
    assert ("K505", "項目", f"{get_column_letter(overview)}3") in found(loaded)
    after = openpyxl.load_workbook(path)["項目"]
    assert [after.cell(row, title).value for row in (2, 3)] == ["値になった", "=B3&C3"]

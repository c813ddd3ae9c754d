"""The register's values as they stand, whatever stands around them.

G1  a value is read at its true place, also where rows above and columns beside it are empty
G2  a row that holds nothing is no row, an empty sheet has none
G3  text, figures, days and moments are what an independent writer wrote
G4  a formula is seen however its tag is spelled
G5  a sheet with one cell far off is refused with the cell
"""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from kohyo.errors import FileError
from kohyo.excel.register_book.register_grid import Grids

VALUES: dict[tuple[int, int], str | float | date] = {
    (3, 2): "項目",
    (3, 4): 12,
    (5, 3): "　二行\nの文",
    (5, 4): 1.5,
    (8, 2): date(2024, 6, 3),
    (8, 5): datetime(2024, 6, 3, 12, 30),  # noqa: DTZ001 - workbooks know no time zones
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a workbook with values far from its first cell, and an empty sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "項目"
    for (row, column), value in VALUES.items():
        sheet.cell(row + 1, column + 1).value = value
    book.create_sheet("空")
    file = tmp_path / "台帳.xlsx"
    book.save(file)
    return file


def test_values_stand_at_their_places(path: Path) -> None:
    """G1, G3: Every value is found at the row and column at which it was written, as what it was."""
    rows = Grids(path).grid("項目").rows
    assert {(row, column): value for row, values in rows.items() for column, value in values.items()} == VALUES


def test_what_is_empty_is_not_there(path: Path) -> None:
    """G2: Only rows with something in them count, and only their filled cells."""
    grids = Grids(path)
    rows = grids.grid("項目").rows
    assert list(rows) == [3, 5, 8]
    assert len(rows) == 3
    assert rows.get(4) is None
    assert dict(rows[3]) == {2: "項目", 4: 12}
    assert dict(grids.grid("空").rows) == {}


@pytest.mark.parametrize("formula", ["<f>5+7</f>", "<f\n>5+7</f>", '<f\tt="normal">5+7</f>', "<f/>", "<f\n/>"])
def test_a_formula_is_seen_however_it_is_spelled(path: Path, formula: str) -> None:
    """G4: White space of any kind may stand in its tag; a rule for what may be typed is no formula."""
    assert not Grids(path).grid("項目").formulas
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    rule = b'<dataValidations><dataValidation sqref="A1"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
    plain = parts[name].replace(b"<pageMargins", rule + b"<pageMargins")
    for content, found in ((plain, set()), (plain.replace(b"<v>12</v>", f"{formula}<v>12</v>".encode()), {(3, 4)})):
        with zipfile.ZipFile(path, "w") as new:
            for part, held in parts.items():
                new.writestr(part, content if part == name else held)
        assert Grids(path).grid("項目").formulas == found


def test_one_cell_far_off_is_refused(path: Path) -> None:
    """G5: A sheet of many columns is read; one that would be a rectangle of millions of cells names its cell."""
    book = openpyxl.load_workbook(path)
    book["項目"]["AZ20"] = "遠い列"
    book.save(path)
    assert Grids(path).grid("項目").rows[19] == {51: "遠い列"}
    book["項目"]["XFD9999"] = "遠い角"
    book.save(path)
    with pytest.raises(FileError, match="XFD9999"):
        Grids(path).grid("項目")

"""The harness of the office tests: it does what a person does, and what it sees is there.

H1  typing puts the text into the cell as the cell's format takes it; a locked cell refuses
H2  a row inserted, a sheet added, a comment written and rows sorted are in the workbook that is saved
H3  a workbook that is open has a lock file beside it, and none once it is closed
H4  a printed workbook has one entry in its outline per sheet
H5  a row that is too low and a cell that is too narrow are seen, and none that has room
H6  a wrong command is an error and leaves LibreOffice usable
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.worksheet import Worksheet

from tests.office.office import Office, OfficeError
from tests.office.pages import Printed

pytestmark = pytest.mark.office


def _book(path: Path, cells: Mapping[str, str | float | None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for cell, value in cells.items():
        sheet[cell] = value
    book.save(path)
    return path


def _sheet(path: Path, name: str = "表") -> Worksheet:
    sheet = openpyxl.load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_typing(office: Office, tmp_path: Path) -> None:
    """H1: Text, a number and a line break arrive; a text cell keeps what looks like a formula; a locked one stays."""
    path = _book(tmp_path / "book.xlsx", {"A1": "鍵", "B1": None, "B2": None, "B3": None})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in ("B1", "B2", "B3"):
        sheet[cell].protection = Protection(locked=False)
    sheet["B3"].number_format = "@"
    sheet.protection.sheet = True
    book.save(path)
    with office.open(path) as typed:
        for cell, text in {"A1": "破る", "B1": "一行目\n二行目", "B2": "12.5", "B3": "=1+1"}.items():
            typed.type("表", cell, text)
        assert typed.text("表", "B3") == "=1+1"
        assert not typed.is_formula("表", "B3")
        saved = _sheet(typed.save(tmp_path / "out" / "saved.xlsx"))
    assert [saved[cell].value for cell in ("A1", "B1", "B2", "B3")] == ["鍵", "一行目\n二行目", 12.5, "=1+1"]


def test_changes_to_the_book(office: Office, tmp_path: Path) -> None:
    """H2: What a person did to rows and sheets is saved, in place too."""
    path = _book(tmp_path / "book.xlsx", {"A1": "順", "A2": 1, "A3": 3, "A4": 2})
    with office.open(path) as typed:
        typed.sort("表", "A1:A4", 0, ascending=False)
        typed.insert_row("表", "A2")
        typed.comment("表", "A1", "覚え")
        typed.add_sheet("控え")
        typed.save_in_place()
    saved = _sheet(path)
    assert [saved.cell(row, 1).value for row in range(1, 6)] == ["順", None, 3, 2, 1]
    assert saved["A1"].comment is not None
    assert saved["A1"].comment.text == "覚え"
    assert openpyxl.load_workbook(path).sheetnames == ["表", "控え"]


def test_lock_file(office: Office, tmp_path: Path) -> None:
    """H3: The lock file stands as long as the workbook is open."""
    path = _book(tmp_path / "台帳.xlsx", {"A1": 1})
    lock = tmp_path / ".~lock.台帳.xlsx#"
    with office.open(path):
        assert lock.exists()
    assert not lock.exists()


def test_printing(office: Office, tmp_path: Path) -> None:
    """H4: The pages of each sheet are told apart."""
    path = _book(tmp_path / "book.xlsx", {"A1": "表の文"})
    with office.open(path) as typed:
        typed.add_sheet("次")
        typed.type("次", "A1", "次の文")
        printed = Printed.read(typed.print(tmp_path / "book.pdf"))
    assert {name: len(pages) for name, pages in printed.sheets.items()} == {"表": 1, "次": 1}
    assert "表の文" in printed.sheets["表"][0].text
    assert "次の文" in printed.sheets["次"][0].text


def test_what_finds_no_room(office: Office, tmp_path: Path) -> None:
    """H5: Text in a low row, and text that a neighbour cuts off; not text that wraps or runs into empty cells."""
    long = "長い文" * 10
    path = _book(tmp_path / "book.xlsx", {"A1": long, "B1": "隣", "A2": long, "A3": long, "B3": "隣", "A4": long})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, height in {3: 200, 4: 15}.items():
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True)
        sheet.row_dimensions[row].height = height
    book.save(path)
    with office.open(path) as typed:
        seen = typed.look("表")
    assert [text.split()[0] for text in seen.narrow_cells] == ["A1"]
    assert [row for row, *_ in seen.short_rows] == [4]
    assert seen.texts.keys() == {"A1", "B1", "A2", "A3", "B3", "A4"}


def test_errors(office: Office, tmp_path: Path) -> None:
    """H6: What is not there is an error; the next command works."""
    path = _book(tmp_path / "book.xlsx", {"A1": "文"})
    with pytest.raises(OfficeError):
        office.open(tmp_path / "none.xlsx")
    with office.open(path) as typed:
        with pytest.raises(OfficeError):
            typed.text("ない", "A1")
        assert typed.text("表", "A1") == "文"

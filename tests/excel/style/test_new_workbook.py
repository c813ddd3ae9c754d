"""What every new workbook begins with: it says that it is in Japanese, and what its formulas yield is read as meant."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter import Workbook

from kohyo.excel.style.new_workbook import GrowingSheet, JapaneseWorkbook, StillWorkbook


@pytest.mark.parametrize("kind", [JapaneseWorkbook, StillWorkbook])
def test_the_language_is_told(kind: type[Workbook]) -> None:
    """What reads a workbook aloud finds its language beside its title."""
    stream = BytesIO()
    with kind(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "表"})
        book.add_worksheet("表")
    told = openpyxl.load_workbook(stream).properties
    assert (told.title, told.language) == ("表", "ja-JP")


@pytest.mark.parametrize("text", ["_x000B_", "_x005F_x000b_", "\x0b", "_x_"])
def test_what_a_formula_yields_is_read_letter_by_letter(text: str) -> None:
    """A reader that undoes Excel's spelling finds the text, also where it is letters that spell a sign."""
    stream = BytesIO()
    with JapaneseWorkbook(stream) as book:
        book.worksheet_class = GrowingSheet
        book.add_worksheet().write_formula(0, 0, '="甲"', None, text)
    sheet = ZipFile(stream).read("xl/worksheets/sheet1.xml")
    spelled = ET.fromstring(sheet).findtext(".//{*}v") or ""  # noqa: S314 - our own
    assert re.sub("_x([0-9A-Fa-f]{4})_", lambda sign: chr(int(sign[1], 16)), spelled) == text

"""What every new workbook begins with: it says in its properties that it is in Japanese."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from xlsxwriter import Workbook

from kohyo.excel.style.new_workbook import JapaneseWorkbook, StillWorkbook


@pytest.mark.parametrize("kind", [JapaneseWorkbook, StillWorkbook])
def test_the_language_is_told(kind: type[Workbook]) -> None:
    """What reads a workbook aloud finds its language beside its title."""
    stream = BytesIO()
    with kind(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "表"})
        book.add_worksheet("表")
    told = openpyxl.load_workbook(stream).properties
    assert (told.title, told.language) == ("表", "ja-JP")

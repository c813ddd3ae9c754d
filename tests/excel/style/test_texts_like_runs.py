"""A text that begins and ends as a run of a shared text does is a text, read by a parser of another make."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kohyo.excel.style.new_workbook import JapaneseWorkbook

TEXTS = ("<r></r>", "<r>a</r>", "<r> </r>", "<r><b></r>", "<r>&</r>", "<r>\x0b</r>")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_looks_like_runs_is_a_text(text: str) -> None:
    """What stands in the cell is the text, letter by letter, with control signs as Excel spells them."""
    target = io.BytesIO()
    with JapaneseWorkbook(target) as book:
        book.add_worksheet().write_string(0, 0, text)
    read = openpyxl.load_workbook(target).worksheets[0]["A1"].value
    assert read == text.replace("\x0b", "_x000B_")

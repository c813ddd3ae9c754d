"""A text is a text however it is spelled, and runs are runs: read by a parser of another make.

1. Whatever a text spells of runs, it stands in its cell letter by letter, with control signs as Excel spells them.
2. A text that is spelled as XlsxWriter spells the very runs beside it stays a text, and the runs stay runs.
3. A sheet that cannot tell runs from texts is no sheet of ours.
"""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from xlsxwriter.worksheet import Worksheet

from kohyo.excel.style.new_workbook import GrowingSheet, JapaneseWorkbook
from kohyo.excel.style.quick_sheet import QuickSheet
from kohyo.excel.style.written_texts import TextSheet

SIGNS = ("<r>", "</r>", "<t>", "</t>", '<t xml:space="preserve">', "<rPr>", "<b/>", "</rPr>", "a", " ", "&", "\x0b")
SHEETS = (TextSheet, GrowingSheet, QuickSheet)
texts = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)
words = st.text(st.sampled_from("あaé <>&\"'"), min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=8)
@given(st.lists(texts, min_size=1, max_size=40))
@example(["<r></r>", "<r><t>a</t></r>", '<r><rPr><b/></rPr><t xml:space="preserve"> a</t></r><r><t>b</t></r>'])
def test_a_text_that_looks_like_runs_is_a_text(texts: list[str]) -> None:
    """What stands in the cell is the text (1)."""
    target = io.BytesIO()
    with JapaneseWorkbook(target) as book:
        book.add_worksheet().write_column(0, 0, texts)
    read = [row[0] for row in openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True)]
    assert read == [text.replace("\x0b", "_x000B_") for text in texts]


@settings(max_examples=8)
@given(kind=st.sampled_from(SHEETS), pairs=st.lists(st.tuples(words, words), min_size=1, max_size=20))
def test_a_text_beside_the_runs_that_it_spells(kind: type[TextSheet], pairs: list[tuple[str, str]]) -> None:
    """Neither is taken for the other, whichever was written first (2)."""
    target = io.BytesIO()
    with JapaneseWorkbook(target) as book:
        book.worksheet_class = kind
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row, (first, second) in enumerate(pairs):
            if row % 2:
                sheet.write_string(row, 0, _spelling(first, second))
            sheet.write_rich_string(row, 1, bold, first, second)
            sheet.write_string(row, 0, _spelling(first, second))
    read = openpyxl.load_workbook(target, rich_text=True).worksheets[0]
    rows = [*read.iter_rows(values_only=True)]
    assert [text for text, _ in rows] == [_spelling(*pair) for pair in pairs]
    assert {type(runs) for _, runs in rows} == {CellRichText}


def test_a_sheet_of_another_kind_is_refused() -> None:
    """It would write runs as the text that spells them (3)."""
    with JapaneseWorkbook(io.BytesIO()) as book:
        book.add_worksheet()
        with pytest.raises(TypeError):
            book.add_worksheet("別", worksheet_class=Worksheet)


def _spelling(first: str, second: str) -> str:
    """Return how XlsxWriter spells a bold text and a plain one after it."""
    book = JapaneseWorkbook(io.BytesIO())
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, book.add_format({"bold": True}), first, second)
    return str(next(iter(book.str_table.string_table)))

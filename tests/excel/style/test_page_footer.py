"""What stands at the foot of a printed page fits what Excel takes.

1. Whatever the texts and the font, a footer as the workbook holds it has at most 255 signs.
2. What fits is not shortened.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kohyo.excel.style.page_footer import PAGE, footer, literal
from kohyo.text.cell_text import units

TEXTS = st.text("_x0041&計画𠮷 …", max_size=400) | st.text(max_size=300).filter(str.isprintable)


def _in_a_workbook(text: str) -> str:
    """Return a footer as XlsxWriter writes it."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet().set_footer(text)
    part = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    found = re.search("<oddFooter>(.*?)</oddFooter>", part, re.DOTALL)
    return unescape(found[1]) if found else ""


@given(TEXTS, TEXTS, TEXTS, st.text("_x0041Ｐゴシック", min_size=1, max_size=40))
@example("計画" * 150, "", "", "_x0041_")
@example("_x0041_" * 30, "_x0041_" * 30, "_x0041_" * 30, "_x0041_x0041_")
def test_a_footer_fits(left: str, middle: str, right: str, font: str) -> None:
    """1: Escapes of the format count as well."""
    built = footer(font, 8, left=literal(left), middle=PAGE + literal(middle), right=literal(right))
    assert units(_in_a_workbook(built)) <= 255


def test_what_fits_stands_whole() -> None:
    """2: Also a text that must be escaped."""
    built = footer("ゴシック", 8, left="_x0041_計画", middle=PAGE, right="R6-1")
    assert [part in built for part in ("_x0041_計画", PAGE, "R6-1")] == [True] * 3

"""The register on paper: nobody prints all of it, and who does can read it.

1. Every sheet lies across A4, its headings on every page, and what names a row on each of the pages side by side.
2. Pages side by side are as many as whole columns take at 70 %; one is enough where 58 % do.
3. Figures keep away from the text of the next column.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
from hypothesis import example, given
from hypothesis import strategies as st

from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.excel.register_book.register_create import _pages_across, register_bytes
from kohyo.excel.register_book.style import width_px
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.tables.small_plan import item

PAGE, WHOLE_SHEET = 1500, 1800


def test_every_sheet_prints(plan: Plan) -> None:
    """No sheet is squeezed onto fewer pages than its columns need (1, 2)."""
    book = openpyxl.load_workbook(BytesIO(register_bytes(plan)))
    sheets = {sheet.title: sheet for sheet in book_sheets(plan)}
    assert len(book.worksheets) > 5
    for page in book:
        widths = [width_px(column) for column in sheets[page.title].columns]
        across = page.page_setup.fitToWidth or 1
        assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")
        assert sum(widths) <= (WHOLE_SHEET if across == 1 else PAGE * across)
        assert (across == 1) is (not page.print_title_cols)


def test_figures_stand_apart(plan: Plan) -> None:
    """The goal and the figures of an item keep to the right, a little from the edge (3)."""
    made = item(plan, "2-1", "o?????", owners="土木部")
    made = replace(made, values={**made.values, "effect_finance": -350, "indicator_target": 0.5})
    (page,) = openpyxl.load_workbook(BytesIO(register_bytes(plan, Register(items=(made,))))).worksheets[:1]
    figures = [cell.alignment for cell in page[2] if isinstance(cell.value, (int, float))]
    assert [(look.horizontal, look.indent) for look in figures] == [("right", 1)] * 3


@given(st.lists(st.integers(40, 700), min_size=1, max_size=40), st.integers(0, 3))
@example([101, 700, 700], 3)
def test_pages_side_by_side(widths: list[int], repeated: int) -> None:
    """As few as hold whole columns beside those that stand on each: no page could take the next one's first (2)."""
    own, kept = widths[repeated:], sum(widths[:repeated])
    pages = _pages_across(widths, repeated)
    assert pages <= max(1, len(own))
    assert not own or pages * (PAGE - kept) >= sum(own) or any(kept + width > PAGE for width in own)
    assert (pages == 1) is (kept + sum(own) <= PAGE or len(own) <= 1)

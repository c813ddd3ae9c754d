"""How the definition's sheets stand on A4: headings repeated, readable without touching the set-up.

The guide is read upright like a letter; every other sheet lies across, so that a printed workbook is turned once.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from kohyo.excel.style import palette as look
from kohyo.excel.style.page_footer import PAGE, PAGES, TAB, footer, literal
from kohyo.messages import wording
from kohyo.model.plan import Plan

ACROSS = 1047
"""What A4 holds between the margins when it lies across, in pixels at full size."""

_A4 = 9
_MARGIN, _BOTTOM = 0.4, 0.6
_SMALLEST = 0.7  # below this scale a second page is better than smaller letters
_GUIDE_SCALE = 84  # of a width that programs take for up to a fifth more than it is
PAGE_HEIGHT = (11.69 - _MARGIN - _BOTTOM) * 72 * 100 / _GUIDE_SCALE * 0.95
"""Points that a page of the guide surely holds; another program spaces lines a little wider."""


def set_up_page(sheet: Worksheet, plan: Plan, widths: Sequence[int], *, repeat: int, head: int) -> None:
    """Set a sheet up for A4 across: one page wide, or two with ``repeat`` columns where letters would be too small.

    Every page begins with the rows down to ``head``, from 0.
    """
    wide = sum(widths) * _SMALLEST > ACROSS
    sheet.set_landscape()
    sheet.fit_to_pages(2 if wide else 1, 0)
    if wide:
        sheet.repeat_columns(0, repeat - 1)
        sheet.print_across()
    _set_up_paper(sheet, plan, head)


def set_up_guide(sheet: Worksheet, plan: Plan, blocks: Sequence[Sequence[float]]) -> None:
    """Set the guide up for A4 upright; ``blocks`` are the heights of rows that belong together, from the first row.

    Excel heeds breaks where no number of pages is asked for alone; so a scale is.
    """
    sheet.set_print_scale(_GUIDE_SCALE)
    sheet.set_h_pagebreaks(page_breaks(blocks))
    _set_up_paper(sheet, plan, 0)


def page_breaks(blocks: Sequence[Sequence[float]]) -> list[int]:
    """Return the rows before which a page ends, so that no block is torn that a page holds.

    One that no page holds begins on a page of its own. The first row is repeated on every page.
    """
    repeated = blocks[0][0]
    breaks: list[int] = []
    row, used = 0, 0.0
    for block in blocks:
        if used and used + sum(block) > PAGE_HEIGHT:
            breaks.append(row)
            used = repeated
        for height in block:
            if used + height > PAGE_HEIGHT:
                breaks.append(row)
                used = repeated
            used += height
            row += 1
    return breaks


def _set_up_paper(sheet: Worksheet, plan: Plan, head: int) -> None:
    """Set paper, margins, repeated rows and footer."""
    sheet.set_paper(_A4)
    sheet.repeat_rows(0, head)
    sheet.hide_gridlines(2)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_BOTTOM)
    whose = wording("definition.guide.footer", plan=literal(plan.plan.name))
    pages = wording("definition.guide.pages", tab=TAB, page=PAGE, pages=PAGES)
    sheet.set_footer(footer(plan.plan.font, look.HINT, left=whose, middle=pages), {"margin": 0.3})

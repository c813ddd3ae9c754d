"""How the definition's sheets stand on A4: headings repeated, readable without touching the set-up."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from kohyo.excel.style import palette as look
from kohyo.excel.style.page_footer import PAGE, PAGES, TAB, footer, literal
from kohyo.messages import wording
from kohyo.model.plan import Plan

_A4 = 9
_MARGIN = 0.4
_UPRIGHT, _ACROSS = 718, 1047  # what A4 holds between the margins, in pixels at full size
_SMALLEST = 0.7  # below this scale a second page is better than smaller letters


def set_up_page(sheet: Worksheet, plan: Plan, widths: Sequence[int], *, repeat: int, head: int = 0) -> None:
    """Set the sheet up for A4: upright where it fits, two pages wide with ``repeat`` columns where it must be.

    Every page begins with the rows down to ``head``, from 0.
    """
    total = sum(widths)
    sheet.set_paper(_A4)
    if total * _SMALLEST > _UPRIGHT:
        sheet.set_landscape()
    wide = total * _SMALLEST > _ACROSS
    sheet.fit_to_pages(2 if wide else 1, 0)
    if wide:
        sheet.repeat_columns(0, repeat - 1)
        sheet.print_across()
    sheet.repeat_rows(0, head)
    sheet.hide_gridlines(2)
    set_up_paper(sheet, plan)


def set_up_paper(sheet: Worksheet, plan: Plan) -> None:
    """Set margins and footer."""
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=0.6)
    whose = wording("definition.guide.footer", plan=literal(plan.plan.name))
    pages = wording("definition.guide.pages", tab=TAB, page=PAGE, pages=PAGES)
    sheet.set_footer(footer(plan.plan.font, look.HINT, left=whose, middle=pages), {"margin": 0.3})

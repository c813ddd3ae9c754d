"""The page (A4) of a table and of its chart: paper, margins, footer."""

from __future__ import annotations

from typing import Any

from kohyo.excel.style.page_footer import PAGE, PAGES, footer, literal
from kohyo.excel.table_book.table_layout import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP
from kohyo.messages import wording
from kohyo.model.plan import Plan

_A4 = 9
_FOOTER_SIZE = 8.0
_FOOTER_MARGIN = 8.0
_MM_PER_INCH = 25.4


def set_page(sheet: Any, plan: Plan, legend: str = "") -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Set a worksheet up for A4 without gridlines, with its footer."""
    sheet.set_paper(_A4)
    side, top, bottom = (size / _MM_PER_INCH for size in (MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM))
    sheet.set_margins(left=side, right=side, top=top, bottom=bottom)
    sheet.set_footer(_footer(plan, legend), {"margin": _FOOTER_MARGIN / _MM_PER_INCH})
    sheet.hide_gridlines(2)


def _footer(plan: Plan, legend: str) -> str:
    """Return the footer: legend, page numbers, and whose plan it is where there is room for it."""
    whose = wording("tables.page.footer", organisation=plan.plan.organisation, plan=plan.plan.name)
    pages = wording("tables.page.pages", page=PAGE, pages=PAGES)
    return footer(plan.plan.font, _FOOTER_SIZE, left=literal(legend), middle=pages, right=literal(whose))

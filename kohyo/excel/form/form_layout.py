"""How a form's sheets stand on screen and on paper: columns, print set-up, protection, rows that grow."""

from __future__ import annotations

from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

from kohyo.definition.fields import year_words
from kohyo.excel.form.sheet_content import Page
from kohyo.excel.style import palette as look
from kohyo.excel.style.page_footer import PAGE, PAGES, footer, literal
from kohyo.excel.style.text_metrics import line_count, row_height
from kohyo.messages import wording
from kohyo.model.plan import Plan

LABEL, ANSWER, REMARK, LAST_YEAR = range(4)
"""Columns of a sheet: what, the answer, how, and last year's answer where there is one."""

SHEET_COLUMNS = (132, 520, 290)
"""Widths of label, answer and remark in pixels; at ``ZOOM`` they fit a screen of 1366 pixels."""

_BESIDE_LAST_YEAR = (132, 400, 290, 250)
"""Widths with last year's answers, the last column theirs."""

ZOOM = 120
_ZOOM_WITH_LAST_YEAR = 105
MOST_PAGES = 2
"""Pages that a sheet takes at most when printed."""

_A4 = 9
_MARGINS = {"left": 0.43, "right": 0.43, "top": 0.39, "bottom": 0.51}
_FOOTER_MARGIN = 0.24
_INDENT_PX = 14
_PADDING = 3.0

_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "autofilter": True,
    "objects": True,
    "scenarios": True,
}
"""What protection leaves free: looks, rows, the filter of 記入状況, notes (they are read). Sorting would take answers
to other fields, and stays forbidden."""


def columns_of(page: Page) -> tuple[int, ...]:
    """Return the widths of a page's columns in pixels; they fit a screen of 1366 pixels at its zoom."""
    return _BESIDE_LAST_YEAR if page.has_last_year else SHEET_COLUMNS


@lru_cache(maxsize=4096)
def tall(text: str, width: int, size: float, *, bold: bool = False) -> float:
    """Return the height of a row that shows ``text`` whole in a cell ``width`` pixels wide."""
    return row_height(text, width - _INDENT_PX, size, bold=bold, padding=_PADDING)


@lru_cache(maxsize=1024)
def lines_beside(text: str) -> int:
    """Return how many lines a remark takes in its column."""
    return line_count(text, SHEET_COLUMNS[REMARK] - _INDENT_PX, look.HINT)


def set_up_sheet(sheet: Worksheet, plan: Plan, page: Page, last: int, head_rows: int) -> None:
    """Set up a sheet of answers whose last row is ``last``: print, frozen head, protection."""
    words = {"cycle": year_words(plan.cycle.year)["cycle"], "plan": plan.plan.name, "form": page.title}
    left = wording("form.print.footer", **words)
    set_up(sheet, plan.plan.font, (left, page.control or wording("form.example.mark")), most=MOST_PAGES)
    if page.has_last_year:
        sheet.set_zoom(_ZOOM_WITH_LAST_YEAR)
    sheet.print_area(0, 0, last, len(columns_of(page)) - 1)
    sheet.repeat_rows(0, head_rows - 1)
    sheet.freeze_panes(head_rows, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:D{last + 1}"})


def set_up(sheet: Worksheet, font: str, sides: tuple[str, str], *, most: int) -> None:
    """Set a sheet up for A4 upright, one page wide and at most ``most`` pages tall (0: as many as it takes).

    ``sides`` is what stands left and right of the page number. Protected without a password: locked cells can
    be copied, rows inserted and formatted (Excel lets rows grow only where they may be formatted).
    """
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, most)
    sheet.set_margins(**_MARGINS)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_zoom(ZOOM)
    pages = wording("form.print.pages", page=PAGE, pages=PAGES)
    left, right = (literal(text) for text in sides)
    sheet.set_footer(footer(font, look.HINT, left=left, middle=pages, right=right), {"margin": _FOOTER_MARGIN})
    sheet.protect("", _ALLOWED)

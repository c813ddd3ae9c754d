"""The head of a form's sheet: number, title, what is missing, control number (管理番号); always in sight."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kohyo.excel.form.form_canvas import Canvas
from kohyo.excel.form.form_identifiers import CONTROL_NAME, COVER_TARGET
from kohyo.excel.form.form_layout import ANSWER, LABEL, LAST_YEAR, REMARK, columns_of, tall
from kohyo.excel.form.form_status import Tally, Told, told
from kohyo.excel.form.sheet_content import Page
from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.style import palette as look
from kohyo.messages import wording

HEAD_ROWS = 3
"""Rows of the head, which stay in sight and are repeated on every printed page."""

TITLE_CELL = "$B$2"
"""Where the title stands; the cover repeats it."""

_LINE_HEIGHT = 15.0
_TITLE_HEIGHT = 28.0
_LINE, _TITLE, _GUIDE = range(HEAD_ROWS)


def draw_head(canvas: Canvas, page: Page, sheet: Worksheet, facts: tuple[Told, tuple[Tally, Tally], Told]) -> None:
    """Draw the head; ``facts`` are the title, the tallies of missing and wrong, and what to say at none."""
    title, counts, calm = facts
    style = canvas.styles.get
    _draw_line(canvas, page, sheet)
    sheet.write_string(_TITLE, LABEL, page.number, style("number"))
    sheet.write_formula(_TITLE, ANSWER, title.formula, style("title"), title.now)
    sheet.set_row(_TITLE, title_height(title.now, columns_of(page)[ANSWER]))
    if page.has_last_year:
        sheet.write_blank(_TITLE, LAST_YEAR, None, style("status"))
    if page.locked:
        sheet.write_blank(_TITLE, REMARK, None, style("status"))
    else:
        _draw_state(canvas, sheet, counts, calm)
    sheet.write_url(_GUIDE, LABEL, f"internal:{COVER_TARGET}", style("back"), wording("form.head.back"))
    link = canvas.next_links.get(page.control)
    last = ANSWER if link else REMARK
    if link:
        sheet.write_string(_GUIDE, ANSWER, page.guide, style("guide"))
        sheet.write_formula(_GUIDE, REMARK, link[0], style("next"), link[1])
    else:
        sheet.merge_range(_GUIDE, ANSWER, _GUIDE, REMARK, page.guide, style("guide"))
    sheet.set_row(_GUIDE, tall(page.guide, sum(columns_of(page)[ANSWER : last + 1]), look.HINT))


def title_height(title: str, width: int) -> float:
    """Return the height of the row in which a title stands in a column ``width`` pixels wide."""
    return max(_TITLE_HEIGHT, tall(title, width, look.TITLE, bold=True))


def _draw_line(canvas: Canvas, page: Page, sheet: Worksheet) -> None:
    sheet.write_string(_LINE, LABEL, page.line, canvas.styles.get("line"))
    if page.control:
        sheet.write_string(_LINE, REMARK, page.control, canvas.styles.get("control"))
        canvas.name_cell(page.tab, CONTROL_NAME, a1(_LINE, REMARK))
    else:
        sheet.write_string(_LINE, REMARK, wording("form.example.mark"), canvas.styles.get("example_mark"))
    sheet.set_row(_LINE, _LINE_HEIGHT)


def _draw_state(canvas: Canvas, sheet: Worksheet, counts: tuple[Tally, Tally], calm: Told) -> None:
    state = told(*counts, calm)
    sheet.write_formula(_TITLE, REMARK, state.formula, canvas.styles.get("status"), state.now)
    alarm = "+".join(tally.formula for tally in counts)
    options = {"type": "formula", "criteria": f"={alarm}>0", "format": canvas.styles.warning(ground=False)}
    sheet.conditional_format(_TITLE, REMARK, _TITLE, REMARK, options)

"""The overview of a form (記入状況): a row an item, what it still lacks, counted live; links to the next one."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from kohyo.definition.fields import FormField, field_named, item_fields, year_words
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_canvas import Canvas, quoted
from kohyo.excel.form.form_identifiers import COVER_TARGET, ITEM_TARGET, OVERVIEW_TARGET
from kohyo.excel.form.form_layout import REMARK, set_up, tall
from kohyo.excel.form.form_sheet import Drawn
from kohyo.excel.ooxml.cell_reference import a1, row_column, span
from kohyo.excel.style import palette as look
from kohyo.messages import wording
from kohyo.model.plan import Plan

_TAB, TITLE, LACKING, FIRST_MARK = range(4)
"""Columns: the sheet, the item, how many answers it lacks, the first of the marks."""

_HEAD = 2
FIRST_ROW = _HEAD + 1
"""Row of the first item, from 0."""

_WIDTHS = (64, 300, 60)
_MARK_WIDTH = 30
_UPRIGHT_LETTER = 11.0
_TITLE_HEIGHT = 30.0
_ROW_HEIGHT = 18.0


def draw_overview(canvas: Canvas, sheet: Worksheet, drawn: Sequence[Drawn], control: str) -> None:
    """Draw the overview of the item sheets ``drawn`` on the worksheet kept free for it."""
    fields = marked_fields(canvas.plan)
    style = canvas.styles.get
    for column, width in enumerate((*_WIDTHS, *(_MARK_WIDTH for _ in fields))):
        sheet.set_column_pixels(column, column, width, style("plain"))
    sheet.write_string(0, _TAB, wording("form.overview.title"), style("cover_title"))
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_url(1, _TAB, f"internal:{COVER_TARGET}", style("back"), wording("form.overview.back"))
    sheet.write_string(1, TITLE, wording("form.overview.note"), style("guide"))
    heads = (wording("form.overview.sheet"), field_named(canvas.plan, "title").label, wording("form.overview.missing"))
    for column, text in enumerate(heads):
        sheet.write_string(_HEAD, column, text, style("head"))
    for column, field in enumerate(fields, start=FIRST_MARK):
        sheet.write_string(_HEAD, column, field.label, style("head_upright"))
    sheet.set_row(_HEAD, _UPRIGHT_LETTER * (1 + max((len(field.label) for field in fields), default=1)))
    for row, item in enumerate(drawn, start=FIRST_ROW):
        _draw_row(canvas, sheet, row, (item, fields))
    last = FIRST_ROW + len(drawn) - 1
    _set_up(canvas, sheet, (last, FIRST_MARK + len(fields) - 1), control)


def marked_fields(plan: Plan) -> list[FormField]:
    """Return the fields for which the overview has a mark, one a column."""
    return [field for field in item_fields(plan) if field.required and not field.readonly]


def item_row_height(title: str) -> float:
    """Return the height of the row that tells of an item."""
    return max(_ROW_HEIGHT, tall(title, _WIDTHS[TITLE], look.BODY))


def _draw_row(canvas: Canvas, sheet: Worksheet, row: int, about: tuple[Drawn, Sequence[FormField]]) -> None:
    item, fields = about
    style, tab, gone = canvas.styles.get, quoted(item.tab), formula.literal(wording("form.cover.gone"))
    mark, missing = wording("form.overview.mark"), wording("form.remark.missing")
    sheet.write_url(row, _TAB, f"internal:{canvas.targets[item.control]}", style("link"), item.tab)
    sheet.write_formula(row, TITLE, f"=IFERROR({tab}!{item.title_cell},{gone})", style("row"), item.title)
    counted = formula.counted(f"{tab}!{item.remarks}", missing)
    sheet.write_formula(row, LACKING, f"=IFERROR({counted},{gone})", style("count"), item.missing)
    for column, field in enumerate(fields, start=FIRST_MARK):
        beside = f"{tab}!{a1(row_column(item.cells[field.name])[0], REMARK)}"
        built = f'=IFERROR(IF({formula.starts_with(beside, missing)},"{mark}",""),"")'
        sheet.write_formula(row, column, built, style("mark"), mark if field.name in item.lacking else "")
    sheet.set_row(row, item_row_height(item.title))


def next_link(place: int, count: int) -> tuple[str, str]:
    """Return the formula that leads on from the item at ``place`` (from 0, of ``count``) and the text it shows.

    To the next item that lacks something; to the overview where none does.
    """
    overview, name = quoted(wording("form.overview.tab")), wording("form.overview.next")
    to_all = f'HYPERLINK("#{OVERVIEW_TARGET}",{formula.literal(wording("form.overview.all"))})'
    first, last = FIRST_ROW + place + 1, FIRST_ROW + count - 1
    if first > last:
        return f"={to_all}", wording("form.overview.all")
    counts = f"{overview}!{span(LACKING, first, last)}"
    target = f'"#{ITEM_TARGET}"&({place + 1}+MATCH(1,INDEX(ISNUMBER({counts})*({counts}>0),0),0))'
    return f"=IFERROR(HYPERLINK({target},{formula.literal(name)}),{to_all})", name


def _set_up(canvas: Canvas, sheet: Worksheet, corner: tuple[int, int], control: str) -> None:
    plan, (last, right) = canvas.plan, corner
    words = {
        "cycle": year_words(plan.cycle.year)["cycle"],
        "plan": plan.plan.name,
        "form": wording("form.overview.tab"),
    }
    set_up(sheet, plan.plan.font, (wording("form.print.footer", **words), control), most=0)
    sheet.set_landscape()
    sheet.print_area(0, 0, last, right)
    sheet.repeat_rows(_HEAD)
    sheet.freeze_panes(FIRST_ROW, LACKING)
    sheet.autofilter(_HEAD, 0, last, LACKING)
    sheet.set_tab_color(look.TAB_COVER)
    missing = a1(FIRST_ROW, LACKING)
    for column, cell in ((LACKING, missing), *((at, a1(FIRST_ROW, at)) for at in range(FIRST_MARK, right + 1))):
        alarm = f"=AND(ISNUMBER({cell}),{cell}>0)" if column == LACKING else f'={cell}<>""'
        options = {"type": "formula", "criteria": alarm, "format": canvas.styles.warning(ground=True)}
        sheet.conditional_format(FIRST_ROW, column, last, column, options)

"""The first sheet of the definition's workbook (説明): what each sheet and column is for, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kohyo.definition.layout import SHEETS
from kohyo.definition.sheet_spec import SheetSpec
from kohyo.excel.definition_book.definition_page import set_up_guide
from kohyo.excel.style import palette as look
from kohyo.excel.style.text_metrics import row_height
from kohyo.messages import section, wording
from kohyo.model.plan import Plan

_WIDTHS = (148, 40, 362, 150)
_HEADINGS = ("column", "required", "about", "name")
_LAST = len(_WIDTHS) - 1


def write_guide(book: Workbook, plan: Plan) -> None:
    """Add the sheet that explains the others, to be read first."""
    tab = wording("definition.guide.tab")
    sheet = book.add_worksheet(tab)
    sheet.set_tab_color(look.TAB_REFERENCE)
    pen = _Pen(book, sheet, plan.plan.font)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(column, column, width, pen.plain)
    pen.line(wording("definition.guide.title"), pen.title, look.TITLE)
    pen.line(wording("definition.guide.lead"), pen.plain, look.BODY)
    for rule in section("definition")["guide"]["rules"]:
        pen.line(wording("definition.guide.rule", rule=rule), pen.plain, look.BODY)
    for spec in SHEETS:
        _explain(pen, spec)
    set_up_guide(sheet, plan, pen.blocks)
    sheet.print_area(0, 0, pen.row - 1, _LAST)


def _explain(pen: _Pen, spec: SheetSpec) -> None:
    """Write a band for the sheet, which leads to it, then a line per column."""
    pen.begin()
    pen.line("", pen.plain, look.HINT)
    pen.link(spec)
    pen.cells([wording(f"definition.guide.{name}") for name in _HEADINGS], pen.head)
    for column in spec.columns:
        required = wording("definition.guide.yes") if column.required else ""
        pen.cells([spec.heading(column.name), required, spec.hint(column.name), column.name], pen.cell)


class _Pen:
    """Writes downwards, one line after another."""

    def __init__(self, book: Workbook, sheet: Worksheet, font: str) -> None:
        """Make the formats."""
        self.sheet = sheet
        self.row = 0
        self.blocks: list[list[float]] = [[]]
        """The heights of the rows that belong together."""
        base: dict[str, Any] = {
            "font_name": font,
            "font_size": look.BODY,
            "font_color": look.INK,
            "text_wrap": True,
            "valign": "vcenter",
        }
        box = {"border": 1, "border_color": look.LINE}
        self.plain: Format = book.add_format(base)
        self.title: Format = book.add_format({**base, "font_size": look.TITLE, "bold": True, "font_color": look.DEEP})
        self.band: Format = book.add_format(
            {**base, "bold": True, "font_color": look.DEEP, "bg_color": look.BAND, "underline": 0}
        )
        self.head: Format = book.add_format({**base, **box, "bold": True, "bg_color": look.LABEL})
        self.cell: Format = book.add_format({**base, **box, "num_format": "@"})

    def begin(self) -> None:
        """Begin what belongs together."""
        self.blocks.append([])

    def line(self, text: str, shown: Format, size: float) -> None:
        """Write one text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, _LAST, text, shown)
        self._end_row(row_height(text, sum(_WIDTHS), size))

    def link(self, spec: SheetSpec) -> None:
        """Write a sheet's band: its name, which leads to it, and what it is for."""
        text = wording("definition.guide.band", tab=spec.tab, about=spec.about)
        self.sheet.merge_range(self.row, 0, self.row, _LAST, text, self.band)
        self.sheet.write_url(self.row, 0, f"internal:'{spec.tab}'!A1", self.band, string=text)
        self._end_row(row_height(text, sum(_WIDTHS), look.BODY, bold=True))

    def cells(self, texts: Sequence[str], shown: Format) -> None:
        """Write one text a column."""
        heights = []
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, shown)
            heights.append(row_height(text, _WIDTHS[column], look.BODY, padding=5.0))
        self._end_row(max(heights))

    def _end_row(self, height: float) -> None:
        self.sheet.set_row(self.row, height)
        self.blocks[-1].append(height)
        self.row += 1

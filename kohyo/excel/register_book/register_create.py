"""A new, empty register (新しい台帳): every sheet with its headings, written from scratch with XlsxWriter."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.well_formed import well_formed
from kohyo.excel.register_book.book_sheet import TEAMS, BookColumn, BookSheet
from kohyo.excel.register_book.cell_codec import encode
from kohyo.excel.register_book.record_codec import row_of
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.excel.register_book.register_rows import register_rows
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.excel.register_book.style import RowHeights, width_px
from kohyo.excel.style.new_workbook import StillWorkbook
from kohyo.excel.style.page_footer import PAGE, PAGES, TAB, footer, literal
from kohyo.excel.style.palette import BAND, BODY, HINT, INK, LINE
from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.model.register import Register

_CELLS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_COLUMN_STYLE = re.compile(rb'(<col\b[^>]*?) style="[0-9]+"')
_LAST_ROW = 1_048_575
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks know no time zones; one plan, one file
_HEADING_HEIGHT = 32
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.4, "bottom": 0.6}
_FOOTER_MARGIN = 0.3
_PAGE_PX = 1500  # what A4 across holds between the margins, in pixels at 70 %: smaller letters are hard to read
_REPEATED_PX = _PAGE_PX // 2  # what may stand on every page, so that there is room for what does not
_SMALLEST_PX = 1800  # and at 58 %, still better than to turn pages for one row
_EMPTY = Register()
_NAMING = (Column.ID, "number", "title", Column.ITEM, Column.NUMBER, Column.TITLE, Column.DEPARTMENT)
"""Columns that tell which row it is."""
_TEXT = "@"
_LINE = {"bottom": 1, "bottom_color": LINE}
_FORMATS = {"figure": "0", "moment": "yyyy/mm/dd hh:mm:ss", "date": "yyyy/mm/dd", "integer": "#,##0"}
_NUMERIC = ("figure", "integer", "decimal", "goal")
_TO_THE_LEFT = {"align": "left"}
_TO_THE_RIGHT = {"align": "right", "indent": 1}
"""What stands to the right keeps away from the text of the next column; days are texts to the eye."""


def create_register(path: Path, plan: Plan, first: Register = _EMPTY) -> None:
    """Write a new register to ``path``, empty but for what ``first`` holds, whole or not at all.

    Raises FileError when that cannot be done.
    """
    save_bytes(path, register_bytes(plan, first))


def register_bytes(plan: Plan, first: Register = _EMPTY) -> bytes:
    """Return a new register as a workbook's bytes, the same bytes for the same input."""
    rows = {**register_rows(first, plan), TEAMS: list(map(row_of, first.teams))}
    return _book(plan, [sheet for sheet in book_sheets(plan) if rows[sheet.key] or not sheet.when_filled], rows)


def _book(plan: Plan, sheets: Sequence[BookSheet], rows: Mapping[str, Sequence[Row]]) -> bytes:
    """Return a workbook with these sheets and rows."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with StillWorkbook(stream, options) as book:
        book.set_properties({"title": plan.plan.name, "created": _CREATED})
        formats = _Formats(book, plan.plan.font)
        for sheet in sheets:
            page = _write_sheet(book, sheet, formats, plan)
            _write_rows(page, sheet, plan, rows.get(sheet.key, ()), formats)
    return well_formed(stream.getvalue())


def bare_sheet(plan: Plan, title: str) -> bytes | None:
    """Return a sheet's part as a new register has it, without cells and cell formats; None where it has no such sheet.

    Widths, frozen headings, filter, drop-downs and print set-up need nothing of the workbook they come from.
    """
    sheets = [sheet for sheet in book_sheets(plan) if sheet.title == title]
    if not sheets:
        return None
    with zipfile.ZipFile(BytesIO(_book(plan, sheets, {}))) as book:
        part = book.read("xl/worksheets/sheet1.xml")
    return _COLUMN_STYLE.sub(rb"\1", _CELLS.sub(b"<sheetData/>", part))


class _Formats:
    """The workbook's cell formats, each made once."""

    def __init__(self, book: Any, font: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book = book
        self._base = {"font_name": font, "font_size": BODY, "font_color": INK, "valign": "top"}
        self._made: dict[str, Any] = {}
        band = {"bold": True, "bg_color": BAND, "border": 1, "border_color": LINE, "text_wrap": True}
        self.heading = book.add_format({**self._base, **band, "valign": "vcenter"})

    def column(self, column: BookColumn) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format of a column: numbers to the right, texts wrapped and never taken for a formula."""
        kind = _kind(column)
        if kind not in self._made:
            look: dict[str, object] = {"num_format": _FORMATS.get(kind, "General"), **_LINE}
            if kind not in (*_FORMATS, *_NUMERIC, "value"):
                look |= {"num_format": _TEXT, "text_wrap": True}
            elif kind == "value":
                look |= {"text_wrap": True}
            else:
                look |= _TO_THE_RIGHT if kind in _NUMERIC else _TO_THE_LEFT
            self._made[kind] = self._book.add_format({**self._base, **look})
        return self._made[kind]


def _kind(column: BookColumn) -> str:
    return column.field.type if column.kind == "answer" and column.field else column.kind


def _write_sheet(book: Any, sheet: BookSheet, formats: _Formats, plan: Plan) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    page = book.add_worksheet(sheet.title)
    page.set_row(0, _HEADING_HEIGHT)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats.column(column))
        page.write_string(0, place, column.label, formats.heading)
        _validate(page, place, column)
    page.autofilter(0, 0, _LAST_ROW, len(sheet.columns) - 1)
    frozen = [place for place, column in enumerate(sheet.columns) if column.name in (Column.ID, "number")]
    page.freeze_panes(1, max(frozen, default=-1) + 1)
    _set_up_print(page, sheet, plan)
    return page


def _write_rows(page: Any, sheet: BookSheet, plan: Plan, rows: Sequence[Row], formats: _Formats) -> None:  # noqa: ANN401 - as above
    heights = RowHeights(sheet.columns)
    for at, row in enumerate(rows, start=1):
        cells = [(column, encode(plan, column, row.get(column.name))) for column in sheet.columns]
        for place, (column, value) in enumerate(cells):
            if isinstance(value, str):
                page.write_string(at, place, value, formats.column(column))
            elif isinstance(value, date):
                page.write_datetime(at, place, value, formats.column(column))
            elif value is not None:
                page.write_number(at, place, value, formats.column(column))
        page.set_row(at, heights.needed((column.name, value) for column, value in cells) or None)


def _set_up_print(page: Any, sheet: BookSheet, plan: Plan) -> None:  # noqa: ANN401 - as above
    """Set a sheet up for A4 across: as many pages wide as it takes to be read, what names a row on each of them."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(**_MARGINS)
    page.repeat_rows(0)
    widths = [width_px(column) for column in sheet.columns]
    naming = [place for place, column in enumerate(sheet.columns) if column.name in _NAMING]
    repeated = max((place + 1 for place in naming if sum(widths[: place + 1]) <= _REPEATED_PX), default=0)
    pages = 1 if sum(widths) <= _SMALLEST_PX else _pages_across(widths, repeated)
    page.fit_to_pages(pages, 0)
    if pages > 1:
        page.print_across()
        if repeated:
            page.repeat_columns(0, repeated - 1)
    whose = wording("workbook.print.footer", plan=literal(plan.plan.name))
    counted = wording("workbook.print.pages", tab=TAB, page=PAGE, pages=PAGES)
    page.set_footer(footer(plan.plan.font, HINT, left=whose, middle=counted), {"margin": _FOOTER_MARGIN})


def _pages_across(widths: Sequence[int], repeated: int) -> int:
    """Return how many pages whole columns take side by side, the first ``repeated`` of them on each."""
    kept = sum(widths[:repeated])
    pages, used = 1, kept
    for width in widths[repeated:]:
        if used > kept and used + width > _PAGE_PX:
            pages, used = pages + 1, kept
        used += width
    return pages


def _validate(page: Any, place: int, column: BookColumn) -> None:  # noqa: ANN401 - as above
    """Offer the words to choose from where a person fills in; other words stay possible and are told."""
    choices: list[str] = []
    if column.kind == "tick":
        choices = [word for word in section("workbook")["tick"].values() if word]
    elif column.name in (Column.DECISION, Column.STANDING):
        choices = [word for _, word in column.words if word]
    elif column.name == Column.DONE:
        choices = list(section("workbook")["note_done"].values())
    if choices:
        note = wording("workbook.hints.choose")
        page.data_validation(
            1,
            place,
            _LAST_ROW,
            place,
            {"validate": "list", "source": choices, "error_message": note, "show_error": column.name != Column.DONE},
        )

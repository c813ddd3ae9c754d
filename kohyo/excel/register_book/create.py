"""A new, empty register (新しい台帳): every sheet with its headings, written from scratch with XlsxWriter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from kohyo.excel.register_book.columns import CONFLICTS, BookColumn, BookSheet, book_sheets
from kohyo.excel.write.palette import BAND, BODY, INK, LINE
from kohyo.messages import section, wording
from kohyo.model.plan import Plan

_LAST_ROW = 1_048_575
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks know no time zones; one plan, one file
_HEADING_HEIGHT = 32
_A4 = 9
_TEXT = "@"
_FORMATS = {"figure": "0", "moment": "yyyy/mm/dd hh:mm:ss", "date": "yyyy/mm/dd", "integer": "#,##0"}
_NUMERIC = ("figure", "integer", "decimal", "goal")


def create_register(path: Path, plan: Plan) -> None:
    """Write an empty register to ``path``; raise OSError when that cannot be done."""
    try:
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"title": plan.plan.name, "created": _CREATED})
            formats = _Formats(book, plan.plan.font)
            for sheet in book_sheets(plan):
                _write_sheet(book, sheet, formats)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(path)) from error


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
            look: dict[str, object] = {"num_format": _FORMATS.get(kind, "General")}
            if kind not in (*_FORMATS, *_NUMERIC, "value"):
                look |= {"num_format": _TEXT, "text_wrap": True}
            elif kind == "value":
                look |= {"text_wrap": True}
            self._made[kind] = self._book.add_format({**self._base, **look})
        return self._made[kind]


def _kind(column: BookColumn) -> str:
    return column.field.type if column.kind == "answer" and column.field else column.kind


def _write_sheet(book: Any, sheet: BookSheet, formats: _Formats) -> None:  # noqa: ANN401 - XlsxWriter has no types
    page = book.add_worksheet(sheet.title)
    page.set_row(0, _HEADING_HEIGHT)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats.column(column))
        page.write_string(0, place, column.label, formats.heading)
        _validate(page, place, sheet, column)
    page.autofilter(0, 0, _LAST_ROW, len(sheet.columns) - 1)
    frozen = [place for place, column in enumerate(sheet.columns) if column.name in ("@id", "number")]
    page.freeze_panes(1, max(frozen, default=-1) + 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _validate(page: Any, place: int, sheet: BookSheet, column: BookColumn) -> None:  # noqa: ANN401 - as above
    """Offer the words to choose from where a person fills in; other words stay possible and are told."""
    choices: list[str] = []
    if column.kind == "tick":
        choices = [word for word in section("workbook")["tick"].values() if word]
    elif sheet.key == CONFLICTS and column.name == "@decision":
        choices = [word for _, word in column.words]
    if choices:
        note = wording("workbook.hints.choose")
        page.data_validation(1, place, _LAST_ROW, place, {"validate": "list", "source": choices, "error_message": note})

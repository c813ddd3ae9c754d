"""Writing the definition's workbook (計画定義.xlsx): a sheet a part, made to be edited by the secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kohyo.definition.layout import sheet_spec
from kohyo.definition.sheet_spec import ColumnSpec, SheetSpec, vocabulary
from kohyo.definition.tabular import SheetRows, sheets_of, to_sheets
from kohyo.excel.definition_book.definition_guide import write_guide
from kohyo.excel.definition_book.definition_page import ACROSS, set_up_page
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.cell_reference import a1, column_letters
from kohyo.excel.ooxml.well_formed import well_formed
from kohyo.excel.style import palette as look
from kohyo.excel.style.new_workbook import BASE_FONT, GrowingSheet, StillWorkbook
from kohyo.excel.style.text_metrics import line_count, row_height, text_width
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import RawValue
from kohyo.text.ticks import show_tick

_SPARE_ROWS = 200
"""Rows below the last that are ready to be written in: text format, drop-downs, hints."""

_HEAD = 1
"""The row of the headings, from 0: above them stands what the sheet is for."""

_NARROWEST, _WIDEST, _WIDEST_SINGLE = 52, 300, 150
_PX_PER_POINT = 96 / 72
_ROOM = 14  # pixels around a text
_FILTER = 18  # pixels that the filter's button covers in a heading
_HEADING_LINES = 2
_RULED_ROWS = 8
"""Rows that a sheet without any offers to be written in: a page of headings alone says nothing."""
_BOX = {"border": 1, "border_color": look.LINE}
_DATE = "yyyy/m/d"
_TEXT = "@"
_NUMBERS = ("integer", "decimal", "year")
_LABEL_COLUMNS = 2
"""Columns that stay in sight and are repeated on a second page."""


def write_definition(path: Path, plan: Plan, *, created: datetime) -> None:
    """Write the plan to ``path``, whole or not at all; ``created`` is the date that the workbook carries.

    Raises FileError when the file cannot be written.
    """
    save_bytes(path, definition_bytes(plan, created=created))


def definition_bytes(plan: Plan, *, created: datetime) -> bytes:
    """Return the definition as a workbook's bytes, the same bytes for the same input."""
    target = BytesIO()
    book = StillWorkbook(target, {"in_memory": True, "default_format_properties": BASE_FONT})
    book.worksheet_class = GrowingSheet
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    book.set_properties({"title": plan.plan.name, "company": plan.plan.organisation, "created": moment})
    write_guide(book, plan)
    for spec, sheet in zip(sheets_of(plan), to_sheets(plan), strict=True):
        _SheetPen(book, plan, spec, sheet).draw()
    book.close()
    return well_formed(target.getvalue())


@dataclass(frozen=True)
class _SheetPen:
    """Draws one sheet of the definition."""

    book: Workbook
    plan: Plan
    spec: SheetSpec
    rows: SheetRows

    def draw(self) -> None:
        """Write headings, rows, drop-downs and print set-up."""
        sheet = self.book.add_worksheet(self.rows.name)
        widths = self._widths()
        for place, (column, width) in enumerate(zip(self.spec.columns, widths, strict=True)):
            sheet.set_column_pixels(place, place, width, self._format(column, {}))
            self._help(sheet, place, column)
        self._head(sheet, widths)
        for number, row in enumerate(self.rows.rows[1:], start=_HEAD + 1):
            self._row(sheet, number, row, widths)
        last = self._ruled(sheet)
        sheet.autofilter(_HEAD, 0, last, len(widths) - 1)
        sheet.freeze_panes(_HEAD + 1, min(_LABEL_COLUMNS, len(widths) - 1))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{a1(last + _SPARE_ROWS, len(widths) - 1)}"})
        sheet.print_area(0, 0, last, len(widths) - 1)
        set_up_page(sheet, self.plan, widths, repeat=_LABEL_COLUMNS, head=_HEAD)

    def _head(self, sheet: Worksheet, widths: Sequence[int]) -> None:
        colours = {"bg_color": look.DEEP, "font_color": look.WHITE, "bold": True, "valign": "vcenter"}
        shown = self._format(None, {**colours, "border": 1, "border_color": look.LINE})
        about = self._format(None, {"font_color": look.DEEP})
        if len(widths) > 1:
            sheet.merge_range(0, 0, 0, len(widths) - 1, "", about)
        sheet.write_string(0, 0, self.spec.about, about)
        sheet.set_row(0, row_height(self.spec.about, sum(widths), look.BODY))
        heights = []
        for place, column in enumerate(self.spec.columns):
            heading = self.spec.heading(column.name)
            sheet.write_string(_HEAD, place, heading, shown)
            heights.append(row_height(heading, widths[place] - _FILTER, look.BODY, bold=True))
        sheet.set_row(_HEAD, max(heights))

    def _row(self, sheet: Worksheet, number: int, row: Sequence[RawValue], widths: Sequence[int]) -> None:
        for place, (column, value) in enumerate(zip(self.spec.columns, row, strict=True)):
            _write(sheet, number, place, value, self._format(column, _BOX))
        texts = ("" if value is None else str(value) for value in row)
        sheet.set_row(number, max(row_height(text, widths[place], look.BODY) for place, text in enumerate(texts)))

    def _ruled(self, sheet: Worksheet) -> int:
        """Rule a few rows where there are none, to be written in, and return the last row that is printed."""
        last = len(self.rows.rows) - 1 + _HEAD
        if len(self.rows.rows) > 1:
            return last
        for number in range(last + 1, last + 1 + _RULED_ROWS):
            for place, column in enumerate(self.spec.columns):
                sheet.write_blank(number, place, None, self._format(column, _BOX))
            sheet.set_row(number, row_height("", ACROSS, look.BODY))
        return last + _RULED_ROWS

    def _widths(self) -> list[int]:
        """Return the columns' widths; together they hold the line that says what the sheet is for, if A4 does."""
        widths = [self._width(place) for place in range(len(self.spec.columns))]
        about = next(wide for wide in range(0, ACROSS + 10, 10) if wide >= ACROSS or self._says_in_a_line(wide))
        texts = [place for place, column in enumerate(self.spec.columns) if column.kind != "flag"]
        widths[texts[-1] if texts else -1] += max(0, min(about, ACROSS) - sum(widths))
        return widths

    def _says_in_a_line(self, wide: int) -> bool:
        return line_count(self.spec.about, wide, look.BODY) == 1

    def _width(self, place: int) -> int:
        """Return a width in pixels that shows the longest line, within limits, and the heading in two lines."""
        heading = str(self.rows.rows[0][place])
        lines = [
            line for row in self.rows.rows[1:] for line in str("" if row[place] is None else row[place]).split("\n")
        ]
        content = max((text_width(line, look.BODY) for line in lines), default=0.0) * _PX_PER_POINT + _ROOM
        head = text_width(heading, look.BODY, bold=True) * _PX_PER_POINT / _HEADING_LINES + look.BODY + _ROOM + _FILTER
        widest = _WIDEST_SINGLE if self.spec.single else _WIDEST
        return round(min(widest, max(_NARROWEST, content, head)))

    def _format(self, column: ColumnSpec | None, more: dict[str, Any]) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        shape: dict[str, Any] = {"text_wrap": True, "valign": "vcenter", "font_color": look.INK}
        if column is not None:
            shape["num_format"] = _number_format(column)
            shape["align"] = "center" if column.kind == "flag" else "left"
        return self.book.add_format({**shape, "font_name": self.plan.plan.font, "font_size": look.BODY, **more})

    def _help(self, sheet: Worksheet, place: int, column: ColumnSpec) -> None:
        """Put the drop-down and the hint of a column on its rows, those that are still empty included."""
        first = _HEAD + 1
        last = first if self.spec.single else len(self.rows.rows) - 1 + _HEAD + _SPARE_ROWS
        hint = {"input_title": self.spec.heading(column.name), "input_message": self.spec.hint(column.name)}
        sheet.data_validation(first, place, last, place, {**_choice(column), **hint})


def _choice(column: ColumnSpec) -> dict[str, Any]:
    """Return the drop-down of a column; only a vocabulary is closed, the rest is checked when it is read."""
    if column.kind == "word":
        return {
            "validate": "list",
            "source": list(vocabulary(column.words).values()),
            "error_title": wording("definition.guide.wrong_title"),
            "error_message": wording("definition.guide.wrong"),
        }
    if column.kind == "flag":
        return {"validate": "list", "source": [show_tick(Tick.YES)], "show_error": False}
    if column.source is not None:
        return {"validate": "list", "source": _cells_of(*column.source), "show_error": False}
    return {"validate": "any"}


def _cells_of(key: str, name: str) -> str:
    """Return the range in which another sheet lists what may be chosen."""
    spec = sheet_spec(key)
    place = [column.name for column in spec.columns].index(name)
    letters = column_letters(place)
    return f"='{spec.tab}'!${letters}${_HEAD + 2}:${letters}${_SPARE_ROWS}"


def _number_format(column: ColumnSpec) -> str:
    if column.kind == "date":
        return _DATE
    return "General" if column.kind in _NUMBERS else _TEXT


def _write(sheet: Worksheet, row: int, column: int, value: RawValue, shown: Any) -> None:  # noqa: ANN401 - likewise
    """Write a value as what it is; a text stays a text whatever it begins with."""
    if value is None:
        sheet.write_blank(row, column, None, shown)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, shown)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shown)
    else:
        sheet.write_number(row, column, value, shown)

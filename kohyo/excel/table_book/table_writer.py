"""Workbooks of tables (表): one sheet a table, set up for A4, readable without touching it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_range_abs

from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.well_formed import well_formed
from kohyo.excel.style.new_workbook import StillWorkbook
from kohyo.excel.style.quick_sheet import QuickSheet
from kohyo.excel.table_book.stacked import stacked
from kohyo.excel.table_book.table_chart import chart_rows, draw_chart, drawn_series
from kohyo.excel.table_book.table_layout import Layout
from kohyo.excel.table_book.table_page import set_page
from kohyo.excel.table_book.table_rows import segments
from kohyo.excel.table_book.table_style import (
    NOTE,
    STYLES,
    SUBTITLE,
    TITLE,
    Align,
    Look,
    Style,
    cell_format,
    is_outside,
    plain_format,
    run_format,
)
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Row, Scalar, Table
from kohyo.tables.plan_words import in_plan_words
from kohyo.text.tabs import free_tab

_BASE_FONT = {"font_name": "BIZ UDPGothic", "font_size": 11, "font_scheme": "none"}
_BASE_COLUMN = 96
"""Font of the empty workbook, in whose digits column widths count: named, since Excel would put another in its place
in Japan. Its digits are 11 pixels wide, to which XlsxWriter's default column of 96 pixels belongs."""

_HEADINGS = "ColumnTitle"
_LINK_LIMIT = 2000
_LARGEST_ZOOM = 120
_SCREEN = 1280  # pixels that a notebook of 1366 leaves to the columns
_FORBIDDEN = ":\\/?*[]"
_TO_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in _FORBIDDEN})


def write_tables(path: Path, plan: Plan, tables: Sequence[Table], *, created: datetime) -> None:
    """Write one workbook with a sheet per table that is printed; the same input gives the same bytes.

    ``created`` is the date that the workbook carries. Raises FileError when the file cannot be written.
    """
    save_bytes(path, table_book(plan, tables, created=created))


def table_book(plan: Plan, tables: Sequence[Table], *, created: datetime) -> bytes:
    """Return the workbook of ``write_tables`` as bytes; its headings are in the plan's own words."""
    tables = [in_plan_words(plan, table) for table in tables]
    stream = BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": _BASE_FONT,
        "default_column_width": _BASE_COLUMN,
    }
    with StillWorkbook(stream, options) as book:
        book.worksheet_class = QuickSheet
        book.set_properties(
            {
                "title": tables[0].title if tables else plan.plan.name,
                "subject": plan.plan.name,
                "company": plan.plan.organisation,
                "created": created.astimezone(UTC) if created.tzinfo else created,
            }
        )
        formats = _Formats(book, plan.plan.font)
        sheets = stacked([table for table in tables if table.printed])
        names = sheet_names([table for table, _ in sheets])
        for name, (table, layout) in zip(names, sheets, strict=True):
            _Sheet(book.add_worksheet(name), table, layout, formats).write(plan)
            if table.head and "'" not in name:  # XlsxWriter finds no sheet with an apostrophe
                book.define_name(*_headings(name, table))
            if table.chart and drawn_series(table, table.chart):
                draw_chart(book, plan, table, name, table.chart)
    return well_formed(stream.getvalue())


def _headings(sheet: str, table: Table) -> tuple[str, str]:
    """Return the name by which screen readers know the heading rows of a sheet, and the cells that it stands for."""
    area = xl_range_abs(1, 0, len(table.head), len(table.columns) - 1)
    return f"'{sheet}'!{_HEADINGS}", f"='{sheet}'!{area}"


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """Return a sheet name per table: at most 31 characters, forbidden ones full width, none twice."""
    names: list[str] = []
    for table in tables:
        names.append(free_tab(table.name.translate(_TO_WIDE), names))
    return names


@dataclass
class _Formats:
    """The formats of a workbook, each made once."""

    book: Any
    font: str
    made: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def plain(self, style: Style, *, wrapped: bool = False) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format of a text outside the table."""
        return self._of((style, wrapped), lambda: plain_format(style, self.font, wrapped=wrapped))

    def cell(self, cell: Cell, align: Align, *, opens: bool, closes: bool) -> Any:  # noqa: ANN401 - likewise
        """Return the format of a cell."""
        whole = len(cell.runs) == 1 and cell.runs[0].changed
        look = Look(align, opens=opens, closes=closes, linked=bool(cell.link), changed=whole)
        return self._of((cell.mark, look), lambda: cell_format(STYLES[cell.mark], self.font, look))

    def run(self, cell: Cell, *, changed: bool) -> Any:  # noqa: ANN401 - likewise
        """Return the format of a part of a cell's text."""
        return self._of((cell.mark, changed), lambda: run_format(STYLES[cell.mark], self.font, changed=changed))

    def _of(self, key: tuple[object, ...], properties: Callable[[], dict[str, Any]]) -> Any:  # noqa: ANN401 - likewise
        if key not in self.made:
            self.made[key] = self.book.add_format(properties())
        return self.made[key]


@dataclass(frozen=True)
class _Sheet:
    """One table on its worksheet: a title row, the heading rows, the body, the notes."""

    sheet: Any
    table: Table
    layout: Layout
    formats: _Formats

    def write(self, plan: Plan) -> None:
        """Write the whole sheet."""
        self._set_up(plan)
        self._title()
        self._rows(self.layout.head, self.layout.head_heights, 1, ())
        self._rows(self.layout.body, self.layout.body_heights, self._first_body, self.layout.breaks)
        self._notes()
        if self.table.filters:
            last = self._first_body + len(self.layout.body) - 1
            self.sheet.autofilter(self._first_body - 1, 0, last, self._last_column)

    @property
    def _first_body(self) -> int:
        return 1 + len(self.table.head)

    @property
    def _last_column(self) -> int:
        return len(self.table.columns) - 1

    def _set_up(self, plan: Plan) -> None:
        """Set up page and window."""
        sheet = self.sheet
        if self.table.landscape:
            sheet.set_landscape()
        set_page(sheet, plan, self.table.legend)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1 if self.layout.one_page else 0)
        sheet.set_h_pagebreaks([self._first_body + row for row in self.layout.breaks])
        sheet.repeat_rows(1, len(self.table.head))
        sheet.set_zoom(min(_LARGEST_ZOOM, 100 * _SCREEN // sum(self.layout.widths)))
        sheet.freeze_panes(self._first_body, 0)
        for column, width in enumerate(self.layout.widths):
            sheet.set_column_pixels(column, column, width)
        last = self._first_body + len(self.layout.body) + len(self.layout.note_heights) - 1 + chart_rows(self.table)
        sheet.print_area(0, 0, last, self._last_column)

    def _title(self) -> None:
        self.sheet.set_row(0, self.layout.title_height)
        if not self.layout.subtitle_beside:
            self._title_above()
            return
        self.sheet.write_string(0, 0, self.table.title, self.formats.plain(TITLE))
        if self.table.subtitle:
            self.sheet.write_string(0, self._last_column, self.table.subtitle, self.formats.plain(SUBTITLE))

    def _title_above(self) -> None:
        """Write title and subtitle one below the other, over the whole width."""
        look = self.formats.plain(TITLE, wrapped=True)
        if self._last_column:
            self.sheet.merge_blank((0, 0, 0, self._last_column), look)
        if self.table.subtitle:
            apart = wording("printed.beside") if self.layout.subtitle_follows else "\n"
            parts = (
                self.formats.plain(TITLE),
                self.table.title,
                self.formats.plain(SUBTITLE),
                f"{apart}{self.table.subtitle}",
            )
            self.sheet.write_rich_string(0, 0, *parts, look)
        else:
            self.sheet.write_string(0, 0, self.table.title, look)

    def _rows(self, rows: Sequence[Row], heights: Sequence[float], top: int, breaks: Sequence[int]) -> None:
        for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
            self.sheet.set_row(top + place, height)
            opens = any(cell is not None and cell.mark == "goal" for cell in row.cells)
            for column, cell in enumerate(row.cells):
                if cell is None:
                    continue
                for first, last in segments(place, place + cell.down, breaks):
                    look = self.formats.cell(
                        cell,
                        cell.align or self.table.columns[column].align,
                        opens=opens and first == place,
                        closes=not is_outside(STYLES[cell.mark]) and (last == len(rows) or _ends_above(rows[last])),
                    )
                    self._cell((top + first, column, top + last - 1, column + cell.across - 1), cell, look)

    def _cell(self, area: tuple[int, int, int, int], cell: Cell, look: Any) -> None:  # noqa: ANN401 - likewise
        row, column, last_row, last_column = area
        if (row, column) != (last_row, last_column):
            self.sheet.merge_blank(area, look)
        if len(cell.runs) > 1:
            self._write_runs(row, column, cell, look)
        elif cell.link and cell.text is not None and len(cell.link) <= _LINK_LIMIT:
            self.sheet.write_url(row, column, cell.link, look, str(cell.text))
        else:
            _write(self.sheet, row, column, cell.text, look)

    def _write_runs(self, row: int, column: int, cell: Cell, look: Any) -> None:  # noqa: ANN401 - likewise
        """Write a text whose changed parts are marked."""
        parts = [part for run in cell.runs for part in (self.formats.run(cell, changed=run.changed), run.text)]
        self.sheet.write_rich_string(row, column, *parts, look)

    def _notes(self) -> None:
        top = self._first_body + len(self.layout.body)
        look = self.formats.plain(NOTE)
        for place, (note, height) in enumerate(zip(self.table.notes, self.layout.note_heights, strict=True)):
            self.sheet.set_row(top + place, height)
            self._cell((top + place, 0, top + place, self._last_column), Cell(note), look)


def _ends_above(row: Row) -> bool:
    """Tell whether a table ends above a row: at its notes, or at the title of the next one."""
    return row.cells[0] is not None and row.cells[0].mark in ("note", "caption")


def _write(sheet: Any, row: int, column: int, value: Scalar, look: Any) -> None:  # noqa: ANN401 - likewise
    """Write a value as what it is; text stays text, also where it begins like a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)

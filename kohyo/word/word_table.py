"""A table (表) inside a Word document: spans, heading rows on every page, marks as the printed tables have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

from kohyo.excel.style.line_breaks import balanced, with_whole_marks
from kohyo.excel.style.text_metrics import line_count, room_px
from kohyo.excel.table_book.bands import band_runs, kept_whole
from kohyo.excel.table_book.name_columns import with_whole_names
from kohyo.excel.table_book.table_layout import column_widths
from kohyo.excel.table_book.table_style import STYLES, Style
from kohyo.model.table import Cell, Row, Run, Table
from kohyo.text.numbers import show_number

_RULE = "BFC7D0"
_QUOTES = {'"': "&quot;"}
_NOUGHT = "-"  # as in the printed tables, so that what there is stands out
_COMPANY = 3  # rows at the end that stay together: none stands alone on the last page
CELL_MARGIN = 80  # twentieths of a point, left and right of a cell's text
_TWIPS = 20  # to a point
_PER_PIXEL = 15
_LINE = 1.35  # height of a line as a multiple of the size: LibreOffice alone would take 1.0 for this font, Word 1.3
_HEADINGS = ("head", "subhead")
_HEIGHT = 500.0  # points, of A4 across
_WHOLE = 0.4  # of a page, what a band may take that stays whole
_AROUND = 3.5  # points above and below a cell's text and for its line
_BETWEEN = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="8"/></w:rPr></w:pPr></w:p>'
)


@dataclass(frozen=True)
class WordTable:
    """The XML of a table as wide as ``room`` (twentieths of a point), which a template takes as it stands.

    ``height`` is what a page holds, in points. A band that takes little of it stays whole; one that may go on on the
    next page is a table of its own, among whose headings it is.
    """

    table: Table
    room: int
    height: float = _HEIGHT

    def __html__(self) -> str:
        """Return the table's XML; what escapes texts leaves it alone."""
        return self.xml

    def __str__(self) -> str:
        """Return the table's XML."""
        return self.xml

    @property
    def xml(self) -> str:
        """The element ``w:tbl``, or several with a little room between them."""
        widths = _widths(self.table, self.room)
        heights = [_height(row, widths) for row in self.table.body]
        limit = _WHOLE * self.height
        rows = kept_whole(self.table.body, heights, limit)
        runs = list(band_runs(rows))
        long = [run for run in runs if sum(heights[run.start : run.stop]) > limit]
        parts = _parts(self.table.head, rows, long if len(runs) > 1 else [])
        return _BETWEEN.join(_part(self.table, head, body, widths) for head, body in parts)


def _parts(head: Sequence[Row], rows: Sequence[Row], long: Sequence[range]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield headings and rows of each table that the rows make."""
    done = 0
    for run in long:
        if run.start > done:
            yield [*head], [*rows[done : run.start]]
        yield [*head, rows[run.start]], [*rows[run.start + 1 : run.stop]]
        done = run.stop
    if done < len(rows) or not rows:
        yield [*head], [*rows[done:]]


def _part(table: Table, head: Sequence[Row], body: Sequence[Row], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [*_rows(head, widths, heading=True), *_rows(body, widths, heading=False)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{CELL_MARGIN}" w:type="dxa"/>{_borders()}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar>'
        f"{_told(table)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _height(row: Row, widths: Sequence[int]) -> float:
    """Return about how tall a row is, in points."""
    needed = 0.0
    for place, cell in enumerate(row.cells):
        if cell is not None and cell.down == 1:
            style = STYLES[cell.mark]
            size = _half_points(style) / 2
            room = room_px((sum(widths[place : place + cell.across]) - 2 * CELL_MARGIN) / _TWIPS)
            lines = line_count(_text(cell), room, size, bold=style.bold)
            needed = max(needed, lines * size * _LINE + _AROUND)
    return needed


def _told(table: Table) -> str:
    """Return the alternative text of a table, for those who hear it."""
    return f'<w:tblCaption w:val="{escape(table.title, _QUOTES)}"/>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in sides)
    return f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"


def _widths(table: Table, room: int) -> list[int]:
    """Return the widths of the columns in twentieths of a point, together ``room``; names stay whole as elsewhere."""
    pixels = with_whole_names(table, column_widths(table.columns, room // _PER_PIXEL))
    edges = [0, *accumulate(pixels)]
    return [round(room * right / edges[-1]) - round(room * left / edges[-1]) for left, right in pairwise(edges)]


def _rows(rows: Sequence[Row], widths: Sequence[int], *, heading: bool) -> Iterator[str]:
    covered: dict[int, tuple[int, int]] = {}
    """Of columns that a tall cell covers: rows left and columns."""
    for at, row in enumerate(rows):
        keep = heading or row.keep_with_next or len(rows) - _COMPANY <= at < len(rows) - 1
        cells: list[str] = []
        place = 0
        while place < len(widths):
            cell = row.cells[place]
            left, across = covered.get(place, (0, 1))
            if cell is None and left:
                cells.append(
                    _cell(Cell(across=across), sum(widths[place : place + across]), keep=keep, merge="continue")
                )
                covered[place] = (left - 1, across)
            elif cell is None:
                cells.append(_cell(Cell(), widths[place], keep=keep))
                across = 1
            else:
                across = cell.across
                merge = "restart" if cell.down > 1 else ""
                cells.append(_cell(cell, sum(widths[place : place + across]), keep=keep, merge=merge))
                covered[place] = (cell.down - 1, across)
            place += across
        yield f"<w:tr>{_row_properties(heading=heading)}{''.join(cells)}</w:tr>"


def _row_properties(*, heading: bool) -> str:
    return f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>"


def _cell(cell: Cell, width: int, *, keep: bool, merge: str = "") -> str:
    style = STYLES[cell.mark]
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.ground[1:]}"/>' if style.ground else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{ground}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(cell, style, width, keep=keep)}</w:tc>"
    )


def _paragraph(cell: Cell, style: Style, width: int, *, keep: bool) -> str:
    """Return a cell's paragraph; where ``keep`` its row stays on the page of the next."""
    side = style.align or ("right" if isinstance(cell.text, (int, float)) else "left")
    runs = cell.runs or (Run(_broken(cell, style, width)),)
    line = round(_half_points(style) / 2 * _LINE * _TWIPS)
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        f'<w:spacing w:before="30" w:after="30" w:line="{line}" w:lineRule="atLeast"/>'
        f'<w:jc w:val="{side}"/></w:pPr>{"".join(_run(run, style) for run in runs)}</w:p>'
    )


def _broken(cell: Cell, style: Style, width: int) -> str:
    """Return a cell's text, broken as in the workbook: no mark such as 【再掲】 in two, headings in even lines."""
    breaking = balanced if cell.mark in _HEADINGS else with_whole_marks
    room = room_px((width - 2 * CELL_MARGIN) / _TWIPS)
    return breaking(_text(cell), room, _half_points(style) / 2, bold=style.bold)


def _text(cell: Cell) -> str:
    if isinstance(cell.text, (int, float)) and STYLES[cell.mark].figures:
        return show_number(cell.text) if cell.text else _NOUGHT
    return "" if cell.text is None else str(cell.text)


def _run(run: Run, style: Style) -> str:
    look = STYLES["changed"] if run.changed else style
    bold = "<w:b/>" if look.bold else ""
    line = '<w:u w:val="single"/>' if look.underline else ""
    properties = f'<w:rPr>{bold}<w:color w:val="{look.color[1:]}"/><w:sz w:val="{_half_points(style)}"/>{line}</w:rPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in run.text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def _half_points(style: Style) -> int:
    return round(2 * min(style.size, 13.0)) - 1

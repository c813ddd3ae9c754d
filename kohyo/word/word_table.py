"""A table (表) inside a Word document: spans, heading rows on every page, marks as the printed tables have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from kohyo.excel.style.line_breaks import balanced, with_whole_marks
from kohyo.excel.style.text_metrics import room_px
from kohyo.excel.table_book.table_style import STYLES, Style
from kohyo.model.table import Cell, Row, Run, Table
from kohyo.text.numbers import show_number

_RULE = "BFC7D0"
_QUOTES = {'"': "&quot;"}
_NOUGHT = "-"  # as in the printed tables, so that what there is stands out
_COMPANY = 3  # rows at the end that stay together: none stands alone on the last page
CELL_MARGIN = 80  # twentieths of a point, left and right of a cell's text
_TWIPS = 20  # to a point
_LINE = 1.35  # height of a line as a multiple of the size: LibreOffice alone would take 1.0 for this font, Word 1.3
_HEADINGS = ("head", "subhead")


@dataclass(frozen=True)
class WordTable:
    """The XML of a table as wide as ``room`` (twentieths of a point), which a template takes as it stands."""

    table: Table
    room: int

    def __html__(self) -> str:
        """Return the table's XML; what escapes texts leaves it alone."""
        return self.xml

    def __str__(self) -> str:
        """Return the table's XML."""
        return self.xml

    @property
    def xml(self) -> str:
        """The element ``w:tbl``."""
        widths = _widths(self.table, self.room)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = [*_rows(self.table.head, widths, heading=True), *_rows(self.table.body, widths, heading=False)]
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{self.room}" w:type="dxa"/>'
            f'<w:tblInd w:w="{CELL_MARGIN}" w:type="dxa"/>{_borders()}<w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
            f'<w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar>'
            f"{_told(self.table)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


def _told(table: Table) -> str:
    """Return the alternative text of a table, for those who hear it."""
    return f'<w:tblCaption w:val="{escape(table.title, _QUOTES)}"/>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in sides)
    return f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"


def _widths(table: Table, room: int) -> list[int]:
    whole = sum(column.width for column in table.columns)
    edges, used = [0], 0.0
    for column in table.columns:
        used += column.width
        edges.append(round(room * used / whole))
    return [right - left for left, right in pairwise(edges)]


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

"""Where everything of a table (表) stands on A4: column widths, row heights and page breaks, without a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kohyo.excel.style.text_metrics import row_height, text_width
from kohyo.excel.table_book.bands import kept_whole, said_again, tallest_band
from kohyo.excel.table_book.name_columns import with_whole_names
from kohyo.excel.table_book.table_rows import Grid, Slot, fit_pages, fit_rows, height_of
from kohyo.excel.table_book.table_style import NOTE, SUBTITLE, TITLE
from kohyo.model.table import Column, Row, Table

MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 12.0, 13.0, 17.0
"""Margins of the page in millimetres; the footer stands in the lower one."""

_LONG, _SHORT = 297.0, 210.0
_PX_PER_MM = 96 / 25.4
_POINT_PER_MM = 72 / 25.4
_SLACK = 0.985  # printers and Excel round widths and heights up
_MAX_ROW = 400.0
_SPACE_AFTER_TITLE = 8.0
_PX_PER_POINT = 96 / 72
_COMPANY = 3
"""Rows of which a page has at least so many, where there are."""
_PAIR = 2
_FILLED = 0.3
"""How much of the last page is filled at least, where the page before can spare it."""
_WHOLE = 1 / 3
"""How much of a page the rows of a band may take that stay together on one."""
SHRUNK = 0.92
"""How much smaller is printed what would otherwise run over onto a page of its own."""
_LEAST = 0.7
"""How much smaller, at most, is printed what is asked for on one page."""
_GAP = 24  # pixels at least between title and subtitle


@dataclass(frozen=True)
class Page:
    """What a page of A4 holds within its margins: width in pixels, height in points."""

    width: int
    height: float


@dataclass(frozen=True)
class Layout:
    """A table laid out: widths in pixels, heights in points, and the body rows (from 0) that begin a page.

    ``subtitle_beside`` says that title and subtitle find room on one line, at its two ends.
    """

    widths: tuple[int, ...]
    title_height: float
    subtitle_beside: bool
    head: tuple[Row, ...]
    head_heights: tuple[float, ...]
    body: tuple[Row, ...]
    body_heights: tuple[float, ...]
    note_heights: tuple[float, ...]
    breaks: tuple[int, ...]
    subtitle_follows: bool = False
    """Whether both find room on one line, over all columns, though not each in a cell of its own."""
    one_page: bool = False
    """Whether everything is printed on one page, smaller where it has to."""

    @property
    def height(self) -> float:
        """How tall everything is together, in points, as if on one page."""
        return self.title_height + sum((*self.head_heights, *self.body_heights, *self.note_heights))


def page(*, landscape: bool) -> Page:
    """Return the printable part of A4."""
    across, down = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    width = (across - 2 * MARGIN_SIDE) * _PX_PER_MM * _SLACK
    return Page(int(width), (down - MARGIN_TOP - MARGIN_BOTTOM) * _POINT_PER_MM * _SLACK)


def lay_out(table: Table) -> Layout:
    """Return the layout of a table: as wide as the page, rows as tall as their text and no taller."""
    paper = page(landscape=table.landscape)
    widths = with_whole_names(table, column_widths(table.columns, paper.width))
    slots = [Slot(width, column.align) for width, column in zip(widths, table.columns, strict=True)]
    beside, follows = _fits_beside(table, widths), _fits_on_a_line(table, widths)
    title = row_height(table.title, paper.width, TITLE.size, bold=True, padding=_SPACE_AFTER_TITLE)
    if table.subtitle and not beside and not follows:
        title += row_height(table.subtitle, paper.width, SUBTITLE.size, padding=0)
    head = fit_rows(table.head, slots, _MAX_ROW)
    room = paper.height - sum(head.heights)
    body = fit_rows(table.body, slots, min(_MAX_ROW, room - title))
    notes = tuple(height_of(note, Slot(paper.width), NOTE) for note in table.notes)
    one_page = _on_one_page(table, sum((*body.heights, *notes)) - (room - title), paper.height)
    body, breaks = (body, ()) if one_page else _on_pages(table, body, slots, notes, (room - title, room))
    return Layout(
        widths=widths,
        title_height=title,
        subtitle_beside=beside,
        head=head.rows,
        head_heights=head.heights,
        body=body.rows,
        body_heights=body.heights,
        note_heights=notes,
        breaks=breaks,
        subtitle_follows=follows,
        one_page=one_page,
    )


def _on_one_page(table: Table, over: float, height: float) -> bool:
    """Tell whether a table is printed on one page though it is ``over`` points taller, smaller but to be read.

    One with a chart is, since no page may begin within that.
    """
    if table.chart:
        return table.one_page
    asked = _LEAST if table.one_page else SHRUNK
    return (table.one_page or over > 0) and (height + over) * asked <= height


def _fits_beside(table: Table, widths: Sequence[int]) -> bool:
    """Tell whether the title fits before the last column, where the subtitle ends, and both on one line."""
    title, subtitle = _heading_widths(table)
    if not table.subtitle:
        return title + _GAP <= sum(widths)
    return title + _GAP <= sum(widths[:-1]) and title + subtitle + _GAP <= sum(widths)


def _fits_on_a_line(table: Table, widths: Sequence[int]) -> bool:
    """Tell whether title and subtitle fit on one line, one behind the other."""
    return sum(_heading_widths(table)) + _GAP <= sum(widths)


def _heading_widths(table: Table) -> tuple[float, float]:
    """Return how wide title and subtitle are, in pixels."""
    points = text_width(table.title, TITLE.size, bold=True), text_width(table.subtitle, SUBTITLE.size)
    return points[0] * _PX_PER_POINT, points[1] * _PX_PER_POINT


def column_widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Share ``width`` pixels among the columns in proportion to their own widths; none is lost by rounding."""
    whole = sum(column.width for column in columns)
    edges = [0]
    used = 0.0
    for column in columns:
        used += column.width
        edges.append(round(width * used / whole))
    return tuple(right - left for left, right in pairwise(edges))


def _on_pages(
    table: Table, body: Grid, slots: Sequence[Slot], notes: Sequence[float], rooms: tuple[float, float]
) -> tuple[Grid, tuple[int, ...]]:
    """Return the rows and where pages begin: the rows of a band together, or the band again on each of their pages.

    Rows that a chart reads, or filters hide, are left as they are.
    """
    first, later = rooms
    whole = Grid(kept_whole(body.rows, body.heights, _WHOLE * later), body.heights)
    if table.chart or table.filters:
        return _paged(whole, slots, notes, rooms)
    body, breaks = _paged(whole, slots, notes, (first, later - tallest_band(whole.rows, whole.heights)))
    rows, heights, begins = said_again(body.rows, body.heights, breaks)
    return Grid(rows, heights), begins


def _paged(
    body: Grid, slots: Sequence[Slot], notes: Sequence[float], rooms: tuple[float, float]
) -> tuple[Grid, tuple[int, ...]]:
    """Return the rows and where pages begin; a span that a break cuts has room in each of its parts."""
    fitted = body
    for _ in body.rows:
        before, fitted = fitted, fit_pages(fitted, slots, tuple(_breaks(fitted, notes, *rooms)))
        if fitted == before:
            break
    breaks = tuple(_breaks(fitted, notes, *rooms))
    return fit_pages(body, slots, breaks), breaks  # from the rows as they were: an earlier break may have needed more


def _breaks(body: Grid, notes: Sequence[float], first: float, later: float) -> Iterator[int]:
    """Yield the rows that begin a new page; rows that are to stay together do, where a page holds them.

    The notes stay with the last row.
    """
    heights = (*body.heights[:-1], sum((*body.heights[-1:], *notes)))
    keeps = [row.keep_with_next for row in body.rows[:-1]] + [False] * bool(body.rows)
    pages: list[list[list[int]]] = [[]]
    room, used = first, 0.0
    for block in _blocks(heights, keeps, later):
        size = sum(heights[place] for place in block)
        if used and used + size > room:
            pages.append([])
            room, used = later, 0.0
        pages[-1].append(block)
        used += size
    _give_company(pages, heights, later)
    yield from (blocks[0][0] for blocks in pages[1:])


def _give_company(pages: Sequence[list[list[int]]], heights: Sequence[float], room: float) -> None:
    """Let no page bear so few rows that they look lost, where the page before can spare some and all find room.

    A page that gives keeps as many as make it look filled, or at least as many as the other then has.
    """
    for place in range(len(pages) - 1, 0, -1):
        before, page = pages[place - 1], pages[place]
        while len(before) > 1 and _count(page) < _COMPANY:
            block = before[-1]
            size = sum(heights[row] for rows in (block, *page) for row in rows)
            spared = _count(before) - len(block)
            if size > room or spared < min(_COMPANY, _count(page) + len(block)):
                break
            page.insert(0, before.pop())
    _fill_last(pages, heights, room)


def _fill_last(pages: Sequence[list[list[int]]], heights: Sequence[float], room: float) -> None:
    """Let the last page not look empty: it takes from the one before, which stays the fuller one of both."""
    if len(pages) < _PAIR:
        return
    before, page = pages[-2], pages[-1]
    while len(before) > 1 and _tall(page, heights) < _FILLED * room:
        block = before[-1]
        if _tall(before[:-1], heights) < _tall([block, *page], heights):
            break
        page.insert(0, before.pop())


def _tall(blocks: Sequence[Sequence[int]], heights: Sequence[float]) -> float:
    return sum(heights[row] for block in blocks for row in block)


def _count(page: Sequence[Sequence[int]]) -> int:
    return sum(len(block) for block in page)


def _blocks(heights: Sequence[float], keeps: Iterable[bool], room: float) -> Iterator[list[int]]:
    """Yield runs of rows that stay together; a run that no page holds is taken apart row by row."""
    run: list[int] = []
    for place, keep in enumerate(keeps):
        run.append(place)
        if not keep:
            yield from [run] if sum(heights[at] for at in run) <= room else _taken_apart(run)
            run = []


def _taken_apart(run: Sequence[int]) -> Iterator[list[int]]:
    """Yield the first two rows together, so that a band never stands alone, and the others one by one."""
    yield list(run[:2])
    for place in run[2:]:
        yield [place]

"""Rows as tall as their text: heights, and rows that no page could hold taken apart into several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kohyo.excel.style.line_breaks import balanced, with_whole_marks
from kohyo.excel.style.text_metrics import LINE_HEIGHT, line_count
from kohyo.excel.table_book.table_style import STYLES, Align, Style, padding, text_room
from kohyo.model.table import Cell, Row, Run

_KEPT = 8192
"""Texts whose lines are kept in mind: the same ones come again within a table and from table to table."""

_HEADINGS = ("head", "subhead")


@dataclass(frozen=True)
class Grid:
    """Rows and their heights in points."""

    rows: tuple[Row, ...]
    heights: tuple[float, ...]


@dataclass(frozen=True)
class Slot:
    """A column as its texts find it: its width in pixels and how it aligns what has no alignment of its own."""

    width: int
    align: Align = ""


def height_of(text: str, slot: Slot, style: Style) -> float:
    """Return the height in points that shows all of ``text`` in a column, however tall."""
    lines = _lines(text, text_room(slot.width, style, slot.align), style.size, style.bold)
    return round(lines * style.size * LINE_HEIGHT + padding(style), 1)


@lru_cache(maxsize=_KEPT)
def _lines(text: str, width: int, size: float, bold: bool) -> int:  # noqa: FBT001 - a cached lookup takes plain arguments
    return line_count(text, width, size, bold=bold)


def fit_rows(rows: Sequence[Row], slots: Sequence[Slot], limit: float) -> Grid:
    """Return the rows with their heights; a row taller than ``limit`` points goes on in rows of its own."""
    fitted = [_with_our_breaks(row, slots) for row in rows]
    heights = [_own_height(row, slots) for row in fitted]
    if max(heights, default=0.0) > limit:
        fitted = _split_tall(fitted, slots, limit)
        heights = [_own_height(row, slots) for row in fitted]
    _make_room_for_spans(fitted, heights, slots)
    return Grid(tuple(fitted), tuple(heights))


def _with_our_breaks(row: Row, slots: Sequence[Slot]) -> Row:
    """Return a row with lines broken where we know better; a text with marked parts is left as it is."""
    cells = (
        cell if cell is None or cell.runs or not isinstance(cell.text, str) else _broken(cell, _slot(cell, at, slots))
        for at, cell in enumerate(row.cells)
    )
    return replace(row, cells=tuple(cells))


def _broken(cell: Cell, slot: Slot) -> Cell:
    style = STYLES[cell.mark]
    room = text_room(slot.width, style, slot.align)
    breaking = balanced if cell.mark in _HEADINGS else with_whole_marks
    text = breaking(str(cell.text), room, style.size, bold=style.bold)
    return cell if text == cell.text else replace(cell, text=text)


def text_of(cell: Cell) -> str:
    """Return what a cell says as text, empty for nothing."""
    return "" if cell.text is None else str(cell.text)


def _slot(cell: Cell, at: int, slots: Sequence[Slot]) -> Slot:
    """Return the columns that a cell spans as one."""
    if cell.across == 1 and not cell.align:
        return slots[at]
    return Slot(sum(slot.width for slot in slots[at : at + cell.across]), cell.align or slots[at].align)


def _cell_height(cell: Cell, at: int, slots: Sequence[Slot]) -> float:
    return height_of(text_of(cell), _slot(cell, at, slots), STYLES[cell.mark])


def _own_height(row: Row, slots: Sequence[Slot]) -> float:
    """Return the height of the tallest cell that ends in its row."""
    ending = ((at, cell) for at, cell in enumerate(row.cells) if cell is not None and cell.down == 1)
    return max((_cell_height(cell, at, slots) for at, cell in ending), default=0.0)


def _make_room_for_spans(
    rows: Sequence[Row], heights: list[float], slots: Sequence[Slot], breaks: Sequence[int] = ()
) -> None:
    """Let the last row of a span grow where the rows together, on each page, are lower than its text."""
    for place, row in enumerate(rows):
        for at, cell in enumerate(row.cells):
            if cell is not None and cell.down > 1:
                for first, last in segments(place, place + cell.down, breaks):
                    missing = _cell_height(cell, at, slots) - sum(heights[first:last])
                    heights[last - 1] += max(0.0, missing)


def fit_pages(grid: Grid, slots: Sequence[Slot], breaks: Sequence[int]) -> Grid:
    """Return the rows with room for the parts of spans that page breaks leave: each says again what the whole says."""
    heights = list(grid.heights)
    _make_room_for_spans(grid.rows, heights, slots, breaks)
    return Grid(grid.rows, tuple(heights))


def segments(first: int, last: int, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span of rows that page breaks leave."""
    return pairwise([first, *(row for row in breaks if first < row < last), last])


def _split_tall(rows: Sequence[Row], slots: Sequence[Slot], limit: float) -> list[Row]:
    fitted: list[Row] = []
    for row in rows:
        parts = _parts(row, slots, limit)
        extra = len(parts) - 1
        if extra:
            fitted = [_stretched(before, len(fitted) - place, extra) for place, before in enumerate(fitted)]
        fitted += parts
    return fitted


def _stretched(row: Row, distance: int, extra: int) -> Row:
    """Let the cells of ``row`` that span the row ``distance`` further down span ``extra`` rows more."""
    cells = (
        replace(cell, down=cell.down + extra) if cell is not None and cell.down > distance else cell
        for cell in row.cells
    )
    return replace(row, cells=tuple(cells))


def _parts(row: Row, slots: Sequence[Slot], limit: float) -> list[Row]:
    """Return the row, or the rows that it goes on in: tall texts in pieces, every other cell spanning them."""
    if _own_height(row, slots) <= limit:
        return [row]
    pieces = {
        at: list(_pieces(text_of(cell), _slot(cell, at, slots), STYLES[cell.mark], limit))
        for at, cell in enumerate(row.cells)
        if cell is not None and cell.down == 1 and _cell_height(cell, at, slots) > limit
    }
    count = max(len(texts) for texts in pieces.values())
    return [_part(row, pieces, place, count) for place in range(count)]


def _part(row: Row, pieces: dict[int, list[tuple[int, str]]], place: int, count: int) -> Row:
    cells: list[Cell | None] = []
    for at, cell in enumerate(row.cells):
        if cell is not None and at in pieces:
            start, text = pieces[at][place] if place < len(pieces[at]) else (0, None)
            cells.append(replace(cell, text=text, runs=tuple(_runs_of(cell, start, text or ""))))
        elif cell is None or place:
            cells.append(None)
        else:
            cells.append(replace(cell, down=cell.down + count - 1))
    return Row(tuple(cells), keep_with_next=row.keep_with_next and place + 1 == count)


def _runs_of(cell: Cell, start: int, text: str) -> Iterator[Run]:
    """Yield the runs of the piece ``text`` of a cell's text, which begins at ``start``."""
    at = 0
    for run in cell.runs:
        part = run.text[max(0, start - at) : max(0, start + len(text) - at)]
        at += len(run.text)
        if part:
            yield replace(run, text=part)


def _pieces(text: str, slot: Slot, style: Style, limit: float) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces that end with a full line and are as tall as ``limit`` allows, each with its start."""
    rest = text
    while height_of(rest, slot, style) > limit:
        end = _longest(rest, slot, style, limit)
        yield len(text) - len(rest), rest[:end].rstrip("\n")
        rest = rest[end:].lstrip("\n")
    yield len(text) - len(rest), rest


def _longest(text: str, slot: Slot, style: Style, limit: float) -> int:
    """Return the length of the longest beginning of ``text`` that is no taller than ``limit``, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if height_of(text[:middle], slot, style) <= limit else (low, middle - 1)
    return low

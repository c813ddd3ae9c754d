"""Bands (帯) and pages: rows stay under their band, and where a page begins within them, it says the band again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kohyo.messages import wording
from kohyo.model.table import Cell, Row

_ENDS = ("band", "caption", "note")
"""Marks of rows that end the rows of the band before them."""
_FIRST = 3
"""A band and the rows that stand below it wherever it stands."""


def is_band(row: Row) -> bool:
    """Tell whether a row is a band: one heading over all columns."""
    first = row.cells[0] if row.cells else None
    return first is not None and first.mark == "band" and first.across == len(row.cells) and first.down == 1


def band_runs(rows: Sequence[Row]) -> Iterator[range]:
    """Yield the rows from each band to the last one that it heads; what follows a caption or a note is not its own."""
    start: int | None = None
    for place, row in enumerate(rows):
        if _ends(row):
            if start is not None:
                yield range(start, place)
            start = place if is_band(row) else None
    if start is not None:
        yield range(start, len(rows))


def kept_whole(rows: Sequence[Row], heights: Sequence[float], limit: float) -> tuple[Row, ...]:
    """Return the rows; those of a band that together are no taller than ``limit`` stay on one page."""
    kept = list(rows)
    for run in band_runs(rows):
        if sum(heights[run.start : run.stop]) <= limit:
            kept[run.start : run.stop - 1] = [
                replace(row, keep_with_next=True) for row in kept[run.start : run.stop - 1]
            ]
    return tuple(kept)


def tallest_band(rows: Sequence[Row], heights: Sequence[float]) -> float:
    """Return how much room a page needs to say again the band within which it begins, at most."""
    return max((heights[run.start] for run in band_runs(rows)), default=0.0)


def said_again(
    rows: Sequence[Row], heights: Sequence[float], breaks: Sequence[int]
) -> tuple[tuple[Row, ...], tuple[float, ...], tuple[int, ...]]:
    """Return rows, heights and breaks; a page that begins within a band begins with that band, as continued."""
    heads = {place: run.start for run in band_runs(rows) for place in run[1:]}
    made, tall = list(rows), list(heights)
    begins: list[int] = []
    for place in reversed(breaks):
        head = heads.get(place)
        if head is not None:
            _cut_spans(made, place)
            made.insert(place, _continued(rows[head]))
            tall.insert(place, heights[head])
            begins = [later + 1 for later in begins]
        begins.insert(0, place)
    return tuple(made), tuple(tall), tuple(begins)


def _ends(row: Row) -> bool:
    first = row.cells[0] if row.cells else None
    return first is not None and first.mark in _ENDS and first.across == len(row.cells)


def _continued(row: Row) -> Row:
    band = row.cells[0]
    text = wording("tables.page.continued", band="" if band is None else str(band.text))
    return Row((Cell(text, "band", across=len(row.cells)), *row.cells[1:]), keep_with_next=True)


def _cut_spans(rows: list[Row], place: int) -> None:
    """Let no cell span rows on both sides of ``place``: it says what it says on both."""
    lower = list(rows[place].cells)
    for above in range(place - 1, -1, -1):
        for column, cell in enumerate(rows[above].cells):
            if cell is not None and above + cell.down > place:
                lower[column] = replace(cell, down=above + cell.down - place)
                cells = list(rows[above].cells)
                cells[column] = replace(cell, down=place - above)
                rows[above] = replace(rows[above], cells=tuple(cells))
    rows[place] = replace(rows[place], cells=tuple(lower))

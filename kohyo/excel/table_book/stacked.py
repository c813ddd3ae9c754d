"""Tables that share a sheet (同じシートに並べる表): one below the other, each with its own columns, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from kohyo.excel.table_book.table_chart import POINTS_PER_PIXEL, chart_height
from kohyo.excel.table_book.table_layout import SHRUNK, Layout, column_widths, lay_out, page
from kohyo.messages import wording
from kohyo.model.table import Cell, Column, Mark, Row, Table


def stacked(tables: Sequence[Table]) -> list[tuple[Table, Layout]]:
    """Return what each sheet bears: a table, or several of which the later ones ``join`` it, with its layout.

    A table joins the one before it where both lie the same way and a page holds all of it below what goes before; else
    it has a sheet of its own. So does, without being asked, what has nothing to tell, and what follows it: that may go
    on on later pages, where its headings are the same.
    """
    sheets: list[tuple[Table, Layout]] = []
    before: Table | None = None
    for table in tables:
        joins = table.joins or (before is not None and (_is_empty(before) or _is_empty(table)))
        joined = _joined(sheets[-1][0], table) if sheets and joins else None
        if joined is None:
            sheets.append((table, lay_out(table)))
        else:
            sheets[-1] = joined
        before = table
    return sheets


def _is_empty(table: Table) -> bool:
    """Tell whether a table has but one row, which says that there are none."""
    first = table.body[0].cells[0] if len(table.body) == 1 else None
    return first is not None and first.mark == "muted" and first.across == len(table.columns)


def _joined(upper: Table, lower: Table) -> tuple[Table, Layout] | None:
    """Return two tables as one; None where a page would begin within the lower one, or both lie differently."""
    if upper.landscape != lower.landscape or upper.chart or upper.filters or lower.filters:
        return None
    goes_on = _is_empty(upper) and upper.head == lower.head
    both = _below(upper, lower, whole=not goes_on)
    layout = lay_out(both)
    return (both, layout) if goes_on or _fits(both, layout, len(upper.body)) else None


def _fits(both: Table, layout: Layout, begins: int) -> bool:
    """Tell whether the lower table, which ``begins`` at this row, stands whole on a page with what is above it."""
    if not both.one_page:
        return not any(row >= begins for row in layout.breaks)
    chart = POINTS_PER_PIXEL * chart_height(both, both.chart) if both.chart else 0.0
    return (layout.height + chart) * SHRUNK <= page(landscape=both.landscape).height


def _below(upper: Table, lower: Table, *, whole: bool) -> Table:
    """Return ``lower`` under ``upper``: columns as fine as both need, the lower one's title and headings as rows.

    Where it stays ``whole``, its rows do not part.
    """
    width = page(landscape=upper.landscape).width
    edges = [_edges(table.columns, width) for table in (upper, lower)]
    fine = sorted({edge for own in edges for edge in own})
    drawn, at = (lower, 1) if lower.chart else (upper, 0)
    columns = _fine_columns(drawn.columns, edges[at], fine)
    count = len(columns)
    apart = [_whole(note, "note", count) for note in upper.notes]
    title = lower.title if lower.subtitle in ("", upper.subtitle) else _with_subtitle(lower)
    between = [*apart, _whole(title, "caption", count), *_rows(lower.head, lower.columns, edges[1], fine)]
    own = list(_rows(lower.body, lower.columns, edges[1], fine))
    if whole:
        own = [replace(row, keep_with_next=place + 1 < len(own)) for place, row in enumerate(own)]
    heads = [replace(row, keep_with_next=True) for row in between]
    body = [*_rows(upper.body, upper.columns, edges[0], fine), *heads, *own]
    chart = lower.chart and replace(lower.chart, skipped=len(upper.body) + len(between))
    return replace(
        upper,
        columns=columns,
        head=tuple(_rows(upper.head, upper.columns, edges[0], fine)),
        body=tuple(body),
        records=drawn.records,
        notes=lower.notes,
        legend=upper.legend or lower.legend,
        one_page=upper.one_page and lower.one_page,
        chart=chart,
    )


def _with_subtitle(table: Table) -> str:
    return wording("tables.page.caption", title=table.title, subtitle=table.subtitle)


def _edges(columns: Sequence[Column], width: int) -> list[int]:
    return [0, *accumulate(column_widths(columns, width))]


def _fine_columns(columns: Sequence[Column], edges: Sequence[int], fine: Sequence[int]) -> tuple[Column, ...]:
    """Return the fine columns; each that begins one of ``columns`` bears its key and label."""
    begins = dict(zip(edges, columns, strict=False))
    widths = [right - left for left, right in pairwise(fine)]
    return tuple(
        replace(begins[left], width=width) if left in begins else Column(f"between_{left}", "", width)
        for left, width in zip(fine, widths, strict=False)
    )


def _whole(text: str, mark: Mark, count: int) -> Row:
    return Row((Cell(text, mark, across=count, align="left"), *[None] * (count - 1)))


def _rows(rows: Sequence[Row], columns: Sequence[Column], edges: Sequence[int], fine: Sequence[int]) -> Iterator[Row]:
    """Yield rows over the fine columns: each cell as wide as before, and on the side that its column kept."""
    places = {edge: at for at, edge in enumerate(fine)}
    for row in rows:
        cells: list[Cell | None] = [None] * (len(fine) - 1)
        for at, cell in enumerate(row.cells):
            if cell is not None:
                first, last = places[edges[at]], places[edges[at + cell.across]]
                cells[first] = replace(cell, across=last - first, align=cell.align or columns[at].align)
        yield replace(row, cells=tuple(cells))

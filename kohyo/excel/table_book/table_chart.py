"""A table's chart (図) on a page of its own: stacked bars that read the table's cells."""

from __future__ import annotations

from typing import Any

from kohyo.excel.style import palette
from kohyo.excel.table_book.table_layout import page
from kohyo.excel.table_book.table_page import set_page
from kohyo.excel.table_book.table_style import TITLE, plain_format
from kohyo.model.plan import Plan
from kohyo.model.table import Chart, Table, Tone

_TONES: dict[Tone, str] = {
    "done": palette.TICKED,
    "alarm": palette.MISSING_TEXT,
    "pale": palette.LINE,
    "first": palette.DEEP,
    "second": palette.TICKED,
    "third": palette.SCALE_THIRD,
    "fourth": palette.SCALE_FOURTH,
    "fifth": palette.SCALE_FIFTH,
}
_BAR, _AROUND, _LEAST, _MOST = 20, 130, 260, 960


def draw_chart(book: Any, plan: Plan, table: Table, sheet: str, chart: Chart) -> None:  # noqa: ANN401 - untyped
    """Add a worksheet to ``book`` with the chart of ``table``, which stands on the worksheet ``sheet``."""
    target = book.add_worksheet(chart.name)
    set_page(target, plan)
    target.fit_to_pages(1, 1)
    target.write_string(0, 0, chart.title, book.add_format(plain_format(TITLE, plan.plan.font)))
    target.set_row(0, 2 * TITLE.size)
    target.insert_chart(1, 0, _drawn(book, plan, table, sheet, chart), {"object_position": 3})


def _drawn(book: Any, plan: Plan, table: Table, sheet: str, chart: Chart) -> Any:  # noqa: ANN401 - untyped
    count = chart.rows or len(table.body)
    first, last = 1 + len(table.head), len(table.head) + count
    places = {column.key: at for at, column in enumerate(table.columns)}
    labels = {column.key: column.label for column in table.columns}
    category = places[chart.category]
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    for key, tone in chart.series:
        drawn.add_series(
            {
                "name": labels[key],
                "categories": [sheet, first, category, last, category],
                "values": [sheet, first, places[key], last, places[key]],
                "fill": {"color": _TONES[tone]},
                "gap": 40,
            }
        )
    font = {"name": plan.plan.font, "size": 9, "color": palette.INK}
    drawn.set_y_axis({"reverse": True, "num_font": font, "interval_unit": 1, "line": {"color": palette.LINE}})
    grid = {"visible": True, "line": {"color": palette.BAND}}
    drawn.set_x_axis({"num_font": font, "major_gridlines": grid, "line": {"none": True}, "label_position": "high"})
    drawn.set_legend({"position": "top", "font": font})
    drawn.set_chartarea({"border": {"none": True}})
    height = min(_MOST, max(_LEAST, _AROUND + _BAR * count))
    drawn.set_size({"width": page(landscape=False).width, "height": height})
    return drawn

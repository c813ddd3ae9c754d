"""A table's chart (図) on a page of its own: stacked bars that read the table's cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kohyo.excel.style import palette
from kohyo.excel.table_book.table_layout import page
from kohyo.excel.table_book.table_page import set_page
from kohyo.excel.table_book.table_style import TITLE, plain_format
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.table import Chart, Scalar, Table, Tone


@dataclass(frozen=True)
class _Look:
    """How a tone looks: its colour, a pattern that tells it apart in grey print, and the colour of its figures."""

    color: str
    pattern: str = ""
    figures: str = palette.INK


_TONES: Mapping[Tone, _Look] = {
    "done": _Look(palette.TICKED, figures=palette.WHITE),
    "alarm": _Look(palette.MISSING_TEXT, "wide_upward_diagonal"),
    "pale": _Look(palette.WHITE),
    "first": _Look(palette.DEEP, figures=palette.WHITE),
    "second": _Look(palette.SCALE_THIRD),
    "third": _Look(palette.TICKED, "large_grid"),
    "fourth": _Look(palette.LOOK_TEXT, "dotted_grid"),
    "fifth": _Look(palette.DEEP, "light_horizontal"),
}
_ONLY_SOME = "0;;;"
"""Figures in bars; nought has no bar and needs none."""
_BAR, _AROUND, _LEAST, _MOST = 24, 130, 260, 960
_GAP, _ROW, _ALT = 16, 20, 1500
_SOME = 2
POINTS_PER_PIXEL = 0.75


def draw_chart(book: Any, plan: Plan, table: Table, sheet: str, chart: Chart) -> None:  # noqa: ANN401 - untyped
    """Add the chart of ``table``, which stands on the worksheet ``sheet``: below it, or on a worksheet of its own."""
    options = {"object_position": 3, "description": _told(table, chart)}
    if chart.below:
        row = 1 + len(table.head) + len(table.body) + len(table.notes)
        below = book.get_worksheet_by_name(sheet)
        below.insert_chart(row, 0, _drawn(book, plan, table, sheet, chart), {**options, "y_offset": _GAP})
        return
    target = book.add_worksheet(chart.name)
    set_page(target, plan)
    target.fit_to_pages(1, 1)
    target.write_string(0, 0, chart.title, book.add_format(plain_format(TITLE, plan.plan.font)))
    target.set_row(0, 2 * TITLE.size)
    target.insert_chart(1, 0, _drawn(book, plan, table, sheet, chart), options)


def drawn_series(table: Table, chart: Chart) -> Sequence[tuple[str, Tone]]:
    """Return the series that have a bar anywhere; none where there is but one, which the figures say as well."""
    records = table.records[: chart.rows or None]
    found = [(key, tone) for key, tone in chart.series if any(record.get(key) for record in records)]
    return found if len(found) >= _SOME else ()


def _in_japanese(chart: Any) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    """Let a chart name its fonts for Japanese letters, too; XlsxWriter names them for Latin ones only."""
    write = chart._write_a_latin  # noqa: SLF001 - there is no other way

    def write_both(attributes: list[tuple[str, Any]]) -> None:
        write(attributes)
        chart._xml_empty_tag("a:ea", attributes[:1])  # noqa: SLF001 - likewise

    chart._write_a_latin = write_both  # noqa: SLF001 - likewise
    return chart


def chart_rows(table: Table) -> int:
    """Return how many rows of the usual height a chart below a table takes."""
    chart = table.chart
    if chart is None or not chart.below or not drawn_series(table, chart):
        return 0
    return -(-(chart_height(table, chart) + _GAP) // _ROW)


def chart_height(table: Table, chart: Chart) -> int:
    """Return the height of a chart in pixels."""
    return min(_MOST, max(_LEAST, _AROUND + _BAR * (chart.rows or len(table.body))))


def _told(table: Table, chart: Chart) -> str:
    """Return the alternative text of a chart: its title, and what each bar says."""
    labels = {column.key: column.label for column in table.columns}
    lines = [
        wording("tables.chart.bar", name=record[chart.category], parts=_parts(record, chart, labels))
        for record in table.records[: chart.rows or None]
    ]
    return "\n".join([chart.title, *lines])[:_ALT]


def _parts(record: Mapping[str, Scalar], chart: Chart, labels: Mapping[str, str]) -> str:
    told = [
        wording("tables.chart.part", label=labels[key], count=record[key]) for key, _ in chart.series if record[key]
    ]
    return wording("text.list.joiner").join(told)


def _drawn(book: Any, plan: Plan, table: Table, sheet: str, chart: Chart) -> Any:  # noqa: ANN401 - untyped
    count = chart.rows or len(table.body)
    first = 1 + len(table.head) + chart.skipped
    last = first + count - 1
    places = {column.key: at for at, column in enumerate(table.columns)}
    labels = {column.key: column.label for column in table.columns}
    category = places[chart.category]
    drawn = _in_japanese(book.add_chart({"type": "bar", "subtype": "stacked"}))
    for key, tone in drawn_series(table, chart):
        drawn.add_series(
            {
                "name": labels[key],
                "categories": [sheet, first, category, last, category],
                "values": [sheet, first, places[key], last, places[key]],
                **_filling(_TONES[tone]),
                "gap": 40,
            }
        )
    font = {"name": plan.plan.font, "size": 9, "color": palette.INK}
    drawn.set_y_axis({"reverse": True, "num_font": font, "interval_unit": 1, "line": {"color": palette.LINE}})
    grid = {"visible": True, "line": {"color": palette.BAND}}
    drawn.set_x_axis({"num_font": font, "major_gridlines": grid, "line": {"none": True}, "label_position": "high"})
    drawn.set_legend({"position": "top", "font": font})
    drawn.set_chartarea({"border": {"none": True}})
    if chart.below:
        drawn.set_title({"name": chart.title, "name_font": {**font, "size": 10}, "overlay": False})
    drawn.set_size({"width": page(landscape=False).width, "height": chart_height(table, chart)})
    return drawn


def _filling(look: _Look) -> dict[str, Any]:
    """Return what fills a series and how its figures stand on it."""
    font = {"size": 8, "color": look.figures}
    labels: dict[str, Any] = {"value": True, "num_format": _ONLY_SOME, "font": font}
    border = {"color": palette.MUTED, "width": 0.5}
    if not look.pattern:
        return {"fill": {"color": look.color}, "border": border, "data_labels": labels}
    ground = {"pattern": look.pattern, "fg_color": look.color, "bg_color": palette.WHITE}
    return {"pattern": ground, "border": border, "data_labels": {**labels, "fill": {"color": palette.WHITE}}}

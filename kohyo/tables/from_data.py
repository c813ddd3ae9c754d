"""A table from data alone: cells that repeat become one tall cell, values are shown as their column says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from kohyo.definition.data_tables import DataColumn, DataTable, Value
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.tables.sum_check import figure_of


def data_table(data: DataTable) -> Table:
    """Return the printable table and its twin; figures are printed as the data spells them."""
    columns = tuple(Column(entry.key, _full_label(entry), entry.width, entry.align) for entry in data.columns)
    return Table(
        name=data.name,
        title=data.title,
        columns=columns,
        head=_head(data.columns),
        body=tuple(_body(data)),
        record_columns=columns,
        records=tuple(_record(data, row) for row in data.rows),
        subtitle=data.subtitle,
        landscape=data.landscape,
        notes=data.notes,
    )


def _full_label(column: DataColumn) -> str:
    return f"{column.under}{column.label}"


def _head(columns: Sequence[DataColumn]) -> tuple[Row, ...]:
    if not any(column.under for column in columns):
        return (Row(tuple(Cell(column.label, "head") for column in columns)),)
    upper: list[Cell | None] = []
    for under, group in groupby(columns, key=lambda column: column.under or column.key):
        members = list(group)
        if members[0].under:
            upper += [Cell(under, "head", across=len(members)), *[None] * (len(members) - 1)]
        else:
            upper.append(Cell(members[0].label, "head", down=2))
    return Row(tuple(upper)), Row(tuple(Cell(column.label, "subhead") if column.under else None for column in columns))


def _body(data: DataTable) -> Iterator[Row]:
    heights = _heights(data)
    merged = any(column.merge for column in data.columns)
    for place, row in enumerate(data.rows):
        cells = [_cell(data, column, row, heights[column.key][place] if column.merge else 1) for column in data.columns]
        tall = merged and any(
            heights[column.key][place + 1 : place + 2] == [0] for column in data.columns if column.merge
        )
        yield Row(tuple(cells), keep_with_next=tall and len(data.rows) > place + 1)


def _heights(data: DataTable) -> dict[str, list[int]]:
    """Return how many rows each merged cell spans, 0 where it is covered; a new cell to the left begins a new one."""
    heights: dict[str, list[int]] = {}
    cuts = {0, len(data.rows)}
    for column in data.columns:
        if not column.merge:
            continue
        values = [row.get(column.key) for row in data.rows]
        cuts |= {place for place, (above, below) in enumerate(pairwise(values), start=1) if above != below}
        spans = [0] * len(values)
        for start, end in pairwise(sorted(cuts)):
            spans[start] = end - start
        heights[column.key] = spans
    return heights


def _cell(data: DataTable, column: DataColumn, row: Mapping[str, Value], height: int) -> Cell | None:
    if not height:
        return None
    text = _show(data, column, row)
    plain: Mark = "count" if column.kind in {"figure", "percent"} else column.mark
    mark: Mark = ("total" if column.align == "right" else "title") if row.get("total") and not column.merge else plain
    return Cell(text, mark, down=height)


def _show(data: DataTable, column: DataColumn, row: Mapping[str, Value]) -> str:
    value = row.get(column.key)
    if column.kind == "flag":
        return column.shown if value else ""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(f"{column.bullet}{entry}" for entry in value)
    again = data.cross_listed if column.again and row.get(column.again) else ""
    return column.shown.format(value=value) + again


def _record(data: DataTable, row: Mapping[str, Value]) -> Mapping[str, Scalar]:
    return {column.key: _scalar(data, column, row) for column in data.columns}


def _scalar(data: DataTable, column: DataColumn, row: Mapping[str, Value]) -> Scalar:
    """Return a value for machines: figures as numbers, everything else as it is shown."""
    value = row.get(column.key)
    if column.kind in {"figure", "percent"}:
        return figure_of(value) if isinstance(value, str) else None
    return value if isinstance(value, int) and column.kind != "flag" else _show(data, column, row)

"""A table from data alone: cells that repeat become one tall cell, values are shown as their column says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kohyo.definition.fields import FormField, item_fields
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.data_table import DataColumn, DataTable, Value
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Holds, Mark, Row, Scalar, Table
from kohyo.tables.sum_check import figure_of
from kohyo.text.normalise import Key, key

_ITEMS, _MORE_ITEMS = "items", "items_more"
_WIDE = 90
_NAMING = 2
"""The columns from the left that may spell a choice together: a mark and a name (①, 大量定型事務)."""


def with_items(plan: Plan, data: DataTable, items: Sequence[Item]) -> DataTable:
    """Return the data with a column of the items that chose each row, where rows are the choices of a field.

    It is left as it is where they are not, and where no item chose anything.
    """
    rows = _rows_by_name(data)
    for field in item_fields(plan):
        if not tells_choices(data, field):
            continue
        chosen = [rows.get(key(item.text(field.name))) for item in items]
        if all(place is None for place in chosen):
            continue
        column = DataColumn(key=_ITEMS, label=wording("printed.items_of"), width=_WIDE, kind="list")
        told = [
            _told(item for item, at in zip(items, chosen, strict=True) if at == row) for row in range(len(data.rows))
        ]
        filled = tuple({**row, _ITEMS: own} for row, own in zip(data.rows, told, strict=True))
        return data.model_copy(update={"columns": (*data.columns, column), "rows": filled})
    return data


def tells_choices(data: DataTable, field: FormField) -> bool:
    """Tell whether the rows of a table say more of every choice of a field (選択肢)."""
    rows = _rows_by_name(data)
    return bool(field.choices) and all(key(choice) in rows for choice in field.choices)


def _rows_by_name(data: DataTable) -> Mapping[Key, int]:
    return {name: place for place, row in enumerate(data.rows) for name in _names(data, row)}


def _names(data: DataTable, row: Mapping[str, Value]) -> Iterator[Key]:
    """Yield what the first columns spell, one of them and the first two together."""
    texts = [str(row.get(column.key, "")) for column in data.columns[:_NAMING]]
    yield from map(key, (*texts, "".join(texts), " ".join(texts)))


def _told(items: Iterable[Item]) -> tuple[str, ...]:
    ordered = sorted(items, key=lambda item: item.number)
    return tuple(wording("printed.headquarters.items.named", number=item.number, title=item.title) for item in ordered)


def _with_items_in_two(data: DataTable) -> DataTable:
    """Return the data as it is printed: the items of a row one a line, in two columns under one heading."""
    at = next((place for place, column in enumerate(data.columns) if column.key == _ITEMS), None)
    if at is None:
        return data
    first = data.columns[at].model_copy(update={"width": data.columns[at].width / 2})
    more = first.model_copy(update={"key": _MORE_ITEMS, "label": ""})
    columns = (*data.columns[:at], first, more, *data.columns[at + 1 :])
    return data.model_copy(update={"columns": columns, "rows": tuple(map(_halved, data.rows))})


def _halved(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return a row of which the second column goes on where half of the items are told."""
    told = row.get(_ITEMS)
    if not isinstance(told, tuple):
        return dict(row)
    half = (len(told) + 1) // 2
    return {**row, _ITEMS: told[:half], **({_MORE_ITEMS: told[half:]} if told[half:] else {})}


_HOLDS: Mapping[str, Holds] = {
    "text": "text",
    "figure": "count",
    "percent": "amount",
    "integer": "count",
    "flag": "text",
    "list": "text",
}


def data_table(data: DataTable) -> Table:
    """Return the printable table and its twin; figures are printed as the data spells them.

    A column that no row fills is not printed; the twin has it.
    """
    printed = _with_items_in_two(data)
    filled = printed.model_copy(update={"columns": _filled(printed)})
    shown = {column.key for column in filled.columns}
    return Table(
        name=data.name,
        title=data.title,
        columns=tuple(column for column in _columns(printed) if column.key in shown),
        head=_head(filled.columns),
        body=tuple(_body(filled)),
        record_columns=_columns(data),
        records=tuple(_record(data, row) for row in data.rows),
        subtitle=data.subtitle,
        landscape=data.landscape,
        notes=data.notes,
    )


def _columns(data: DataTable) -> tuple[Column, ...]:
    return tuple(
        Column(entry.key, heading, entry.width, entry.align, _HOLDS[entry.kind], unit=_unit(data, entry))
        for entry, heading in zip(data.columns, data.headings, strict=True)
    )


def _filled(data: DataTable) -> tuple[DataColumn, ...]:
    """Return the columns that any row fills; one that goes on under the heading to its left stays with it."""
    said = {name for row in data.rows for name in row}
    return tuple(
        column
        for group in _groups(data.columns)
        for column in group
        if column.key in said or (not column.under and any(other.key in said for other in group))
    )


def _unit(data: DataTable, column: DataColumn) -> str:
    """Return the unit of a column of figures, as the definition says it of the table; a rate is in percent."""
    return {"figure": data.unit, "percent": wording("tables.codes.percent")}.get(column.kind, "")


def _head(columns: Sequence[DataColumn]) -> tuple[Row, ...]:
    two = any(column.under for column in columns)
    upper: list[Cell | None] = []
    for group in _groups(columns):
        down = 2 if two and not group[0].under else 1
        upper += [Cell(group[0].under or group[0].label, "head", across=len(group), down=down)]
        upper += [None] * (len(group) - 1)
    lower = Row(tuple(Cell(column.label, "subhead") if column.under else None for column in columns))
    return (Row(tuple(upper)), lower) if two else (Row(tuple(upper)),)


def _groups(columns: Sequence[DataColumn]) -> list[list[DataColumn]]:
    """Return the columns that stand under one heading: the same ``under``, or a label and what continues it."""
    groups: list[list[DataColumn]] = []
    for column in columns:
        shares = groups and (
            column.under == groups[-1][0].under if column.under or groups[-1][0].under else not column.label
        )
        if shares:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _body(data: DataTable) -> Iterator[Row]:
    heights = _heights(data)
    merged = any(column.merge for column in data.columns)
    for place, row in enumerate(data.rows):
        cells = [_cell(data, column, row, heights[column.key][place] if column.merge else 1) for column in data.columns]
        tall = merged and any(
            heights[column.key][place + 1 : place + 2] == [0] for column in data.columns if column.merge
        )
        spread = _spread(data.columns, row, cells)
        yield Row(tuple(spread), keep_with_next=tall and len(data.rows) > place + 1)


def _spread(
    columns: Sequence[DataColumn], row: Mapping[str, Value], cells: Sequence[Cell | None]
) -> Iterator[Cell | None]:
    """Spread a cell over what its heading spans where nothing stands beside it, as a closing line is printed."""
    for group in _groups(columns):
        own = [cells[columns.index(column)] for column in group]
        alone = not group[0].under and own[0] is not None and not any(column.key in row for column in group[1:])
        if alone and own[0] is not None and len(own) > 1:
            yield replace(own[0], across=len(own))
            yield from [None] * (len(own) - 1)
        else:
            yield from own


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
        return _figure_or_text(value) if isinstance(value, str) else None
    return value if isinstance(value, int) and column.kind != "flag" else _show(data, column, row) or None


def _figure_or_text(text: str) -> Scalar:
    """Return a printed figure as a number, and what is none (－, 皆増) as it is printed."""
    try:
        return figure_of(text)
    except TextError:
        return text

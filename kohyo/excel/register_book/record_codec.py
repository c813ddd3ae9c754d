"""Records of the register ↔ rows: what a record holds stands in the column of its name, read as its type says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TypeAlias, TypeVar, cast, get_args, get_type_hints

from kohyo.excel.register_book.placed import PlacedRow
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.answer_name import field_of
from kohyo.model.finding import Place
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, OrNone

_Record = TypeVar("_Record")
_Read: TypeAlias = Callable[[PlacedRow], object]
_FIGURES: dict[object, frozenset[str]] = {}
_READERS: dict[object, Mapping[str, _Read]] = {}


def row_of(record: object) -> Row:
    """Return the row of a record; an empty text, a 0 that stands for none are no value.

    Values by field stand in the fields' own columns.
    """
    row: dict[str, FieldValue] = {}
    for name in _readers(type(record)):
        value = getattr(record, name)
        if isinstance(value, Place):
            row |= {Column.FILE: value.file or None, Column.SHEET: value.sheet or None, Column.CELL: value.cell or None}
        elif isinstance(value, Mapping):
            row |= {field_of(field): held for field, held in value.items()}
        else:
            row[f"@{name}"] = None if value == 0 and name in _figures(type(record)) else plain_value(value)
    return row


def members_by_column(kind: type) -> dict[str, str]:
    """Return where a record holds what stands in each of its own columns, as ``attrgetter`` takes it."""
    found: dict[str, str] = {}
    for name, hint in get_type_hints(kind).items():
        if hint is Place:
            found |= {Column.FILE: f"{name}.file", Column.SHEET: f"{name}.sheet", Column.CELL: f"{name}.cell"}
        else:
            found[f"@{name}"] = name
    return found


def plain_value(value: object) -> FieldValue:
    """Return what a member of a record is in its row; an empty text is no value."""
    if isinstance(value, Enum) and not isinstance(value, Tick):
        return str(value.value)
    return None if value == "" else cast("FieldValue", value)


def record_of(kind: type[_Record], row: PlacedRow, /, **known: object) -> _Record:
    """Return the record that a row holds, with what is ``known`` of it; raise ValueError for a word of no enum."""
    return kind(**{name: read(row) for name, read in _readers(kind).items() if name not in known}, **known)


def field_values(row: PlacedRow) -> dict[str, FieldValue]:
    """Return what a row holds in the columns of fields."""
    return {name: value for name, value in row.values.items() if not name.startswith("@")}


def _figures(kind: type) -> frozenset[str]:
    """Return the members whose 0 stands for none."""
    if kind not in _FIGURES:
        hints = get_type_hints(kind, include_extras=True)
        _FIGURES[kind] = frozenset(name for name, hint in hints.items() if hint == OrNone)
    return _FIGURES[kind]


def _readers(kind: type) -> Mapping[str, _Read]:
    if kind not in _READERS:
        _READERS[kind] = {name: _reader(hint, f"@{name}") for name, hint in get_type_hints(kind).items()}
    return _READERS[kind]


def _reader(hint: object, column: str) -> _Read:
    """Return how a member of this type is read from its column."""
    if hint == Mapping[str, FieldValue]:
        return field_values
    options = get_args(hint) or (hint,)
    if isinstance(options[0], type) and issubclass(options[0], Enum):
        return partial(_word, options[0], column, optional=len(options) > 1)
    by_type: Mapping[object, _Read] = {
        FieldValue: lambda row: row.values.get(column),
        Place: lambda row: row.origin,
        int: lambda row: row.count(column),
        datetime: lambda row: row.moment(column),
        datetime | None: lambda row: row.moment(column),
    }
    return by_type.get(hint, lambda row: row.text(column))


def _word(kind: type[Enum], column: str, row: PlacedRow, *, optional: bool) -> Enum | None:
    text = row.text(column)
    return kind(text) if text or not optional else None

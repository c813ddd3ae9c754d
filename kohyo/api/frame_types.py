"""Types of data frames (データフレームの型): what a register's column is in pandas, whatever stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kohyo.definition.fields import register_label
from kohyo.excel.register_book.book_sheet import BookColumn
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue

if TYPE_CHECKING:
    import pandas as pd

_MOMENT = "datetime64[us]"
_TICKS = {Tick.YES: True, Tick.NO: False}
_BY_FIELD = {"integer": "Int64", "decimal": "Float64", "goal": "Int64", "date": _MOMENT, "tick": "boolean"}
_BY_KIND = {"figure": "Int64", "moment": _MOMENT, "tick": "boolean"}


def spelled(value: FieldValue) -> str | None:
    """Return a value of any field as text: a tick as the register writes it, a day as 2024-06-03."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, Tick):
        return wording(f"workbook.tick.{value.name.lower()}") or None
    return value.isoformat() if isinstance(value, date) else str(value)


def array_of(column: BookColumn, values: Sequence[FieldValue], plan: Plan, *, labels: bool) -> Any:  # noqa: ANN401 - an array of pandas
    """Return what stands in a column of the register as an array of the column's type.

    With ``labels`` words and fields stand as the register shows them, else by their keys.
    """
    field = column.field
    if column.kind == "word":
        shown = dict(column.words) if labels else {name: name for name, _ in column.words}
        return categories([shown.get(str(value), value) for value in values], shown.values())
    if field is not None and field.type == "select_one" and field.choices:
        return categories(values, field.choices)
    if column.kind == "field":
        return array([register_label(plan, str(name)) if labels and name else name for name in values], "string")
    found = _BY_FIELD.get(field.type, "string") if field is not None else _BY_KIND.get(column.kind, "string")
    return array(values, found)


def categories(values: Iterable[object], known: Iterable[str], *, ordered: bool = False) -> pd.Categorical:
    """Return texts as a category of the ``known`` words, in their order; what else stands there comes after them."""
    import pandas  # noqa: ICN001, PLC0415 - heavy, and wanted by analysts only

    texts = [None if value in (None, "") else str(value) for value in values]
    words = dict.fromkeys([*(word for word in known if word), *(text for text in texts if text)])
    kind = pandas.CategoricalDtype(pandas.Index(list(words), dtype="string"), ordered=ordered)
    return pandas.Categorical(texts, dtype=kind)


def array(values: Iterable[FieldValue], dtype: str) -> Any:  # noqa: ANN401 - an array of pandas
    """Return values as an array of this type; what is not of the type is missing in it."""
    import pandas  # noqa: ICN001, PLC0415

    of_type: Any = dtype  # the stubs know every type by its own name
    return pandas.array([_FITTING[dtype](value) for value in values], dtype=of_type)


def _whole(value: FieldValue) -> int | None:
    is_whole = isinstance(value, (int, float)) and value == int(value)
    return int(value) if is_whole and isinstance(value, (int, float)) else None


def _amount(value: FieldValue) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _flag(value: FieldValue) -> bool | None:
    return value if isinstance(value, bool) else _TICKS.get(value) if isinstance(value, Tick) else None


def _moment(value: FieldValue) -> date | None:
    return value if isinstance(value, date) else None


_FITTING: Mapping[str, Any] = {
    "string": spelled,
    "Int64": _whole,
    "Float64": _amount,
    "boolean": _flag,
    _MOMENT: _moment,
}

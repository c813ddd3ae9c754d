"""Tables that are data alone (データの表): columns, rows, what figures say of each other; part of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from kohyo.model.part import Key, Part, Text

Value = bool | int | str | tuple[str, ...]

TOTAL = "total"
"""The flag of a row that is a total (合計)."""


class DataColumn(Part):
    """A column: how its values are told, merged downwards, and which heading (``under``) several share.

    A column without a label continues the heading to its left. ``shown`` spells a value (``施策{value}``) or stands
    for a flag that is set; ``again`` names the flag of a row whose value is cross-listed (再掲).
    """

    key: Key
    label: str = ""
    width: Annotated[float, Field(gt=0, le=200)] = 20
    kind: Literal["text", "figure", "percent", "integer", "flag", "list"] = "text"
    align: Literal["left", "center", "right"] = "left"
    mark: Literal["", "band", "label", "title", "number"] = ""
    merge: bool = False
    under: str = ""
    shown: str = "{value}"
    bullet: str = ""
    again: str = ""


class Sum(Part):
    """Rows that add up to another (合計と内訳), by the name in the first column that is not merged."""

    row: Text
    parts: tuple[Text, ...]


class Difference(Part):
    """A column that holds how much one column is above another (増減額)."""

    column: Key
    later: Key
    earlier: Key


class Rate(Part):
    """A column that holds by how many percent (増減率) ``change`` has brought a row to ``amount``."""

    column: Key
    change: Key
    amount: Key


class DataTable(Part):
    """A table as data; ``rows`` map column keys to values, and may say ``total`` and the flags columns ask for.

    A value is a text, of a column of whole numbers (``integer``) a number, of a ``flag`` true, of a ``list`` a tuple
    of texts; what is empty is left out.
    """

    name: Text
    title: Text
    book: str = ""
    """The workbook in whose name it stands with other tables (ＰＴ一覧); empty for one of its own."""
    subtitle: str = ""
    unit: str = ""
    cross_listed: str = ""
    landscape: bool = False
    notes: tuple[str, ...] = ()
    columns: tuple[DataColumn, ...]
    rows: tuple[dict[str, Value], ...] = ()
    sums: tuple[Sum, ...] = ()
    differences: tuple[Difference, ...] = ()
    rates: tuple[Rate, ...] = ()

    @field_validator("rows", mode="after")
    @classmethod
    def _only_what_is_said(cls, rows: tuple[dict[str, Value], ...]) -> tuple[dict[str, Value], ...]:
        """Leave out empty values, and rows of nothing else: in a sheet they are empty cells."""
        said = ({name: value for name, value in row.items() if value not in ("", False, ())} for row in rows)
        return tuple(row for row in said if row)

    @model_validator(mode="after")
    def _rows_fit(self) -> DataTable:
        """Refuse a value that no column shows, or that is not of its column's kind: it would be lost in silence."""
        kinds: dict[str, type] = {column.key: _TYPES.get(column.kind, str) for column in self.columns}
        kinds |= dict.fromkeys(self.flags, bool)
        for row in self.rows:
            for name, value in row.items():
                if type(value) is not kinds.get(name):
                    raise ValueError(name)
        return self

    @property
    def flags(self) -> tuple[str, ...]:
        """What a row may say beside its values: that it is a total, and what its columns ask for (``again``)."""
        return (*(column.again for column in self.columns if column.again), TOTAL)

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns' full headings; a column that continues another's is numbered after it."""
        found: list[str] = []
        for column in self.columns:
            plain = f"{column.under}{column.label}" or (found[-1] if found else column.key)
            count = sum(known == plain for known in found)
            found.append(f"{plain}{count + 1}" if count else plain)
        return tuple(found)

    def name_of(self, row: Mapping[str, Value]) -> str:
        """Return the name of a row: its first text in a column that is not merged, else in one that is."""
        texts = [column for column in self.columns if column.kind == "text"]
        named = sorted(texts, key=lambda column: column.merge)
        return next((str(row[column.key]) for column in named if column.key in row), "")


_TYPES: Mapping[str, type] = {"integer": int, "flag": bool, "list": tuple}

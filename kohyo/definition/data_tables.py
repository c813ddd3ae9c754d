"""Tables that are data alone (データの表): columns, rows, what figures say of each other; shipped with a plan."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

from pydantic import model_validator

from kohyo.definition.load import shipped_entries_of, shipped_names
from kohyo.model.plan import Key, Part, Plan, Text

Value = str | int | bool | tuple[str, ...]


class DataColumn(Part):
    """A column: how its values are told, merged downwards, and which heading (``under``) several share.

    ``shown`` spells a value (``施策{value}``) or stands for a flag that is set; ``again`` names the flag of a row
    whose value is cross-listed (再掲).
    """

    key: Key
    label: str
    width: float
    kind: Literal["text", "figure", "percent", "flag", "list"] = "text"
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
    """A table as data; ``rows`` map column keys to values, and may say ``total`` and the flags columns ask for."""

    name: Text
    title: Text
    subtitle: str = ""
    unit: str = ""
    cross_listed: str = ""
    landscape: bool = False
    notes: tuple[str, ...] = ()
    columns: tuple[DataColumn, ...]
    rows: tuple[dict[str, Value], ...]
    sums: tuple[Sum, ...] = ()
    differences: tuple[Difference, ...] = ()
    rates: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _rows_fit(self) -> DataTable:
        """Refuse a value that no column shows: it would be lost in silence."""
        known = {column.key for column in self.columns} | {column.again for column in self.columns} | {"total"}
        for row in self.rows:
            if unknown := set(row) - known:
                raise ValueError(sorted(unknown))
        return self

    @property
    def naming(self) -> str:
        """The key of the column by which rows are named: the first of texts that is not merged."""
        return next(column.key for column in self.columns if column.kind == "text" and not column.merge)


def shipped_tables(plan: Plan) -> tuple[DataTable, ...]:
    """Return the tables that ship with ``plan``, none for a plan that does not ship."""
    return _shipped(plan.plan.code) if plan.plan.code in shipped_names() else ()


@cache
def _shipped(name: str) -> tuple[DataTable, ...]:
    return tuple(DataTable.model_validate(tomllib.loads(text)) for text in shipped_entries_of(name, "tables"))

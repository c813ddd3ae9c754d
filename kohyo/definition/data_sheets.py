"""The printed tables of a definition (データの表) as sheets: their columns and checks, and a sheet of rows for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kohyo.definition.layout import TABLE_CHECKS, TABLE_COLUMNS
from kohyo.definition.sheet_spec import CellKind, ColumnSpec, SheetSpec
from kohyo.messages import wording
from kohyo.model.data_table import TOTAL, DataColumn, DataTable
from kohyo.text.normalise import key

_KINDS: Mapping[str, CellKind] = {"integer": "integer", "flag": "flag", "list": "list"}

RULES: Mapping[str, tuple[str, ...]] = {
    "sums": ("row", "parts"),
    "differences": ("column", "later", "earlier"),
    "rates": ("column", "change", "amount"),
}
"""The checks of a table by the part of the model that holds them: the target, then what it is worked out from."""


@dataclass(frozen=True)
class RowsSpec(SheetSpec):
    """The sheet with the rows of one table: a column per column of the table, then one per flag."""

    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def tab(self) -> str:
        """The sheet's name, after the table's."""
        return rows_tab(self.key)

    @property
    def about(self) -> str:
        """What the sheet is for."""
        return wording("definition.data_sheet.about", name=self.key)

    def heading(self, column: str) -> str:
        """Return the heading under which the table prints the column."""
        return self.headings[column]

    def hint(self, column: str) -> str:
        """Return how the column is filled."""
        kind = next(known.kind for known in self.columns if known.name == column)
        return wording(f"definition.data_sheet.hints.{kind}")


def rows_tab(name: str) -> str:
    """Return the name of the sheet with the rows of the table ``name``."""
    return wording("definition.data_sheet.tab", name=name)


def is_rows_tab(tab: str) -> bool:
    """Tell whether a sheet is called as one with a table's rows."""
    return key(tab).startswith(key(rows_tab("")))


def rows_spec(table: DataTable, place: int) -> RowsSpec:
    """Return the sheet of the rows of ``table``, the ``place``-th (from 0) of the plan."""
    headings = {column.key: heading for column, heading in zip(table.columns, table.headings, strict=True)}
    columns = [ColumnSpec(column.key, _KINDS.get(column.kind, "text")) for column in table.columns]
    for column in table.columns:
        if column.again and column.again not in headings:
            columns.append(ColumnSpec(column.again, "flag", later=True))
            headings[column.again] = wording("definition.data_sheet.again", column=headings[column.key])
    columns.append(ColumnSpec(TOTAL, "flag", later=True))
    headings[TOTAL] = wording("definition.data_sheet.total")
    return RowsSpec(table.name, ("tables", str(place), "rows"), tuple(columns), headings=headings)


def records(spec: SheetSpec, tables: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the sheets of columns and of checks: each names its table."""
    for table in tables:
        if spec.key == TABLE_COLUMNS:
            yield from ({"table": table["name"], **column} for column in table["columns"])
        if spec.key == TABLE_CHECKS:
            for rule, names in RULES.items():
                yield from (_check(table["name"], rule, [entry[name] for name in names]) for entry in table[rule])


def _check(table: str, rule: str, values: Sequence[Any]) -> Mapping[str, Any]:
    """Return a check as a row: of a sum the parts are one tuple, of the others the values after the first."""
    parts = values[1] if rule == "sums" else tuple(values[1:])
    return {"table": table, "rule": rule, "target": values[0], "parts": parts}


def parts_fit(record: Mapping[str, Any]) -> bool:
    """Tell whether a row of checks names as many parts as its rule needs; a sum has as many as it likes."""
    return record["rule"] == "sums" or len(record["parts"]) == len(RULES[record["rule"]]) - 1


def check_data(record: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the part of the model that a row of checks belongs to, and what it holds there."""
    rule = record["rule"]
    values = [record["target"], *([record["parts"]] if rule == "sums" else record["parts"])]
    return rule, dict(zip(RULES[rule], values, strict=True))


def bare_table(raw: Mapping[str, Any]) -> DataTable | None:
    """Return a table without its rows, None where what is known of it is wrong (and complained of elsewhere)."""
    columns = []
    for entry in raw.get("columns", ()):
        try:
            columns.append(DataColumn.model_validate(entry))
        except ValidationError:
            continue
    try:
        return DataTable.model_validate({"name": raw.get("name"), "title": "-", "columns": columns})
    except ValidationError:
        return None

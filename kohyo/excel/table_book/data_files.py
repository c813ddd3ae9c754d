"""Machine-readable twins of tables (表の機械可読版): CSV and JSON, one record a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from kohyo.messages import wording
from kohyo.model.table import DTYPES, Column, Holds, Scalar, Table
from kohyo.text.open_data import plain_signs, steadied, ungrouped
from kohyo.text.tabs import file_stem

_JSON_TYPES: dict[Holds, str] = {"text": "string", "count": "integer", "amount": "number"}
_NO_RECORDS = "[]\n}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def twins(tables: Sequence[Table]) -> dict[str, bytes]:
    """Return ``<name>.csv`` and ``<name>.json`` of each table, by file name.

    A table without columns for machines has no twin: another of its book says the same.
    """
    found: dict[str, bytes] = {}
    for table in (made for made in tables if made.record_columns):
        stem = file_stem(table.name)
        found |= {f"{stem}.csv": csv_bytes(table), f"{stem}.json": json_bytes(table)}
    return found


def csv_bytes(table: Table) -> bytes:
    """Return the records as CSV that Excel opens: UTF-8 with BOM, CRLF, one row of headings.

    A text that Excel would take for a formula begins with an apostrophe; figures stay figures. By the government's
    rules for machine-readable tables a cell holds one number, numbers are spelled so that Excel makes no date of
    them, and signs of one platform alone are spelled out.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_spelled(column.label) for column in table.record_columns])
    for record in table.complete_records:
        for single in _single(table, record):
            writer.writerow([_spelled(value) for value in single.values()])
    return stream.getvalue().encode("utf-8-sig")


def json_bytes(table: Table) -> bytes:
    """Return name, title, columns and records as JSON (a Table Schema): UTF-8, letter by letter.

    ``pandas.read_json(path, orient="table")`` reads it, each column with the type that it always has.
    """
    data: dict[str, Any] = {
        "name": table.name,
        "title": table.title,
        "subtitle": table.subtitle,
        "schema": {"fields": [_field(column) for column in table.record_columns]},
        "data": [],
    }
    head = json.dumps(data, ensure_ascii=False, indent=1)
    records = ",\n".join(map(_indented, table.complete_records))
    whole = f"{head.removesuffix(_NO_RECORDS)}[\n{records}\n ]\n}}" if records else head
    return (whole + "\n").encode("utf-8")


def _indented(record: dict[str, Scalar]) -> str:
    """Return a record as ``json`` writes it within such a list with ``indent=1``, which itself is slow."""
    line = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",\n   ", ": "))
    return f"  {{\n   {line[1:-1]}\n  }}"


def _field(column: Column) -> dict[str, str]:
    """Return a column as a field of the schema, with the type that pandas gives it."""
    return {
        "name": column.key,
        "title": column.label,
        "type": _JSON_TYPES[column.holds],
        "extDtype": DTYPES[column.holds],
    }


def _single(table: Table, record: dict[str, Scalar]) -> Iterator[dict[str, Scalar]]:
    """Yield a record once for each of the numbers that it lists in columns of several, as often as the longest."""
    lists = {
        column.key: str(record[column.key]).split(wording("text.list.joiner"))
        for column in table.record_columns
        if column.several and record[column.key]
    }
    for place in range(max(map(len, lists.values()), default=1)):
        yield {**record, **{key: found[place] if place < len(found) else None for key, found in lists.items()}}


def _spelled(value: Scalar) -> Scalar:
    if not isinstance(value, str):
        return value
    plain = ungrouped(steadied(plain_signs(value)))
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain

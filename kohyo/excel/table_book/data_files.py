"""Machine-readable twins of tables (表の機械可読版): CSV and JSON, one record a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from kohyo.model.table import Scalar, Table
from kohyo.text.tabs import file_stem

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

    A text that Excel would take for a formula begins with an apostrophe; figures stay figures.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_guarded(column.label) for column in table.record_columns])
    for record in table.complete_records:
        writer.writerow([_guarded(value) for value in record.values()])
    return stream.getvalue().encode("utf-8-sig")


def json_bytes(table: Table) -> bytes:
    """Return name, title, columns (key and label) and records as JSON: UTF-8, letter by letter."""
    data: dict[str, Any] = {
        "name": table.name,
        "title": table.title,
        "subtitle": table.subtitle,
        "columns": [{"key": column.key, "label": column.label} for column in table.record_columns],
        "records": table.complete_records,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _guarded(value: Scalar) -> Scalar:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value

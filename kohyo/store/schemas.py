"""What the store holds (集約データの表): one schema a table, and the version of them all."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

SCHEMA_VERSION = 1
"""Goes up whenever a table below changes; a store is of one version."""

MUNICIPALITY, YEAR, ROUND = "municipality", "year", "round"

PARTITIONS = pa.schema([(MUNICIPALITY, pa.string()), (YEAR, pa.int32()), (ROUND, pa.int32())])
"""Whose (団体), of which fiscal year (年度), of which round (回): 0 where a row is no round's but the register's."""

_TEXT = pa.string()
_CODE = pa.dictionary(pa.int32(), pa.string())
_WHERE = [("file", _TEXT), ("sheet", _TEXT), ("cell", _TEXT)]
_VALUE = [("value", _TEXT), ("value_number", pa.float64()), ("value_date", pa.date32())]
"""A value as its text; besides as a number or a date where it is one."""

TABLES: Mapping[str, pa.Schema] = {
    "items": pa.schema(
        [
            ("plan", _CODE),
            ("item", _TEXT),
            ("number", _TEXT),
            ("goal", pa.int32()),
            ("title", _TEXT),
            ("overview", _TEXT),
            ("owners", _TEXT),
            ("standing", _CODE),
            ("origins", pa.list_(_TEXT)),
        ]
    ),
    "item_values": pa.schema(
        [
            ("plan", _CODE),
            ("item", _TEXT),
            ("number", _TEXT),
            ("department", _CODE),
            ("field", _CODE),
            ("label", _CODE),
            *_VALUE,
        ]
    ),
    "ticks": pa.schema(
        [
            ("plan", _CODE),
            ("item", _TEXT),
            ("number", _TEXT),
            ("department", _CODE),
            ("perspective", _CODE),
            ("label", _CODE),
            ("tick", _CODE),
            ("evidence", _CODE),
        ]
    ),
    "answers": pa.schema(
        [
            ("plan", _CODE),
            ("item", _TEXT),
            ("department", _CODE),
            ("field", _CODE),
            ("label", _CODE),
            ("state", _CODE),
            *_VALUE,
            ("base", _TEXT),
            ("leads", pa.bool_()),
            ("control", _CODE),
            *_WHERE,
            ("typed", _TEXT),
            ("sha256", _CODE),
        ]
    ),
    "changes": pa.schema(
        [
            ("plan", _CODE),
            ("place", pa.int64()),
            ("stands", pa.bool_()),
            ("changed_at", pa.timestamp("s")),
            ("kind", _CODE),
            ("item", _TEXT),
            ("number", _TEXT),
            ("field", _CODE),
            ("label", _CODE),
            ("old", _TEXT),
            ("new", _TEXT),
            *_WHERE,
            ("typed", _TEXT),
            ("changed_by", _TEXT),
        ]
    ),
    "receipts": pa.schema(
        [
            ("plan", _CODE),
            ("department", _CODE),
            ("outcome", _CODE),
            ("control", _TEXT),
            ("file", _TEXT),
            ("sha256", _TEXT),
            ("received_at", pa.timestamp("s")),
            ("errors", pa.int32()),
            ("checks", pa.int32()),
            ("infos", pa.int32()),
        ]
    ),
}
"""The tables by name, without the columns that the folders say (``PARTITIONS``)."""


def whole_schema(table: str) -> pa.Schema:
    """Return the schema of a table with the columns that the folders say, as a question sees it."""
    return pa.schema([*PARTITIONS, *TABLES[table]])

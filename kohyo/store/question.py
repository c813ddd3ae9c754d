"""A question to the store (集約データへの問合せ): one SELECT, answered by DuckDB out of the store and nothing else.

DuckDB is given the tables as they are read by pyarrow. It may open no file, load nothing and change no setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from kohyo.errors import FileError, UsageError
from kohyo.messages import wording
from kohyo.store.parquet_store import Store
from kohyo.store.schemas import PARTITIONS, TABLES, whole_schema

_SHUT = (
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET python_enable_replacements = false",
    "SET lock_configuration = true",
)


@dataclass(frozen=True)
class Answered:
    """The answer: the names of the columns and the rows, each value as Python has it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def ask(store: Store, sql: str) -> Answered:
    """Return what a SELECT finds in the tables of the store.

    Raises UsageError for anything but one SELECT and for one that DuckDB does not take, FileError for a store that
    cannot be read.
    """
    tables = {table: _table(store, table) for table in TABLES}
    with duckdb.connect(":memory:") as connection:
        for name, table in tables.items():
            connection.register(name, table)
        for setting in _SHUT:
            connection.execute(setting)
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise UsageError("query_not_select")
            result = connection.execute(statements[0])
            columns = tuple(str(column[0]) for column in result.description or ())
            return Answered(columns, tuple(result.fetchall()))
        except duckdb.Error as error:
            names = wording("text.list.joiner").join(TABLES)
            raise UsageError("query_failed", detail=_first_line(error), tables=names) from error
        except (OSError, pa.ArrowException) as error:
            raise FileError("store_broken", path=store.root) from error


def _table(store: Store, table: str) -> ds.Dataset | pa.Table:
    files = store.files(table)
    schema = whole_schema(table)
    if not files:
        return schema.empty_table()
    folders = ds.partitioning(PARTITIONS, flavor="hive")
    base = str(store.root / table)
    return ds.dataset(files, schema=schema, format="parquet", partitioning=folders, partition_base_dir=base)


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)

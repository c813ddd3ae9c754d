"""Query (問合せ): a SELECT over the store of many workspaces; nothing is changed and nothing else is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kohyo.usecases.extras import need_scale


@dataclass(frozen=True)
class Found:
    """What a question found: the names of the columns, the rows; ``as_csv`` says how it is to be printed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    as_csv: bool = False


def query(store: Path, sql: str, *, as_csv: bool = False) -> Found:
    """Return what the SELECT ``sql`` finds in the store's tables (``store.schemas``).

    Raises UsageError without the extra ``scale``, where there is no store, for anything but one SELECT and for one
    that DuckDB does not take; FileError where the store cannot be read.
    """
    need_scale()
    from kohyo.store.parquet_store import Store  # noqa: PLC0415 - only the extra brings what it needs
    from kohyo.store.question import ask  # noqa: PLC0415

    answered = ask(Store(store), sql)
    return Found(answered.columns, answered.rows, as_csv)

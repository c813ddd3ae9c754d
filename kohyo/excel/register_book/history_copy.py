"""The copy of the history (変更履歴の控え): JSON lines in 控え that only grow, from which altered rows come back.

A last state says how many bytes of the copy are its own. A save appends what is new behind them; what a save that
was cut off left there is overwritten by the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.register_book.history_digests import digests_of_rows
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.register_rows import filled
from kohyo.excel.register_book.row_columns import Row
from kohyo.model.value_json import values_from_json, values_to_json

_READABLE = json.JSONEncoder(ensure_ascii=False)


def keep_history(path: Path, last: LastState | None, rows: Sequence[Row], *, known: int) -> int:
    """Bring the copy to hold ``rows``, whose first ``known`` the last state held; return its length in bytes.

    Raises OSError when that cannot be done; what the last state needs stays.
    """
    if last and goes_on(path, last, known):
        with path.open("r+b") as stream:
            stream.truncate(last.history)
            stream.seek(last.history)
            stream.writelines(map(_line, islice(rows, known, None)))
    else:
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as stream:
            stream.writelines(map(_line, rows))
        flush(fresh)
        fresh.replace(path)
    flush(path)
    return _length(path)


def goes_on(path: Path, last: LastState | None, known: int) -> bool:
    """Tell whether the copy holds what the last state needs, so that new rows are written behind it."""
    return bool(last and last.history and last.changes == known and _length(path) >= last.history)


def kept_history(path: Path, last: LastState) -> tuple[Row, ...] | None:
    """Return the rows that the last state held, None when the copy does not hold exactly these."""
    try:
        with path.open("rb") as stream:
            lines = stream.read(last.history).splitlines()
        rows = tuple(values_from_json(json.loads(line)) for line in lines)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return rows if len(rows) == last.changes and digests_of_rows(rows)[0] == last.digest else None


def _line(row: Row) -> bytes:
    return _READABLE.encode(values_to_json(filled(row))).encode() + b"\n"


def _length(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0

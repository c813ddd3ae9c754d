"""Digests of the history (変更履歴): by them the last state notices what somebody altered in it, or sorted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from kohyo.excel.register_book.register_rows import filled
from kohyo.excel.register_book.row_columns import Row
from kohyo.model.value_json import values_to_json

_SORTED = json.JSONEncoder(sort_keys=True)


class HistoryDigests:
    """The two digests of 変更履歴, worked out once for the same rows."""

    def __init__(self) -> None:
        self._rows: list[Row] | None = None
        self._digests = ("", "")

    def of(self, rows: Iterable[Row]) -> tuple[str, str]:
        """Return the digests of rows."""
        asked = list(rows)
        if asked != self._rows:
            self._rows, self._digests = asked, digests_of_rows(asked)
        return self._digests


def digests_of_rows(rows: Iterable[Row]) -> tuple[str, str]:
    """Return a digest that does not mind the order, for the secretariat may sort, and one that does."""
    lines = list(map(_line, rows))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest(), _chained("", lines)


def continued(sequence: str, rows: Iterable[Row]) -> str:
    """Return the digest of an order that goes on with these rows."""
    return _chained(sequence, map(_line, rows))


def _chained(sequence: str, lines: Iterable[str]) -> str:
    for line in lines:
        sequence = hashlib.sha256(f"{sequence}\n{line}".encode()).hexdigest()
    return sequence


def _line(row: Row) -> str:
    return _SORTED.encode(values_to_json(filled(row)))

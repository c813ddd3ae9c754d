"""Digests of the history (変更履歴): by them the last state notices what somebody altered in it, or sorted.

Both go on from what they were: a save works out those of its new rows alone. States of earlier versions hold others
(``former_digests``), which no save goes on from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable

from kohyo.excel.register_book.register_rows import filled
from kohyo.excel.register_book.row_columns import Row
from kohyo.model.value_json import values_to_json

_SORTED = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_FORMER = json.JSONEncoder(sort_keys=True)
_KIND = "sum:"
_NEXT = ", "  # stands in a line between two columns
_MODULUS = 1 << 256

Digests = tuple[str, str]
"""A digest that does not mind the order of the rows, for the secretariat may sort, and one that does."""


class RunningDigests:
    """The digests of rows that come one after the other."""

    def __init__(self, digests: Digests = ("", "")) -> None:
        """Go on from digests, those of no rows by default."""
        told, sequence = (part.removeprefix(_KIND) for part in digests)
        self._total = int(told or "0", 16)
        self._chain = bytes.fromhex(sequence)

    def take(self, lines: Iterable[bytes]) -> None:
        """Take more rows, each as its line (``line_of``)."""
        sha256 = hashlib.sha256
        for line in lines:
            digest = sha256(line).digest()
            self._total += int.from_bytes(digest)
            self._chain = sha256(self._chain + digest).digest()

    @property
    def digests(self) -> Digests:
        """The digests so far."""
        return f"{_KIND}{self._total % _MODULUS:064x}", f"{_KIND}{self._chain.hex()}"


class HistoryDigests:
    """The two digests of 変更履歴, worked out once for the same rows."""

    def __init__(self) -> None:
        self._rows: list[Row] | None = None
        self._digests: dict[bool, Digests] = {}

    def of(self, rows: Iterable[Row], like: str = _KIND) -> Digests:
        """Return the digests of rows, of the kind that ``like`` is of."""
        asked = list(rows)
        if asked != self._rows:
            self._rows, self._digests = asked, {}
        former = is_former(like)
        if former not in self._digests:
            self._digests[former] = former_digests(asked) if former else digests_of_rows(asked)
        return self._digests[former]


def is_former(digest: str) -> bool:
    """Tell whether a digest is one of an earlier version."""
    return not digest.startswith(_KIND)


def digests_of_rows(rows: Iterable[Row]) -> Digests:
    """Return the digests of rows."""
    running = RunningDigests()
    running.take(map(line_of, rows))
    return running.digests


def former_digests(rows: Iterable[Row]) -> Digests:
    """Return the digests that an earlier version would have kept of rows."""
    lines = [_FORMER.encode(values_to_json(filled(row))) for row in rows]
    sequence = ""
    for line in lines:
        sequence = hashlib.sha256(f"{sequence}\n{line}".encode()).hexdigest()
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest(), sequence


def line_of(row: Row) -> bytes:
    """Return a row as a line of JSON, without what is empty: its columns in the order of their names."""
    return _SORTED.encode(values_to_json(filled(row))).encode()


def part_of_line(name: str) -> Callable[[object], bytes]:
    """Return what tells of a value of a column, as JSON can hold it, what it is in such a line."""
    start = f"{_SORTED.encode(name)}: "
    return lambda held: f"{start}{_SORTED.encode(held)}{_NEXT}".encode()


def lines_of_parts(columns: Iterable[Iterable[bytes]]) -> list[bytes]:
    """Return the lines that such parts make, by columns in the order of their names; b"" where one holds nothing."""
    return [b"{%b}" % parts[: -len(_NEXT)] for parts in map(b"".join, zip(*columns, strict=True))]

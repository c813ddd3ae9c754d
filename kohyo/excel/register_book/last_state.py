"""The last state (前回の控え) as a file of JSON lines in 控え, and the edits by hand since: the register's memory.

``台帳_前回.jsonl`` is what the register held when it was last saved. While a save is under way, or its result
waits beside an open register, ``台帳_次回.jsonl`` holds what it will be; whichever is nearer to the register on
disk is the state that the secretariat edited.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.register_book.book_sheet import CHANGES, CONFLICTS, CONTRIBUTIONS, RECEIPTS, BookSheet
from kohyo.excel.register_book.history_digests import Digests, HistoryDigests
from kohyo.excel.register_book.register_columns import read_sheets
from kohyo.excel.register_book.register_rows import filled
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue
from kohyo.model.value_json import values_from_json, values_to_json

Rows = Mapping[str, Iterable[Row]]

_DECISION = (Column.DECISION, Column.OTHER)
_NONE = (False, 0)
_HEAD = ("columns", "changes", "digest", "replaces", "history", "sequence", "becomes")
_DIGEST = "sha256"
_LAST_LINE = b'{"sha256"'
_DECIDED_BY_HAND = (*_DECISION, Column.DECIDED_BY, Column.NUMBER, Column.TITLE)


@dataclass(frozen=True)
class LastState:
    """What the register held: columns and rows by sheet; of 変更履歴 the number of rows and their digest.

    ``sequence`` is the digest that minds the order in which 変更履歴 was written, however it stands; a state of
    an older version has none.
    ``replaces`` is the SHA-256 of the register that a save under way is to replace, ``becomes`` that of the register
    that replaces it; ``history`` how many bytes of the copy of 変更履歴 in 控え are this state's.
    """

    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]
    changes: int
    digest: str
    replaces: str = ""
    history: int = 0
    sequence: str = ""
    becomes: str = ""

    def count(self, sheet: str) -> int:
        """Return how many rows a sheet held."""
        return self.changes if sheet == CHANGES else len(self.rows.get(sheet, ()))

    def by_id(self, sheet: BookSheet) -> dict[str, Row]:
        """Return a sheet's rows by what identifies them (``row_key``); empty for a sheet without identities."""
        return {key: row for row in self.rows.get(sheet.key, ()) if (key := row_key(sheet, row))}


def row_key(sheet: BookSheet, row: Row) -> str:
    """Return what identifies a row: its ID, in 部別回答 the item and the department; empty where nothing does."""
    if sheet.key == CONTRIBUTIONS:
        return f"{row.get(Column.ITEM)}/{row.get(Column.DEPARTMENT)}"
    return str(row.get(sheet.identity)) if sheet.identity else ""


def state_of(plan: Plan, rows: Rows, count: int, digests: Digests) -> LastState:
    """Return the state that these rows, in their canonical form, are, with the number and digests of 変更履歴's."""
    kept = {name: tuple(map(filled, found)) for name, found in rows.items() if name != CHANGES}
    columns = {sheet.key: tuple(column.name for column in sheet.columns) for sheet in read_sheets(plan)}
    digest, sequence = digests
    return LastState(columns, kept, count, digest, sequence=sequence)


def write_state(path: Path, state: LastState) -> None:
    """Write a state, one line a row; raise OSError when that cannot be done."""
    head = {name: getattr(state, name) for name in _HEAD}
    digest = sha256()
    with path.open("wb") as stream:
        for line in _lines(head, state.rows):
            digest.update(line)
            stream.write(line)
        stream.write(json.dumps({_DIGEST: digest.hexdigest()}).encode() + b"\n")
    flush(path)


def _lines(head: Mapping[str, object], rows: Mapping[str, Sequence[Row]]) -> Iterator[bytes]:
    yield json.dumps(head).encode() + b"\n"
    for name, found in rows.items():
        for row in found:
            yield json.dumps([name, values_to_json(row)], ensure_ascii=False).encode() + b"\n"


def read_state(path: Path) -> LastState | None:
    """Read a state; None when there is none or it is broken (it only serves to notice edits)."""
    rows: dict[str, list[Row]] = defaultdict(list)
    digest, told = sha256(), ""
    try:
        with path.open("rb") as stream:
            first = stream.readline()
            digest.update(first)
            head = json.loads(first)
            for line in stream:
                if line.startswith(_LAST_LINE):
                    told = json.loads(line)[_DIGEST]
                    break
                digest.update(line)
                name, row = json.loads(line)
                rows[name].append(values_from_json(row))
        if told not in ("", digest.hexdigest()):
            return None
        columns = {name: tuple(found) for name, found in head["columns"].items()}
        kept = {name: tuple(found) for name, found in rows.items()}
        replaces, history = str(head.get("replaces", "")), int(head.get("history", 0))
        changes = int(head["changes"]), str(head["digest"])
        ends = str(head.get("sequence", "")), str(head.get("becomes", ""))
        return LastState(columns, kept, *changes, replaces, history, *ends)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def replaced_by(path: Path) -> str:
    """Return what the state at ``path`` is to replace, empty when that is not known; its rows are not read."""
    return _of_head(path, "replaces")


def becomes_of(path: Path) -> str:
    """Return the SHA-256 of the register whose state is at ``path``, empty when that is not known."""
    return _of_head(path, "becomes")


def _of_head(path: Path, name: str) -> str:
    try:
        with path.open(encoding="utf-8") as stream:
            return str(json.loads(stream.readline()).get(name, ""))
    except (OSError, ValueError, AttributeError):
        return ""


def nearest(states: Sequence[LastState], rows: Rows, digests: HistoryDigests) -> LastState | None:
    """Return the state that differs least from what the register holds now."""
    if len(states) <= 1:
        return next(iter(states), None)
    history = list(rows[CHANGES])
    found = {name: list(standing) for name, standing in rows.items() if name != CHANGES}

    def distance(state: LastState) -> tuple[bool, int]:
        return state.digest != digests.of(history, state.digest)[0], sum(
            _apart(state.rows.get(name, ()), now) for name, now in found.items()
        )

    distances: list[tuple[bool, int]] = []
    for state in states:
        distances.append(distance(state))
        if distances[-1] == _NONE:
            return state
    return states[distances.index(min(distances))]


def _apart(old: Sequence[Row], now: Sequence[Row]) -> int:
    """Return in how many rows two sheets differ, in whatever order they stand."""
    if list(old) == list(now):
        return 0
    before, after = Counter(map(_hashable, old)), Counter(map(_hashable, now))
    return ((after - before) + (before - after)).total()


def tampered(state: LastState, rows: Rows, digests: HistoryDigests) -> Iterator[tuple[str, int]]:
    """Yield sheets (by key) that kohyo alone writes and somebody changed by hand, and in how many rows."""
    history = list(rows[CHANGES])
    if digests.of(history, state.digest)[0] != state.digest:
        yield CHANGES, max(1, abs(len(history) - state.changes))
    for name in (RECEIPTS, CONFLICTS):
        found = Counter(_hashable(row, without=_DECIDED_BY_HAND) for row in rows[name])
        old = Counter(_hashable(row, without=_DECIDED_BY_HAND) for row in state.rows.get(name, ()))
        if found != old:
            yield name, max((found - old).total(), (old - found).total())


def redecided(state: LastState, rows: Rows) -> Iterator[str]:
    """Yield the conflicts (by ID) that were decided before and whose decision somebody changed by hand."""
    before = {row.get(Column.ID): row for row in state.rows.get(CONFLICTS, ()) if row.get(Column.DECIDED_AT)}
    for row in rows[CONFLICTS]:
        old = before.get(row.get(Column.ID))
        if old is not None and any(row.get(name) != old.get(name) for name in _DECISION):
            yield str(row[Column.ID])


def _hashable(row: Row, without: tuple[str, ...] = ()) -> frozenset[tuple[str, FieldValue]]:
    return frozenset((name, value) for name, value in row.items() if value is not None and name not in without)


def resorted(state: LastState, history: Iterable[Row], digests: HistoryDigests) -> bool:
    """Tell whether the rows of 変更履歴 stand in another order than they were written in: somebody sorted them."""
    return bool(state.sequence) and digests.of(history, state.sequence)[1] != state.sequence

"""Joint changes (まとまった食い違い) that nobody means: contents that came to stand at other rows' IDs.

Sorting without the ID column, two IDs exchanged, a block that slipped by a row, a column sorted alone: each cell
looks right by itself, and only the last state tells. What identifies a row are values that it alone had. Reordering
rows with their IDs, deleting and adding rows, replacing words and exchanging ticks or goals are ordinary edits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.model.item import Standing
from kohyo.model.value import FieldValue

_TITLE = "title"
_NUMBER = "number"
_FEW = 3  # so many cells of a column that changed places are no exchange of two any more
_MANY = 5  # so many rows changed in a column of few values before it counts as sorted

Rows = Mapping[str, Row]


class Joint(Enum):
    """What came apart: whole rows, one column, an ID and its title; or a number that two bear, or a renumbering."""

    ROWS = "rows"
    COLUMN = "column"
    TITLE = "title"
    NUMBER = "number"
    RENUMBERED = "renumbered"


@dataclass(frozen=True)
class JointChange:
    """One joint change: the rows by ID, the column, the IDs whose contents they hold, and the number borne twice."""

    kind: Joint
    ids: tuple[str, ...]
    column: str = ""
    sources: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class SheetEdit:
    """A sheet before and now, rows by ID in their order.

    ``texts`` are the columns of free text, ``others`` those of few values, numbers or dates; ``origin`` are the
    columns that say together where a row came from and that nobody edits.
    """

    before: Rows
    now: Rows
    texts: Sequence[str]
    others: Sequence[str] = ()
    origin: Sequence[str] = ()


def joint_changes(edit: SheetEdit) -> Iterator[JointChange]:
    """Yield what nobody means, whole rows first and each row once; then what became of the numbers."""
    moves = _Moves(edit)
    rows = {identity: source for identity in edit.now if (source := moves.row(identity))}
    if rows:
        yield JointChange(Joint.ROWS, tuple(rows), sources=tuple(rows.values()))
    columns = dict(_columns(edit, moves, set(rows)))
    for column, ids in columns.items():
        yield JointChange(Joint.COLUMN, ids, column)
    told = {*rows, *columns.get(_TITLE, ())}
    titles = {identity: source for identity, source in moves.titles.items() if identity not in told}
    if titles:
        yield JointChange(Joint.TITLE, tuple(titles), _TITLE, tuple(titles.values()))
    yield from _twice(edit)
    renumbered = tuple(identity for identity in moves.cells(_NUMBER) if identity not in rows)
    if len(renumbered) > 1:
        yield JointChange(Joint.RENUMBERED, renumbered, _NUMBER)


def _columns(edit: SheetEdit, moves: _Moves, rows: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns whose cells changed places alone, with the rows where they did."""
    for column in edit.texts:
        ids = tuple(identity for identity in moves.cells(column) if identity not in rows)
        if len(ids) >= _FEW:
            yield column, ids
    for column in () if rows else edit.others:
        if _sorted(edit, column):
            yield column, tuple(_changed(edit, column))


def _twice(edit: SheetEdit) -> Iterator[JointChange]:
    """Yield the numbers that more items in force bear than before."""
    bore = Counter(row.get(_NUMBER) for row in edit.before.values() if _in_force(row))
    bearers: dict[FieldValue, list[str]] = defaultdict(list)
    for identity, row in edit.now.items():
        if _in_force(row):
            bearers[row.get(_NUMBER)].append(identity)
    for number, ids in bearers.items():
        if number is not None and len(ids) > max(1, bore[number]):
            yield JointChange(Joint.NUMBER, tuple(ids), _NUMBER, value=str(number))


def _in_force(row: Row) -> bool:
    return row.get(Column.STANDING) in {None, Standing.CURRENT.value}


class _Moves:
    """Where the values that one row alone had stand now."""

    def __init__(self, edit: SheetEdit) -> None:
        self._edit = edit
        self._owners = {name: owners(edit.before, name) for name in (*edit.texts, _NUMBER)}
        self._origins = _owners_of(_origins(edit, edit.before))
        self._origin = _origins(edit, edit.now)
        self._votes = {identity: self._counted(identity) for identity in edit.now}
        self.titles = {identity: source for identity in edit.now if (source := self._title(identity))}

    def row(self, identity: str) -> str:
        """Return whose contents a row holds, empty when they are its own or nobody's in particular."""
        votes = self._votes[identity]
        source = self.titles.get(identity) or next((owner for owner, _ in votes.most_common() if owner != identity), "")
        if not source or self._owner(identity, _TITLE) == identity or not self._may_hold(identity, source):
            return ""
        number = self._owner(identity, _NUMBER)
        theirs, own = votes[source] + (number == source), votes[identity] + (number == identity)
        return source if theirs > max(1, own) else ""

    def cells(self, column: str) -> Iterator[str]:
        """Yield the rows that hold in a column what another row alone had there, and has no more."""
        for identity in self._edit.now:
            source = self._owner(identity, column)
            if source and source != identity and identity in self._edit.before and self._lost(source, column):
                yield identity

    def _owner(self, identity: str, column: str) -> str:
        """Return who alone had the value of a cell, empty when nobody had it alone."""
        return self._owners.get(column, {}).get(self._edit.now[identity].get(column), "")

    def _lost(self, source: str, column: str) -> bool:
        return self._edit.now.get(source, {}).get(column) != self._edit.before[source].get(column)

    def _counted(self, identity: str) -> Counter[str]:
        """Return how many texts of a row, and its origin for one, are whose."""
        owners = [self._owner(identity, column) for column in self._edit.texts]
        owners.append(self._origins.get(self._origin[identity], ""))
        return Counter(owner for owner in owners if owner)

    def _may_hold(self, identity: str, source: str) -> bool:
        """Tell whether a row may hold another's contents: a new row may begin as a copy of one that still stands."""
        return identity in self._edit.before or not (source in self._votes and self._votes[source][source])

    def _title(self, identity: str) -> str:
        """Return whose title a row bears: the other has it no more, or more of the other was written over it."""
        source = self._owner(identity, _TITLE)
        if not source or source == identity:
            return ""
        votes = self._votes[identity][source] + (self._owner(identity, _NUMBER) == source)
        copied = identity in self._edit.before and votes > 1
        return source if self._lost(source, _TITLE) or copied else ""


def owners(rows: Rows, column: str) -> dict[FieldValue, str]:
    """Return which row alone has each value of a column."""
    return _owners_of({identity: row.get(column) for identity, row in rows.items()})


def _owners_of(values: Mapping[str, FieldValue]) -> dict[FieldValue, str]:
    """Return who alone has each value."""
    count = Counter(values.values())
    return {value: identity for identity, value in values.items() if value is not None and count[value] == 1}


def _origins(edit: SheetEdit, rows: Rows) -> dict[str, FieldValue]:
    """Return what each row says of where it came from, as one text."""
    told = {identity: [str(row.get(name) or "") for name in edit.origin] for identity, row in rows.items()}
    return {identity: "\n".join(parts) if any(parts) else None for identity, parts in told.items()}


def _changed(edit: SheetEdit, column: str) -> list[str]:
    both = [identity for identity in edit.now if identity in edit.before]
    return [entry for entry in both if edit.now[entry].get(column) != edit.before[entry].get(column)]


def _sorted(edit: SheetEdit, column: str) -> bool:
    """Tell whether a column of few values, numbers or dates was sorted alone: the same values, now in order."""
    both = [identity for identity in edit.now if identity in edit.before]
    old = [edit.before[identity].get(column) for identity in both]
    new = [edit.now[identity].get(column) for identity in both]
    if len(_changed(edit, column)) < _MANY or Counter(old) != Counter(new):
        return False
    return _runs(new) == len(set(new)) < _runs(old) or (_rises(new) and not _rises(old))


def _runs(values: Sequence[FieldValue]) -> int:
    """Return in how many runs of equal values a column stands."""
    return 1 + sum(one != other for one, other in pairwise(values))


def _rises(values: Sequence[FieldValue]) -> bool:
    """Tell whether numbers or dates rise or fall from top to bottom, as Excel sorts them; empty cells come last."""
    filled = [value for value in values if value is not None]
    if filled != list(values[: len(filled)]):
        return False
    ordered = [
        value.toordinal() if isinstance(value, date) else value
        for value in filled
        if isinstance(value, date | int | float)
    ]
    return len(ordered) == len(filled) and ordered in (sorted(ordered), sorted(ordered, reverse=True))

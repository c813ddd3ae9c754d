"""Which row is whose (行の見分け) where an ID is lacking or stands twice: the last state tells it, or nobody does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.excel.register_book.book_sheet import BookSheet
from kohyo.excel.register_book.edit_guard import owners
from kohyo.excel.register_book.placed import PlacedRow
from kohyo.excel.register_book.row_columns import Row

_TITLE = "title"
_ENOUGH = 2  # so many values that one row alone had, for a row to be taken for it


@dataclass(frozen=True)
class IdentifiedRow:
    """A row with the ID that is surely its own.

    ``stray`` tells that it has no ID of its own as it stands: it lacks one, or bears that of another row.
    ``recognised`` that it is known all the same, from what the last state held.
    """

    row: PlacedRow
    stray: bool = False
    recognised: bool = False


def identified(rows: Sequence[PlacedRow], sheet: BookSheet, before: Mapping[str, Row]) -> Iterator[IdentifiedRow]:
    """Yield the rows in their order; of several with one ID that one keeps it which is most like the last state."""
    name = sheet.identity
    if not name:
        yield from map(IdentifiedRow, rows)
        return
    strays = _strays(rows, sheet, before)
    known = _recognised(rows, strays, name, before)
    for place, row in enumerate(rows):
        found = known.get(place)
        own = replace(row, values={**row.values, name: found}) if found else row
        yield IdentifiedRow(own, place in strays, bool(found))


def _strays(rows: Sequence[PlacedRow], sheet: BookSheet, before: Mapping[str, Row]) -> set[int]:
    """Return the places of the rows that lack an ID, or bear one that is more another row's."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        bearers[row.text(sheet.identity)].append(place)
    strays = set(bearers.pop("", []))
    for identity, places in bearers.items():
        if len(places) > 1:
            known = before.get(identity, {})
            likeness = {place: sum(rows[place].values.get(line) == known[line] for line in known) for place in places}
            strays |= set(places) - {max(places, key=lambda place: (likeness[place], -place))}
    return strays


def _recognised(rows: Sequence[PlacedRow], strays: set[int], name: str, before: Mapping[str, Row]) -> dict[int, str]:
    """Return the IDs of the strays that are surely rows which the last state held and which stand nowhere now."""
    if not strays or not before:
        return {}
    standing = {row.text(name) for place, row in enumerate(rows) if place not in strays}
    columns = {column for row in before.values() for column in row} - {name}
    owned = {column: owners(before, column) for column in columns}
    found: dict[int, str] = {}
    for place in sorted(strays):
        values = rows[place].values
        votes = Counter(owned[column][value] for column, value in values.items() if value in owned.get(column, {}))
        for identity, count in votes.most_common(1):
            same = values.get(_TITLE) == before[identity].get(_TITLE)
            if count >= _ENOUGH and same and identity not in standing and identity not in found.values():
                found[place] = identity
    return found

"""The history as it stands (有効な履歴): what a restoration (復元) went back behind counts no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.model.register import Change, ChangeKind


def standing(changes: Sequence[Change]) -> Iterator[tuple[int, Change]]:
    """Yield the changes that count, with their places from 0, in their order.

    A restoration says how many changes it went back to; those between it and them are as if they had not been. What
    a restoration had voided stands again when another one goes back behind that.
    """
    places: list[int] = []
    place = len(changes)
    while place:
        place -= 1
        if changes[place].kind is ChangeKind.RESTORED:
            place = min(place, reached(changes[place]))
        else:
            places.append(place)
    yield from ((place, changes[place]) for place in reversed(places))


def reached(change: Change) -> int:
    """Return how many changes a restoration went back to."""
    return change.new if isinstance(change.new, int) and change.new >= 0 else 0

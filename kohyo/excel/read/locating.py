"""Finding the fields of one sheet (欄の特定): by defined name, checked against the label, else by label.

Never by position alone, and never by guessing: where name and label name different cells that say different
things, the field is not read and a finding says where to look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.fields import FormField
from kohyo.excel.address import NAME_PREFIX
from kohyo.excel.read.form_grid import FormGrid, Said, label_key, within
from kohyo.excel.read.leftovers import is_typed
from kohyo.excel.read.references import Position
from kohyo.model.plan import Plan
from kohyo.model.response import Found


@dataclass(frozen=True)
class Wanted:
    """One answer that a sheet should hold: its name (with the block, ``issue_text.2``), its field."""

    name: str
    field: FormField


@dataclass(frozen=True)
class Located:
    """Where an answer was found, or why not: ``problem`` is a finding's code, ``cells`` are where to look."""

    wanted: Wanted
    found: Found
    said: Said | None = None
    problem: str = ""
    cells: tuple[Position, ...] = ()


def wanted_fields(fields: Sequence[FormField], blocks: int) -> tuple[Wanted, ...]:
    """Return what to look for; ``blocks`` is 0 on a sheet that is not made of blocks."""
    if not blocks:
        return tuple(Wanted(field.name, field) for field in fields)
    return tuple(Wanted(f"{field.name}.{block}", field) for block in range(1, blocks + 1) for field in fields)


def count_blocks(sheet: FormGrid, fields: Sequence[FormField], blocks: int) -> int:
    """Return how many blocks a sheet holds: more than were printed only where every label was copied along."""
    counts = {len(sheet.labels.get(label_key(field.label), ())) for field in fields}
    return max(blocks, counts.pop()) if len(counts) == 1 else blocks


class Locator:
    """Looks for the answers of one sheet; ``names`` are its defined names in lower case."""

    def __init__(self, sheet: FormGrid, plan: Plan, names: Mapping[str, Position], wanted: Sequence[Wanted]) -> None:
        self._sheet = sheet
        self._plan = plan
        self._wanted = wanted
        found = {one.name: names.get(NAME_PREFIX + one.name) for one in wanted}
        self._named = {name: cell for name, cell in found.items() if cell is not None}
        self._claims = Counter(self._anchor(cell) for cell in self._named.values())

    def locate(self) -> Iterator[Located]:
        """Yield every wanted answer, found or not."""
        for one in self._wanted:
            cell = self._named.get(one.name)
            yield self._by_name(one, cell) if cell is not None else self._by_label(one)

    def _by_name(self, one: Wanted, cell: Position) -> Located:
        said = self._sheet.said(cell)
        if self._claims[self._anchor(cell)] > 1 or self._covers_label(cell):
            return _problem(one, "K255", cell)
        label = label_key(one.field.label)
        places = self._sheet.labels.get(label, [])
        before = self._sheet.label_before(cell)
        if before == label or (before is None and not places):
            return Located(one, Found.BY_NAME, said)
        answers = [self._sheet.beside(place) for place in places]
        if len(answers) == 1 and self._sheet.said(answers[0]).value == said.value:
            return Located(one, Found.BY_NAME, said)
        return _problem(one, "K251", cell, *answers)

    def _by_label(self, one: Wanted) -> Located:
        places = self._sheet.labels.get(label_key(one.field.label), [])
        if not places:
            return _problem(one, "K260" if one.field.readonly else "K252")
        place = self._own_place(one, places)
        if place is None:
            return _problem(one, "K253", *places)
        cell = self._sheet.beside(place)
        said = self._sheet.said(cell)
        if self._claims[self._anchor(cell)] or self._covers_label(cell):
            return _problem(one, "K251", cell)
        if said.value is None and (others := self._others_in_row(place)):
            return _problem(one, "K254", *others)
        return Located(one, Found.BY_LABEL, said)

    def _own_place(self, one: Wanted, places: Sequence[Position]) -> Position | None:
        """Return the label that is surely this answer's: the only one, or the block's where none is missing."""
        same = [other for other in self._wanted if other.field.name == one.field.name]
        named = [self._named[other.name] for other in same if other.name in self._named]
        free = [place for place in places if self._sheet.beside(place) not in named]
        unnamed = [other for other in same if other.name not in self._named]
        return free[unnamed.index(one)] if len(free) == len(unnamed) else None

    def _others_in_row(self, label: Position) -> list[Position]:
        """Return cells in a label's row beyond its empty answer cell that may hold the answer instead."""
        row = [cell for cell in self._sheet.grid.cells if cell[0] == label[0] and cell[1] > label[1]]
        return [cell for cell in row if is_typed(self._sheet, cell, self._plan)]

    def _covers_label(self, cell: Position) -> bool:
        merge = self._sheet.merge_at(cell)
        return merge is not None and any(
            within(place, merge) for places in self._sheet.labels.values() for place in places
        )

    def _anchor(self, cell: Position) -> Position:
        merge = self._sheet.merge_at(cell)
        return merge[0] if merge else cell


def _problem(one: Wanted, code: str, *cells: Position) -> Located:
    return Located(one, Found.NOT_FOUND, problem=code, cells=cells)

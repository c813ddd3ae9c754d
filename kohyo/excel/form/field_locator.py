"""Finding the fields of one sheet (欄の特定): by defined name, checked against the label, else by label.

Never by position alone, and never by guessing: where name and label name different cells that say different
things, the field is not read and a finding says where to look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from kohyo.definition.fields import FormField, form_fields
from kohyo.excel.form.form_grid import FormGrid, Said, label_key, within
from kohyo.excel.form.form_identifiers import NAME_PREFIX
from kohyo.excel.form.intact_sheet import in_order, is_intact
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import UNCALCULATED
from kohyo.model.answer_name import answer_name
from kohyo.model.codes import Code
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan
from kohyo.model.returned_book import Found
from kohyo.text.normalise import Key

NotLocated: TypeAlias = Literal[Code.K251, Code.K252, Code.K253, Code.K254, Code.K255, Code.K260, Code.K264]
"""Why an answer could not be located surely."""

NO_ANSWERS: Literal[Code.K252] = Code.K252
"""Code of a field whose answer cell is not on the sheet."""

_OF_A_LIST = frozenset({"select_one", "goal"})
"""Types of fields of whose answers no part is an answer."""


class Wanted(NamedTuple):
    """One answer that a sheet should hold: its name (with the block, ``issue_text.2``), its field and label."""

    name: str
    field: FormField
    label: Key


class Located(NamedTuple):
    """Where an answer was found, or why not: ``problem`` and ``cells`` are for one that was not.

    A ``covered`` answer stands in a merged range off its first cell, where nobody sees it.
    """

    wanted: Wanted
    found: Found
    said: Said | None = None
    problem: NotLocated = NO_ANSWERS
    cells: tuple[Position, ...] = ()
    covered: bool = False
    apart: tuple[Position, ...] = ()
    """What else somebody wrote in the row of an answer that was found."""


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def wanted_fields(plan: Plan, kind: str, blocks: int) -> tuple[Wanted, ...]:
    """Return what to look for on a sheet of a kind; ``blocks`` is 0 on a sheet that is not made of blocks."""
    fields = [(field, label_key(field.label)) for field in form_fields(plan, kind)]
    if not blocks:
        return tuple(Wanted(field.name, field, label) for field, label in fields)
    return tuple(
        Wanted(answer_name(field.name, block), field, label)
        for block in range(1, blocks + 1)
        for field, label in fields
    )


def count_blocks(sheet: FormGrid, wanted: Sequence[Wanted], blocks: int) -> int:
    """Return how many blocks a sheet holds: more than were printed only where every label was copied along."""
    counts = {len(sheet.labels.get(sought.label, ())) for sought in wanted}
    return max(blocks, counts.pop()) if len(counts) == 1 else blocks


class Locator:
    """Looks for the answers of one sheet; ``names`` are its defined names in lower case."""

    def __init__(self, sheet: FormGrid, names: Mapping[str, Position], wanted: Sequence[Wanted]) -> None:
        self._sheet = sheet
        self._wanted = wanted
        self._named = {
            sought.name: cell for sought in wanted if (cell := names.get(NAME_PREFIX + sought.name)) is not None
        }

    @cached_property
    def _unmerged(self) -> bool:
        """Whether no merged range lies among the answers and labels."""
        rows = [row for row, _ in (*self._named.values(), *self._sheet.label_cells)]
        return not self._sheet.has_merge_between(rows)

    @cached_property
    def _claims(self) -> Counter[Position]:
        """How many names lead to a cell."""
        return Counter([self._anchor(cell) for cell in self._named.values()])

    @cached_property
    def _labelled(self) -> Counter[Position]:
        """How many labels lead to a cell."""
        return Counter([self._anchor(self._sheet.answer_of(place)) for place in self._sheet.label_cells])

    def locate(self) -> tuple[Located, ...]:
        """Return every wanted answer in its order, found or not."""
        return self._as_printed if self._as_printed is not None else self.searched()

    @property
    def at_one_look(self) -> bool:
        """Whether the sheet is one on which nothing moved."""
        return self._as_printed is not None

    @cached_property
    def _as_printed(self) -> tuple[Located, ...] | None:
        """The answers where all stand as they went out."""
        if len(self._named) < len(self._wanted):
            return None
        cells = [self._named[sought.name] for sought in self._wanted]
        labels = [sought.label for sought in self._wanted]
        if not is_intact(self._sheet, list(zip(cells, labels, strict=True)), blocks="." in next(iter(self._named), "")):
            return None
        by_name, said = Found.BY_NAME, map(Said, cells, map(self._sheet.grid.cells.get, cells))
        return tuple(Located(sought, by_name, entry) for sought, entry in zip(self._wanted, said, strict=True))

    def searched(self) -> tuple[Located, ...]:
        """Return every wanted answer, looked for one by one."""
        found = [self._whole(self._one(sought)) for sought in self._wanted]
        gone = {place.cells[0][1] for place in found if place.problem == NO_ANSWERS and place.cells}
        return tuple(self._without_column(hit, gone) for hit in found)

    def _one(self, sought: Wanted) -> Located:
        cell = self._named.get(sought.name)
        return self._by_name(sought, cell) if cell is not None else self._by_label(sought)

    def _by_name(self, sought: Wanted, cell: Position) -> Located:
        said = self._sheet.said(cell)
        if self._is_shared(cell):
            return _problem(sought, Code.K255, *self._under(cell))
        places = self._sheet.labels.get(sought.label, [])
        before = self._sheet.label_before(cell)
        if before == sought.label and "." in sought.name and not self._blocks_in_order:
            return _problem(sought, Code.K253, cell)
        if before == sought.label or (before is None and not places):
            return self._unless_beside(sought, Found.BY_NAME, cell, said)
        answers = [self._sheet.answer_of(place) for place in places]
        if len(answers) == 1 and (other := self._sheet.said(answers[0])).value == said.value:
            return self._unless_beside(sought, Found.BY_NAME, answers[0], other)
        return _problem(sought, Code.K251, cell, *answers)

    def _by_label(self, sought: Wanted) -> Located:
        places = self._sheet.labels.get(sought.label, [])
        if not places:
            return _problem(sought, Code.K260 if sought.field.readonly else Code.K252)
        place = self._own_place(sought, places)
        if place is None:
            return _problem(sought, Code.K253, *map(self._sheet.answer_of, places))
        cell = self._sheet.answer_of(place)
        covered = self._under(place)[1:]
        if self._is_shared(cell) or covered:
            answers = (other for other in covered if other not in self._sheet.label_cells)
            return _problem(sought, Code.K255, *dict.fromkeys((*answers, *self._under(cell), *covered)))
        if self._claims[self._anchor(cell)]:
            return _problem(sought, Code.K251, cell)
        if self._sheet.is_remark(cell):
            return _problem(sought, NO_ANSWERS, cell)
        return self._unless_beside(sought, Found.BY_LABEL, cell, self._sheet.said(cell))

    def _unless_beside(self, sought: Wanted, found: Found, cell: Position, said: Said) -> Located:
        """Return what a cell says, unless it is empty and something stands to its right."""
        empty = said.value is None or (isinstance(said.value, str) and not said.value.strip())
        if empty and cell not in self._sheet.grid.notes and (others := self._instead_of(cell)):
            return _problem(sought, Code.K254, *others)
        return Located(sought, found, said, covered=said.value is not None and said.cell != self._anchor(said.cell))

    def _instead_of(self, cell: Position) -> list[Position]:
        """Return what stands to the right of an empty answer cell, comments included."""
        right = self._to_the_right(cell)
        if not right and not self._sheet.grid.comments:
            return right
        comments = [other for other in self._sheet.grid.comments if other[0] == cell[0] and other[1] > cell[1]]
        return sorted({*right, *(comments if cell not in self._claims else ())})

    def _whole(self, found: Located) -> Located:
        """Return an answer unless it goes on in neighbouring cells: text boxed in several is not taken in part."""
        if found.said is None or found.said.value is None or _is_surely_whole(found):
            return found
        parts = [*self._next_to(found.said.cell), *self._going_on_below(self._anchor(found.said.cell))]
        if parts:
            return _problem(found.wanted, Code.K264, found.said.cell, *parts)
        apart = self._to_the_right(found.said.cell)
        return found._replace(apart=tuple(apart)) if apart else found

    def _next_to(self, cell: Position) -> list[Position]:
        """Return what is written right beside an answer, or where the form's remarks stand."""
        others = self._to_the_right(cell)
        if not others:
            return []
        near = max({self._sheet.beside(cell)[1], *self._remark_columns})
        return others if any(column <= near for _, column in others) else []

    @cached_property
    def _remark_columns(self) -> Collection[int]:
        cells = (cell for cell in self._sheet.grid.cells if self._sheet.has_label(cell[0]))
        return {column for row, column in cells if self._sheet.is_remark((row, column))}

    def _going_on_below(self, cell: Position) -> list[Position]:
        """Return what is written right below an answer, in rows that have no label."""
        merge = self._sheet.merge_at(cell)
        row, parts = (merge[1][0] if merge else cell[0]) + 1, []
        while not self._sheet.has_label(row) and (place := (row, cell[1])) not in self._claims:
            if self._sheet.grid.notes.get(place) != UNCALCULATED and place not in self._stray.get(row, ()):
                break
            parts.append(place)
            row += 1
        return parts

    def _without_column(self, hit: Located, gone: Collection[int]) -> Located:
        """Return an answer as not found where the column of answers is gone and remarks stand in its place."""
        if hit.found is Found.BY_LABEL and hit.said and hit.said.cell[1] in gone:
            return _problem(hit.wanted, NO_ANSWERS, hit.said.cell)
        return hit

    def _own_place(self, sought: Wanted, places: Sequence[Position]) -> Position | None:
        """Return the label that is surely this answer's: the only one, or the block's where none is missing."""
        same = [other for other in self._wanted if other.field.name == sought.field.name]
        named = [self._named[other.name] for other in same if other.name in self._named]
        free = [place for place in places if self._sheet.answer_of(place) not in named]
        unnamed = [other for other in same if other.name not in self._named]
        in_order = len(places) == 1 or self._blocks_in_order
        return free[unnamed.index(sought)] if len(free) == len(unnamed) and in_order else None

    @cached_property
    def _blocks_in_order(self) -> bool:
        """Whether the labels stand as they were printed, block by block, so that each is surely of its block."""
        return in_order(self._sheet.labels, [sought.label for sought in self._wanted])

    def _to_the_right(self, cell: Position) -> list[Position]:
        """Return what somebody wrote to the right of an answer cell, in the same row."""
        others = self._stray.get(cell[0])
        if not others:
            return []
        return [other for other in others if other >= self._sheet.beside(cell)]

    @cached_property
    def _stray(self) -> Mapping[int, Sequence[Position]]:
        """What stands outside the named cells and is none of the form's remarks, by row from left to right."""
        stray: dict[int, list[Position]] = defaultdict(list)
        for cell in self._sheet.foreign(cell for cell in self._sheet.grid.cells if cell not in self._claims):
            stray[cell[0]].append(cell)
        return dict(stray)

    def _is_shared(self, cell: Position) -> bool:
        """Tell whether a cell is merged with another answer or with a label."""
        anchor = self._anchor(cell)
        return self._claims[anchor] > 1 or self._labelled[anchor] > 1 or self._covers_label(cell)

    def _under(self, cell: Position) -> tuple[Position, ...]:
        """Return a cell and every filled one that its merge covers."""
        merge = self._sheet.merge_at(cell)
        covered = [other for other in self._sheet.grid.cells if merge and within(other, merge) and other != cell]
        return (cell, *sorted(covered))

    def _covers_label(self, cell: Position) -> bool:
        merge = self._sheet.merge_at(cell)
        return merge is not None and any(within(place, merge) for place in self._sheet.label_cells)

    def _anchor(self, cell: Position) -> Position:
        if self._unmerged:
            return cell
        merge = self._sheet.merge_at(cell)
        return merge[0] if merge else cell


def _is_surely_whole(found: Located) -> bool:
    """Tell whether an answer is complete by itself, whatever stands beside it: a choice, the one sign of a tick."""
    type_ = found.wanted.field.type
    return type_ in _OF_A_LIST or (
        type_ == "tick" and found.said is not None and len(str(found.said.value).strip()) == 1
    )


def _problem(sought: Wanted, code: NotLocated, *cells: Position) -> Located:
    return Located(sought, Found.NOT_FOUND, problem=code, cells=cells)

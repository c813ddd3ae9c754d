"""The rows of a plainly spelled sheet (ふつうに書かれた行), read in one pass: their texts, and the tags between them.

The sheets of a round are alike but for their texts: what their tags say is worked out once for all that have the same,
and else tag by tag (``row_tags``). So every letter of the rows is looked at, and few of them more than once. Only what
``plain_spelling`` knows is understood, cells and rows in ascending order alone: of anything else there is no reading
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, overload

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.chosen import Chosen, chosen
from kohyo.excel.ooxml.plain_spelling import NO_ROWS, VALUES
from kohyo.excel.ooxml.row_tags import FINISH, Head, Spelled, Tags, understood


class Rows(NamedTuple):
    """The cells of a sheet that hold something, in order; how many cells it spells; which rows are hidden, from 0."""

    cells: Sequence[Spelled]
    total: int
    hidden: frozenset[int]


class Layout:
    """What the tags of a sheet say (割付け): its cells, and which text is the value of each."""

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.formulas: list[bool] = []
        self.values: list[int] = []
        """The number of a text, ``EMPTY`` or ``_NOTHING`` of a cell without one."""
        self.inline: list[tuple[int, str]] = []
        """Cells whose text stands in them, by their place among the cells, and the tag before it."""
        self.checked: dict[str, list[int]] = {kind: [] for kind in VALUES}
        """The texts that must have the form of a type."""
        self.hidden: list[int] = []
        self.count = 0
        self.by_styles: dict[int, tuple[Any, ...]] = {}
        """What was worked out of it for the styles of a workbook (``laid_cells``)."""

    def without_text(self, tags: Tags, ended: Head | None) -> None:
        """Take what tags say of cells that have no text, the first of which may be one whose formula has just ended."""
        if tags.closes == "f" and ended:
            self._add(ended, EMPTY if tags.unused[0] else _NOTHING, formula=True)
        for head, formula, value in tags.unused[1]:
            self._add(head, _NOTHING if value is None else EMPTY, formula=formula)
        self.hidden += tags.unused[2]
        self.count += tags.cells

    def with_text(self, head: Head, number: int, *, formula: bool, before: str) -> None:
        """Take a cell whose value is the text of this number; ``before`` is its tag where it stands in the cell."""
        self._add(head, number, formula=formula)
        if before:
            self.inline.append((len(self.heads) - 1, before))
        elif head.type in self.checked:
            self.checked[head.type].append(number)

    @cached_property
    def _choose(self) -> Chosen[str | None]:
        return chosen(self.values)

    @cached_property
    def _checks(self) -> list[tuple[Callable[[str], object], Chosen[str | None]]]:
        """What looks at the texts of each type that must have a form, and which those are."""
        return [(_ALL_OF[kind].fullmatch, chosen(numbers)) for kind, numbers in self.checked.items() if numbers]

    def _add(self, head: Head, value: int, *, formula: bool) -> None:
        self.heads.append(head)
        self.formulas.append(formula)
        self.values.append(value)

    def read(self, texts: list[str | None]) -> Rows | None:
        """Return the rows with their texts; None where one is no value of its type."""
        for is_value, numbers in self._checks:
            if not is_value("<".join(numbers(texts))):  # type: ignore[arg-type] # they are texts
                return None
        texts += _WITHOUT_TEXT
        values: Sequence[str | None] = self._choose(texts)
        if self.inline:
            values = list(values)
            for place, before in self.inline:
                values[place] = f"{before}{values[place]}</t>"
        return Rows(LaidCells(self, values), self.count, frozenset(self.hidden))


class LaidCells(Sequence[Spelled]):
    """Cells whose tags are those of a layout, with their values."""

    def __init__(self, layout: Layout, values: Sequence[str | None]) -> None:
        self.layout = layout
        self.values = values

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> Spelled: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Spelled]: ...

    def __getitem__(self, place: int | slice) -> Spelled | Sequence[Spelled]:
        return list(self)[place]

    def __iter__(self) -> Iterator[Spelled]:
        return zip(self.layout.heads, self.layout.formulas, self.values, strict=True)


_TEXT = re.compile(r">([^<]+)<")
_RESULT = "/f><v"
_BEGINNING: Position = (-1, -1)
_WITHOUT_TEXT, EMPTY, _NOTHING = ("", None), -2, -1
_ALL_OF = {kind: re.compile(f"{one}(?:<{one})*+") for kind, one in VALUES.items()}
"""Values of a type, one after another: no text has a ``<`` in it."""

_KEPT, _LONGEST = 256, 100_000
"""Layouts that are kept, and the most letters that the rows of such a sheet have: a form's have a third."""


def read_rows(rows: str) -> Rows | None:
    """Return what ``<sheetData>`` holds; None where it is not plainly spelled, or not in order."""
    if rows == NO_ROWS:
        return Rows((), 0, frozenset())
    pieces = _TEXT.split(rows)
    tags = tuple(pieces[::2])
    layout = _kept(tags) if len(rows) <= _LONGEST else _laid_out(tags)
    return layout.read(pieces[1::2]) if layout else None


def _laid_out(every: tuple[str, ...]) -> Layout | None:
    """Return what the tags between the texts of a sheet say, None where they are not plain or not in order."""
    layout = Layout()
    last, opened, before = _BEGINNING, "", ""
    head: Head | None = None
    formula = False
    for number, between in enumerate(every):
        if between == _RESULT and opened == "f":
            opened, formula = "v", True
        else:
            tags = understood(between)
            if tags is None or tags.closes != opened or not _follows(tags, last):
                return None
            layout.without_text(tags, head)
            last, opened, head, formula, before = tags.last or last, tags.opens, tags.head, tags.formula, tags.before
        if opened in ("v", "t") and head:
            layout.with_text(head, number, formula=formula, before=before)
    return layout if opened == FINISH else None


def _follows(tags: Tags, last: Position) -> bool:
    """Tell whether the rows and cells of tags stand behind ``last``, the first cell in the row that is still open."""
    return (tags.first is None or tags.first > last) and tags.inside in (-1, last[0])


_kept = lru_cache(maxsize=_KEPT)(_laid_out)

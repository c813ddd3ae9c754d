"""What the cells of a known layout hold (割付けの分かったセル): what its tags say of them is worked out once.

Their values are read kind by kind. What ``stored_cells`` finds cell by cell is the same; it reads the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, repeat
from operator import ne
from typing import NamedTuple

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.cell_styles import CellStyle
from kohyo.excel.ooxml.chosen import Chosen, chosen
from kohyo.excel.ooxml.plain_rows import EMPTY, LaidCells, Layout
from kohyo.excel.ooxml.row_tags import Head, Spelled
from kohyo.excel.ooxml.spelled_texts import SIGNS, result_text
from kohyo.excel.ooxml.stored_cells import (
    FORMULA,
    UNCALCULATED,
    Cells,
    Shared,
    Stored,
    moment_of,
    number_of,
    read_cells,
)

_KEPT = 8
"""Sets of styles for which a layout is kept."""


class _Kinds(NamedTuple):
    """The cells of a layout that hold something, by what they hold: each by its place among all cells."""

    texts: Chosen[str]
    results: Chosen[str]
    numbers: Chosen[str]
    moments: tuple[tuple[int, str], ...]
    """With the kind of moment that their style shows."""
    cells: tuple[Position, ...]
    """In reading order."""
    among: Chosen[Stored]
    """What takes their values in that order, where they stand kind by kind."""
    notes: dict[Position, str]
    styles: dict[Position, CellStyle]
    moment_cells: tuple[Position, ...]
    number_cells: tuple[Position, ...]


def cells_of(spelled: Sequence[Spelled], shared: Shared, sheet: str) -> Cells:
    """Return what cells hold, which come in order; raise RefusedError for what has no value (K143, K144, K145)."""
    kinds = _kinds(spelled.layout, shared) if isinstance(spelled, LaidCells) else None
    if kinds is None or not isinstance(spelled, LaidCells):
        return read_cells(spelled, shared, sheet)
    values: Sequence[str] = spelled.values  # type: ignore[assignment] # only those are looked at that are texts
    numbers = list(map(int, kinds.texts(values)))
    if numbers and not _are_simple(numbers, shared):
        return read_cells(spelled, shared, sheet)
    every: list[Stored] = list(map(shared.texts.__getitem__, numbers))
    every += _results(kinds.results(values))
    every += map(number_of, kinds.numbers(values))
    every += [moment_of(float(values[at]), kind, shared) for at, kind in kinds.moments]
    in_order = kinds.among(every)
    filled: Iterable[tuple[Position, Stored]] = zip(kinds.cells, in_order, strict=True)
    if "" in in_order:  # a shared text of no letters is none
        filled = compress(filled, map(ne, in_order, repeat("")))
    held = dict(filled)
    return Cells(held, kinds.notes, kinds.styles, {}, list(kinds.moment_cells), list(kinds.number_cells))


def _are_simple(numbers: Sequence[int], shared: Shared) -> bool:
    """Tell whether these shared texts are all there, and none is struck through in part."""
    return max(numbers) < len(shared.texts) and not (shared.struck and shared.struck.keys() & numbers)


def _results(spelled: Sequence[str]) -> Sequence[str]:
    """Return the texts that formulas yield."""
    every = "<".join(spelled)
    return list(map(result_text, spelled)) if any(sign in every for sign in SIGNS) else spelled


def _kinds(layout: Layout, shared: Shared) -> _Kinds | None:
    """Return the cells of a layout by kind; None where some are of a kind that is read cell by cell."""
    kept = layout.by_styles
    known = kept.get(id(shared.styles))
    if known is not None and known[0] is shared.styles and known[1] is shared.moments:
        return known[2]  # type: ignore[no-any-return] # what is put there below
    if len(kept) >= _KEPT:
        kept.clear()
    kinds = _sorted_out(layout, shared.styles, shared.moments)
    kept[id(shared.styles)] = shared.styles, shared.moments, kinds
    return kinds


def _sorted_out(layout: Layout, styles: Mapping[int, CellStyle], moments: Mapping[int, str]) -> _Kinds | None:
    filled = [(at, head) for at, (head, text) in enumerate(zip(layout.heads, layout.values, strict=True)) if text >= 0]
    if any(head.type not in ("s", "str", "n") for head in layout.heads):
        return None
    kinds = [_kind(head, moments) for _, head in filled]
    ranked = sorted(range(len(filled)), key=lambda place: kinds[place])
    among = {filled[place][0]: rank for rank, place in enumerate(ranked)}

    def of(kind: int) -> tuple[int, ...]:
        return tuple(at for (at, _), found in zip(filled, kinds, strict=True) if found == kind)

    return _Kinds(
        texts=chosen(of(_TEXT)),
        results=chosen(of(_RESULT)),
        numbers=chosen(of(_NUMBER)),
        moments=tuple((at, moments[layout.heads[at].style]) for at in of(_MOMENT)),
        cells=tuple(head.cell for _, head in filled),
        among=chosen([among[at] for at, _ in filled]),
        notes=_notes(layout),
        styles={head.cell: styles[head.style] for _, head in filled if head.style in styles},
        moment_cells=tuple(layout.heads[at].cell for at in of(_MOMENT)),
        number_cells=tuple(layout.heads[at].cell for at in of(_NUMBER)),
    )


_TEXT, _RESULT, _NUMBER, _MOMENT = range(4)


def _kind(head: Head, moments: Mapping[int, str]) -> int:
    if head.type == "n":
        return _MOMENT if head.style in moments else _NUMBER
    return _TEXT if head.type == "s" else _RESULT


def _notes(layout: Layout) -> dict[Position, str]:
    """Return which cells have a formula: with a result, or with none."""
    cells = zip(layout.heads, layout.formulas, layout.values, strict=True)
    return {
        head.cell: FORMULA if text >= 0 or (text == EMPTY and head.type == "str") else UNCALCULATED
        for head, formula, text in cells
        if formula
    }

"""A workbook as found (読み取ったままのブック): values with their true places, names, comments, what cells hide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from kohyo.excel.ooxml.cell_reference import Position, position
from kohyo.excel.ooxml.cell_styles import Styles, read_styles
from kohyo.excel.ooxml.defined_names import Names
from kohyo.excel.ooxml.fast_scan import Scan
from kohyo.excel.ooxml.laid_cells import cells_of
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.safety_check import Inspected
from kohyo.excel.ooxml.shown_cells import faces_of
from kohyo.excel.ooxml.spelled_texts import shared_texts, struck_texts
from kohyo.excel.ooxml.stored_cells import ERROR, FORMULA, UNCALCULATED, Cells, Shared, Stored
from kohyo.excel.ooxml.workbook_structure import (
    Drawing,
    SheetEntry,
    Structure,
    read_comments,
    read_drawings,
    read_properties,
    read_structure,
)
from kohyo.model.codes import Code
from kohyo.model.face import Face
from kohyo.model.value import RawValue

__all__ = ["ERROR", "FORMULA", "UNCALCULATED", "Merge", "RawBook", "RawGrid", "read_book"]

_P = TypeVar("_P")
Merge = tuple[Position, Position]
"""First and last cell of a merged range."""

_MIDNIGHT = time()
_KEPT, _RECURRING = 256, 1_000
"""Sheets whose merged ranges are kept, and the most of them: they are the same in every return of a round."""

_NO_FACES: Mapping[Position, Face] = MappingProxyType({})


class RawGrid(NamedTuple):
    """One sheet: cells that hold something, by row and column from 0; ``notes`` are what a value does not show.

    The cells come in reading order, row by row from left to right.
    """

    name: str
    visibility: str
    cells: Mapping[Position, RawValue]
    merges: tuple[Merge, ...]
    notes: Mapping[Position, str]
    comments: Mapping[Position, str]
    faces: Mapping[Position, Face] = _NO_FACES
    """What cells show that hold something else."""
    drawings: tuple[Drawing, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden, in whichever way."""
        return self.visibility != "visible"

    def conceals(self, cell: Position) -> bool:
        """Tell whether the row or the column of a cell is hidden."""
        return cell[0] in self.hidden_rows or cell[1] in self.hidden_columns


class RawBook(NamedTuple):
    """A whole workbook: its sheets in order, the defined names of cells, and its custom properties."""

    grids: tuple[RawGrid, ...]
    names: Names
    properties: Mapping[str, str]
    date1904: bool

    def names_on(self, sheet: str) -> Mapping[str, Position]:
        """Return the names in lower case that point at cells of ``sheet``."""
        return self.names.get(sheet, {})


def read_book(inspected: Inspected) -> RawBook:
    """Read a workbook that passed the safety pass; raise RefusedError when it cannot be read surely."""
    structure = read_structure(inspected.trees)
    sheets = _worksheets(structure, inspected)
    shared = _shared(structure, inspected)
    grids = tuple(_grid(entry, scan, inspected, shared) for entry, scan in sheets)
    return RawBook(grids, structure.names, read_properties(inspected.trees), structure.date1904)


def _worksheets(structure: Structure, inspected: Inspected) -> list[tuple[SheetEntry, Scan]]:
    """Return the sheets that hold cells; refuse a book that lists one it does not hold, or two of one name."""
    listed = [entry for entry in structure.sheets if entry.kind == "worksheet"]
    if not listed:
        raise RefusedError(Code.K141)
    if len({entry.name for entry in structure.sheets}) != len(structure.sheets):
        raise RefusedError(Code.K144, len(listed))
    for entry in listed:
        if entry.part not in inspected.sheets:
            raise RefusedError(Code.K144, sheet=entry.name)
    return [(entry, inspected.sheets[entry.part]) for entry in listed]


def _shared(structure: Structure, inspected: Inspected) -> Shared:
    """Return what the sheets share: texts and styles."""
    texts, part = _part(structure.texts, inspected.texts), _part(structure.styles, inspected.styles)
    content = texts.content if texts is not None else ""
    styles = read_styles(part) if part is not None else Styles({}, {})
    return Shared(shared_texts(content), struck_texts(content), styles.that_matter, styles.moments, structure.date1904)


def _grid(entry: SheetEntry, scan: Scan, inspected: Inspected, shared: Shared) -> RawGrid:
    cells = cells_of(scan.spelled, shared, entry.name)
    return RawGrid(
        name=entry.name,
        visibility=entry.visibility,
        cells=_as_seen(cells),
        merges=(_kept_merges if len(scan.merges) <= _RECURRING else _merges)(scan.merges),
        notes=cells.notes,
        comments=read_comments(inspected.trees, entry.part),
        faces=faces_of(cells, scan.columns),
        drawings=read_drawings(inspected.trees, entry.part),
        hidden_rows=scan.hidden_rows,
        hidden_columns=frozenset(column for column, width in scan.columns.items() if not width),
    )


def _part(name: str, parts: Mapping[str, _P]) -> _P | None:
    """Return the part that the workbook names, None where it names none or one that there is not."""
    return parts.get(name) if name else None


def _merges(spelled: tuple[str, ...]) -> tuple[Merge, ...]:
    return tuple(map(_merge, spelled))


def _merge(spelled: str) -> Merge:
    first, _, last = spelled.partition(":")
    return position(first), position(last or first)


def _as_seen(cells: Cells) -> dict[Position, RawValue]:
    seen: dict[Position, Any] = cells.held if not cells.moments else dict(cells.held)
    seen.update((cell, _plain(seen[cell])) for cell in cells.moments)
    return seen


def _plain(value: Stored) -> RawValue:
    """Return a value as people see it: days without midnight, hours as text."""
    if isinstance(value, datetime):
        return value.date() if value.time() == _MIDNIGHT else value
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return str(value) if isinstance(value, timedelta) else value


_kept_merges = lru_cache(maxsize=_KEPT)(_merges)

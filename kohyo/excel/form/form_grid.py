"""A sheet of a form with its merges and labels (結合と見出し), so that a cell can be asked what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from kohyo.excel.form.form_vocabulary import Printed
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import ERROR, Merge, RawGrid
from kohyo.model.value import RawValue
from kohyo.text.normalise import Key, key

_MOST, _SHARE = 5, 0.5
"""Of so many answers, and of this share of the labels, before a column counts as that of the answers."""


class Said(NamedTuple):
    """What a cell says: the cell that really holds the value (within a merge it may be another), and the value."""

    cell: Position
    value: RawValue


def label_key(text: str) -> Key:
    """Return a label's comparable form, without the mark of required fields (＊)."""
    return _kept(text) if len(text) <= _RECURRING else _label_key(text)


def _label_key(text: str) -> Key:
    return Key(key(text).strip("*"))


_RECURRING = 200
_kept = lru_cache(maxsize=8192)(_label_key)


class FormGrid:
    """One sheet, read under the labels of one sheet kind, on a form that prints ``printed`` besides."""

    def __init__(self, grid: RawGrid, labels: Iterable[Key], printed: Printed) -> None:
        self.grid = grid
        self._printed = printed
        self.labels = self._find_labels(frozenset(labels))
        """Where each label stands, from top to bottom."""
        self._label_at = {cell: label for label, cells in self.labels.items() for cell in cells}
        self.label_in_row = {row: (column, label) for (row, column), label in self._label_at.items()}
        """The column and the label that stand in a row."""
        self._errors = (
            {cell for cell, note in grid.notes.items() if note == ERROR} if ERROR in grid.notes.values() else set()
        )

    @property
    def label_cells(self) -> Mapping[Position, Key]:
        """Where labels stand, and which."""
        return self._label_at

    def foreign(self, cells: Iterable[Position]) -> list[Position]:
        """Return those of the filled ``cells`` beside the answers that hold what somebody wrote.

        An error is written by nobody.
        """
        is_foreign, values, errors = self._printed.is_foreign, self.grid.cells, self._errors
        return [
            cell
            for cell in cells
            if (not isinstance(value := values[cell], str) or is_foreign(value)) and cell not in errors
        ]

    def is_typed(self, cell: Position) -> bool:
        """Tell whether a cell anywhere holds what somebody wrote and the form prints nowhere."""
        return cell not in self._errors and self._printed.is_typed(str(self.grid.cells.get(cell, "")))

    def is_remark(self, cell: Position) -> bool:
        """Tell whether a cell holds what the form itself says beside an answer."""
        text = self.grid.cells.get(cell)
        return isinstance(text, str) and self._printed.is_remark(text)

    def has_label(self, row: int) -> bool:
        """Tell whether a label stands in a row."""
        return row in self.label_in_row

    def label_before(self, cell: Position) -> Key | None:
        """Return the label to the left of ``cell`` in its row."""
        column, label = self.label_in_row.get(cell[0], (cell[1], None))
        return label if column < cell[1] else None

    def beside(self, cell: Position) -> Position:
        """Return the cell to the right of ``cell``, of a merged one to the right of the whole."""
        merge = self.merge_at(cell)
        return (cell[0], (merge[1][1] if merge else cell[1]) + 1)

    def answer_of(self, label: Position) -> Position:
        """Return the answer cell of a label: the one beside it, or beyond the columns that somebody inserted."""
        row, column = self.beside(label)
        return row, column + self._inserted

    @cached_property
    def _inserted(self) -> int:
        """How many empty columns stand between the labels and the answers of the whole sheet.

        Columns were inserted where nothing stands beside any label, and answers, not the form's own remarks, fill the
        next column with anything in it in most rows.
        """
        beside = {label[0]: self.beside(label)[1] for label in self._label_at}
        held = self.grid.cells
        if any((row, column) in held and not self.is_remark((row, column)) for row, column in beside.items()):
            return 0
        right: Counter[int] = Counter()
        for row, column in self.grid.cells:
            if row in beside and column >= beside[row] and not self.is_remark((row, column)):
                right[column - beside[row]] += 1
        first = min(right, default=0)
        return first if first and right[first] >= max(_MOST, len(beside) * _SHARE) else 0

    def merge_at(self, cell: Position) -> Merge | None:
        """Return the merged range that ``cell`` lies in."""
        first, last = self._merged_rows
        if not first <= cell[0] <= last:
            return None
        return next((merge for merge in self.grid.merges if within(cell, merge)), None)

    def has_merge_between(self, rows: Sequence[int]) -> bool:
        """Tell whether a merge touches the rows from the first to the last of ``rows``."""
        first, last = min(rows, default=0), max(rows, default=0)
        return any(top <= last and bottom >= first for (top, _), (bottom, _) in self.grid.merges)

    @cached_property
    def _merged_rows(self) -> tuple[int, int]:
        """The first and the last row with a merge: on a form as it went out the head alone has one."""
        merges = self.grid.merges
        return min((top for (top, _), _ in merges), default=0), max((bottom for _, (bottom, _) in merges), default=-1)

    def said(self, cell: Position) -> Said:
        """Return what an answer cell says; of a merge its first cell, or the only other that holds something."""
        merge = self.merge_at(cell)
        if merge is None:
            return Said(cell, self.grid.cells.get(cell))
        if merge[0] in self.grid.cells:
            return Said(merge[0], self.grid.cells[merge[0]])
        filled = [place for place in self.grid.cells if within(place, merge)]
        return Said(filled[0], self.grid.cells[filled[0]]) if len(filled) == 1 else Said(merge[0], None)

    def _find_labels(self, known: frozenset[Key]) -> Mapping[Key, list[Position]]:
        """Find labels: in the column where most stand; elsewhere an answer or a note may say the same words."""
        found = list(self._first_in_rows(known))
        columns = Counter(column for (_, column), _ in found)
        most = min(columns, key=lambda column: (-columns[column], column), default=0)
        labels: dict[Key, list[Position]] = defaultdict(list)
        for cell, label in found:
            if cell[1] == most:
                labels[label].append(cell)
        return labels

    def _first_in_rows(self, known: frozenset[Key]) -> Iterator[tuple[Position, Key]]:
        labelled = -1
        for cell, value in self.grid.cells.items():
            if cell[0] == labelled or not isinstance(value, str):
                continue
            label = _kept(value) if len(value) <= _RECURRING else _label_key(value)
            if label in known:
                labelled = cell[0]
                yield cell, label


def within(cell: Position, merge: Merge) -> bool:
    """Tell whether ``cell`` lies in the merged range."""
    (top, left), (bottom, right) = merge
    return top <= cell[0] <= bottom and left <= cell[1] <= right

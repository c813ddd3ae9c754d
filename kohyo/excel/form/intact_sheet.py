"""A sheet on which nothing moved (欄の動いていない個票): every answer is where its name says, beside its label.

Nearly every returned sheet is one. It is seen at one look; ``field_locator`` finds the same on it, at much more work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kohyo.excel.form.form_grid import FormGrid
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import UNCALCULATED
from kohyo.text.normalise import Key


def is_intact(sheet: FormGrid, answers: Sequence[tuple[Position, Key]], *, blocks: bool) -> bool:
    """Tell whether each of the answer cells surely is its label's alone, and nothing stands beside or below it.

    ``answers`` are the named cells of all fields of a sheet with their labels, ``blocks`` whether it is made of
    blocks. There is no comment on such a sheet and no merged range among its answers, to the right of each of which
    only the form's own remarks stand.
    """
    grid = sheet.grid
    columns = {row: column for (row, column), _ in answers}
    if grid.comments or len(columns) != len(answers) or not _are_labelled(sheet, answers):
        return False
    if sheet.has_merge_between([*columns, *(row for row, _ in sheet.label_cells)]):
        return False
    if blocks and not in_order(sheet.labels, [label for _, label in answers]):
        return False
    beside = [cell for cell in grid.cells if cell[0] in columns and cell[1] > columns[cell[0]]]
    return not sheet.foreign(beside) and not _goes_on_below(sheet, columns)


def _are_labelled(sheet: FormGrid, answers: Sequence[tuple[Position, Key]]) -> bool:
    """Tell whether to the left of each answer its label stands."""
    labels, nothing = sheet.label_in_row, (0, None)
    for (row, column), label in answers:
        place, found = labels.get(row, nothing)
        if found != label or place >= column:
            return False
    return True


def in_order(labels: Mapping[Key, Sequence[Position]], wanted: Sequence[Key]) -> bool:
    """Tell whether labels stand as they were printed, block by block, so that each is surely of its block."""
    standing = [(place, label) for label in set(wanted) for place in labels.get(label, ())]
    return [label for _, label in sorted(standing)] == wanted


def _goes_on_below(sheet: FormGrid, columns: Mapping[int, int]) -> bool:
    """Tell whether anything stands right below an answer in a row that has no label and no answer there."""
    labels = sheet.label_in_row
    for row, column in columns.items():
        if row + 1 in labels or columns.get(row + 1) == column:
            continue
        below = (row + 1, column)
        if below in sheet.grid.cells or sheet.grid.notes.get(below) == UNCALCULATED:
            return True
    return False

"""What somebody wrote outside the answer cells (欄の外の記入)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from kohyo.excel.form.form_grid import FormGrid
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.text.normalise import Key, key

_FEW = 3  # labels at least, for their column to be that of a form


def leftovers(
    sheet: FormGrid, used: Mapping[Position, bool], own: Collection[Key], fields: int = _FEW
) -> list[Position]:
    """Return cells in order that hold what neither the form prints nor an answer says.

    ``used`` are the cells already spoken of, and whether each is an answer's; ``own`` are texts that the head
    repeats, ``fields`` how many the sheet asks for. Below the head, the form prints labels in their column and remarks
    elsewhere; in the column of the answers nothing is its own. Where labels are too few to be a form's, an answer may
    read like one.
    """
    cells = sheet.grid.cells
    answered = [cell for cell, is_answer in used.items() if is_answer]
    head = min((row for row, _ in sheet.label_cells or answered), default=0)
    is_labelled = len(sheet.label_cells) >= min(_FEW, max(fields, 1))
    labels = {column for _, column in sheet.label_cells} if is_labelled else set()
    answers = _column_of_answers(sheet, used)
    found: list[Position] = []
    beside: list[Position] = []
    spoken_of = used.keys() | sheet.label_cells.keys() if is_labelled else used.keys()
    for cell in [cell for cell in cells if cell not in spoken_of]:
        if cell in sheet.label_cells:
            strange = True
        elif cell[0] < head:
            by_hand = cell not in sheet.grid.notes and key(cells[cell]) not in own
            strange = by_hand and sheet.is_typed(cell)
        elif cell[1] == answers:
            strange = bool(str(cells[cell]).strip())
        elif cell[1] in labels:
            strange = sheet.is_typed(cell)
        else:
            beside.append(cell)
            continue
        if strange:
            found.append(cell)
    return sorted(found + sheet.foreign(beside))


def _column_of_answers(sheet: FormGrid, used: Mapping[Position, bool]) -> int | None:
    """Return the column in which most answers were found, else the one beside most labels."""
    columns = Counter([column for (_, column), is_answer in used.items() if is_answer])
    columns = columns or Counter([sheet.answer_of(cell)[1] for cell in sheet.label_cells])
    return columns.most_common(1)[0][0] if columns else None

"""What stands outside the answers of a form (欄の外): findings up to a number, and all of it as notes (連絡メモ)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kohyo.excel.form.field_locator import Located
from kohyo.excel.form.form_grid import FormGrid
from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.raw_book import RawGrid
from kohyo.excel.ooxml.workbook_structure import Drawing
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.note import Note, NoteKind
from kohyo.model.raised import finding_of
from kohyo.returns.parse_value import as_typed

_SHOWN = 20


def drawn_words(drawing: Drawing) -> str:
    """Return what a drawing over the cells says, named as such."""
    if not drawing.text:
        return wording("finding.drawing.picture")
    return wording("finding.drawing.text", text=drawing.text)


def _place_of(drawing: Drawing, answers: Collection[Position]) -> Position:
    """Return the cell that a drawing is about: the first answer that it covers, else its first cell."""
    return min((cell for cell in answers if drawing.covers(cell)), default=drawing.first)


@dataclass
class OutsideAnswers:
    """Collects what is written on one sheet besides its answers."""

    grid: RawGrid
    place: Place
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def written(self, cells: Iterable[Position]) -> None:
        """Take what stands outside the answers: one finding a cell up to a number, then how many more; a note each."""
        every = list(cells)
        for cell in every[:_SHOWN]:
            self.findings.append(finding_of(Code.K256, self._at(cell), value=str(self.grid.cells[cell])))
        if rest := every[_SHOWN:]:
            self.findings.append(finding_of(Code.K257, self._at(rest[0]), value=str(len(rest))))
        self.notes += [self._note(NoteKind.OUTSIDE, cell) for cell in every]

    def comments(self, answers: Sequence[Located] = ()) -> None:
        """Take the comments; those on answer cells belong to their fields, which tell them themselves."""
        labels = {entry.said.cell: entry.wanted.field.register_label for entry in answers if entry.said is not None}
        drawn = [(_place_of(drawing, labels), drawn_words(drawing)) for drawing in self.grid.drawings]
        for cell, text in sorted((*self.grid.comments.items(), *drawn)):
            self.notes.append(Note(NoteKind.COMMENT, self._at(cell), text, labels.get(cell, "")))
            if cell not in labels:
                self.findings.append(finding_of(Code.K262, self._at(cell), value=text))

    def unread(self, sheet: FormGrid, answers: Iterable[Located]) -> None:
        """Take what was written for fields that could not be located surely; other words tell why."""
        for entry in answers:
            if entry.said is not None:
                continue
            cells = (cell for cell in entry.cells if cell in self.grid.cells)
            label = entry.wanted.field.register_label
            self.notes += [self._note(NoteKind.UNREAD, cell, label) for cell in sheet.foreign(cells)]

    def page(self) -> None:
        """Take a whole sheet that is none of the form's (別紙), row by row."""
        if self.grid.cells or self.grid.drawings:
            self.findings.append(finding_of(Code.K258, self.place))
            rows = groupby(self.grid.cells.items(), key=lambda entry: entry[0][0])
            joiner = wording("finding.page.cells")
            lines = [joiner.join(as_typed(value) for _, value in cells) for _, cells in rows]
            text = "\n".join((*lines, *map(drawn_words, self.grid.drawings)))
            self.notes.append(Note(NoteKind.PAGE, self.place, text))

    def _note(self, kind: NoteKind, cell: Position, label: str = "") -> Note:
        return Note(kind, self._at(cell), as_typed(self.grid.cells[cell]), label)

    def _at(self, cell: Position) -> Place:
        return self.place._replace(cell=a1(*cell))

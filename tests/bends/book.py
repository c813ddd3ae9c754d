"""A workbook in memory that can be bent as people bend it in Excel: names, merges and comments follow their cells.

Every cell knows which answer a person means by it, so that after any number of bends a test can tell what a
careful reader would have to find, and where.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from enum import Enum

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.model.value import FieldValue, RawValue

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

LABEL, ANSWER, REMARK = range(3)


@dataclass(frozen=True)
class Meant:
    """What a person means by a cell: the answer to ``field`` of the sheet that bore ``control``, or a memo (none)."""

    control: str
    field: str
    value: FieldValue = None
    copied: bool = False


class Look(Enum):
    """How a cell is painted."""

    PLAIN = "as it is"
    PERCENT = "in per cent"
    ZEROS = "with zeros in front"
    STRUCK = "struck through"
    WHITE = "in white"
    NOTHING = "in a format that hides"

    @property
    def unseen(self) -> bool:
        """Whether nobody sees anything."""
        return self in (Look.WHITE, Look.NOTHING)


@dataclass
class Cell:
    """A cell: its value (of a formula the stored result), its formula, whether it is an error, what is meant.

    Of a struck cell so many letters at the beginning are ``struck`` through, or all of it where there are none;
    ``unstruck`` is what was meant before all of it was.
    """

    value: RawValue
    formula: str = ""
    error: bool = False
    meant: Meant | None = None
    look: Look = Look.PLAIN
    struck: int = 0
    unstruck: Meant | None = None


@dataclass
class Comment:
    """A comment beside a cell; ``meant`` as of a cell."""

    text: str
    meant: Meant | None = None


@dataclass
class Page:
    """One sheet; ``control`` is the number it went out with, empty for a sheet that bore none."""

    name: str
    control: str = ""
    kind: str = ""
    state: str = "visible"
    cells: dict[Position, Cell] = field(default_factory=dict)
    names: dict[str, Position] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    comments: dict[Position, Comment] = field(default_factory=dict)
    boxes: dict[Position, Comment] = field(default_factory=dict)
    validated: bool = True
    protected: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    copied: bool = False
    shuffled: bool = False
    """Whether answers no longer stand where their names point."""

    def duplicate(self) -> Page:
        """Return a copy that shares nothing with this page."""
        return replace(
            self,
            cells={place: copy(cell) for place, cell in self.cells.items()},
            names=dict(self.names),
            merges=list(self.merges),
            comments={place: copy(comment) for place, comment in self.comments.items()},
            boxes={place: copy(box) for place, box in self.boxes.items()},
            hidden_rows=set(self.hidden_rows),
            hidden_columns=set(self.hidden_columns),
        )

    def answers(self) -> dict[Position, Cell]:
        """Return the cells by which an answer is meant."""
        return {place: cell for place, cell in sorted(self.cells.items()) if cell.meant and cell.meant.field}

    def place_of(self, field_name: str) -> Position | None:
        """Return where the answer to a field stands, None when it stands nowhere."""
        return next((place for place, cell in self.answers().items() if _field(cell) == field_name), None)

    def insert_rows(self, row: int, count: int = 1) -> None:
        """Insert empty rows above ``row``."""
        self._move(lambda place: (place[0] + count, place[1]) if place[0] >= row else place)

    def insert_column(self, column: int) -> None:
        """Insert an empty column to the left of ``column``."""
        self._move(lambda place: (place[0], place[1] + 1) if place[1] >= column else place)

    def delete_row(self, row: int) -> None:
        """Delete a row; names that pointed into it point nowhere."""
        self._drop(lambda place: place[0] == row)
        self._move(lambda place: (place[0] - 1, place[1]) if place[0] > row else place)

    def delete_column(self, column: int) -> None:
        """Delete a column; names that pointed into it point nowhere."""
        self._drop(lambda place: place[1] == column)
        self._move(lambda place: (place[0], place[1] - 1) if place[1] > column else place)

    def cut_row(self, row: int, to: int) -> None:
        """Cut a row out and paste it at ``to`` over whatever stands there: names move along."""
        self._drop(lambda place: place[0] == to)
        self._move(lambda place: (to, place[1]) if place[0] == row else place)

    def cut_cell(self, place: Position, to: Position) -> None:
        """Cut a cell out and paste it at ``to`` over whatever stands there: names move along."""
        self._drop(lambda other: other == to)
        self._move(lambda other: to if other == place else other)

    def shift(self, rows: int, columns: int) -> None:
        """Move everything, as by pasting a whole sheet elsewhere; hidden rows are shown."""
        self._move(lambda place: (place[0] + rows, place[1] + columns))

    def last_row(self) -> int:
        """Return the last row that holds something."""
        return max((row for row, _ in self.cells), default=0)

    def merge(self, box: Box) -> None:
        """Merge cells; what they hold stays, as some programs leave it."""
        self.merges = [other for other in self.merges if not _overlap(other, box)]
        self.merges.append(box)

    def _drop(self, gone: Callable[[Position], bool]) -> None:
        self.cells = {place: cell for place, cell in self.cells.items() if not gone(place)}
        self.names = {name: place for name, place in self.names.items() if not gone(place)}
        self.comments = {place: comment for place, comment in self.comments.items() if not gone(place)}
        self.boxes = {place: box for place, box in self.boxes.items() if not gone(place)}
        self.merges = [box for box in self.merges if not (gone(box[:2]) or gone(box[2:]))]

    def _move(self, to: Callable[[Position], Position]) -> None:
        self.cells = {to(place): cell for place, cell in self.cells.items()}
        self.names = {name: to(place) for name, place in self.names.items()}
        self.comments = {to(place): comment for place, comment in self.comments.items()}
        self.boxes = {to(place): box for place, box in self.boxes.items()}
        self.hidden_rows = {to((row, 0))[0] for row in self.hidden_rows}
        self.hidden_columns = {to((0, column))[1] for column in self.hidden_columns}
        self.merges = [(*to(box[:2]), *to(box[2:])) for box in self.merges]


@dataclass
class Book:
    """A returned workbook: its sheets, its custom properties, and how it will be saved."""

    file: str
    pages: list[Page]
    properties: dict[str, str]
    date1904: bool = False
    macros: bool = False
    resaved: bool = False
    """Whether it is opened and saved by openpyxl at the end."""

    def duplicate(self) -> Book:
        """Return a copy that shares nothing with this book."""
        return replace(self, pages=[page.duplicate() for page in self.pages], properties=dict(self.properties))

    def page(self, name: str) -> Page:
        """Return the sheet with this tab."""
        return next(page for page in self.pages if page.name == name)

    def issued(self) -> list[Page]:
        """Return the sheets on which answers are asked for."""
        return [page for page in self.pages if page.kind]


def _field(cell: Cell) -> str:
    return cell.meant.field if cell.meant else ""


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]

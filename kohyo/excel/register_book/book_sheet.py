"""A sheet of the register and its columns (台帳のシート): how a cell is read, how wide a column is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kohyo.definition.fields import FormField
from kohyo.excel.register_book.row_columns import Column
from kohyo.model.value import FieldValue

ColumnKind: TypeAlias = Literal[
    "text",  # kept letter by letter
    "figure",  # a whole number of ours
    "moment",  # day and time
    "word",  # one of a few words of ours
    "field",  # a field, by its heading
    "value",  # a value of the field that the row names
    "answer",  # a value of the column's own field
    "tick",  # a tick of an item: blank means 非該当
    "number",  # an item number
]

ITEMS = "items"
ENTRIES = "entries"
PROPOSALS = "proposals"
TEAMS = "teams"
RECEIPTS = "receipts"
CONFLICTS = "conflicts"
CHANGES = "changes"
ENDINGS = "endings"
CONTRIBUTIONS = "contributions"
NOTES = "notes"

_WIDTHS: dict[str, float] = {"figure": 6, "moment": 19, "word": 14, "field": 20, "value": 36, "tick": 10, "number": 9}
_FIELD_WIDTHS: dict[str, float] = {"multiline": 48, "date": 13, "integer": 13, "decimal": 11, "goal": 8, "number": 9}
_NAMED_WIDTHS: dict[str, float] = {
    Column.ID: 9,
    Column.ITEM: 9,
    Column.GROUP: 9,
    Column.NUMBER: 9,
    Column.DEPARTMENT: 16,
    Column.ORDER: 6,
    Column.DONE: 8,
    Column.TEXT: 48,
    Column.CELL: 8,
    Column.ROUND: 6,
    "title": 36,
}
_TEXT_WIDTH = 24.0


@dataclass(frozen=True)
class BookColumn:
    """One column: its name in a row (``@`` for what is no field), its heading and how a cell is read.

    ``words`` maps values to the words shown; ``blank`` is what an empty cell means; ``field`` the field it holds.
    """

    name: str
    label: str
    kind: ColumnKind = "text"
    field: FormField | None = None
    words: tuple[tuple[str, str], ...] = ()
    blank: FieldValue = None
    former: tuple[str, ...] = ()
    """Headings that it had under earlier definitions, and aliases: it is found by them, and gets its heading anew."""
    former_words: tuple[tuple[str, str], ...] = ()
    """Values by the words that stood for them under earlier definitions."""
    saved: str = ""
    """The heading with which the register was last saved, where that is another: it may be one of another's today."""
    saved_words: tuple[tuple[str, str], ...] = ()
    """Likewise the values by the words with which the register was last saved; they are written anew."""

    @property
    def width(self) -> float:
        """Width in Excel's units, so that ordinary content shows."""
        named = _NAMED_WIDTHS.get(self.name)
        if named or self.field is None:
            return named or _WIDTHS.get(self.kind, _TEXT_WIDTH)
        return _WIDTHS.get(self.kind) or _FIELD_WIDTHS.get(self.field.type, _TEXT_WIDTH)


@dataclass(frozen=True)
class BookSheet:
    """One sheet: its title, its columns, the column that identifies a row, the sheet kinds it is home to."""

    key: str
    title: str
    columns: tuple[BookColumn, ...]
    identity: str = ""
    kinds: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    """Titles that it had under earlier definitions: it is found by them, and gets its title anew."""
    saved: str = ""
    """The title with which the register was last saved, where that is another: it may be one of another's today."""
    when_filled: bool = False
    """Whether the plan has no use for it, so that it is made once there is a row for it and not before."""

    def column(self, name: str) -> BookColumn:
        """Return the column of this name; raise KeyError when the sheet has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

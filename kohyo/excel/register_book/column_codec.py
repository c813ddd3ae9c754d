"""Reading and showing the cells of one column, for a whole sheet: what comes again and again is worked out once.

``cell_codec`` says what a cell means; of a hundred thousand rows most cells hold what another held before, and very
many what the one above holds.
"""

from __future__ import annotations

from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.register_book.book_sheet import BookColumn
from kohyo.excel.register_book.cell_codec import decode, encode, fields_that_keep_no_texts, is_simple, keeps_texts
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue

_KEPT = 2048
"""Cells of a column that are kept."""

_SHORT = 40
"""Characters of a text that is likely to come again."""

_NOTHING = object()
_DOUBTFUL = ("select_one", "departments")

_Seen = tuple[type, RawValue | FieldValue, str]
"""A value as what it is, for 1 is also True and 1.0, and the field that its row names."""


class ColumnCodec:
    """One column's ``decode`` and ``encode``; neither is kept where it raises TextError."""

    def __init__(self, plan: Plan, column: BookColumn) -> None:
        """Take the column whose cells are read and shown."""
        self.column = column
        self._plan = plan
        self._by_field = column.kind == "value"
        self._above: tuple[object, str, FieldValue] = (_NOTHING, "", None)
        self._spelled_above: tuple[object, str, tuple[FieldValue, CellValue]] = (_NOTHING, "", (None, None))
        self._decoded: dict[_Seen, FieldValue] = {}
        self._kept: dict[_Seen, tuple[FieldValue, CellValue]] = {}
        self._keeping = keeps_texts(column)
        self._others = fields_that_keep_no_texts(plan) if self._by_field else frozenset()
        self.doubtful = column.kind == "answer" and column.field is not None and column.field.type in _DOUBTFUL
        """Whether what can be read may still be unknown: a choice, a department."""

    def decode(self, raw: RawValue, field: str = "") -> FieldValue:
        """Read a cell; ``field`` is the field its row names. Raise TextError for what is not surely a value."""
        above = self._above
        if raw is above[0] and (field == above[1] or not self._by_field):
            return above[2]
        value = self._read(raw, field)
        self._above = (raw, field, value)
        return value

    def _read(self, raw: RawValue, field: str) -> FieldValue:
        if isinstance(raw, str) and len(raw) > _SHORT:
            return raw if self._keeps(raw, field) else decode(self._plan, self.column, raw, field)
        seen = (type(raw), raw, field if self._by_field else "")
        if seen in self._decoded:
            return self._decoded[seen]
        value = decode(self._plan, self.column, raw, field)
        if len(self._decoded) < _KEPT:
            self._decoded[seen] = value
        return value

    def encode(self, value: FieldValue) -> CellValue:
        """Return what a cell shows for a value; raise TextError for a value that a cell cannot hold."""
        return encode(self._plan, self.column, value)

    def spelled(self, value: FieldValue, field: str = "") -> tuple[FieldValue, CellValue]:
        """Return the value as the register gives it back once it is saved, and what its cell shows.

        Raises TextError for what a cell cannot hold.
        """
        above = self._spelled_above
        if value is above[0] and (field == above[1] or not self._by_field):
            return above[2]
        found = self._known(value, field)
        self._spelled_above = (value, field, found)
        return found

    def _known(self, value: FieldValue, field: str) -> tuple[FieldValue, CellValue]:
        if isinstance(value, str) and len(value) > _SHORT:
            return self.spelled_anew(value, field)
        seen = (type(value), value, field if self._by_field else "")
        known = self._kept.get(seen)
        if known is not None:
            return known
        found = self.spelled_anew(value, field)
        if len(self._kept) < _KEPT:
            self._kept[seen] = found
        return found

    def spelled_anew(self, value: FieldValue, field: str = "") -> tuple[FieldValue, CellValue]:
        """Return what ``spelled`` returns, for who keeps it himself."""
        if value is None and self.column.kind == "tick":
            return Tick.UNKNOWN, self.encode(Tick.UNKNOWN)
        if isinstance(value, str) and self._keeps(value, field):
            return value, value
        shown = self.encode(value)
        held = self.decode(shown, field)
        return held, shown if isinstance(held, str) and held == value else self.encode(held)

    def _keeps(self, text: str, field: str) -> bool:
        """Tell whether a text is surely shown and read as it is."""
        return self._keeping and field not in self._others and is_simple(text)

"""Reading and showing the cells of one column, for a whole sheet: what comes again and again is worked out once.

``cell_codec`` says what a cell means; of a hundred thousand rows most cells hold what another held before.
"""

from __future__ import annotations

from kohyo.excel.ooxml.sheet_patch import CellValue
from kohyo.excel.register_book.cell_codec import decode, encode
from kohyo.excel.register_book.register_columns import BookColumn
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue

_KEPT = 2048
"""Cells of a column that are kept."""

_SHORT = 40
"""Characters of a text that is likely to come again."""

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
        self._decoded: dict[_Seen, FieldValue] = {}
        self._encoded: dict[_Seen, CellValue] = {}
        self._canonical: dict[_Seen, FieldValue] = {}
        self._last: tuple[FieldValue, CellValue] = (None, None)
        self.doubtful = column.kind == "answer" and column.field is not None and column.field.type in _DOUBTFUL
        """Whether what can be read may still be unknown: a choice, a department."""

    def decode(self, raw: RawValue, field: str = "") -> FieldValue:
        """Read a cell; ``field`` is the field its row names. Raise TextError for what is not surely a value."""
        if isinstance(raw, str) and len(raw) > _SHORT:
            return decode(self._plan, self.column, raw, field)
        seen = (type(raw), raw, field if self._by_field else "")
        if seen in self._decoded:
            return self._decoded[seen]
        value = decode(self._plan, self.column, raw, field)
        if len(self._decoded) < _KEPT:
            self._decoded[seen] = value
        return value

    def encode(self, value: FieldValue) -> CellValue:
        """Return what a cell shows for a value; raise TextError for a value that a cell cannot hold."""
        if isinstance(value, str) and len(value) > _SHORT:
            return self._last[1] if value is self._last[0] else encode(self._plan, self.column, value)
        seen = (type(value), value, "")
        if seen in self._encoded:
            return self._encoded[seen]
        shown = encode(self._plan, self.column, value)
        if len(self._encoded) < _KEPT:
            self._encoded[seen] = shown
        return shown

    def canonical(self, value: FieldValue, field: str = "") -> FieldValue:
        """Return the value as the register gives it back once it is saved; raise TextError for what it cannot hold."""
        if isinstance(value, str) and len(value) > _SHORT:
            return self._given_back(value, field)
        seen = (type(value), value, field if self._by_field else "")
        if seen in self._canonical:
            return self._canonical[seen]
        held = self._given_back(value, field)
        if len(self._canonical) < _KEPT:
            self._canonical[seen] = held
        return held

    def _given_back(self, value: FieldValue, field: str) -> FieldValue:
        if value is None and self.column.kind == "tick":
            return Tick.UNKNOWN
        shown = self.encode(value)
        held = self.decode(shown, field)
        if isinstance(held, str) and held == value:
            self._last = (held, shown)  # what is kept as it is shows as it did, and is mostly written next
        return held

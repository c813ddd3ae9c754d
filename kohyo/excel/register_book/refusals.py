"""What is said of a value that a cell cannot hold (入らない値)."""

from __future__ import annotations

from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.model.value import FieldValue
from kohyo.returns.parse_value import show_value

_SHOWN = 40
_UNDECODABLE = "replace"


def refusal(table: PlacedTable, row: int, name: str, value: FieldValue) -> Finding:
    """Return what is said of a value in a row (from 0) of a sheet, whose column may be one that the sheet lacks."""
    known = any(column.name == name for column in table.sheet.columns)
    field = table.sheet.column(name).label if known else name
    shown = show_value(value)[:_SHOWN].encode("utf-8", _UNDECODABLE).decode("utf-8")
    where = Place(sheet=table.title, cell=a1(row, table.place_of(name)))
    return finding_of(Code.K521 if known else Code.K522, where, field=field, value=shown)

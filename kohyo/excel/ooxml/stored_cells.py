"""What plainly spelled rows hold (セルの中身): every cell with its value.

The cells come as ``plain_rows`` or ``sheet_respelling`` give them.
Rules: ECMA-376 part 1, §18.3.1.4 (cells), §18.18.11 (their types).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.cell_styles import CellStyle
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.row_tags import Spelled
from kohyo.excel.ooxml.spelled_texts import result_text, rich_text, unescaped, visible_of
from kohyo.model.codes import Code
from kohyo.model.value import RawValue
from kohyo.text.excel_dates import DAYS_TO_1904, from_serial

FORMULA, UNCALCULATED, ERROR = "formula", "uncalculated", "error"
"""What a cell hides: a formula with its result, one without, an error value."""

Stored = RawValue | time | timedelta
"""A value before it is one that people see: hours and spans of time are still such."""

_EXACT = 2**53  # above it a float no longer tells neighbouring whole numbers apart
_SURE_DIGITS = 15
_ERRORS = frozenset({"", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"})
_FIRST_LEAP_DAY = 60
"""The day that 1900 never had, and that Excel counts."""

_DAY_MILLISECONDS = 86_400_000
_NO_TEXTS: Mapping[int, str] = MappingProxyType({})
_NO_STYLES: Mapping[int, CellStyle] = MappingProxyType({})


class Shared(NamedTuple):
    """What the cells of a workbook share: its texts, and what of its styles is to be known of a cell."""

    texts: Sequence[str] = ()
    struck: Mapping[int, str] = _NO_TEXTS
    """Texts that are struck through in part, by number, with what is visible of them."""
    styles: Mapping[int, CellStyle] = _NO_STYLES
    """Styles of consequence."""
    moments: Mapping[int, str] = _NO_TEXTS
    """Styles that show days (``day``) or spans of time (``span``)."""
    date1904: bool = False


class Cells(NamedTuple):
    """What a sheet holds, in reading order; what its cells hide; their styles of consequence; texts struck through."""

    held: dict[Position, Stored]
    notes: dict[Position, str]
    styles: dict[Position, CellStyle]
    """Those of cells that hold something."""
    visible: dict[Position, str]
    moments: list[Position]
    """Cells whose values are days or times, and others that may be."""
    numbers: list[Position]
    """Cells whose values are other numbers."""


def read_cells(spelled: Sequence[Spelled], shared: Shared, sheet: str) -> Cells:  # noqa: C901, PLR0912 - every cell of a return, by its type
    """Return what cells hold, which come in order; raise RefusedError for what has no value (K143, K144, K145)."""
    cells = Cells({}, {}, {}, {}, [], [])
    held, notes, texts, styles = cells.held, cells.notes, shared.texts, shared.styles
    moments, struck = shared.moments, shared.struck
    for (cell, style, type_), formula, value in spelled:
        if formula:
            notes[cell] = FORMULA if value or (value is not None and type_ == "str") else UNCALCULATED
        if style in styles and (value or type_ == "e"):
            cells.styles[cell] = styles[style]
        if not value:
            if type_ == "e" and value is not None:
                notes[cell], held[cell] = ERROR, value
        elif type_ == "s":
            number = int(value)
            if number >= len(texts):
                raise RefusedError(Code.K144, sheet=sheet)
            if text := texts[number]:
                held[cell] = text
            if number in struck:
                cells.visible[cell] = struck[number]
        elif type_ == "str":
            held[cell] = result_text(value)
        elif type_ == "e":
            notes[cell], held[cell] = ERROR, _error(value, sheet, cell)
        elif type_ == "inlineStr":
            _take_own(cell, value, cells)
        elif type_ == "n" and style not in moments:
            cells.numbers.append(cell)
            held[cell] = number_of(value)
        else:
            cells.moments.append(cell)
            held[cell] = _OTHER[type_](value) if type_ != "n" else moment_of(float(value), moments[style], shared)
    return cells


def _take_own(cell: Position, spelled: str, cells: Cells) -> None:
    """Take a text that stands in the cell itself."""
    if text := rich_text(spelled):
        cells.held[cell] = text
    if (visible := visible_of(spelled)) is not None:
        cells.visible[cell] = visible


def _error(value: str, sheet: str, cell: Position) -> str:
    """Return an error value; of those that are younger than any rule nobody knows what they stand for."""
    error = unescaped(value)
    if error not in _ERRORS:
        raise RefusedError(Code.K145, error, sheet=sheet, cell=a1(*cell))
    return error


def _truth(value: str) -> Stored:
    return value != "0"


def number_of(value: str) -> Stored:
    """Return a number, a whole one without a fraction."""
    if value.isdecimal() and len(value) <= _SURE_DIGITS:
        return int(value)
    return _whole(float(value))


def moment_of(value: float, kind: str, shared: Shared) -> Stored:
    """Return what a number is in a format of days or times; one before all days is a text, as no day says it."""
    if kind == "span":
        try:
            return _span(value)
        except (OverflowError, ValueError) as error:
            raise RefusedError(Code.K143, f"{value:g}") from error
    days = value + DAYS_TO_1904 * shared.date1904
    try:
        moment = from_serial(0) + _span(days if days >= _FIRST_LEAP_DAY else days + 1)
    except (OverflowError, ValueError):
        return _whole(value)
    if value < 1:
        return moment.time()
    return moment.date() if value.is_integer() else moment


def _span(days: float) -> timedelta:
    """Return a span of time, to the millisecond as Excel keeps it."""
    return timedelta(milliseconds=round(days * _DAY_MILLISECONDS))


def _whole(number: float) -> float:
    """Return a whole number without a fraction, any other as it is."""
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _iso(value: str) -> Stored:
    """Return a day or time that is spelled as ISO 8601 asks; a text where it is none."""
    text = unescaped(value).strip()
    read: Callable[[str], Stored] = (
        datetime.fromisoformat if "T" in text else time.fromisoformat if ":" in text else date.fromisoformat
    )
    try:
        return read(text)
    except ValueError:
        return text


_OTHER: Mapping[str, Callable[[str], Stored]] = {"b": _truth, "d": _iso}

"""Stamping one row of an item's sheet: the answer, what stands beside it, what was answered last year, its height."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import isfinite

from kohyo.excel.form.form_layout import ANSWER, LAST_YEAR, tall
from kohyo.excel.form.form_remarks import State, remark
from kohyo.excel.form.form_sheet import DrawnLine, line_height
from kohyo.excel.form.stamp_pattern import NoPatternError, height, result, spelled
from kohyo.excel.form.stamp_texts import FormTexts
from kohyo.excel.style import palette as look
from kohyo.model.value import RawValue
from kohyo.text.cell_text import CELL_LIMIT, is_unholdable, units
from kohyo.text.excel_dates import to_serial

_PARTS = re.compile(
    r'(?P<row><row r="\d+" spans="1:[34]")(?: ht="[^"]*")?(?P<label>><c r="A.*?)'
    r'(?P<answer><c r="B\d+" s="\d+")(?P<stands>/>|[^/].*?</c>)'
    r'(?P<remark><c r="C\d+" s="\d+")(?P<says>[^/].*?</c>)'
    r'(?:<c r="D\d+" s="\d+" t="s"><v>[^<]*</v></c>)?</row>',
    re.DOTALL,
)
TEXT = 't="s"'
"""What a cell says of itself whose text is among the shared ones."""

_OPENS_TEXT, _CLOSES_TEXT = f" {TEXT}><v>", "</v></c>"
_PARSED = ("tick", "integer", "decimal", "date")
_KEPT = 1024


class NoStampError(Exception):
    """A value is none that a stamp holds."""


@dataclass(frozen=True)
class Row:
    """A row as it is stamped: its pieces, the texts whose places stand between them, and the state of its answer."""

    pieces: tuple[str, ...]
    texts: tuple[str, ...]
    state: State

    def xml(self, texts: FormTexts) -> str:
        """Return the row."""
        first, *rest = self.pieces
        return first + "".join(texts.place(text) + piece for text, piece in zip(self.texts, rest, strict=True))


class RowStamp:
    """The stamp of one row."""

    def __init__(self, drawn: DrawnLine, widths: tuple[int, ...], xml: str, last_year: str) -> None:
        """Take the line as it was drawn, its row, and how the cell of last year's answer opens where there is one."""
        parts = _PARTS.fullmatch(xml)
        if parts is None:
            raise NoPatternError(xml)
        self._last_year = last_year
        self._parts = parts.groupdict()
        self._drawn, self._widths = drawn, widths
        self._is_live = "<f>" in parts["says"]
        field = drawn.line.field
        self._is_free_text = not field.choices and field.type not in _PARSED
        self._beside = lru_cache(_KEPT, typed=True)(self._told)
        self.row = lru_cache(_KEPT, typed=True)(self._row)
        """Return the row with an answer and last year's; raise NoStampError for one that cannot stand there."""

    def _row(self, value: RawValue, last_year: str = "", *, ended: bool = False) -> Row:
        tallest, says, state = self._beside(self._key(value), ended=ended)
        shown = "" if value is None else str(value)
        tallest = max(tallest, tall(shown, self._widths[ANSWER], look.BODY))
        if last_year:
            tallest = max(tallest, tall(last_year, self._widths[LAST_YEAR], look.HINT))
        texts = [_stampable(text) for text in (value, last_year) if isinstance(text, str) and text]
        pieces = [f"{self._parts['row']}{height(tallest)}{self._parts['label']}{self._parts['answer']}"]
        if isinstance(value, str):
            pieces[-1] += _OPENS_TEXT
            pieces.append(_CLOSES_TEXT)
        else:
            pieces[-1] += "/>" if value is None else f"><v>{_number(value):.16G}{_CLOSES_TEXT}"
        pieces[-1] += self._parts["remark"] + says
        if last_year:
            pieces[-1] += self._last_year + _OPENS_TEXT
            pieces.append(_CLOSES_TEXT)
        pieces[-1] += "</row>"
        return Row(tuple(pieces), tuple(texts), state)

    def _key(self, value: RawValue) -> RawValue:
        """Return a value of which the remark says the same: of free text its length alone counts."""
        if self._is_free_text and isinstance(value, str) and value.strip():
            return "x" * units(value)
        return value

    def _told(self, value: RawValue, *, ended: bool) -> tuple[float, str, State]:
        """Return how tall the row is but for its answers, what stands beside them, and the state."""
        line = replace(self._drawn.line, value=None, last_year="")
        beside = remark(line.field, replace(self._drawn.answered, value=value, is_ended=ended))
        tallest = line_height(line, self._drawn.label, beside, self._widths)
        if not self._is_live:
            return tallest, self._parts["says"], State.FINE
        typed = ' t="str"' if beside.text else ""
        says = f"{typed}><f>{spelled(beside.formula.removeprefix('='))}</f><v>{result(beside.text)}</v></c>"
        return tallest, says, beside.state


def _stampable(text: str) -> str:
    """Return a text that a cell can hold; raise NoStampError for any other, which is refused where it is drawn."""
    if units(text) > CELL_LIMIT or is_unholdable(text):
        raise NoStampError
    return text


def _number(value: float | date) -> float:
    """Return a number or a day as a cell holds it."""
    if type(value) not in {int, float, date}:
        raise NoStampError
    number = to_serial(value) if isinstance(value, date) else value
    if not isfinite(number):
        raise NoStampError
    return number

"""Single cells of the definition as sheets: how a value is shown in a cell, and how a cell is understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kohyo.definition.checks import is_time_span
from kohyo.definition.sheet_spec import CellKind, ColumnSpec, vocabulary
from kohyo.errors import TextError
from kohyo.messages import section
from kohyo.model.tick import Tick
from kohyo.model.value import RawValue
from kohyo.text.area_code import AREA_CODE_LENGTH
from kohyo.text.dates import parse_date, parse_fiscal_year
from kohyo.text.normalise import key
from kohyo.text.numbers import parse_integer, parse_number
from kohyo.text.ticks import parse_tick, show_tick

_CODE_WIDTH = 2


def show_cell(column: ColumnSpec, value: Any) -> RawValue:  # noqa: ANN401 - any value of the model
    """Return what the cell of a value holds; None is an empty cell."""
    if value in ("", None, ()) or value is False or (column.blank is not None and value == column.blank):
        return None
    if value is True:
        return show_tick(Tick.YES)
    if column.kind == "word":
        return vocabulary(column.words)[value]
    if column.kind == "words":
        return "\n".join(vocabulary(column.words)[word] for word in value)
    if isinstance(value, tuple):
        return "\n".join(value)
    shown: RawValue = value
    return shown


def is_blank(raw: RawValue, kind: CellKind) -> bool:
    """Tell whether a cell says nothing; in a column of texts white space is a text."""
    return raw is None or raw == "" or (kind != "text" and isinstance(raw, str) and not raw.strip())


def read_cell(column: ColumnSpec, raw: RawValue) -> object:
    """Return the model's value of a cell that is not blank; raise TextError for one that is not of its kind."""
    return _READERS[column.kind](raw, column)


def _text(raw: RawValue, _: ColumnSpec) -> str:
    """Take a text as it is, and a whole number as it is displayed; a date or TRUE has lost what was typed."""
    if isinstance(raw, str):
        return raw
    return str(parse_integer(raw))


def _name(raw: RawValue, column: ColumnSpec) -> str:
    return str(key(_text(raw, column)))


def _lines(raw: RawValue, column: ColumnSpec) -> list[str]:
    lines = (line.strip() for line in _text(raw, column).split("\n"))
    return [line for line in lines if line]


def _names(raw: RawValue, column: ColumnSpec) -> list[str]:
    return [str(key(line)) for line in _lines(raw, column)]


def _code(raw: RawValue, column: ColumnSpec) -> str:
    """Read a department's code; a number is the code that Excel cut: 1 was 01, since codes have two characters."""
    code = key(_text(raw, column)).upper()
    return code if isinstance(raw, str) else code.zfill(_CODE_WIDTH)


def _area(raw: RawValue, column: ColumnSpec) -> str:
    """Read a municipality's code; a number is the code whose first nought Excel cut."""
    code = key(_text(raw, column))
    return code if isinstance(raw, str) else code.zfill(AREA_CODE_LENGTH)


def _integer(raw: RawValue, _: ColumnSpec) -> int:
    return parse_integer(raw)


def _decimal(raw: RawValue, _: ColumnSpec) -> float:
    return parse_number(raw)


def _year(raw: RawValue, _: ColumnSpec) -> int:
    return parse_fiscal_year(raw).year


def _date(raw: RawValue, _: ColumnSpec) -> object:
    return parse_date(raw)


def _when(raw: RawValue, _: ColumnSpec) -> str:
    """Read a day, month or span; a date cell is refused, since it may have been typed as a month."""
    if not isinstance(raw, str):
        raise TextError(raw)
    text = str(key(raw))
    return text if is_time_span(text) else parse_date(raw).isoformat()


def _flag(raw: RawValue, _: ColumnSpec) -> bool:
    words: Mapping[str, list[str]] = section("definition")["flag"]
    for answer, name in ((True, "yes"), (False, "no")):
        if key(raw) in words[name]:
            return answer
    tick = parse_tick(raw)
    if tick is Tick.UNKNOWN:
        raise TextError(raw)
    return tick is Tick.YES


def _word(raw: RawValue, column: ColumnSpec) -> str:
    for value, shown in vocabulary(column.words).items():
        if key(raw) in (key(shown), value):
            return value
    raise TextError(raw)


def _words(raw: RawValue, column: ColumnSpec) -> list[str]:
    return [_word(line, column) for line in _lines(raw, column)]


_READERS: Mapping[CellKind, Callable[[RawValue, ColumnSpec], object]] = {
    "text": _text,
    "name": _name,
    "names": _names,
    "code": _code,
    "area": _area,
    "list": _lines,
    "integer": _integer,
    "decimal": _decimal,
    "year": _year,
    "date": _date,
    "when": _when,
    "flag": _flag,
    "word": _word,
    "words": _words,
}

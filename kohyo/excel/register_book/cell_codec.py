"""One cell and one value: how a value is shown in the register, and how what stands there is read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from kohyo.definition.fields import FormField, all_fields
from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.register_book.book_sheet import BookColumn
from kohyo.messages import section
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import as_typed, is_empty, parse_value
from kohyo.text.cell_text import CELL_LIMIT, LINE_LIMIT, is_unprintable, units
from kohyo.text.dates import parse_date
from kohyo.text.excel_dates import FIRST_SURE_DAY, from_serial
from kohyo.text.normalise import Key, key
from kohyo.text.numbers import parse_integer
from kohyo.text.ticks import parse_tick, show_tick

_FREE = frozenset({"text", "multiline", "number", "departments"})
_EXACT = 2**53  # beyond it a workbook's numbers lose their last digits


def decode(plan: Plan, column: BookColumn, raw: RawValue, field: str = "") -> FieldValue:
    """Read a cell; ``field`` is the field its row names. Raise TextError for what is not surely a value."""
    if is_empty(raw):
        return Tick.NO if column.kind == "tick" else column.blank
    if column.words:
        return _word(column, raw)
    if column.kind == "answer" and column.field:
        return _answer(column.field, raw)
    if column.kind == "value":
        return _value(plan, field, raw)
    return _plain(plan, column, raw)


def keeps_texts(column: BookColumn) -> bool:
    """Tell whether a column shows and reads every simple text (``is_simple``) as it is.

    Where a row names its field, those of ``fields_that_keep_no_texts`` are left out.
    """
    if column.kind == "answer" and column.field:
        return column.field.type in _FREE and not column.words
    return column.kind in ("text", "value") and not column.words


@lru_cache(maxsize=KEPT_PLANS)
def fields_that_keep_no_texts(plan: Plan) -> frozenset[str]:
    """Return the fields whose values are read as something else; of every other a simple text is read as it is."""
    return frozenset(field.name for field in _fields(plan).values() if field.type not in _FREE)


def is_simple(text: str) -> bool:
    """Tell whether a text surely fits a cell and says something: printable letters, not too many, not all spaces."""
    return len(text) * 2 < CELL_LIMIT and text.isprintable() and bool(text.strip())


def _plain(plan: Plan, column: BookColumn, raw: RawValue) -> FieldValue:
    if column.kind == "tick":
        return parse_tick(raw)
    if column.kind == "number":
        return _number(raw, plan.plan.numbering)
    if column.kind == "figure":
        return parse_integer(raw)
    if column.kind == "moment":
        return _moment(raw)
    text = _lines(as_typed(raw))
    return _headings(plan).get(key(text), text) if column.kind == "field" else text


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def encode(plan: Plan, column: BookColumn, value: FieldValue) -> CellValue:
    """Return what a cell shows for a value; raise TextError for a value that a cell cannot hold."""
    if isinstance(value, Tick):
        shown: str = section("workbook")["tick"][value.value] if column.kind == "tick" else show_tick(value)
        return shown or None
    if value is None or isinstance(value, str):
        return _shown_text(plan, column, value or "") or None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return value.isoformat() if day < FIRST_SURE_DAY or column.kind == "value" else value
    return _figure(value)


def _shown_text(plan: Plan, column: BookColumn, text: str) -> str:
    if column.words:
        return dict(column.words).get(text, text)
    return _heading(plan, text) if column.kind == "field" else _storable(text)


def _answer(field: FormField, raw: RawValue) -> FieldValue:
    """Read an answer; a choice that is none of the list stays as it stands, and is told.

    Of an item number that Excel made a date of (1-24) nobody knows what it was.
    """
    if field.type == "number" and not isinstance(raw, str):
        raise TextError(raw)
    try:
        return parse_value(field, raw)
    except TextError:
        if field.type == "select_one" and isinstance(raw, str):
            return _storable(raw)
        raise


def _word(column: BookColumn, raw: RawValue) -> str:
    wanted = key(as_typed(raw))
    for value, word in (*column.saved_words, *column.words, *reversed(column.former_words)):
        if key(word) == wanted:
            return value
    raise TextError(raw)


def _number(raw: RawValue, pattern: str) -> str:
    """Read an item number; what Excel made a date of (1-24) is no number."""
    is_text = isinstance(raw, str) or (isinstance(raw, int) and not isinstance(raw, bool))
    try:
        return str(ItemNumber.parse(key(raw) if is_text else "", pattern))
    except ValueError:
        raise TextError(raw) from None


def _moment(raw: RawValue) -> datetime:
    """Read day and time, to the second; a cell may have lost its format or its time of midnight."""
    if isinstance(raw, datetime):
        return (raw + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    if isinstance(raw, (int, float)) and 0 < raw < _EXACT:
        return _moment(from_serial(raw))
    try:
        return datetime.fromisoformat(str(raw).strip()).replace(tzinfo=None)
    except ValueError:
        return datetime.combine(parse_date(raw), time())


def _value(plan: Plan, field: str, raw: RawValue) -> FieldValue:
    """Read a value by its field's type; what does not fit stays as it stands, for history is not corrected."""
    known = _fields(plan).get(field)
    if known is None or known.type == "departments":
        return _lines(raw) if isinstance(raw, str) else raw
    try:
        return parse_value(known, raw)
    except TextError:
        return raw


@lru_cache(maxsize=KEPT_PLANS)
def _fields(plan: Plan) -> dict[str, FormField]:
    return {field.name: field for field in all_fields(plan)}


@lru_cache(maxsize=KEPT_PLANS)
def _headings(plan: Plan) -> dict[Key, str]:
    """Return field names by heading; of two with one heading the first, today's before one of an earlier definition."""
    fields = tuple(reversed(all_fields(plan)))
    former = {key(name.name): name.code for name in plan.remembered.names if name.part == "fields"}
    return {**former, **{key(field.register_label): field.name for field in fields}}


def _heading(plan: Plan, name: str) -> str:
    known = _fields(plan).get(name)
    if known is not None and _headings(plan)[key(known.register_label)] == name:
        return known.register_label
    return _storable(name)


def _storable(text: str) -> str:
    """Return the text; raise TextError where a cell could not hold all of it."""
    if len(text) * 2 < CELL_LIMIT and text.isprintable():
        return text
    if units(text) > CELL_LIMIT or text.count("\n") > LINE_LIMIT or is_unprintable(text):
        raise TextError(text)
    return text


def _figure(value: float) -> str | int | float:
    """Return a number, or its digits as text where a workbook would lose some of them."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the way to see NaN
        raise TextError(value)
    whole = int(value)
    if whole != value:
        return value
    return str(whole) if abs(whole) >= _EXACT else whole

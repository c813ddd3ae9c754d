"""Texts that a column shows and reads as they are, without being worked out.

1. They are shown and read as the rules for one cell say, in every column of the register, whatever field a row names.
2. What a cell cannot hold is refused as those rules refuse it.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.fields import all_fields
from kohyo.definition.load import shipped
from kohyo.errors import TextError
from kohyo.excel.ooxml.cell_spelling import CellValue
from kohyo.excel.register_book.book_sheet import BookColumn
from kohyo.excel.register_book.cell_codec import decode, encode
from kohyo.excel.register_book.column_codec import ColumnCodec
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.model.value import FieldValue

PLAN = shipped("setagaya-r6")
_COLUMNS = [column for sheet in book_sheets(PLAN) for column in sheet.columns]
_BY_NAME = {field.name: field for field in all_fields(PLAN)}
_FIELDS = ["", "謎", *_BY_NAME]
_WORDS = sorted({word for column in _COLUMNS for word in (column.label, *dict(column.words).values())})
_TEXTS = (
    st.text("aあ漢1-−.:/○ 　\u200b\r\n\t\x01\x7f\ufffe_x0D𠮷", max_size=60)
    | st.sampled_from([*_WORDS, *_FIELDS, "1-24", "R6.4.1", "2024-06-03", "1,200円", "非該当", "○"])
    | st.builds(str.__mul__, st.sampled_from(["あ", "𠮷", " ", "あ\n"]), st.sampled_from([1, 41, 16383, 16384, 32768]))
)


@st.composite
def _cells(draw: st.DrawFn) -> tuple[BookColumn, str, str]:
    """Return a column, the field that a row names, and a text; often a choice of the field with a space behind it."""
    column, name = draw(st.sampled_from(_COLUMNS)), draw(st.sampled_from(_FIELDS))
    field = column.field or _BY_NAME.get(name)
    choices = [text for choice in (field.choices if field else ()) for text in (choice, f"{choice} ")]
    return column, name, draw(_TEXTS | st.sampled_from(choices) if choices else _TEXTS)


@settings(max_examples=1500, deadline=None)
@given(cell=_cells())
def test_as_the_rules_say(cell: tuple[BookColumn, str, str]) -> None:
    """Shown and read (1, 2)."""
    column, field, text = cell
    codec = ColumnCodec(PLAN, column)
    assert _or_refused(lambda: codec.spelled_anew(text, field)) == _or_refused(lambda: _spelled(column, text, field))
    assert _or_refused(lambda: codec.decode(text, field)) == _or_refused(lambda: decode(PLAN, column, text, field))


def _spelled(column: BookColumn, text: str, field: str) -> tuple[FieldValue, CellValue]:
    """Return the value as it is read from what is shown for it, and what is shown for that."""
    held = decode(PLAN, column, encode(PLAN, column, text), field)
    return held, encode(PLAN, column, held)


def _or_refused(work: Callable[[], object]) -> object:
    try:
        return work()
    except TextError as error:
        return "refused", str(error)

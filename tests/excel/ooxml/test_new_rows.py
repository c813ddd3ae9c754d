"""Rows put together from cells that were looked at.

1. They are the rows that one would spell by hand, whatever the cells hold.
2. What is no plain cell, or no height, is never written.
3. Whatever is taken for a cell is one cell, and well-formed.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.errors import UsageError
from kohyo.excel.ooxml.cell_reference import column_letters
from kohyo.excel.ooxml.cell_spelling import CellSpelling, CellValue
from kohyo.excel.ooxml.new_rows import NO_CELL, new_cell, new_rows

_SPELLING = CellSpelling("")
_VALUES = (
    st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("あ0<&>\"'_x_\n𠮷", max_size=9)
)
_STYLES = st.sampled_from(["", "7"])
_ROWS = st.lists(st.lists(st.tuples(_VALUES, _STYLES), min_size=3, max_size=3), max_size=4)


@given(rows=_ROWS, first=st.integers(1, 1_048_000), height=st.sampled_from([0.0, 13.2, 409.0]))
def test_rows_as_by_hand(rows: Sequence[Sequence[tuple[CellValue, str]]], first: int, height: float) -> None:
    """Each cell has its column and its row; a row without any is there too (1)."""
    held = [[_SPELLING.held(value, style) for value, style in row] for row in rows]
    columns = [[new_cell(column, row[column]) for row in held] for column in range(3)]
    tall = f' ht="{height}" customHeight="1"' if height else ""
    expected = "".join(
        f'<row r="{number}"{tall}>{_cells(row, number)}</row>' for number, row in enumerate(held, start=first)
    )
    assert new_rows(first, columns, [height] * len(rows)) == expected.encode()


def _cells(row: Sequence[str], number: int) -> str:
    return "".join(f'<c r="{column_letters(place)}{number}"{held}' for place, held in enumerate(row) if held)


_TEXT = ' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'


@pytest.mark.parametrize(
    "held",
    [
        *(_TEXT.format(text) for text in ("<", "&", "&quot;", "&lt", "\0", "\x0b", "\r", "\ud800", "\uffff", "</t>")),
        *(f"><v>{number}</v></c>" for number in ("nan", "inf", "", "1</v><v>", "ｲ")),
        ' s=""/>',
        ' s="1"',
        " ",
        "/><c/>",
        ' x="1"/>',
        _TEXT.format("あ") * 2,
        _TEXT.format("あ") + "\n",
    ],
)
def test_no_plain_cell(held: str) -> None:
    """It is told and not written (2)."""
    with pytest.raises(UsageError) as raised:
        new_cell(0, held)
    assert raised.value.key == "part_broken"


@pytest.mark.parametrize("height", [float("nan"), float("inf"), -1.0, 1e20])
def test_no_height(height: float) -> None:
    """A row is never written with what Excel would not read (2)."""
    with pytest.raises(UsageError):
        new_rows(1, [[NO_CELL]], [height])


_PIECES = st.sampled_from([
    *("/>", ">", "<v>", "</v>", "</c>", "<is>", "</is>", '<t xml:space="preserve">', "</t>", "<c r=", "&lt;", "&amp;"),
    *("&", "<", ' s="1"', ' t="inlineStr"', "あ", "1", "e", "\0", "\n", _TEXT.format("い"), "><v>1</v></c>"),
])  # fmt: skip


@given(pieces=st.lists(_PIECES, min_size=1, max_size=9))
def test_what_is_taken_is_one_cell(pieces: Sequence[str]) -> None:
    """However its pieces come (3)."""
    try:
        cell = new_cell(2, "".join(pieces))
    except UsageError:
        return
    (row,) = ET.fromstring(b"<sheetData>%b</sheetData>" % new_rows(5, [[cell]], [0.0]))  # noqa: S314 - made here
    assert [(found.tag, found.get("r")) for found in row] == [("c", "C5")]

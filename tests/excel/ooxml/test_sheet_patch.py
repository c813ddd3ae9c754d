"""New cells among those that a sheet has: all others keep their bytes, however they are spelled.

1. A cell takes the place of the one in its column, or comes to stand between its neighbours.
2. Rows and cells of every form are told apart: empty ones, formulas, texts with line ends, tags that begin alike.
"""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.ooxml.cell_reference import column_letters
from kohyo.excel.ooxml.package import Dates
from kohyo.excel.ooxml.sheet_patch import NewCells, SheetPatch, patched

_HELD = st.sampled_from([
    "/>",
    "></c>",
    ' s="3"/>',
    "><v>1</v></c>",
    ' t="str"><f>A1&lt;B1</f><v>\n</v></c>',
    ' t="inlineStr"><is><t xml:space="preserve">一行目\n二 /> 行目 ></t></is></c>',
    ' t="inlineStr"><is><r><rPr><color rgb="FF"/></rPr><t>あ</t></r></is></c>',
    "><v>1</v><extLst><cext/><row2></row2></extLst></c>",
])  # fmt: skip
_ROWS = st.dictionaries(st.integers(0, 6), st.dictionaries(st.integers(0, 5), _HELD, max_size=4), max_size=5)
_BESIDE = st.sampled_from(["", ' customFormat="1"', ' x:dyDescent="0.25"'])


@given(rows=_ROWS, beside=_BESIDE, row=st.integers(0, 7), column=st.integers(0, 6), kept=st.booleans())
def test_all_others_keep_their_bytes(
    rows: Mapping[int, Mapping[int, str]], beside: str, row: int, column: int, *, kept: bool
) -> None:
    """As a row put together by hand (1, 2)."""
    cells = {column: "新"}
    patch = SheetPatch({row: NewCells(cells) if kept else cells}, {}, header=99)
    known = rows.get(row, {})
    style = ' s="3"' if known.get(column, "").startswith(' s="3"') else ""
    new = {**known, column: f'{style} t="inlineStr"><is><t xml:space="preserve">新</t></is></c>'}
    standing = {number: _row(number, beside, held) for number, held in rows.items()}
    expected = {**standing, row: _row(row, beside if row in rows else "", new)}
    assert b"".join(patched(_sheet(standing), patch, Dates())) == _sheet(expected)


def _row(number: int, beside: str, cells: Mapping[int, str]) -> str:
    held = "".join(f'<c r="{column_letters(place)}{number + 1}"{cells[place]}' for place in sorted(cells))
    return f'<row r="{number + 1}"{beside}' + (f">{held}</row>" if held else "/>")


def _sheet(rows: Mapping[int, str]) -> bytes:
    return f"<worksheet><sheetData>{''.join(rows[number] for number in sorted(rows))}</sheetData></worksheet>".encode()

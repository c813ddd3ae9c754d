"""Letters that cannot be made out: by their colour on the cell's, however either is named, or by their size."""

from __future__ import annotations

import pytest

from kohyo.excel.ooxml.cell_styles import read_styles
from kohyo.excel.ooxml.hidden_lines import narrow_columns
from kohyo.excel.ooxml.plain_rows import read_rows

_NONE = '<patternFill patternType="none"/>'


def _solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill>'


def _is_unseen(font: str, fill: str) -> bool:
    """Tell whether a cell of a font and a fill counts as unseen."""
    content = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<fonts><font>{font}</font></fonts><fills><fill>{fill}</fill></fills>"
        '<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/></cellXfs></styleSheet>'
    )
    style = read_styles(content.encode()).that_matter.get(0)
    return style is not None and style.unseen


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        ('<color rgb="FFFFFFFF"/>', _NONE),
        ('<color theme="0"/>', _NONE),
        ('<color indexed="9"/>', _NONE),
        ('<color indexed="65"/>', _solid('theme="0"')),
        ('<color theme="0"/>', _solid('rgb="FFF2F2F2"')),
        ('<color theme="0"/>', _solid('theme="0" tint="-0.14999847407452621"')),
        ("", _solid('rgb="FF000000"')),
        ('<color theme="1"/>', _solid('theme="1"')),
        ('<color indexed="64"/>', _solid('indexed="8"')),
        ('<color auto="1"/>', _solid('theme="1"')),
        ('<color rgb="FFFF0000"/>', _solid('indexed="10"')),
        ('<color rgb="FFFFFF00"/>', _NONE),
        ('<sz val="1"/>', _NONE),
        ('<color rgb="FFFFFFFF"/>', '<patternFill patternType="gray125"><bgColor rgb="FFFFFFFF"/></patternFill>'),
    ],
)
def test_letters_nobody_sees(font: str, fill: str) -> None:
    """White on white, black on black (墨消し), red on red; tiny ones."""
    assert _is_unseen(font, fill)


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        ("", _NONE),
        ('<sz val="6"/><color theme="1"/>', _NONE),
        ('<color rgb="FFFF0000"/>', _NONE),
        ('<color rgb="FFFF0000"/>', _solid('rgb="FFFFFF00"')),
        ('<color theme="0"/>', _solid('theme="1"')),
        ('<color theme="0"/>', _solid('theme="4"')),
        ('<color rgb="FF7F7F7F"/>', _NONE),
        ('<color theme="1"/>', _solid('theme="4" tint="0.79998168889431442"')),
        ('<color rgb="FFFFFFFF"/>', "<gradientFill/>"),
        ('<color rgb="FFFFFFFF"/>', '<patternFill patternType="solid"/>'),
        ('<color theme="99"/>', _NONE),
    ],
)
def test_letters_people_see(font: str, fill: str) -> None:
    """Ordinary letters; of a fill that is not one colour nothing is claimed."""
    assert not _is_unseen(font, fill)


def test_lines_of_next_to_no_size_are_hidden() -> None:
    """A row drawn almost shut, a column dragged almost away."""
    rows = '<row r="1" ht="15"/><row r="2" ht="0.75"><c r="A2"/></row><row r="3" hidden="1"/><row r="4" ht="2.5"></row>'
    found = read_rows(f"<sheetData>{rows}</sheetData>")
    assert found is not None
    assert found.hidden == {1, 2, 3}
    assert narrow_columns('<col min="1" max="1" width="0.2"><col min="2" max="2" width="9.5">')[0] < 0.5

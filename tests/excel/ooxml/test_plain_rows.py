"""Rows read in one pass (行の一読み): as an independent parser finds them, and nothing that could be read otherwise.

R1   values of every kind in every format are those of python-calamine
R2   a sheet that was bent anywhere is read as the slow look reads it, or left to it
R3   rows and cells out of order, twice, or in a wrong place are left to the slow look
R4   what the tags say is understood once, the texts between them are looked at every time
"""

from __future__ import annotations

import io
import random
import re
from datetime import datetime, time
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.laid_cells import cells_of
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.plain_rows import read_rows
from kohyo.excel.ooxml.slow_scan import scan_slowly
from kohyo.excel.ooxml.stored_cells import Cells, Shared, read_cells
from tests.excel.ooxml.builders import MAIN, packed, parts_of, sheet_xml

_FORMATS = (
    "General", "0", "0.00%", "#,##0", "@", "yyyy/m/d", "h:mm", "[h]:mm:ss", "[mm]:ss", "[$-411]ggge年m月d日", "m月d日",
    '"数"0', "0_);(0)", "[Red]0", "a/p", "AM/PM h", '"y"0', "\\d0", "d;@", "0;d", "ge.m.d", "[>=1]0", "yyyy年", "s.00",
)  # fmt: skip
_BUILT_IN = tuple(range(60))
_NUMBERS = ("0", "1", "-5", "0.5", "1.5", "59", "60", "61", "45383", "45383.5", "45383.123456", "1E3", "12345678.25",
            "2958466", "99999999", "0.1", "-0")  # fmt: skip
_TEXTS = (
    "",
    "答え",
    "a&amp;b&lt;c&gt;&quot;&apos;",
    "&#12354;&#x3042;",
    " 前後 ",
    "改\r\n行\r末",
    "_x000D_と_x005F_",
    "a>b",
)
_STYLED = len(_FORMATS) + len(_BUILT_IN)


def _styles() -> bytes:
    own = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code.replace(chr(34), "&quot;").replace(">", "&gt;")}"/>'
        for number, code in enumerate(_FORMATS, start=164)
    )
    used = "".join(f'<xf numFmtId="{number}"/>' for number in (*range(164, 164 + len(_FORMATS)), *_BUILT_IN))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'.encode()


def _every_value() -> str:
    """Return rows of numbers in all formats, and of texts of all kinds."""
    rows = [[f's="{style}"><v>{number}</v>' for number in _NUMBERS] for style in range(_STYLED)]
    rows.append([f't="s"><v>{number}</v>' for number in range(len(_TEXTS))])
    rows.append([f't="str"><f>A1</f><v>{text}</v>' for text in _TEXTS])
    rows += [
        [f't="inlineStr"><is><t{kept}>{text}</t></is>' for text in _TEXTS if text]
        for kept in ("", ' xml:space="preserve"')
    ]
    rows.append(['t="b"><v>1</v>', 't="b"><v>0</v>', 't="str"><f/><v></v>', 't="n"><v/>', "><f>1</f><v>3</v>"])
    return "".join(_row(number, cells) for number, cells in enumerate(rows, start=1))


def _row(number: int, cells: list[str]) -> str:
    spelled = (f'<c r="{chr(64 + at)}{number}" {cell}</c>' for at, cell in enumerate(cells, start=1))
    return f'<row r="{number}">{"".join(spelled)}</row>'.replace(" >", ">")


def _as_seen(value: object) -> object:
    """Return what calamine gives as a return is read: a day without midnight, hours as text, whole numbers."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return f"{value:%H:%M:%S}" if isinstance(value, time) else value


@pytest.mark.parametrize("date1904", [False, True])
def test_values_are_those_of_an_independent_parser(tmp_path: Path, date1904: bool) -> None:  # noqa: FBT001
    """R1: the same workbook through python-calamine and through the quick look."""
    parts = parts_of(sheet_xml(_every_value()), workbook='<workbookPr date1904="1"/>' if date1904 else "")
    texts = "".join(f"<si><t>{text}</t></si>" for text in _TEXTS)
    parts |= {"xl/styles.xml": _styles(), "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()}
    path = tmp_path / "値.xlsx"
    path.write_bytes(packed(parts))
    book = read_file(path).book
    assert book is not None
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts))).get_sheet_by_index(0).to_python()
    expected = {
        (row, column): _as_seen(value)
        for row, values in enumerate(sheet)
        for column, value in enumerate(values)
        if value != ""
    }
    found = dict(book.grids[0].cells)
    assert {cell: str(value) for cell, value in found.items()} == {cell: str(value) for cell, value in expected.items()}
    assert len(found) > _STYLED * len(_NUMBERS)


_PLAIN = (
    '<row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" t="str"><f>A1</f><v>x</v></c>'
    '</row><row r="2" hidden="1"/><row r="3"><c r="A3"><f t="shared" si="0"/><v>1.5</v></c><c r="B3"><f>B2</f></c>'
    '<c r="C3" t="inlineStr"><is><t xml:space="preserve">本文</t></is></c></row>'
    '<row r="7" ht="0"><c r="B7"><v>45383</v></c><c r="D7" t="e"><v>#N/A</v></c><c r="E7" t="b"><v>1</v></c></row>'
)
_SHARED = Shared(texts=("零", "壱"))
_ASKED = 4_000
_KEPT, _OTHER_TEXTS = 0.8, ("1", "0", "x", " 1 ", "１", "1.5", "-2E3", "a&lt;b")


def _read(rows: str) -> tuple[Cells, frozenset[int]] | None:
    """Return what the quick look is sure of."""
    found = read_rows(f"<sheetData>{rows}</sheetData>")
    return None if found is None else (cells_of(found.cells, _SHARED, "S"), found.hidden)


def _bent(rows: str, chance: random.Random) -> str:
    """Return rows in which a tag was doubled, left out, moved or altered."""
    pieces = re.findall(r"<[^>]*>|[^<]+", rows)
    at, to = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    kind = chance.randrange(5)
    if kind == 0:
        pieces.insert(to, pieces[at])
    elif kind == 1:
        del pieces[at]
    elif kind == 2:
        pieces[at], pieces[to] = pieces[to], pieces[at]
    elif kind == 3:
        pieces.insert(
            at, chance.choice(["", " ", "<v>7</v>", "<!--x-->", "<x/>", "&#49;", "<is><t>x</t></is>", "<v/>"])
        )
    else:
        letter = chance.randrange(len(pieces[at]))
        pieces[at] = pieces[at][:letter] + chance.choice("A1 </>\"='rtv５") + pieces[at][letter + 1 :]
    return "".join(pieces)


def test_texts_are_looked_at_though_the_tags_are_known() -> None:
    """R4: the same tags with texts that are right, and with some that are not."""
    chance = random.Random(8)  # noqa: S311 - which texts are tried
    pieces = re.split(r"(?<=>)([^<]+)(?=<)", _PLAIN)
    sure = 0
    for _ in range(_ASKED):
        texts = [text if chance.random() < _KEPT else chance.choice(_OTHER_TEXTS) for text in pieces[1::2]]
        rows = "".join(piece for pair in zip(pieces[::2], [*texts, ""], strict=True) for piece in pair)
        try:
            quick = _read(rows)
            slow = scan_slowly([sheet_xml(rows).encode()], "sheet")
        except RefusedError:
            continue
        if quick is not None:
            sure += 1
            assert quick == (read_cells(slow.spelled, _SHARED, "S"), slow.hidden_rows), rows
    assert sure > _ASKED / 20


def test_a_bent_sheet_is_read_as_the_slow_look_reads_it() -> None:
    """R2: doubled, lost, moved and altered tags and letters."""
    chance = random.Random(7)  # noqa: S311 - which bends are tried
    sure = 0
    for _ in range(_ASKED):
        rows = _bent(_PLAIN, chance)
        try:
            quick = _read(rows)
        except RefusedError:
            continue
        if quick is None:
            continue
        sure += 1
        slow = scan_slowly([sheet_xml(rows).encode()], "sheet")
        assert quick == (read_cells(slow.spelled, _SHARED, "S"), slow.hidden_rows), rows
    assert sure > _ASKED / 20


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"/></row><row r="1"><c r="A1"/></row>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/></row><row r="1"><c r="B1"/></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1" s="1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>1</v></c></row>',
        '<row r="1"><row r="2"></row></row>',
        '<row r="1"></row></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v> 1 </v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>１</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</f></c></row>',
        '<row r="1"><c r="AAA1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>x<sheetData>',
    ],
)
def test_what_is_not_in_order_is_left_to_the_slow_look(rows: str) -> None:
    """R3: nothing of it is taken quickly."""
    assert _read(rows) is None

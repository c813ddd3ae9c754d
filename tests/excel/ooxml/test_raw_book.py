"""Values as found (読み取ったままの値): one test for every quirk between the file and what people see.

B1   cells keep their true places
B2   errors and formulas are noted, and an error is never blank
B3   numbers, dates and times are what people see
B4   texts are letter by letter as written
B5   names, comments, properties, merges, visibility come along
B6   what cannot be read surely is refused
B7   hidden rows and columns are known, however they are spelled
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from kohyo.excel.ooxml.defined_names import Names
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.excel.ooxml.workbook_structure import read_structure
from kohyo.model.finding import Finding
from tests.excel.ooxml.builders import MAIN, one_cell, packed, parts_of, sheet_xml, workbook_of


def _book(tmp_path: Path, data: bytes) -> RawBook:
    path = tmp_path / "回答.xlsx"
    path.write_bytes(data)
    result = read_file(path)
    assert result.finding is None
    assert result.book is not None
    return result.book


def _grid(tmp_path: Path, sheet: str, **options: Any) -> RawGrid:  # noqa: ANN401 - handed on to the builder
    return _book(tmp_path, workbook_of(sheet, **options)).grids[0]


def _refused(tmp_path: Path, data: bytes) -> Finding:
    path = tmp_path / "回答.xlsx"
    path.write_bytes(data)
    finding = read_file(path).finding
    assert finding is not None
    return finding


def test_leading_empty_rows_and_columns_do_not_shift_places(tmp_path: Path) -> None:
    """B1: a value in D7 is at row 6, column 3, though calamine leaves the empty area out."""
    assert _grid(tmp_path, one_cell("", "<v>1</v>", "D7")).cells == {(6, 3): 1}


def test_rows_out_of_order_keep_their_places(tmp_path: Path) -> None:
    """B1: rows that stand in the file in another order are read by their numbers."""
    rows = '<row r="3"><c r="B3"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'
    assert _grid(tmp_path, sheet_xml(rows)).cells == {(0, 0): 2, (2, 1): 1}


def test_error_cells_are_not_blank(tmp_path: Path) -> None:
    """B2: calamine reads an error as nothing; here it stands as it is spelled, with a note."""
    grid = _grid(tmp_path, one_cell('t="e"', "<v>#N/A</v>"))
    assert grid.cells == {(1, 1): "#N/A"}
    assert grid.notes == {(1, 1): "error"}


def test_formula_with_a_stored_result_is_noted(tmp_path: Path) -> None:
    """B2: the stored result is the value, and the note says that it is a formula's."""
    grid = _grid(tmp_path, one_cell("", "<f>1+1</f><v>2</v>"))
    assert (grid.cells, grid.notes) == ({(1, 1): 2}, {(1, 1): "formula"})


def test_formula_without_a_result_is_noted(tmp_path: Path) -> None:
    """B2: a formula never calculated is no empty answer."""
    grid = _grid(tmp_path, one_cell("", '<f>WEBSERVICE("http://x")</f>'))
    assert (grid.cells, grid.notes) == ({}, {(1, 1): "uncalculated"})


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!"])
def test_unknown_error_values_are_refused_by_their_cell(tmp_path: Path, error: str) -> None:
    """B2, B6: an error over which calamine gives up the sheet is a finding at its cell."""
    finding = _refused(tmp_path, workbook_of(one_cell('t="e"', f"<v>{error}</v>")))
    assert (finding.code, finding.value, finding.place.sheet, finding.place.cell) == ("K145", error, "S", "B2")


@pytest.mark.parametrize(
    ("stored", "value"),
    [("5", 5), ("5.5", 5.5), ("-3", -3), ("9007199254740991", 9007199254740991), ("1E3", 1000)],
)
def test_whole_numbers_have_no_fraction(tmp_path: Path, stored: str, value: float) -> None:
    """B3: calamine gives every number as a float; a whole one is a whole one here."""
    found = _grid(tmp_path, one_cell("", f"<v>{stored}</v>")).cells[1, 1]
    assert found == value
    assert type(found) is type(value)


def test_seventeen_digits_stay_a_float(tmp_path: Path) -> None:
    """B3: a number too long for a workbook is not shown as if its last digits were known."""
    assert isinstance(_grid(tmp_path, one_cell("", "<v>12345678901234567</v>")).cells[1, 1], float)


def test_truth_values_are_no_numbers(tmp_path: Path) -> None:
    """B3: TRUE is read as a truth value."""
    assert _grid(tmp_path, one_cell('t="b"', "<v>1</v>")).cells[1, 1] is True


@pytest.mark.parametrize(
    ("serial", "value"),
    [
        ("45383", date(2024, 4, 1)),
        ("45383.5", datetime(2024, 4, 1, 12)),  # noqa: DTZ001 - a workbook's times have no zone
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),
        ("0.5", "12:00:00"),
    ],
)
def test_dates_are_days(tmp_path: Path, serial: str, value: object) -> None:
    """B3: a day without hours is a date, an hour without a day is a text."""
    assert _grid(tmp_path, one_cell('s="1"', f"<v>{serial}</v>")).cells[1, 1] == value


def test_dates_of_the_1904_system_are_days(tmp_path: Path) -> None:
    """B3: a workbook of the old Macintosh counts from another day."""
    book = _book(tmp_path, workbook_of(one_cell('s="1"', "<v>43921</v>"), workbook='<workbookPr date1904="1"/>'))
    assert book.date1904
    assert book.grids[0].cells[1, 1] == date(2024, 4, 1)


def test_negative_dates_are_never_dates(tmp_path: Path) -> None:
    """B3: a date before all dates is a text, which no date field takes for a day."""
    assert isinstance(_grid(tmp_path, one_cell('s="1"', "<v>-5</v>")).cells[1, 1], str)


def test_a_date_out_of_range_is_refused_or_a_number(tmp_path: Path) -> None:
    """B3, B6: a duration that overflows is a finding, not the end of the program."""
    assert _refused(tmp_path, workbook_of(one_cell('s="2"', "<v>1000000000</v>"))).code == "K143"


def test_durations_are_text(tmp_path: Path) -> None:
    """B3: hours beyond a day are kept as text."""
    assert _grid(tmp_path, one_cell('s="2"', "<v>1.5</v>")).cells[1, 1] == "1 day, 12:00:00"


def test_texts_are_letter_by_letter(tmp_path: Path) -> None:
    """B4: escaped line ends, entities, runs and furigana are as Excel shows them."""
    runs = '<r><t>髙</t></r><r><t xml:space="preserve"> 𠮷_x000D_&amp;&#10;</t></r>'
    inside = f'<is>{runs}<rPh sb="0" eb="1"><t>タカ</t></rPh></is>'
    assert _grid(tmp_path, one_cell('t="inlineStr"', inside)).cells[1, 1] == "髙 𠮷\r&\n"


def test_only_white_space_is_kept(tmp_path: Path) -> None:
    """B4: a cell that holds a space holds something."""
    sheet = one_cell('t="inlineStr"', '<is><t xml:space="preserve">　</t></is>')
    assert _grid(tmp_path, sheet).cells == {(1, 1): "　"}


def test_names_with_scope_point_at_cells(tmp_path: Path) -> None:
    """B5: sheet-scoped names win over the book's; ranges count by their first cell; constants are left out."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    for tab in ("1-1", "道路の'橋"):
        book.add_worksheet(tab).write("B5", tab)
    book.define_name("k_title", "='1-1'!$A$1")
    book.define_name("'1-1'!k_title", "='1-1'!$B$5")
    book.define_name("'1-1'!k_other", "='道路の''橋'!$B$5")
    book.define_name("k_plan", "='道路の''橋'!$B$5:$C$6")
    book.define_name("k_rate", "=0.5")
    book.close()
    found = read_file(path).book
    assert found is not None
    assert found.names_on("1-1") == {"k_title": (4, 1)}
    assert found.names_on("道路の'橋") == {"k_plan": (4, 1)}


_NAMED = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="{main}"><sheets><sheet name="1-1"/><sheet name="2&amp;3"/></sheets><definedNames>{names}</definedNames>
</workbook>"""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ('<definedName name="K_A" localSheetId="0">\'1-1\'!$B$5</definedName>', {"1-1": {"k_a": (4, 1)}}),
        ('<definedName localSheetId="0" name="k_a">\'1-1\'!$B$5</definedName>', {"1-1": {"k_a": (4, 1)}}),
        ("<definedName name='k_a' comment=\"橋\">'1-1'!$B$5</definedName>", {"1-1": {"k_a": (4, 1)}}),
        ("<definedName name=\"k_a\">'2&amp;3'!$B$5</definedName>", {"2&3": {"k_a": (4, 1)}}),
        ('<definedName name="k_a" hidden="1">\'1-1\'!$B$5\n</definedName>', {"1-1": {"k_a": (4, 1)}}),
        ('<definedName name="k_a" localSheetId="1">\'1-1\'!$B$5</definedName>', {}),
        ('<definedName name="k_a" localSheetId="9">\'1-1\'!$B$5</definedName>', {}),
        ("<definedName name=\"k_a\" comment='name=\"k_b\"'>'1-1'!$B$5</definedName>", {"1-1": {"k_a": (4, 1)}}),
        ("<definedName name=\"k_a\"><!-- x -->'1-1'!$B$5</definedName>", {"1-1": {"k_a": (4, 1)}}),
        ("", {}),
    ],
)
def test_a_name_is_known_however_it_is_spelled(names: str, expected: Names) -> None:
    """B5: the quick look for names and the tree say the same, also side by side."""
    plain = "<definedName name=\"k_z\">'1-1'!$A$1</definedName>"
    for spelled in (names, plain + names, names + plain):
        content = _NAMED.format(main=MAIN, names=spelled).encode()
        wanted = {sheet: dict(cells) for sheet, cells in expected.items()}
        if plain in spelled:
            wanted.setdefault("1-1", {})["k_z"] = (0, 0)
        assert read_structure({"xl/workbook.xml": content}).names == wanted


def test_a_workbook_part_that_is_no_text_is_refused() -> None:
    """B5: bytes that are no UTF-8 are refused, with or without names."""
    content = _NAMED.format(main=MAIN, names="").encode() + b"\xff"
    with pytest.raises(RefusedError) as caught:
        read_structure({"xl/workbook.xml": content})
    assert caught.value.code == "K143"


def test_comments_and_merges_come_along(tmp_path: Path) -> None:
    """B5: what stands beside a cell and which cells are merged is known by place."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B5"] = "答え"
    sheet["B5"].comment = Comment("確認してください", "部")
    sheet.merge_cells("B5:C6")
    book.save(path)
    found = read_file(path).book
    assert found is not None
    assert found.grids[0].comments == {(4, 1): "確認してください"}
    assert found.grids[0].merges == (((4, 1), (5, 2)),)


def test_properties_and_visibility_come_along(tmp_path: Path) -> None:
    """B5: custom properties and hidden sheets are read, in the order of the book."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.set_custom_property("kohyo_control", "R6-28-0-1-23")
    for tab in ("表", "隠", "深"):
        book.add_worksheet(tab).write("A1", tab)
    book.get_worksheet_by_name("隠").hide()
    book.get_worksheet_by_name("深").very_hidden()
    book.close()
    found = read_file(path).book
    assert found is not None
    assert found.properties == {"kohyo_control": "R6-28-0-1-23"}
    assert [(grid.name, grid.visibility, grid.hidden) for grid in found.grids] == [
        ("表", "visible", False),
        ("隠", "hidden", True),
        ("深", "veryHidden", True),
    ]


def test_a_chart_sheet_does_not_stop_the_others(tmp_path: Path) -> None:
    """B5: sheets that hold no cells are passed over."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("表").write("A1", 1)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=表!$A$1:$A$1"})
    book.add_chartsheet("図").set_chart(chart)
    book.close()
    found = read_file(path).book
    assert found is not None
    assert [grid.name for grid in found.grids] == ["表"]


def test_a_sheet_whose_part_is_missing_is_refused(tmp_path: Path) -> None:
    """B6: a sheet that the book lists and does not hold is never an empty one."""
    parts = parts_of(sheet_xml(""))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", '<sheet name="欠" sheetId="2" r:id="rId9"/></sheets>'.encode()
    )
    assert _refused(tmp_path, packed(parts)).code in {"K143", "K144"}


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    """B6: where two sheets bear one name, one would be read as the other."""
    parts = parts_of(sheet_xml(""))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", b'<sheet name="S" sheetId="2" r:id="rId1"/></sheets>'
    )
    assert _refused(tmp_path, packed(parts)).code == "K144"


@pytest.mark.parametrize("unusual", ["", "<!-- -->"])
def test_hidden_rows_and_columns(tmp_path: Path, unusual: str) -> None:
    """B7: hidden, filtered away, of next to no height or width; others are seen."""
    columns = (
        '<cols><col min="2" max="2" width="0"/><col min="3" max="3" width="0.5"/>'
        '<col width="9" max="6" min="5" hidden="true"/><col min="7" max="7" width="50" hidden="false"/></cols>'
    )
    rows = (
        '<row r="1" ht="15.0"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"/>'
        '<row r="3" ht="0" customHeight="1"/><row r="4" spans="1:2" hidden="true"><c r="A4"><v>1</v></c></row>'
        '<row r="5" hidden="0" ht="3.5"/><row r="6" ht="0.75"/>'
    )
    sheet = sheet_xml(rows + unusual).replace("<sheetData>", f"{columns}<sheetData>")
    grid = _grid(tmp_path, sheet)
    assert grid.hidden_rows == {1, 2, 3, 5}
    assert grid.hidden_columns == {1, 4, 5}
    assert [grid.conceals(cell) for cell in ((0, 0), (3, 0), (0, 4), (4, 6))] == [False, True, True, False]

"""The definition as a workbook (計画定義.xlsx).

1. Nothing is lost between writing and reading, whatever the texts.
2. The secretariat's own sheets, columns and order survive being read; what Excel made of 01 is read right.
3. What is wrong is said with sheet, row and column; a file that is no workbook is refused by name.
4. The workbook is made to be edited: text formats, drop-downs, hints, frozen and filtered headings, an explanation.
5. It prints on A4; texts are never taken for formulas; the same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.definition.layout import SHEETS
from kohyo.definition.load import load_toml
from kohyo.definition.tabular import to_sheets
from kohyo.errors import DefinitionError, FileError
from kohyo.excel.definition_book.definition_page import ACROSS, PAGE_HEIGHT, page_breaks
from kohyo.excel.definition_book.definition_reader import read_definition, read_definition_with
from kohyo.excel.definition_book.definition_writer import definition_bytes, write_definition
from kohyo.excel.ooxml.worker import Reader
from kohyo.excel.style.palette import BODY
from kohyo.excel.style.text_metrics import LINE_HEIGHT
from kohyo.messages import describe_problem, wording
from kohyo.model.plan import Plan
from tests.definition.plans import MADEUP, plans

CREATED = datetime(2030, 4, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one worker for the whole file."""
    with Reader() as running:
        yield running


@pytest.fixture(scope="module")
def madeup() -> Plan:
    """Return the made-up plan."""
    return load_toml(MADEUP)


@pytest.fixture
def path(tmp_path: Path, madeup: Plan) -> Path:
    """Return the made-up plan's workbook."""
    found = tmp_path / "計画定義.xlsx"
    write_definition(found, madeup, created=CREATED)
    return found


def _sheet(book: Workbook, tab: str) -> Worksheet:
    found = book[tab]
    assert isinstance(found, Worksheet)
    return found


@given(plans())
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_plan_is_read_back_from_its_workbook(tmp_path: Path, reader: Reader, generated: Plan) -> None:
    """Formulas, digits, spaces, line breaks and escapes of Excel survive as text (1, 5)."""
    path = tmp_path / "生成 された.xlsx"
    write_definition(path, generated, created=CREATED)
    assert read_definition_with(reader, path) == generated


def test_the_shipped_plan_is_read_back(tmp_path: Path, plan: Plan) -> None:
    """The plan that people use survives, read as a command reads it (1)."""
    path = tmp_path / "計画定義.xlsx"
    write_definition(path, plan, created=CREATED)
    assert read_definition(path) == plan


def _as_day(value: object) -> object:
    """Return the day of a cell that openpyxl reads as midnight."""
    return value.date() if isinstance(value, datetime) else value


def test_a_second_reader_agrees(path: Path, madeup: Plan) -> None:
    """Read by openpyxl, the cells are the same (1)."""
    book = openpyxl.load_workbook(path, read_only=True)
    assert len(to_sheets(madeup)) == len(SHEETS) + len(madeup.tables)
    for sheet in to_sheets(madeup):
        about, *found = [tuple(map(_as_day, row)) for row in book[sheet.name].iter_rows(values_only=True)]
        assert about[0]
        plain = [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in found]
        assert [row for row in plain if any(cell is not None for cell in row)] == [tuple(row) for row in sheet.rows]
    book.close()


def test_what_the_secretariat_adds_does_not_matter(path: Path, madeup: Plan) -> None:
    """A column, a sheet, a moved sheet, blank rows and a comment of their own leave the plan as it is (2)."""
    book = openpyxl.load_workbook(path)
    sheet = _sheet(book, "所管部")
    sheet.insert_cols(1)
    sheet["A2"] = "覚え書き"
    sheet["A4"] = "移転予定"
    sheet.insert_rows(5, 2)
    book.move_sheet("欄", offset=-8)
    _sheet(book, "説明").title = "読み物"
    book.create_sheet("事務局の作業")["A1"] = "=1/0"
    book.save(path)
    assert read_definition(path) == madeup


def test_a_code_that_excel_cut_is_read_right(path: Path, madeup: Plan) -> None:
    """01 typed into a cell of numbers is 1 in the file and 01 in the plan (2)."""
    book = openpyxl.load_workbook(path)
    cell = _sheet(book, "所管部")["A4"]
    cell.number_format = "General"
    cell.value = 1
    book.save(path)
    assert read_definition(path) == madeup


def test_what_is_wrong_is_said_where_it_stands(path: Path) -> None:
    """The message names file, sheet, row and column of every fault (3)."""
    book = openpyxl.load_workbook(path)
    fields = _sheet(book, "欄")
    fields["C13"] = "selekt"
    fields["I4"] = "多分"
    _sheet(book, "計画")["B3"] = True
    book.save(path)
    with pytest.raises(DefinitionError) as caught:
        read_definition(path)
    said = describe_problem(caught.value)
    assert caught.value.fields["count"] == 3
    for part in (
        "計画定義.xlsx",
        "「欄」シート 13行目「種類」",
        "「欄」シート 4行目「必須」",
        "「計画」シート 3行目「計画名」",
    ):
        assert part in said


@pytest.mark.parametrize("value", ["#N/A", "=1/0"])
def test_an_error_or_a_formula_without_a_result_is_refused(path: Path, value: str) -> None:
    """Neither is taken for an empty cell or for a text (3)."""
    book = openpyxl.load_workbook(path)
    _sheet(book, "計画")["H3"] = value
    book.save(path)
    with pytest.raises(DefinitionError) as caught:
        read_definition(path)
    assert "「計画」シート 3行目「版の注記」：計算の誤り" in describe_problem(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """No file, and a file that is no workbook, stop with the file's name (3)."""
    missing = tmp_path / "ない.xlsx"
    broken = tmp_path / "壊れた.xlsx"
    broken.write_bytes(b"not a workbook")
    for path in (missing, broken):
        with pytest.raises(FileError) as caught:
            read_definition(path)
        assert path.name in describe_problem(caught.value)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, madeup: Plan) -> None:
    """Nothing half-written is left behind (3)."""
    (tmp_path / "計画定義.xlsx").mkdir()
    with pytest.raises(FileError):
        write_definition(tmp_path / "計画定義.xlsx", madeup, created=CREATED)
    assert [entry.name for entry in tmp_path.iterdir()] == ["計画定義.xlsx"]


def test_codes_stay_text_also_in_new_rows(path: Path) -> None:
    """Columns of text have the text format down to the rows that are still empty (4)."""
    sheet = _sheet(openpyxl.load_workbook(path), "所管部")
    assert sheet["A4"].value == "01"
    assert sheet["A4"].data_type == "s"
    assert sheet["A4"].number_format == "@"
    assert sheet.column_dimensions["A"].number_format == "@"


def test_enumerated_columns_have_drop_downs_and_every_column_a_hint(path: Path) -> None:
    """What can be chosen is chosen, also in new rows; how to fill a column stands beside it (4)."""
    book = openpyxl.load_workbook(path)
    for spec in SHEETS:
        sheet = _sheet(book, spec.tab)
        rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
        assert len(rules) == len(spec.columns)
        for place, column in enumerate(spec.columns):
            rule = rules[f"{get_column_letter(place + 1)}3"]
            assert rule.prompt == spec.hint(column.name)
            assert (rule.type == "list") == bool(column.kind in {"word", "flag"} or column.source)
    types = next(
        rule for rule in _sheet(book, "欄").data_validations.dataValidation if str(rule.sqref).startswith("C3")
    )
    assert wording("definition.words.type.select_one") in str(types.formula1)
    assert types.errorStyle in {None, "stop"}
    groups = next(
        rule for rule in _sheet(book, "欄").data_validations.dataValidation if str(rule.sqref).startswith("D3")
    )
    assert groups.formula1 == "'区分'!$A$3:$A$200"


def test_headings_are_frozen_filtered_and_repeated(path: Path) -> None:
    """The heading stays in sight on the screen and on every page of A4 (4, 5)."""
    book = openpyxl.load_workbook(path)
    for spec in SHEETS:
        sheet = _sheet(book, spec.tab)
        assert str(sheet.freeze_panes).endswith("3")
        assert str(sheet.auto_filter.ref).startswith("A2")
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert _sheet(book, "欄").print_title_cols == "$A:$B"
    turned = [sheet.page_setup.orientation for sheet in book.worksheets]
    assert turned == [turned[0], *("landscape" for _ in book.worksheets[1:])]
    assert turned[0] != "landscape"


def test_every_sheet_has_room_for_what_it_says(path: Path) -> None:
    """The line that says what it is for needs no second one, and a page never holds headings alone (4, 5)."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        wide = sum(sheet.column_dimensions[get_column_letter(place)].width for place in range(1, sheet.max_column + 1))
        assert sheet.row_dimensions[1].height < 2 * LINE_HEIGHT * BODY or wide * 7 >= ACROSS
        assert int(str(sheet.print_area).rpartition("$")[2]) > 2
    spare = _sheet(book, "ヒアリング日程") if _sheet(book, "ヒアリング日程").max_row > 9 else _sheet(book, "作る表")
    assert spare.max_row >= 10


@given(st.lists(st.lists(st.floats(8, 120), min_size=1, max_size=40), min_size=1, max_size=12))
def test_a_page_of_the_guide_tears_nothing_that_it_holds(blocks: list[list[float]]) -> None:
    """A block begins on a page of its own where the rest of one would not hold it (5)."""
    breaks = page_breaks(blocks)
    begins = [0, *accumulate(map(len, blocks))]
    held = [
        rows for rows, block in zip(pairwise(begins), blocks, strict=True) if sum(block) + blocks[0][0] <= PAGE_HEIGHT
    ]
    assert [row for first, last in held for row in breaks if first < row < last] == []
    heights = [height for block in blocks for height in block]
    pages = [heights[start:end] for start, end in pairwise([0, *breaks, len(heights)])]
    assert sum(map(len, pages)) == len(heights)
    assert [page for page in pages if len(page) > 1 and sum(page) > PAGE_HEIGHT] == []


def test_the_first_sheet_explains_every_other(path: Path, madeup: Plan) -> None:
    """Each sheet and each column is explained in plain words (4)."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["説明", *(sheet.name for sheet in to_sheets(madeup))]
    said = {str(cell.value) for row in _sheet(book, "説明").iter_rows() for cell in row if cell.value}
    for spec in SHEETS:
        assert any(text.startswith(f"「{spec.tab}」シート") for text in said)
        assert {spec.hint(column.name) for column in spec.columns} <= said


def test_the_same_plan_gives_the_same_bytes(madeup: Plan) -> None:
    """A definition can be compared by its bytes (5)."""
    assert definition_bytes(madeup, created=CREATED) == definition_bytes(madeup, created=CREATED)

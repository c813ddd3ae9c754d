"""Workbooks of tables.

1. One sheet a table, under a name that Excel takes, no two alike.
2. Every sheet is set up for A4: orientation, one page wide, heads repeated and frozen, print area, footer.
3. Values stay what they are: text that begins like a formula is text, figures are figures, nothing is nothing.
4. Spans are merged; one that a page break cuts says on the next page again what it says.
5. The same input gives the same bytes; a file that cannot be written is a FileError, and the old one stays.
6. Links lead where they should; a link too long for Excel leaves the text.
7. Any plan will do, and the plan's own 93 items print whole.
9. A PDF is tagged, and marks in it stay whole.
8. Title and subtitle stand on one line where both find room, else one below the other, whole in any case.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.errors import FileError
from kohyo.excel.style import palette
from kohyo.excel.table_book.pdf import write_pdfs
from kohyo.excel.table_book.table_layout import lay_out
from kohyo.excel.table_book.table_writer import sheet_names, table_book, write_tables
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Table
from kohyo.tables.item_list import item_list
from kohyo.tables.matrix import matrix_tables
from tests.tables import real_plan
from tests.tables.small_plan import entry, item, small_plan

CREATED = datetime(2024, 4, 17, 9, 0)  # noqa: DTZ001 - an office's clock on the wall
COLUMNS = (Column("a", "甲", 10), Column("b", "乙", 30, "center"))


def _table(*rows: Row, name: str = "表") -> Table:
    head = (Row((Cell("甲", "head"), Cell("乙", "head"))),)
    return Table(name, "題名", COLUMNS, head, rows, COLUMNS, (), subtitle="版", legend="凡例", notes=("注記",))


def _book(plan: Plan, *tables: Table) -> Workbook:
    return openpyxl.load_workbook(BytesIO(table_book(plan, tables, created=CREATED)))


def _sheet(plan: Plan, table: Table) -> Worksheet:
    sheet = _book(plan, table).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def _footer(sheet: Worksheet) -> tuple[str, str, str]:
    footer = sheet.oddFooter
    assert footer is not None
    return footer.left.text or "", footer.center.text or "", footer.right.text or ""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["体系表（抜粋）", "5×6表"], ["体系表（抜粋）", "5×6表"]),
        (["a/b:c*d?[e]\\"], ["a／b：c＊d？［e］＼"]),
        (["長" * 40], ["長" * 31]),
        (["長" * 40, "長" * 35], ["長" * 31, "長" * 29 + "-2"]),
        (["List", "LIST", "list"], ["List", "LIST-2", "list-3"]),
        (["'引用'"], ["引用"]),
        (["𠮷" * 20, "履歴"], ["𠮷" * 15, "履歴-2"]),
    ],
)
def test_sheet_names(names: list[str], expected: list[str]) -> None:
    """Forbidden signs become full width, long names are cut, and none stands twice (1)."""
    assert sheet_names([_table(name=name) for name in names]) == expected


def test_page_set_up(plan: Plan) -> None:
    """A sheet prints on A4, one page wide, its heads on every page, without anyone touching it (2)."""
    sheet = _sheet(plan, replace(_table(Row((Cell("一"), Cell("二")))), landscape=True))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet.sheet_view.zoomScale == 120
    assert str(sheet.print_area).endswith("$A$1:$B$4")


def test_for_those_who_hear_it(plan: Plan) -> None:
    """The workbook is called after its first table, its heading rows bear the name that screen readers look for (2)."""
    two = replace(_table(name="人の 表"), head=(*_table().head, *_table().head))
    book = _book(plan, _table(), two)
    assert (book.properties.title, book.properties.subject) == ("題名", plan.plan.name)
    named = [str(sheet.defined_names["ColumnTitle"].attr_text) for sheet in book.worksheets]
    assert named == ["'表'!$A$2:$B$2", "'人の 表'!$A$2:$B$3"]


def test_headings_break_as_they_were_laid_out(plan: Plan) -> None:
    """A heading of two lines breaks where the layout broke it (2)."""
    table = replace(
        _table(), head=(Row((Cell("職員の時間を書いた項目が多いので長い見出しです", "head"), Cell("乙", "head"))),)
    )
    laid = lay_out(table).head[0].cells[0]
    assert laid is not None
    assert "\n" in str(laid.text)
    assert _sheet(plan, table).cell(2, 1).value == laid.text


def test_footer(plan: Plan) -> None:
    """The footer holds the legend, page numbers and whose plan it is, and an ampersand as itself (2)."""
    left, center, right = _footer(_sheet(plan, replace(_table(), legend="Ｑ&Ａ")))
    assert "Ｑ&&Ａ" in left
    assert "&P" in center or "[Page]" in center
    assert plan.plan.name in right


def test_long_legend_shortens_the_name_of_the_plan(plan: Plan) -> None:
    """What does not fit into Excel's 255 letters is the plan's name, not the legend (2)."""
    left, _, right = _footer(_sheet(plan, replace(_table(), legend="凡" * 150)))
    assert "凡" * 150 in left
    assert right.endswith("…")


def test_rare_letters_count_two_at_the_foot(plan: Plan) -> None:
    """A letter outside the basic plane takes two of Excel's 255 places and is never cut in halves (2)."""
    left, _, right = _footer(_sheet(plan, replace(_table(), legend="𠮷" * 300)))
    assert right == ""
    assert "𠮷" * 80 in left
    assert left.endswith("𠮷…")


def test_title_and_subtitle_side_by_side(plan: Plan) -> None:
    """A short title begins the line that the subtitle ends (8)."""
    sheet = _sheet(plan, _table())
    assert (sheet["A1"].value, sheet["B1"].value) == ("題名", "版")
    assert "A1:B1" not in [str(area) for area in sheet.merged_cells.ranges]


@pytest.mark.parametrize(
    ("title", "subtitle", "expected"),
    [
        ("長い題名" * 8, "長い副題" * 3, "長い題名" * 8 + "\n" + "長い副題" * 3),
        ("題名", "長い副題" * 25, "題名\n" + "長い副題" * 25),
        ("長い題名" * 20, "", "長い題名" * 20),
    ],
)
def test_title_above_the_subtitle(plan: Plan, title: str, subtitle: str, expected: str) -> None:
    """What finds no room on one line stands over the whole width, wrapped, in a row as tall as it needs (8)."""
    sheet = _sheet(plan, replace(_table(), title=title, subtitle=subtitle))
    assert sheet["A1"].value == expected
    assert sheet["A1"].alignment.wrap_text
    assert "A1:B1" in [str(area) for area in sheet.merged_cells.ranges]
    assert (sheet.row_dimensions[1].height or 0) > (_sheet(plan, _table()).row_dimensions[1].height or 0)


def test_the_subtitle_behind_the_title(plan: Plan) -> None:
    """Where the title is wider than its column, both stand on one line over the whole width, in a row no taller (8)."""
    sheet = _sheet(plan, replace(_table(), title="長い題名" * 4, subtitle="版"))
    assert sheet["A1"].value == "長い題名" * 4 + "\u3000版"
    assert sheet.row_dimensions[1].height == _sheet(plan, _table()).row_dimensions[1].height


@pytest.mark.parametrize("text", ["=1+1", "+81", "-", "@abc", "{=A1}", "https://example.jp/", "1-1", "007", "_x0041_"])
def test_text_stays_text(plan: Plan, text: str) -> None:
    """A text is stored letter by letter, as text, whatever it looks like (3)."""
    cell = _sheet(plan, _table(Row((Cell(text), Cell(None))))).cell(3, 1)
    assert (cell.value, cell.data_type) == (text, "s")


def test_figures_and_blanks(plan: Plan) -> None:
    """Figures are numbers that show nought as a dash; nothing is an empty cell (3)."""
    sheet = _sheet(plan, _table(Row((Cell(0, "count"), Cell(1234.5, "count"))), Row((Cell(None), Cell("")))))
    assert [sheet.cell(3, column).value for column in (1, 2)] == [0, 1234.5]
    assert sheet.cell(3, 1).number_format == '#,##0;"▲"#,##0;"-"'
    assert [sheet.cell(4, column).value for column in (1, 2)] == [None, None]


def test_marks_and_font(plan: Plan) -> None:
    """A ticked perspective is white on dark, in the plan's font, aligned as its mark says (3)."""
    cell = _sheet(plan, _table(Row((Cell("協働", "yes"), Cell("文"))))).cell(3, 1)
    assert str(cell.fill.start_color.rgb)[2:] == palette.TICKED[1:]
    assert (cell.font.name, cell.alignment.horizontal) == (plan.plan.font, "center")


def test_spans_are_merged(plan: Plan) -> None:
    """A span is one merged range (4)."""
    sheet = _sheet(plan, _table(Row((Cell("目標", "goal", down=2), Cell("一"))), Row((None, Cell("二")))))
    assert "A3:A4" in [str(area) for area in sheet.merged_cells.ranges]


def test_span_cut_by_a_page_break_is_said_again(plan: Plan) -> None:
    """A goal that goes on over the page is named on the next one too, and no range lies across the break (4)."""
    rows = [Row((Cell("目標", "goal", down=120), Cell("文"))), *[Row((None, Cell("文"))) for _ in range(119)]]
    table = _table(*rows)
    breaks = lay_out(table).breaks
    sheet = _sheet(plan, table)
    assert [entry.id for entry in sheet.row_breaks.brk] == [2 + row for row in breaks]
    assert [sheet.cell(3 + row, 1).value for row in (0, *breaks)] == ["目標"] * (len(breaks) + 1)


def test_same_input_same_bytes(plan: Plan) -> None:
    """Writing twice gives the same file (5)."""
    table = _table(Row((Cell("一"), Cell("二"))))
    assert table_book(plan, [table], created=CREATED) == table_book(plan, [table], created=CREATED)
    assert table_book(plan, [table], created=CREATED) != table_book(plan, [table], created=CREATED.replace(year=2025))


def test_folder_is_made_and_nothing_is_left_over(plan: Plan, tmp_path: Path) -> None:
    """The file is written into a folder that need not be there yet, and no temporary file stays (5)."""
    path = tmp_path / "結果 その１" / "表.xlsx"
    write_tables(path, plan, [_table()], created=CREATED)
    assert [entry.name for entry in path.parent.iterdir()] == ["表.xlsx"]


def test_unwritable_place(plan: Plan, tmp_path: Path) -> None:
    """A place that cannot be written is a FileError that names it, and nothing is left over (5)."""
    path = tmp_path / "表.xlsx"
    path.mkdir()
    with pytest.raises(FileError) as caught:
        write_tables(path, plan, [_table()], created=CREATED)
    assert (caught.value.key, caught.value.fields) == ("unwritable", {"path": path})
    assert [entry.name for entry in tmp_path.iterdir()] == ["表.xlsx"]


def test_links(plan: Plan) -> None:
    """A link is followed from its text; one that Excel could not hold is left out, its text is not (6)."""
    cells = (Cell("B18", link="external:../回収/土木 部.xlsx#'1-1'!B18"), Cell("長い", link="external:" + "a" * 2100))
    sheet = _sheet(plan, _table(Row(cells)))
    first, second = sheet.cell(3, 1), sheet.cell(3, 2)
    assert first.value == "B18"
    assert first.hyperlink is not None
    assert first.hyperlink.location == "'1-1'!B18"
    assert (second.value, second.hyperlink) == ("長い", None)


def test_made_up_plan(plan: Plan) -> None:
    """A plan of three goals and four perspectives gets its own sheets, and its texts stay whole (7)."""
    small = small_plan(plan)
    items = [item(small, f"{goal}-{serial}", "o-?-") for goal in (1, 2, 3) for serial in range(1, 30)]
    book = _book(
        small, *matrix_tables(small, Register(tuple(items), (entry("people", "甲:1-1"),))), item_list(small, items)
    )
    assert book.sheetnames == ["体系表（抜粋）", "体系表（全件）", "3×4表", "部別", "取組み一覧"]
    numbers = {row[0].value for row in book["取組み一覧"].iter_rows(min_row=4)}
    assert {str(entry.number) for entry in items} <= numbers


@pytest.mark.office
def test_pdf(plan: Plan, tmp_path: Path) -> None:
    """The PDF is tagged, tells title and language, has both weights, no line of it ends within 【再掲】 (7, 9)."""
    register = Register(tuple(real_plan.items(plan)), tuple(real_plan.entries(plan)))
    tables = [table for table in matrix_tables(plan, register) if "【再掲】" in str(table.body)]
    write_tables(tmp_path / "matrix.xlsx", plan, tables, created=CREATED)
    (pdf,) = write_pdfs([tmp_path / "matrix.xlsx"])
    told = _run("pdfinfo", str(pdf))
    assert re.search(r"^Tagged:\s+yes$", told, re.MULTILINE)
    assert re.search(rf"^Title:\s+{tables[0].title}$", told, re.MULTILINE)
    assert b"/Lang(ja-JP)" in pdf.read_bytes()
    assert {weight for weight in ("Regular", "Bold") if f"-{weight}" in _run("pdffonts", str(pdf))} == {
        "Regular",
        "Bold",
    }
    marks = sum(
        str(cell.text).count("【再掲】") for table in tables for row in table.body for cell in row.cells if cell
    )
    printed = unicodedata.normalize("NFKC", _run("pdftotext", "-layout", str(pdf), "-"))
    noted = sum(note.count("【再掲】") for table in tables for note in table.notes)
    assert printed.count("【再掲】") == marks + noted > noted


def _run(command: str, *parts: str) -> str:
    """Return what a command of poppler says."""
    done = subprocess.run(  # noqa: S603 - our own file
        [str(shutil.which(command)), *parts], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


@pytest.mark.office
def test_printed_pages(plan: Plan, tmp_path: Path) -> None:
    """LibreOffice prints the list on as many A4 pages as laid out, heads on every page, all 93 numbers there (7)."""
    office, reader = str(shutil.which("soffice")), str(shutil.which("pdftotext"))
    table = item_list(plan, real_plan.items(plan))
    write_tables(tmp_path / "list.xlsx", plan, [table], created=CREATED)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "list.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    text = subprocess.run(  # noqa: S603 - likewise
        [reader, "-layout", str(tmp_path / "list.pdf"), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) == len(lay_out(table).breaks) + 1
    assert all("所管部" in page and "概要" in page for page in pages)
    words = set(text.split())
    assert {str(record["number"]) for record in table.records} <= words

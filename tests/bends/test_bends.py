"""What each bend of a form leads to, stated exactly: the value that is read, and what is said.

1. One row a bend: what it does to the answer 取組内容 of the sheet 3-7, what is read there (GONE where nothing is
   trusted), and the codes of all findings; the form has none before it is bent.
2. Findings that ask a person to look name the very cell.
3. Days, numbers and ticks are read however they are spelled, and K207 says how.
4. A form of another year, another plan, another department is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kohyo.excel.form.form_writer import form_bytes
from kohyo.excel.ooxml.worker import Reader
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.usecases.issue_form import issue_for
from tests.bends import cells, identities, looks, rows, sheets
from tests.bends.bend import Bend, dice
from tests.bends.book import Book, Cell, Meant
from tests.bends.every import BENDS
from tests.bends.forms import issue, the_plan
from tests.bends.opening import meant_cells
from tests.bends.plain import DAY, DEPARTMENT, aimed, answered
from tests.bends.truth import Understood, faults, read_back, understood

TAB, FIELD = "3-7", "measures"
SAID = "取組内容の答え"
GONE = "(not read)"
Read = Callable[[Book], Understood]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for all rows."""
    with Reader() as one:
        yield one


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Read:
    """Return a function that reads a book as a consolidation does."""
    return lambda book: read_back(book, tmp_path, reader, the_plan(), issue(DEPARTMENT))


@dataclass(frozen=True)
class Row:
    """A bend, what is read of the answer it hits, the findings' codes, and what it hits (everything for none)."""

    bend: Bend
    value: FieldValue = SAID
    codes: tuple[str, ...] = ()
    field: str = FIELD


TABLE = (
    Row(rows.insert_rows),
    Row(rows.insert_row_with_memo, codes=("K264",)),
    Row(rows.delete_row, GONE, ("K252",)),
    Row(rows.insert_first_column),
    Row(rows.insert_column_before_answers),
    Row(rows.insert_column_before_answers_pasted, codes=("K263",)),
    Row(rows.insert_column_after_answers),
    Row(rows.delete_remark_column, codes=("K325",)),
    Row(rows.delete_label_column),
    Row(rows.delete_answer_column, GONE, ("K259",)),
    Row(rows.hide_rows, codes=("K278", "K278")),
    Row(rows.hide_columns),
    Row(rows.row_to_the_end),
    Row(rows.rows_sorted, codes=("K251",) * 3, field=""),
    Row(rows.row_copied, codes=("K256",)),
    Row(cells.merge_with_remark),
    Row(cells.merge_with_label, GONE, ("K255",)),
    Row(cells.merge_two_answers, GONE, ("K255", "K255")),
    Row(cells.merge_with_row_below),
    Row(cells.merge_off_the_first, codes=("K266",)),
    Row(cells.cell_cut_elsewhere, GONE, ("K251",)),
    Row(cells.cell_one_to_the_right, GONE, ("K254",)),
    Row(cells.split_to_the_right, GONE, ("K264",)),
    Row(cells.split_below, GONE, ("K264",)),
    Row(cells.comment_instead, GONE, ("K201", "K211")),
    Row(cells.comment_beside, codes=("K262",)),
    Row(cells.memo_outside, codes=("K256",)),
    Row(cells.formula_result, codes=("K208",)),
    Row(cells.formula_without_result, GONE, ("K209",)),
    Row(cells.error_value, GONE, ("K210",)),
    Row(cells.number_as_text, 1200, ("K207",), "effect_finance"),
    Row(cells.date_as_era, DAY, ("K207",), "filled_on"),
    Row(cells.spaces_around, f"　 {SAID}　"),
    Row(cells.label_in_half_width),
    Row(cells.label_with_spaces),
    Row(cells.label_edited, codes=("K256",)),
    Row(cells.labels_swapped, codes=("K251", "K251"), field=""),
    Row(looks.per_cent, GONE, ("K273",), "effect_finance"),
    Row(looks.zeros_in_front, 1200, (), "effect_finance"),
    Row(looks.struck_in_part, codes=("K270",)),
    Row(looks.struck_wholly, GONE, ("K271",)),
    Row(looks.written_in_white, codes=("K272",)),
    Row(looks.text_box, codes=("K211",)),
    Row(looks.row_of_an_answer_hidden, codes=("K278",)),
    Row(sheets.values_pasted, codes=("K263",)),
    Row(sheets.values_pasted_everywhere, codes=("K154", *("K263",) * 7)),
    Row(sheets.pasted_elsewhere, codes=("K263",)),
    Row(sheets.some_names_deleted, codes=("K261",)),
    Row(sheets.names_deleted, codes=("K263",) * 7),
    Row(sheets.validations_gone),
    Row(sheets.protection_removed),
    Row(sheets.renamed, GONE, ("K332",)),
    Row(sheets.reordered),
    Row(sheets.hidden, codes=("K265",)),
    Row(sheets.deleted, GONE),
    Row(sheets.tabs_swapped, codes=("K330", "K330"), field=""),
    Row(sheets.added, codes=("K258",)),
    Row(sheets.copied, codes=("K321",), field=""),
    Row(sheets.example_answered, codes=("K256",)),
    Row(sheets.cover_written_on, codes=("K256",)),
    Row(identities.hidden_sheets_stripped, codes=("K154",)),
    Row(identities.properties_stripped, codes=("K154",)),
    Row(identities.control_retyped),
    Row(identities.control_mistyped, codes=("K325",)),
    Row(identities.control_deleted, codes=("K325",)),
    Row(identities.file_renamed),
    Row(identities.saved_as_xlsm, codes=("K147",)),
    Row(identities.saved_by_openpyxl),
    Row(identities.epoch_of_1904),
    Row(identities.sheet_of_another_department, GONE, ("K152",)),
)


def test_every_bend_has_its_row() -> None:
    """No bend is without a statement of what it leads to (1)."""
    assert [row.bend for row in TABLE] == list(BENDS)


def test_the_form_has_no_findings_before_it_is_bent(read: Read) -> None:
    """What the rows name, the bends alone brought about (1)."""
    assert read(answered()).findings == ()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.bend.__name__)
def test_a_bend_leads_to(read: Read, row: Row) -> None:
    """The answer is read so, and this is said (1)."""
    book = answered()
    page = book.page(TAB)
    with aimed(book, "" if row.bend is sheets.tabs_swapped else TAB, row.field):
        assert row.bend(book, dice(3))
    found = read(book)
    assert faults(book, found) == []
    assert sorted(finding.code for finding in found.findings) == list(row.codes)
    assert value_of(found, page.name if page in book.pages else "", row.field or FIELD) == row.value


def value_of(found: Understood, tab: str, field: str) -> FieldValue:
    """Return what was read for an answer of a sheet, GONE where nothing is trusted."""
    for pair, answers in found.trusted:
        if pair.sheet.place.sheet == tab and field in answers.values:
            return answers.values[field].value
    return GONE


def told(found: Understood, code: str) -> list[Finding]:
    """Return the findings with a code."""
    return [finding for finding in found.findings if finding.code == code]


NAMED = (
    (cells.cell_one_to_the_right, "K254", "D22"),
    (cells.split_to_the_right, "K264", "B22"),
    (cells.split_below, "K264", "B22"),
    (cells.merge_with_label, "K255", "B22"),
    (cells.merge_off_the_first, "K266", "C22"),
    (cells.comment_instead, "K211", "B22"),
    (cells.formula_without_result, "K209", "B22"),
    (cells.error_value, "K210", "B22"),
    (cells.cell_cut_elsewhere, "K251", "G28"),
)


@pytest.mark.parametrize(("bend", "code", "cell"), NAMED, ids=[bend.__name__ for bend, _, _ in NAMED])
def test_a_finding_names_the_cell(read: Read, bend: Bend, code: str, cell: str) -> None:
    """A person is led to where the answer stands (2)."""
    book = answered()
    with aimed(book, TAB, FIELD):
        bend(book, dice(3))
    (finding,) = told(read(book), code)
    assert (finding.place.sheet, finding.place.cell, finding.field) == (TAB, cell, "取組内容")


def test_all_parts_of_a_split_text_are_named(read: Read) -> None:
    """K264 lists every cell and what stands in them (2)."""
    book = answered()
    for column, text in enumerate(("予約表を", "課で", "共有する"), start=1):
        book.page(TAB).cells[21, column] = Cell(text)
    (finding,) = told(read(book), "K264")
    assert (finding.context["cells"], finding.value) == ("B22、C22、D22", "予約表を、課で、共有する")


def test_a_note_beside_a_tick_does_not_spoil_it(read: Read) -> None:
    """One sign is whole by itself; the note is named (1, 2)."""
    book = answered()
    row, column = meant_cells(book.page(TAB))["tick_digital"]
    book.page(TAB).cells[row, column + 1] = Cell("要確認")
    found = read(book)
    assert value_of(found, TAB, "tick_digital") is Tick.YES
    assert [(one.code, one.place.cell, one.value) for one in found.findings] == [("K256", "C17", "要確認")]


SPELLED: tuple[tuple[str, RawValue, FieldValue], ...] = (
    ("filled_on", "令和6年6月3日", DAY),
    ("filled_on", "R6.6.3", DAY),
    ("filled_on", "２０２４年６月３日", DAY),
    ("filled_on", "2024/6/3（月）", DAY),
    ("filled_on", 45446, DAY),
    ("effect_finance", "▲１，２００千円", -1200),
    ("effect_finance", "△1,200", -1200),
    ("effect_finance", "(1,200)", -1200),
    ("indicator_target", "１２．５", 12.5),
    ("direction", " 継　続", "継続"),
    *(("tick_digital", word, Tick.YES) for word in ("〇", "◯", "●", "✓", "レ", "1", "１", True, " ○ ")),
    *(("tick_digital", word, Tick.NO) for word in ("-", "ー", "×", "0", "該当なし")),
)


@pytest.mark.parametrize(("field", "typed", "value"), SPELLED, ids=[f"{field}-{typed}" for field, typed, _ in SPELLED])
def test_a_value_is_read_however_it_is_spelled(read: Read, field: str, typed: RawValue, value: FieldValue) -> None:
    """It is understood, and what was read for what is said unless the workbook itself held the value (3)."""
    book = answered()
    page = book.page(TAB)
    page.cells[meant_cells(page)[field]] = Cell(typed, meant=Meant(page.control, field, value))
    found = read(book)
    assert value_of(found, TAB, field) == value
    assert {one.code for one in found.findings} <= {"K207"}
    if isinstance(typed, str):
        assert [one.value for one in told(found, "K207")] == [typed]


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("filled_on", "６月３日", "K205"),
        ("filled_on", "令和6年2月30日", "K205"),
        ("effect_finance", "約1200", "K204"),
        ("effect_finance", "1,2,00", "K204"),
        ("effect_finance", "1200円", "K204"),
        ("tick_digital", "たぶん", "K206"),
        ("direction", "検討中", "K203"),
    ],
)
def test_what_is_not_surely_a_value_is_named_and_not_read(read: Read, field: str, typed: str, code: str) -> None:
    """A day without a year, a figure with a word are findings at their cells (2, 3)."""
    book = answered()
    page = book.page(TAB)
    place = meant_cells(page)[field]
    page.cells[place] = Cell(typed)
    found = read(book)
    (finding,) = [one for one in found.findings if one.code == code]
    assert (finding.value, finding.place.cell) == (typed, f"B{place[0] + 1}")
    assert value_of(found, TAB, field) == GONE


def test_a_form_of_another_year_is_refused(reader: Reader, tmp_path: Path) -> None:
    """Last year's form is K153 by its number (4)."""
    assert codes_of_form(reader, tmp_path, the_plan().model_copy(update={"cycle": _last_year(the_plan())})) == ["K153"]


def test_a_form_of_another_plan_is_refused(reader: Reader, tmp_path: Path) -> None:
    """A form of a plan with another code is K151: its check digits are not ours (4)."""
    heading = the_plan().plan.model_copy(update={"code": "another-ward"})
    assert codes_of_form(reader, tmp_path, the_plan().model_copy(update={"plan": heading})) == ["K151"]


def codes_of_form(reader: Reader, folder: Path, plan: Plan) -> list[str]:
    """Return the findings when a form of another plan is read as one of ours."""
    sent = issue_for(plan, plan.departments[0], Register().items)
    path = folder / "調査票.xlsx"
    path.write_bytes(form_bytes(plan, sent, date(2024, 6, 14)))
    found = understood(path, reader, the_plan(), issue(DEPARTMENT))
    assert found.refused
    return [finding.code for finding in found.findings]


def _last_year(plan: Plan) -> object:
    return plan.cycle.model_copy(update={"year": plan.cycle.year - 1})

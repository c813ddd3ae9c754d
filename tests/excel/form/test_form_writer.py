"""The survey form (調査票) as a workbook, seen by an independent reader (openpyxl).

F1   every field has one answer cell with a sheet-scoped name, unlocked if it may be filled, locked if not
F2   the control number stands in three places: property, hidden sheet, every sheet
F3   known values are there as what they are; text stays text whatever it begins with
F4   what is missing or wrong is counted, on the sheet and on the cover
F5   a tick that is 不明 counts as missing
F6   untouched proposals and blocks miss nothing; once begun, they miss what is required
F7   nothing is merged where people write
F8   drop-downs refer to the hidden lists; prompts and errors keep Excel's limits
F9   sheets are protected without a password; rows may be inserted and formatted; the structure is open
F10  rows are as tall as their text and not marked as set by hand, so that Excel lets them grow
F11  a sheet prints on A4, one page wide, with control number and page, its head repeated and frozen
F12  another plan is another form without other code
F13  the same input gives the same bytes
F14  the example is locked, nameless and says that it is made up
F15  a value too long for a cell is refused by name
F16  a plan that ships no example has a form without one
F17  links lead to names of the whole workbook, which a renamed sheet takes along
F18  what would make a formula that Excel refuses is named, and nothing is written
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.definition.fields import all_fields, form_fields
from kohyo.errors import UsageError
from kohyo.excel.form.drawn_form import example_values
from kohyo.excel.form.form_identifiers import CONTROL_NAME, HIDDEN_SHEET, LIST_SHEET, PROPERTY, REST_NAME, answer_name
from kohyo.excel.form.form_layout import SHEET_COLUMNS, ZOOM
from kohyo.excel.form.form_writer import form_bytes, write_form
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from tests.tools.sample_forms import blank_form, filled_form, form, item_sheet, other_sheets, sample_form

COVER, EXAMPLE = "表紙・記入要領", "記入例"
FIRST, SECOND = "4-101", "3-102"
DEADLINE = date(2024, 6, 14)


def opened(plan: Plan, issue: IssuedForm, *, values: bool = False) -> Workbook:
    """Write a form and open it with formulas, or with the values that the formulas are stored with."""
    return openpyxl.load_workbook(io.BytesIO(form_bytes(plan, issue, DEADLINE)), data_only=values)


@pytest.fixture(scope="module")
def book(plan: Plan) -> Workbook:
    """Return the sample form with its formulas."""
    return opened(plan, sample_form(plan))


@pytest.fixture(scope="module")
def values(plan: Plan) -> Workbook:
    """Return the sample form with the stored values."""
    return opened(plan, sample_form(plan), values=True)


def names(sheet: Worksheet) -> dict[str, str]:
    """Return a sheet's own names and their cells, without those that Excel needs for printing."""
    found = {name: entry.attr_text.rpartition("!")[2].replace("$", "") for name, entry in sheet.defined_names.items()}
    return {name: cell for name, cell in found.items() if name.startswith("k_")}


def answer(sheet: Worksheet, field: str) -> Any:  # noqa: ANN401 - openpyxl's cell
    """Return the answer cell of a field."""
    return sheet[names(sheet)[answer_name(field)]]


def beside(sheet: Worksheet, field: str) -> str:
    """Return what stands beside an answer."""
    cell = answer(sheet, field)
    return str(sheet.cell(cell.row, cell.column + 1).value or "")


def one_item(plan: Plan, answers: Mapping[str, FieldValue]) -> Worksheet:
    """Return the sheet, with stored values, of a form with a single item."""
    sheet: Worksheet = opened(plan, form(plan, item_sheet(plan, 9001, {"number": "1-1", **answers})), values=True)[
        "1-1"
    ]
    return sheet


@pytest.mark.parametrize("tab", [FIRST, "R6追加", "R7新規"])
def test_every_field_has_its_named_cell(plan: Plan, book: Workbook, tab: str) -> None:
    """F1: A sheet names the answer cell of each of its fields, in the order of the definition, all in one column."""
    kind = {FIRST: "item", "R6追加": "addition", "R7新規": "proposal"}[tab]
    expected = [answer_name(field.name) for field in form_fields(plan, kind)]
    cells = {name: cell for name, cell in names(book[tab]).items() if name not in (CONTROL_NAME, REST_NAME)}
    assert sorted(cells, key=lambda name: int(cells[name][1:])) == expected
    assert {cell[0] for cell in cells.values()} == {"B"}


def test_blocks_are_named_by_number(plan: Plan, book: Workbook) -> None:
    """F1: On a sheet of blocks the names carry the block."""
    expected = {answer_name(field.name, block) for field in form_fields(plan, "issue") for block in (1, 2, 3)}
    assert set(names(book["課題"])) == {*expected, CONTROL_NAME}


def test_only_fillable_cells_are_unlocked(plan: Plan, book: Workbook) -> None:
    """F1: The cells that may be filled are exactly the unlocked ones."""
    sheet = book[FIRST]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    fillable = {answer(sheet, field.name).coordinate for field in form_fields(plan, "item") if not field.readonly}
    assert unlocked == {*fillable, names(sheet)[REST_NAME]}


def test_required_labels_are_bold_and_starred(plan: Plan, book: Workbook) -> None:
    """F1: A required field's label is bold and ends with ＊, another's is neither."""
    sheet = book[FIRST]
    assert {field.required for field in form_fields(plan, "item")} == {True, False}
    for field in form_fields(plan, "item"):
        label = sheet.cell(answer(sheet, field.name).row, 1)
        assert (label.value, label.font.b) == (f"{field.label} ＊" if field.required else field.label, field.required)


def test_control_number_stands_in_three_places(plan: Plan, book: Any) -> None:  # noqa: ANN401 - types-openpyxl lags
    """F2: Property and hidden sheet bear the cover's number; every sheet bears its own, as a bare value."""
    issue = sample_form(plan)
    assert book.custom_doc_props[PROPERTY].value == issue.control
    rows = [tuple(cell.value for cell in row) for row in book[HIDDEN_SHEET].iter_rows(max_col=2)]
    assert rows == [("kohyo", issue.control), *((sheet.tab, sheet.control) for sheet in issue.sheets)]
    assert book[HIDDEN_SHEET].sheet_state == "veryHidden"
    printed = {sheet.tab: book[sheet.tab][names(book[sheet.tab])[CONTROL_NAME]].value for sheet in issue.sheets}
    assert printed == {sheet.tab: sheet.control for sheet in issue.sheets}
    assert book[COVER][names(book[COVER])[CONTROL_NAME]].value == issue.control


def test_known_values_are_what_they_are(values: Workbook) -> None:
    """F3: Numbers are numbers, dates are dates, ticks are signs, a goal is its choice."""
    sheet = values[SECOND]
    assert answer(sheet, "effect_finance").value == -1200
    assert answer(sheet, "effect_finance").number_format == "#,##0;▲#,##0"
    assert answer(sheet, "indicator_baseline").value == 12.5
    assert answer(sheet, "filled_on").value == datetime(2024, 6, 3)  # noqa: DTZ001 - cells have no zone
    assert answer(values[FIRST], "tick_digital").value == "○"
    assert answer(sheet, "tick_digital").value == "不明"
    assert answer(sheet, "goal").value == "3 職員の時間の効果的活用"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "'a", "http://example.jp/", "_x0041_", "改\n行"])
def test_text_stays_text(plan: Plan, text: str) -> None:
    """F3: A text is written letter by letter and never becomes a formula, a number or a link."""
    cell = answer(one_item(plan, {"overview": text}), "overview")
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.replace("_x005F_", "_") == text
    assert cell.number_format == "@"


def test_missing_answers_are_counted(plan: Plan, values: Workbook) -> None:
    """F4: The head of a sheet, its row on the cover and the marks beside the answers say the same number."""
    sheet = values[FIRST]
    known = {"title", "overview", "tick_digital", "tick_people"}
    required = [field.name for field in form_fields(plan, "item") if field.required]
    missing = [name for name in required if name not in known]
    assert [name for name in required if beside(sheet, name).startswith("未記入です")] == missing
    assert sheet["C2"].value == f"あと {len(missing)} か所です"
    assert cover_rows(values)[FIRST] == ("街路樹の見回り記録の一本化（架空）", len(missing), 0)


def cover_rows(book: Workbook) -> dict[str, tuple[Any, ...]]:
    """Return the cover's table: by tab its title, its missing and its wrong answers."""
    rows = [[cell.value for cell in row] for row in book[COVER].iter_rows(max_col=4)]
    start = next(place for place, row in enumerate(rows) if row[0] == "シート")
    return {str(row[0]): tuple(row[1:]) for row in rows[start + 1 :]}


def test_cover_adds_up(values: Workbook) -> None:
    """F4: The cover's total is the sum of its rows and stands in words at the top."""
    rows = cover_rows(values)
    total = rows.pop("合計")
    assert list(rows) == [FIRST, SECOND, "R6追加", "R7新規", "課題", "好事例"]
    assert total[1:] == (sum(row[1] for row in rows.values()), 0)
    texts = [cell.value for row in values[COVER].iter_rows() for cell in row]
    assert f"あと {total[1]} か所です" in texts
    assert "令和6年6月14日（金）" in texts


def test_nothing_missing_is_said(plan: Plan) -> None:
    """F4: A form with every required answer says that nothing is missing."""
    book = opened(plan, filled_form(plan), values=True)
    assert book["2-103"]["C2"].value == "記入もれはありません"
    assert "記入もれはありません" in [cell.value for cell in book[COVER]["B"]]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("division", "課" * 61, "直してください　60字までです。いま61字"),
        ("direction", "やめる", "直してください　一覧から選ぶ欄です"),
        ("tick_digital", "たぶん", "直してください　○か－を選ぶ欄です"),
        ("effect_finance", "約100", "直してください　整数だけを書く欄です"),
        ("effect_finance", 1.5, "直してください　整数だけを書く欄です"),
        ("indicator_target", "多い", "直してください　数字だけを書く欄です"),
        ("filled_on", "そのうち", "直してください　日付を書く欄です"),
    ],
)
def test_wrong_answers_are_said(plan: Plan, field: str, value: FieldValue, says: str) -> None:
    """F4: What is too long, no choice, no tick, no number or no date is said beside it and counted."""
    sheet = one_item(plan, {**example_values(plan), "number": "1-1", field: value})
    assert beside(sheet, field) == says
    assert sheet["C2"].value == "直すところ 1 か所"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("effect_finance", "▲100"),
        ("effect_finance", "１，２００千円"),
        ("filled_on", "令和6年6月3日"),
        ("tick_digital", "〇"),
    ],
)
def test_what_the_reader_understands_is_not_wrong(plan: Plan, field: str, value: str) -> None:
    """F4: ▲100, a unit, a Japanese date and another circle are accepted as they are."""
    sheet = one_item(plan, {**example_values(plan), "number": "1-1", field: value})
    assert sheet["C2"].value == "記入もれはありません"


def test_counter_counts_as_excel_does(plan: Plan) -> None:
    """F4: Characters outside the basic plane count as two, as LEN does in Excel."""
    assert beside(one_item(plan, {"division": "𠮷野課"}), "division") == "60字まで　いま4字"


def test_minimum_and_maximum(plan: Plan) -> None:
    """F4: A number out of the definition's bounds is wrong."""
    rules = tuple(
        rule.model_copy(update={"minimum": 0.0}) if rule.name == "effect_finance" else rule for rule in plan.fields
    )
    bounded = plan.model_copy(update={"fields": (*rules, plan.fields[-1].model_copy(update={"name": "more"}))})
    sheet = one_item(bounded, {"effect_finance": -1})
    assert beside(sheet, "effect_finance") == "直してください　0から上限なしまでです"


def test_unknown_tick_is_missing(values: Workbook) -> None:
    """F5: 不明 in a required perspective counts as missing."""
    assert beside(values[SECOND], "tick_digital") == "未記入です"
    assert beside(values[FIRST], "tick_digital") == ""


def test_untouched_proposals_miss_nothing(values: Workbook) -> None:
    """F6: Untouched proposals, issues and practices count nought and may stay empty."""
    for tab in ("R6追加", "R7新規", "課題", "好事例"):
        assert cover_rows(values)[tab][1:] == (0, 0)
        assert values[tab]["C2"].value == "空のままで結構です"


def test_perspectives_that_go_out_unknown_begin_nothing(plan: Plan) -> None:
    """F6: A proposal whose perspectives stand at 不明, as they go out, counts as untouched."""
    ticks = {field.name: Tick.UNKNOWN for field in form_fields(plan, "addition") if field.type == "tick"}
    sheets = [replace(sheet, values=ticks if sheet.kind == "addition" else {}) for sheet in other_sheets(plan)]
    assert ticks
    assert cover_rows(opened(plan, form(plan, *sheets), values=True))["R6追加"][1:] == (0, 0)


def test_a_proposal_begun_misses_the_rest(plan: Plan) -> None:
    """F6: Once something is filled in, a proposal misses its other required fields; a block only its own."""
    sheets = {
        "addition": {"title": "思いつき"},
        "issue": {"issue_item.2": "1-1"},
    }
    begun = [replace(sheet, values=sheets.get(sheet.kind, {})) for sheet in other_sheets(plan)]
    rows = cover_rows(opened(plan, form(plan, *begun), values=True))
    required = sum(field.required for field in form_fields(plan, "addition"))
    assert rows["R6追加"] == ("思いつき", required - 1, 0)
    assert rows["課題"] == ("課題", 1, 0)
    assert rows["R7新規"] == ("令和7年度新規の提案", 0, 0)


def test_nothing_is_merged_where_people_write(book: Workbook) -> None:
    """F7: Merged ranges lie in the frozen head only, outside the cover."""
    merged = [area for sheet in book.worksheets if sheet.title != COVER for area in sheet.merged_cells.ranges]
    assert merged
    assert all(area.max_row <= 3 for area in merged)


def test_choices_come_from_the_hidden_lists(plan: Plan, book: Workbook) -> None:
    """F8: Each field with choices has a drop-down whose defined name yields exactly those choices."""
    sheet = book[FIRST]
    for field in form_fields(plan, "item"):
        if field.choices and not field.readonly:
            assert listed(book, rule_of(sheet, field.name).formula1) == list(field.choices)
    assert listed(book, rule_of(sheet, "tick_digital").formula1) == ["○", "－", "不明"]
    assert book[LIST_SHEET].sheet_state == "hidden"


def test_locked_cells_explain_themselves(book: Workbook) -> None:
    """F9: Whoever enters a cell that cannot be changed is told whom to ask."""
    rule = rule_of(book[FIRST], "number")
    assert rule.showInputMessage
    assert "変えられない欄" in rule.prompt
    assert rule.type is None


def rule_of(sheet: Worksheet, field: str) -> Any:  # noqa: ANN401 - openpyxl's validation
    """Return the validation of a field's answer cell."""
    cell = answer(sheet, field).coordinate
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)


def listed(book: Workbook, name: str) -> list[object]:
    """Return the values that a defined name refers to."""
    ((sheet, cells),) = book.defined_names[name.removeprefix("=")].destinations
    return [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]


def test_prompts_keep_the_limits_of_excel(book: Workbook) -> None:
    """F8: Titles have at most 32 characters, prompts and formulas 255, error texts 224."""
    rules = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation]
    assert len(rules) > 50
    for rule in rules:
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.errorTitle or "") <= 32
        assert len(rule.prompt or "") <= 255
        assert len(rule.error or "") <= 224
        assert len(rule.formula1 or "") <= 255


def test_only_choices_and_lengths_are_refused(plan: Plan, book: Workbook) -> None:
    """F8: Excel stops at a wrong choice or length; numbers, dates and ticks are only warned about."""
    sheet = book[FIRST]
    styles = {
        field.name: rule_of(sheet, field.name).errorStyle or "stop"
        for field in all_fields(plan)
        if "item" in field.sheets and not field.readonly
    }
    warned = {"effect_finance", "indicator_baseline", "indicator_target", "indicator_actual", "filled_on"}
    ticks = {name for name in styles if name.startswith("tick_")}
    assert {name for name, style in styles.items() if style == "warning"} == warned | ticks


def test_protection(book: Workbook) -> None:
    """F9: Every sheet to read or fill is protected without a password; rows may be inserted and grow."""
    assert book.security is None or not book.security.lockStructure
    for sheet in book.worksheets[:-2]:
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        assert not protection.insertRows
        assert not protection.formatRows
        assert not protection.selectLockedCells


def test_protection_leaves_free_what_does_no_harm(book: Workbook) -> None:
    """F9: Notes and the filter of the overview; sorting would take answers to other fields."""
    for sheet in book.worksheets[:-2]:
        assert (sheet.protection.objects, sheet.protection.autoFilter, sheet.protection.sort) == (False, False, True)
    overview = book["記入状況"]
    assert overview.auto_filter.ref.startswith("A3:")
    assert overview.auto_filter.ref.endswith(str(overview.max_row))


def test_links_outlive_a_renamed_sheet(book: Workbook) -> None:
    """F17: Every link of every sheet, and every link that a formula makes."""
    targets = {name: str(entry.attr_text) for name, entry in book.defined_names.items()}
    links = [cell.hyperlink for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > len(book.worksheets)
    assert {str(link.location) for link in links} <= set(targets)
    assert {
        f"'{tab}'!" in target for tab, target in ((FIRST, targets["go_item_1"]), (SECOND, targets["go_item_2"]))
    } == {True}
    made = [
        str(cell.value) for row in book[FIRST].iter_rows(max_row=3) for cell in row if "HYPERLINK" in str(cell.value)
    ]
    assert made
    assert set(re.findall(r'"#([^"]*)"', "".join(made))) == {"go_item_", "go_overview"}


def test_a_formula_too_long_is_named(plan: Plan) -> None:
    """F18: A hint of ten thousand signs would make a workbook that Excel does not open."""
    fields = tuple(entry.model_copy(update={"hint": "説" * 10_000}) for entry in plan.fields)
    with pytest.raises(UsageError, match="長すぎて、Excel の式に入りません"):
        form_bytes(plan.model_copy(update={"fields": fields}), sample_form(plan), DEADLINE)


def test_rows_can_grow(plan: Plan) -> None:
    """F10: No row that holds a cell is marked as set by hand."""
    package = zipfile.ZipFile(io.BytesIO(form_bytes(plan, sample_form(plan), DEADLINE)))
    sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = [row for name in sheets for row in re.findall(r"<row [^>]*[^/]>", package.read(name).decode("utf-8"))]
    assert rows
    assert not [row for row in rows if "customHeight" in row]


def test_long_overview_is_shown_whole(plan: Plan) -> None:
    """F10: A row is taller for a longer text, and an empty field of several lines keeps their room."""
    sheet = one_item(plan, {"overview": "長" * 295})
    heights = sheet.row_dimensions
    assert heights[answer(sheet, "overview").row].height > 7 * 13
    assert heights[answer(sheet, "situation").row].height > 3 * 13
    assert heights[answer(sheet, "tick_digital").row].height < 18


def test_a_known_item_fits_one_page(plan: Plan) -> None:
    """F11: An item answered as in the example fits one page at the scale that its width asks for."""
    sheet = opened(plan, filled_form(plan))["2-103"]
    height = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    margins = sheet.page_margins
    scale = (8.27 - margins.left - margins.right) * 96 / sum(SHEET_COLUMNS)
    assert height * scale <= (11.69 - margins.top - margins.bottom) * 72


def test_print_set_up(plan: Plan, book: Any) -> None:  # noqa: ANN401 - types-openpyxl lags
    """F11: A4 upright, one page wide and two tall at most, footer with number and page, head repeated and frozen."""
    sheet, issue = book[FIRST], sample_form(plan)
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "portrait", 2)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert issue.sheets[0].control in sheet.oddFooter.right.text
    assert sheet.oddFooter.center.text.strip() == "&P / &N"
    assert sheet.print_area == f"'{FIRST}'!$A$1:$C${sheet.max_row}"


def test_columns_fit_a_notebook(book: Workbook) -> None:
    """F11: At the sheet's zoom its columns fit 1366 pixels, and the first answer to fill is selected."""
    assert sum(SHEET_COLUMNS) * ZOOM / 100 < 1300
    assert book[FIRST].sheet_view.zoomScale == ZOOM
    assert book[FIRST].sheet_view.selection[0].activeCell == answer(book[FIRST], "division").coordinate


def test_another_plan_is_another_form(plan: Plan) -> None:
    """F12: Labels, perspectives, years and choices of the sheet follow the definition."""
    fewer = plan.model_copy(
        update={
            "perspectives": plan.perspectives[:2],
            "years": plan.years[:1],
            "fields": tuple(
                rule.model_copy(update={"label": "課題の名"}) if rule.name == "title" else rule
                for rule in plan.fields[:-1]
            ),
        }
    )
    sheet = opened(fewer, blank_form(fewer))["個票"]
    found = names(sheet)
    assert [name for name in found if name.startswith(("k_tick", "k_plan"))] == [
        "k_plan_2024",
        "k_tick_organisation",
        "k_tick_people",
    ]
    assert sheet.cell(answer(sheet, "title").row, 1).value == "課題の名 ＊"


def test_example_follows_an_edited_definition(plan: Plan) -> None:
    """F12: Where the ward took fields, perspectives or goals out of the plan, the example leaves them out too."""
    fewer = plan.model_copy(update={"perspectives": plan.perspectives[:2], "goals": plan.goals[:1]})
    assert names(opened(fewer, blank_form(fewer))["個票"]).keys() >= {"k_tick_people"}
    assert set(example_values(fewer)) == {field.name for field in form_fields(fewer, "item")}


def test_same_input_same_bytes(plan: Plan) -> None:
    """F13: Writing a form twice gives the same bytes."""
    issue = sample_form(plan)
    assert form_bytes(plan, issue, DEADLINE) == form_bytes(plan, issue, DEADLINE)


def test_example_is_only_to_be_read(plan: Plan, values: Workbook) -> None:
    """F14: The example has no names, nothing unlocked, no rules, says that it is made up, and misses nothing."""
    sheet = values[EXAMPLE]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert names(sheet) == {}
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    assert not sheet.data_validations.dataValidation
    assert "記入例（架空の内容です）" in texts
    assert not [text for text in texts if text.startswith(("未記入です", "直してください"))]
    assert set(example_values(plan)) == {field.name for field in form_fields(plan, "item")}


def test_value_too_long_is_refused(plan: Plan) -> None:
    """F15: A text that no cell can hold stops the form and names the field; nothing is cut."""
    issue = form(plan, item_sheet(plan, 9001, {"overview": "長" * 32768}))
    with pytest.raises(UsageError) as stopped:
        form_bytes(plan, issue, DEADLINE)
    assert (stopped.value.key, stopped.value.fields["field"]) == ("too_long_for_cell", "概要")


def test_plan_without_example(plan: Plan) -> None:
    """F16: A plan of the ward's own, for which no example ships, has no example sheet."""
    own = plan.model_copy(update={"plan": plan.plan.model_copy(update={"code": "own"})})
    assert EXAMPLE not in opened(own, blank_form(own)).sheetnames


def test_correction_is_said_on_the_cover(plan: Plan) -> None:
    """F4: A form that goes out for correction says so on its cover."""
    asked = replace(blank_form(plan), correction=True, round=2)
    texts = [str(cell.value) for cell in opened(plan, asked)[COVER]["B"]]
    assert [text for text in texts if text.startswith("第2回の調査票です。")]


def test_written_file(plan: Plan, tmp_path: Path) -> None:
    """F13: The file on disk holds those bytes, and nothing else is left beside it."""
    path = tmp_path / "配布　先" / "調査票_土木部.xlsx"
    issue = sample_form(plan)
    write_form(path, plan, issue, DEADLINE)
    assert path.read_bytes() == form_bytes(plan, issue, DEADLINE)
    assert list(path.parent.iterdir()) == [path]


def test_unknown_tick_of_a_begun_form_stays_unknown(plan: Plan) -> None:
    """F5: 非該当 and 該当 are answers, 不明 is none."""
    ticks = {"tick_digital": Tick.NO, "tick_people": Tick.YES}
    sheet = one_item(plan, ticks)
    assert [beside(sheet, name) for name in ("tick_digital", "tick_people", "tick_facilities")] == [
        "",
        "",
        "未記入です",
    ]

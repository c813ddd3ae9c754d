"""Check: what is wrong with a returned form, told without a workspace.

1. Whatever a person did to a form ends in its own finding, with file, sheet and, where there is one, cell.
2. What was recovered is said; what cannot be read surely is a finding.
3. A complete form has no findings; several files are told apart; what is no file is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.errors import FileError
from kohyo.model.finding import Finding
from tests.usecases.small import Small, cell_of, codes, opened, tab_of, type_into

NUMBER = "1-1"
DEPARTMENT = "企画財政局"

Bend = Callable[[Worksheet], object]


def _bent(small: Small, bend: Bend) -> tuple[Finding, ...]:
    """Return the findings about a complete form after somebody did something to one of its sheets."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        bend(book[tab_of(NUMBER)])
    return kohyo.check([path], small.workspace.definition).findings


def _row(sheet: Worksheet, field: str) -> int:
    return int(sheet[cell_of(sheet, field)].row)


def _forget(sheet: Worksheet, *fields: str) -> None:
    """Take the names of fields away, all of them when none is given."""
    for name in [f"k_{field}" for field in fields] or [name for name in sheet.defined_names if name != "k_control"]:
        del sheet.defined_names[name]


def _point(sheet: Worksheet, field: str, cell: str) -> None:
    column, row = cell[0], cell[1:]
    name = f"k_{field}"
    sheet.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!${column}${row}")


def _moved_elsewhere(sheet: Worksheet) -> None:
    """Cut an answer and paste it far below: its name goes along, then something else is typed beside the label."""
    _point(sheet, "state", "B60")
    sheet["B60"].value = "遅れ"


def _row_deleted(sheet: Worksheet, field: str) -> None:
    row = _row(sheet, field)
    _forget(sheet, field)
    for cell in sheet[row]:
        cell.value = None


def _label_twice(sheet: Worksheet) -> None:
    label = sheet.cell(_row(sheet, "saving"), 1).value
    _forget(sheet, "saving")
    sheet["A60"].value, sheet["B60"].value = label, 300


def _answer_two_columns_on(sheet: Worksheet) -> None:
    row = _row(sheet, "overview")
    sheet.cell(row, 2).value = None
    sheet.cell(row, 4).value = "離れたところに書いた文"
    _forget(sheet, "overview")


def _merged_answers(sheet: Worksheet) -> None:
    first = _row(sheet, "schedule_2030")
    sheet.merge_cells(start_row=first, end_row=first + 1, start_column=2, end_column=2)


def _written_below(sheet: Worksheet) -> None:
    sheet["B70"].value = "欄の外に書いた続き"


def _pasted_table(sheet: Worksheet) -> None:
    for row in range(60, 90):
        sheet.cell(row, 2).value = f"資料の{row}行目"


def _sheet_added(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("部内の資料")["A1"].value = "内訳"


def _sheet_overwritten(sheet: Worksheet) -> None:
    _forget(sheet)
    control = cell_of(sheet, "control")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.coordinate != control and cell.value is not None:
                cell.value = None


def _one_name_lost(sheet: Worksheet) -> None:
    _forget(sheet, "state")


def _boxed_in_two_cells(sheet: Worksheet) -> None:
    row = _row(sheet, "overview")
    sheet.cell(row, 2).value = "使用料を実費に合わせ、"
    sheet.cell(row, 3).value = "減免も見直す。"


def _hidden(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def _commented_answer(sheet: Worksheet) -> None:
    sheet[cell_of(sheet, "state")].comment = Comment("実は遅れています", "係")


def _commented_elsewhere(sheet: Worksheet) -> None:
    sheet["A3"].comment = Comment("この票でよいですか", "係")


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (_moved_elsewhere, "K251"),
        (lambda sheet: _row_deleted(sheet, "schedule_2030"), "K252"),
        (_label_twice, "K253"),
        (_answer_two_columns_on, "K254"),
        (_merged_answers, "K255"),
        (_written_below, "K256"),
        (_pasted_table, "K257"),
        (_sheet_added, "K258"),
        (_sheet_overwritten, "K259"),
        (lambda sheet: _row_deleted(sheet, "owners"), "K260"),
        (_one_name_lost, "K261"),
        (_commented_answer, "K211"),
        (_commented_elsewhere, "K262"),
        (_forget, "K263"),
        (_boxed_in_two_cells, "K264"),
        (_hidden, "K265"),
    ],
)
def test_what_was_done_to_a_sheet_is_said(small: Small, bend: Bend, code: str) -> None:
    """Each bend has its code, at the sheet where it was done (1, 2)."""
    found = [finding for finding in _bent(small, bend) if finding.code == code]
    assert found
    for finding in found:
        assert finding.place.file == f"調査票_{DEPARTMENT}.xlsx"
        assert finding.place.sheet == ("部内の資料" if code == "K258" else tab_of(NUMBER))


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("state", None, "K201"),
        ("title", "あ" * 41, "K202"),
        ("state", "まあまあ", "K203"),
        ("saving", "約百円", "K204"),
        ("tick_staff", "たぶん", "K206"),
        ("saving", "１，２００", "K207"),
        ("saving", "=1+1", "K209"),
        ("state", "#N/A", "K210"),
        ("number", "9-9", "K212"),
        ("ratio", 140, "K214"),
    ],
)
def test_what_was_typed_is_said(small: Small, field: str, typed: object, code: str) -> None:
    """What cannot be trusted, or was read as something else, has its code and its cell (1, 2)."""
    path = small.send(DEPARTMENT, {NUMBER: {field: typed}})
    with opened(path) as book:
        place = cell_of(book[tab_of(NUMBER)], field)
    found = kohyo.check([path], small.workspace.definition).findings
    if field == "number":
        found = small.consolidate().findings
    assert [(finding.place.sheet, finding.place.cell) for finding in found if finding.code == code] == [
        (tab_of(NUMBER), place)
    ]


def test_perspectives_that_stay_unknown(small: Small) -> None:
    """An item of which no perspective is answered is incomplete (1)."""
    ticks = dict.fromkeys(("tick_finance", "tick_online", "tick_staff", "tick_partners"), "不明")
    path = small.send(DEPARTMENT, {NUMBER: ticks})
    assert codes(kohyo.check([path], small.workspace.definition)) == ["K216"]


def test_a_date_that_is_none(small: Small) -> None:
    """A date without a year is not guessed (1, 2)."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        type_into(book["市民の声"], {"heard.1": "使いやすい。", "heard_on.1": "6月3日"})
    assert codes(kohyo.check([path], small.workspace.definition)) == ["K205"]


def test_a_complete_form_is_clean(small: Small) -> None:
    """Nothing to mend, nothing to look at, exit code 0 (3)."""
    result = kohyo.check([small.send(DEPARTMENT)], small.workspace.definition)
    assert (result.findings, result.needs_person) == ((), False)


def test_files_are_told_apart(small: Small) -> None:
    """Each finding names its file; a broken file does not stop the next (1, 3)."""
    broken = small.workspace.returns / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    good = small.send(DEPARTMENT, {NUMBER: {"state": None}})
    result = kohyo.check([broken, good], small.workspace.definition)
    assert result.files == ("壊れた.xlsx", good.name)
    assert {finding.place.file for finding in result.findings} == {"壊れた.xlsx", good.name}


def test_a_form_of_another_plan(small: Small) -> None:
    """Without its definition a form is read by the shipped plan, which it does not belong to (1, 3)."""
    assert codes(kohyo.check([small.send(DEPARTMENT)])) == ["K151"]


def test_no_such_file(tmp_path: Path) -> None:
    """A path that is no file is refused (3)."""
    with pytest.raises(FileError):
        kohyo.check([tmp_path])

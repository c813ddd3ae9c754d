"""Reading a survey form (調査票) out of a workbook: where each answer is, and what is said about finding it.

F1   an answer is found by its sheet-scoped name, without one by the label to its left
F2   name and label that disagree (K251), no label (K252), two labels (K253): the field is not read
F3   an answer beside its empty cell (K254), merged with others (K255), spread over cells (K264) is not read
F4   an answer hidden under a merge is read, K266 asks
F5   what stands outside the answers is named (K256, K257, K262), what the form itself prints is not
F6   a sheet is ours by its control number, else by its names and labels; others are listed (K258)
F7   a sheet of ours without a single field is K259; a field that nobody may fill is not missed (K260)
F8   what was recovered by labels is said once a sheet (K261, K263), and that a sheet is hidden (K265)
F9   identity is handed on from property, hidden sheet and every sheet's number
F10  the example is nobody's answer; what was written into it, or onto the cover, is named
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kohyo.excel.form.form_identifiers import CONTROL_NAME
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found, RawReturn, RawSheet
from kohyo.model.value import RawValue
from tests.excel.ooxml.builders import COVER, FormSheet, Rows, form_sheet, write_small_form

FILE = "回答.xlsx"
ROWS: Rows = (
    ("number", "番号", "1-1"),
    ("title", "項目名 ＊", "窓口の見直し"),
    ("measures", "取組内容 ＊", "一つにまとめる"),
    ("person", "担当者 ＊", "係長"),
)
Then = Callable[[Any, Any], None]
Read = tuple[RawReturn, tuple[Finding, ...]]


def read(path: Path, plan: Plan, *sheets: FormSheet, named: bool = True, then: Then | None = None) -> Read:
    """Write a form, read it, and find its answers."""
    file = write_small_form(path / FILE, sheets, named=named, then=then)
    book = read_file(file).book
    assert book is not None
    return find_answers(book, plan, FILE)


def item(rows: Rows = ROWS, tab: str = "1-1", code: str = "K0001", **options: Any) -> FormSheet:  # noqa: ANN401
    """Return an item's sheet."""
    return form_sheet(tab, code, rows, **options)


def answers(sheet: RawSheet) -> dict[str, RawValue]:
    """Return what was found on a sheet."""
    return {name: one.value for name, one in sheet.answers.items() if one.found is not Found.NOT_FOUND}


def told(found: Read, *codes: str) -> list[tuple[str, str, str]]:
    """Return code, cell and field of the findings with some codes; K252 of fields that the small form lacks aside."""
    fields = {label.removesuffix(" ＊") for _, label, _ in ROWS}
    return [
        (one.code, one.place.cell, one.field)
        for one in found[1]
        if one.code in codes and (one.code not in {"K252", "K260"} or one.field in fields)
    ]


def test_an_answer_is_found_by_its_name(tmp_path: Path, plan: Plan) -> None:
    """F1: each answer comes with its cell and the way it was found."""
    (sheet,) = read(tmp_path, plan, item())[0].sheets
    assert answers(sheet) == {name: answer for name, _, answer in ROWS}
    one = sheet.answers["measures"]
    assert (one.place.file, one.place.sheet, one.place.cell, one.found) == (FILE, "1-1", "B5", Found.BY_NAME)


def test_without_names_the_label_leads_to_the_answer(tmp_path: Path, plan: Plan) -> None:
    """F1, F8: labels alone suffice, whatever their width and mark; K261 says which fields were found so."""
    rows = (("", "項 目 名", "窓口の見直し"), ("", "取組内容*", "一つにまとめる"))
    found = read(tmp_path, plan, item(rows), named=False)
    assert answers(found[0].sheets[0]) == {"title": "窓口の見直し", "measures": "一つにまとめる"}
    (said,) = [one for one in found[1] if one.code == "K261"]
    assert said.value == "項目名、取組内容"


def test_a_sheet_read_by_labels_alone_is_said_once(tmp_path: Path, plan: Plan) -> None:
    """F8: where every field of a sheet was found by its label, one sentence says how many."""
    rows = tuple(("", label, "文") for label in ("関連する番号", "課題の内容", "求める対応") * 3)
    found = read(tmp_path, plan, item(rows, "課題", "S4X1"), named=False)
    assert [(one.code, one.value) for one in found[1]] == [("K263", "9")]


def test_name_and_label_must_agree(tmp_path: Path, plan: Plan) -> None:
    """F2: a name that points into another field's row is K251 for the field, at both places."""
    rows = (("title", "項目名", "窓口"), ("measures", "担当者", "係長"), ("", "取組内容", "一つにまとめる"))
    found = read(tmp_path, plan, item(rows))
    assert "measures" not in answers(found[0].sheets[0])
    assert told(found, "K251") == [("K251", "B4", "取組内容"), ("K251", "B4", "担当者")]
    assert [one.context["cells"] for one in found[1] if one.code == "K251"] == ["B4、B5", "B4"]


def test_a_name_beside_an_edited_label_is_trusted(tmp_path: Path, plan: Plan) -> None:
    """F1: where the label was overwritten, the name still leads to the answer."""
    rows = (("title", "項目名", "窓口"), ("measures", "うちの取組み", "一つにまとめる"))
    assert answers(read(tmp_path, plan, item(rows))[0].sheets[0])["measures"] == "一つにまとめる"


def test_two_labels_cannot_be_told_apart(tmp_path: Path, plan: Plan) -> None:
    """F2: a label that stands twice is K253, at the cells beside both."""
    rows = (*ROWS, ("", "取組内容", "もう一つ"))
    found = read(tmp_path, plan, item(rows), named=False)
    assert told(found, "K253") == [("K253", "B5", "取組内容")]
    assert "measures" not in answers(found[0].sheets[0])


def test_a_field_that_is_gone_is_named(tmp_path: Path, plan: Plan) -> None:
    """F2, F7: without name and label a field is K252; one that nobody may fill is K260."""
    found = read(tmp_path, plan, item(ROWS[1:2]))
    assert {("K252", "", "取組内容"), ("K260", "", "番号")} <= set(told(found, "K252", "K260"))


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_beside_its_empty_cell_is_not_taken_for_empty(tmp_path: Path, plan: Plan, *, named: bool) -> None:
    """F3: the field is not read as empty, K254 names where something stands."""
    rows = (*ROWS[:2], ("measures", "取組内容", None))
    found = read(tmp_path, plan, item(rows, extra={"D5": "一つにまとめる"}), named=named)
    assert told(found, "K254") == [("K254", "D5", "取組内容")]
    assert "measures" not in answers(found[0].sheets[0])


def test_an_answer_merged_with_another_is_not_read(tmp_path: Path, plan: Plan) -> None:
    """F3: one merged cell cannot answer two fields: K255 for both."""
    found = read(tmp_path, plan, item(), then=lambda _, page: page.merge_range("B4:B5", "まとめて"))
    assert told(found, "K255") == [("K255", "B4", "項目名"), ("K255", "B5", "取組内容")]


def test_an_answer_merged_with_its_label_is_not_read(tmp_path: Path, plan: Plan) -> None:
    """F3: a label spread over its answer leaves no answer."""
    found = read(tmp_path, plan, item(), then=lambda _, page: page.merge_range("A5:B5", "取組内容"))
    assert told(found, "K255") == [("K255", "B5", "取組内容")]


@pytest.mark.parametrize(("cell", "cells"), [("C5", "B5、C5"), ("B7", "B6、B7")])
def test_a_text_spread_over_cells_is_not_taken_in_part(tmp_path: Path, plan: Plan, cell: str, cells: str) -> None:
    """F3: what goes on beside or below is K264 with every cell."""
    found = read(tmp_path, plan, item(extra={cell: "、続き"}))
    assert [one.context["cells"] for one in found[1] if one.code == "K264"] == [cells]


def test_a_text_that_goes_on_in_a_formula_is_not_taken_in_part(tmp_path: Path, plan: Plan) -> None:
    """F3: nobody knows what a formula without a result would add."""

    def go_on(_: Any, page: Any) -> None:  # noqa: ANN401 - XlsxWriter is untyped
        page.write_formula("B7", "=NOW()", None, "")

    found = read(tmp_path, plan, item(), then=go_on)
    assert [one.context["cells"] for one in found[1] if one.code == "K264"] == ["B6、B7"]


def test_a_note_in_a_row_of_its_own_spreads_nothing(tmp_path: Path, plan: Plan) -> None:
    """F3, F5: below an empty row a note is a note."""
    found = read(tmp_path, plan, item(extra={"B8": "以上"}))
    assert told(found, "K256", "K264") == [("K256", "B8", "")]


def test_an_answer_under_a_merge_is_read_and_asked_about(tmp_path: Path, plan: Plan) -> None:
    """F4: the merge's first cell is empty, another holds the answer: it is read, K266 names it."""

    def merge(_: Any, page: Any) -> None:  # noqa: ANN401 - XlsxWriter is untyped
        page.merge_range("B5:C5", "")
        page.write("C5", "一つにまとめる")

    rows = (*ROWS[:2], ("measures", "取組内容", None))
    found = read(tmp_path, plan, item(rows), then=merge)
    assert answers(found[0].sheets[0])["measures"] == "一つにまとめる"
    assert told(found, "K266") == [("K266", "C5", "取組内容")]


def test_what_stands_outside_is_named(tmp_path: Path, plan: Plan) -> None:
    """F5: a note in a far cell and a comment on a label are named; hints and marks of the form are not."""

    def comment(_: Any, page: Any) -> None:  # noqa: ANN401 - XlsxWriter is untyped
        page.write_comment("A4", "これは仮称")

    extra: Mapping[str, str] = {"F9": "要調整", "C5": wording("form.remark.missing"), "C4": "80字まで　いま6字"}
    found = read(tmp_path, plan, item(extra=extra), then=comment)
    assert told(found, "K256", "K262") == [("K256", "F9", ""), ("K262", "A4", "")]


def test_many_notes_are_counted(tmp_path: Path, plan: Plan) -> None:
    """F5: after twenty cells, K257 says how many more and where they begin."""
    found = read(tmp_path, plan, item(extra={f"F{row}": f"資料{row}" for row in range(10, 35)}))
    assert len(told(found, "K256")) == 20
    (more,) = [one for one in found[1] if one.code == "K257"]
    assert (more.value, more.place.cell) == ("5", "F30")


def test_a_label_as_an_answer_is_an_answer(tmp_path: Path, plan: Plan) -> None:
    """F1: what stands beside a label is never a label, even where it reads like one."""
    rows = (("title", "項目名", "概要"), ("overview", "概要", "担当者"), ("measures", "取組内容", "項目名"))
    found = read(tmp_path, plan, item(rows))
    assert answers(found[0].sheets[0]) == {"title": "概要", "overview": "担当者", "measures": "項目名"}
    assert told(found, "K251", "K253", "K256") == []


def test_remarks_in_the_place_of_deleted_answers_are_no_answers(tmp_path: Path, plan: Plan) -> None:
    """F2: where the column of the answers was deleted, what the form says beside it is not read."""
    rows = (("", "項目名", wording("form.remark.missing")), ("", "取組内容", ""), ("", "担当者", "40字まで　いま0字"))
    found = read(tmp_path, plan, item(rows), named=False)
    assert answers(found[0].sheets[0]) == {}
    assert [one.code for one in found[1] if one.code == "K259"] == ["K259"]


def test_a_sheet_without_a_number_is_known_by_its_labels(tmp_path: Path, plan: Plan) -> None:
    """F6: half the labels of a kind make a sheet ours; its number is handed on as missing."""
    rows = tuple(
        (field, label, "文") for field, label in (("issue_item", "関連する番号"), ("issue_text", "課題の内容"))
    )
    (sheet,) = read(tmp_path, plan, item(rows, "課題", ""), named=False)[0].sheets
    assert (sheet.kind, sheet.control) == ("issue", "")


def test_sheets_of_their_own_are_listed(tmp_path: Path, plan: Plan) -> None:
    """F6: a sheet without number and labels is K258, an empty one nothing."""
    own = (item((("", "資料", "写真"),), "参考", ""), item((), "空", ""))
    found = read(tmp_path, plan, item(), *own)
    assert found[0].other_sheets == ("参考", "空")
    assert [(one.code, one.place.sheet) for one in found[1] if one.code == "K258"] == [("K258", "参考")]


def test_a_sheet_of_ours_without_fields_is_named(tmp_path: Path, plan: Plan) -> None:
    """F7: a number above another table is K259, once."""
    found = read(tmp_path, plan, item((("", "別の表", "1"),)))
    assert [one.code for one in found[1] if one.place.sheet == "1-1"] == ["K259", "K256", "K256"]


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path, plan: Plan) -> None:
    """F8: hiding a sheet hides no answer."""

    def hide(_: Any, page: Any) -> None:  # noqa: ANN401 - XlsxWriter is untyped
        page.hide()

    found = read(tmp_path, plan, item(tab="1-2", code="K0002"), item(), then=hide)
    assert [(sheet.place.sheet, sheet.hidden) for sheet in found[0].sheets] == [("1-2", False), ("1-1", True)]
    assert [(one.code, one.place.sheet) for one in found[1] if one.code == "K265"] == [("K265", "1-1")]


def test_identity_is_handed_on_from_three_places(tmp_path: Path, plan: Plan) -> None:
    """F9: property, hidden sheet, and each sheet's own number."""
    raw, _ = read(tmp_path, plan, item())
    numbers = (raw.property_control, raw.hidden_control, raw.sheets[0].control)
    assert numbers == (str(COVER), str(COVER), str(COVER.for_sheet("K0001")))


def test_the_number_is_found_where_it_was_moved(tmp_path: Path, plan: Plan) -> None:
    """F9: without its name, the only number printed on a sheet is its number, however it is typed."""
    printed = str(COVER.for_sheet("K0001")).replace("-", "－").lower()
    found = read(tmp_path, plan, item(code="", extra={"E1": f" {printed}"}), named=False)
    assert found[0].sheets[0].control == str(COVER.for_sheet("K0001"))
    assert told(found, "K256") == []


def test_two_numbers_on_one_sheet_are_none(tmp_path: Path, plan: Plan) -> None:
    """F9: where two numbers are printed and none is named, neither is believed."""
    numbers = {"E1": str(COVER.for_sheet("K0001")), "E2": str(COVER.for_sheet("K0002"))}
    raw, _ = read(tmp_path, plan, item(_half_of_an_issue(), "課題", "", extra=numbers), named=False)
    assert [sheet.control for sheet in raw.sheets] == [""]


def _half_of_an_issue() -> Rows:
    return (("", "関連する番号", "1-1"), ("", "課題の内容", "人手"))


def test_the_example_answers_nothing(tmp_path: Path, plan: Plan) -> None:
    """F10: a sheet that bears the example's mark is passed over; what is not its own is named."""
    mark = {"C1": wording("form.example.mark"), "D9": "うちではこう書きたい"}
    rows = (("", "項目名 ＊", "貸出備品の予約と受渡しの見直し（架空の例）"), ("", "担当者 ＊", "うちの係長"))
    found = read(tmp_path, plan, item(), item(rows, "記入例", "", extra=mark))
    assert [sheet.place.sheet for sheet in found[0].sheets] == ["1-1"]
    cells = [one.place.cell for one in found[1] if (one.code, one.place.sheet) == ("K256", "記入例")]
    assert cells == ["B4", "D9"]


def test_a_message_on_the_cover_is_named(tmp_path: Path, plan: Plan) -> None:
    """F10: the cover's own words, dates and titles are nobody's; a message and a comment are named."""

    def finish(book: Any, page: Any) -> None:  # noqa: ANN401 - XlsxWriter is untyped
        book.define_name(f"'表紙'!{CONTROL_NAME}", "='表紙'!$C$1")
        page.write_comment("A3", "部長が見ました")

    rows = (
        ("", wording("form.cover.deadline"), "令和6年6月14日（金）"),
        ("", wording("form.cover.contact"), plan.plan.contact),
        ("", "1-1", "窓口の見直し"),
        ("", "連絡", "部長了承ずみ"),
    )
    found = read(tmp_path, plan, item(extra={"B2": "窓口の見直し"}), item(rows, "表紙", "0"), then=finish)
    on_cover = [(one.code, one.place.cell) for one in found[1] if one.place.sheet == "表紙"]
    assert on_cover == [("K256", "A6"), ("K256", "B6"), ("K262", "A3")]


def test_a_number_that_is_no_sheets_is_named(tmp_path: Path, plan: Plan) -> None:
    """F7: a sheet whose number names neither an item nor a kind is K259, never passed over."""
    found = read(tmp_path, plan, item((("", "別の表", "1"),), "控え", "Z9"))
    assert [(one.code, one.place.sheet) for one in found[1]] == [("K259", "控え")]

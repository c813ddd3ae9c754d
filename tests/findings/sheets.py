"""Which sheet of a returned form is which (K321 to K334)."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from kohyo.model.finding import Finding
from kohyo.text.control_number import parse_control_number
from tests.findings.stage import Findings, Ground, provokes
from tests.usecases.corrections import LATER, RIGHT, WRONG, send_correction
from tests.usecases.small import Small, cell_of, made_up_plan, opened, tab_of, type_into


def _own(small: Small, code: str) -> Findings:
    """Consolidate, and return what is said of files whose name begins with a code."""
    findings: tuple[Finding, ...] = small.consolidate().findings
    return [finding for finding in findings if finding.place.file.startswith(code)]


def _copied(sheet: Worksheet, tab: str, title: str) -> Worksheet:
    assert sheet.parent is not None
    copy: Worksheet = sheet.parent.copy_worksheet(sheet)
    copy.title = tab
    copy[cell_of(sheet, "title")].value = title
    return copy


@provokes("K321")
def a_copied_sheet(ground: Ground) -> Findings:
    """Consolidate a form with a sheet copied for something new."""
    small = ground.small()
    with opened(small.send("市民局", name="K321.xlsx")) as book:
        _copied(book[tab_of("2-1")], "写し", "新しい取組")
    return _own(small, "K321")


@provokes("K322")
def two_copies_without_the_original(ground: Ground) -> Findings:
    """Consolidate a form of which no sheet bears the old tab or title any more."""
    small = ground.small()
    with opened(small.send("市民局", name="K322.xlsx")) as book:
        sheet = book[tab_of("2-1")]
        _copied(sheet, "甲", "別の取組")
        sheet[cell_of(sheet, "title")].value = "さらに別の取組"
        sheet.title = "乙"
    return _own(small, "K322")


@provokes("K323")
def a_sheet_of_another_form(ground: Ground) -> Findings:
    """Consolidate a form with the control number of a sheet that did not go to this department."""
    small = ground.small()
    with opened(small.send("市民局", name="K323.xlsx")) as book:
        sheet = book[tab_of("2-1")]
        control = sheet[cell_of(sheet, "control")]
        number = parse_control_number(control.value, made_up_plan().plan.code)
        control.value = str(number.for_sheet(small.item("1-1").id))
    return _own(small, "K323")


@provokes("K324", "K325")
def sheets_without_control_numbers(ground: Ground) -> Findings:
    """Consolidate a form in which the control numbers were deleted, once with the item's number."""
    small = ground.small()
    with opened(small.send("市民局")) as book:
        for number in ("2-1", "3-1"):
            sheet = book[tab_of(number)]
            sheet[cell_of(sheet, "control")].value = None
        book[tab_of("3-1")][cell_of(sheet, "number")].value = None
    return small.consolidate().findings


@provokes("K326", "K327")
def a_sheet_too_few_and_a_copy_too_many(ground: Ground) -> Findings:
    """Consolidate a form with one of its sheets only, and a form with a copy on which nothing was written."""
    small = ground.small()
    small.send("企画財政局", keep=["1-1"])
    with opened(Path(shutil.copy(small.form("上下水道局"), small.workspace.returns))) as book:
        book.copy_worksheet(book[tab_of("3-1")]).title = f"{tab_of('3-1')} (2)"
    return small.consolidate().findings


@provokes("K328")
def a_proposal_that_was_taken_out(ground: Ground) -> Findings:
    """Consolidate a correction from which the proposal is gone."""
    small = ground.small()
    with opened(small.send("企画財政局", {"1-1": WRONG})) as book:
        type_into(book["R13新規"], {"title": "新しい窓口"})
    small.consolidate()
    with opened(send_correction(small, {"1-1": RIGHT})) as book:
        type_into(book["R13新規"], {"title": None})
    return small.consolidate(LATER).findings


@provokes("K329", "K330")
def renamed_sheets(ground: Ground) -> Findings:
    """Consolidate a form with a renamed sheet, and one in which two tabs were swapped."""
    small = ground.small()
    with opened(small.send("市民局")) as book:
        book[tab_of("2-1")].title = "予約のこと"
    with opened(small.send("企画財政局")) as book:
        first, second = book[tab_of("1-1")], book[tab_of("2-1")]
        first.title, second.title = "仮", tab_of("1-1")
        first.title = tab_of("2-1")
    return small.consolidate().findings


@provokes("K331")
def an_open_form_sent_back_empty(ground: Ground) -> Findings:
    """Consolidate a form that anyone may fill, as it went out."""
    small = ground.small()
    (form,) = small.workspace.forms.glob("様式_*.xlsx")
    shutil.copy(form, small.workspace.returns)
    return small.consolidate().findings


@provokes("K332")
def a_lone_copy_for_something_new(ground: Ground) -> Findings:
    """Consolidate a form that holds nothing but a copy with a new tab and a new title."""
    small = ground.small()
    with opened(small.send("市民局", name="K332.xlsx", keep=["2-1"])) as book:
        sheet = book[tab_of("2-1")]
        type_into(sheet, {"title": "新しい窓口", "overview": "夜の相談を始める。", "state": "遅れ"})
        sheet.title = "新規案"
    return _own(small, "K332")


@provokes("K333")
def anothers_content_on_a_sheet(ground: Ground) -> Findings:
    """Consolidate a form on one of whose sheets another item's title and text were pasted."""
    small = ground.small()
    small.send("企画財政局", {"1-1": {"title": "窓口の予約", "overview": "来庁の予約を始める。"}}, name="K333.xlsx")
    return _own(small, "K333")


@provokes("K334")
def a_sheet_whose_marks_disagree(ground: Ground) -> Findings:
    """Consolidate a form on one of whose sheets number and tab are another item's."""
    small = ground.small()
    with opened(small.send("企画財政局", name="K334.xlsx")) as book:
        sheet, other = book[tab_of("1-1")], book[tab_of("2-1")]
        type_into(sheet, {"title": "別の名前の取組", "overview": "まったく別の文です。"})
        sheet[cell_of(sheet, "number")].value = "2-1"
        other.title, sheet.title = "もとの2-1", tab_of("2-1")
    return _own(small, "K334")

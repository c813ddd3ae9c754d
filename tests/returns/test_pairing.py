"""Which sheet of a returned book is which sheet that went out.

1. A sheet is paired by its control number, whatever its tab is called.
2. Of several sheets with one number, the one with its old tab or its old title is the original; others are copies.
3. Where that cannot be told, none is read.
4. A sheet that lost its number is known by its item number or as the only one of its kind, if nothing claims it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.model.finding import Place
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.returned_book import RawSheet
from kohyo.returns.pair import pair_sheets
from tests.returns.builders import FILE, control, filled, form_issue, raw_return, raw_sheet, sheet_issue


def test_a_renamed_sheet_is_still_its_item(plan: Plan) -> None:
    """The tab's name does not matter while the number stands, and K329 says so (requirement 1)."""
    base = sheet_issue(plan)
    pairs, findings = pair_sheets(raw_return(plan, raw_sheet(plan, filled(plan), tab="改名")), form_issue(plan, base))
    assert [pair.base for pair in pairs] == [base]
    assert [(one.code, one.place.sheet, one.value) for one in findings] == [("K329", "改名", "1-1")]


def test_a_sheet_under_another_sheets_name_is_asked_about(plan: Plan) -> None:
    """Tabs that were swapped are read by their numbers, and K330 asks whether that is right (requirement 1)."""
    one, other = sheet_issue(plan), sheet_issue(plan, "K0002", "1-2")
    exchanged = raw_sheet(plan, filled(plan, number="1-2"), tab="1-1", code="K0002")
    raw = raw_return(plan, raw_sheet(plan, filled(plan), tab="1-2"), exchanged)
    pairs, findings = pair_sheets(raw, form_issue(plan, one, other))
    assert [pair.base for pair in pairs] == [one, other]
    assert [(found.code, found.place.sheet, found.value) for found in findings] == [
        ("K330", "1-2", "1-1"),
        ("K330", "1-1", "1-2"),
    ]


@pytest.mark.parametrize("tab", ["1-1 (2)", "1-1_2", "１－１（２）"])
def test_a_copy_without_its_original_is_not_taken_for_it(plan: Plan, tab: str) -> None:
    """A lone sheet that is called a copy and is about something else is K332 and not read (requirement 3)."""
    sheet = raw_sheet(plan, filled(plan, title="新しい取組み"), tab=tab)
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, sheet_issue(plan, title="広報")))
    assert (pairs, [one.code for one in findings]) == ((), ["K332"])


def test_a_copy_that_replaced_its_original_is_the_item(plan: Plan) -> None:
    """A lone sheet that is called a copy and kept the item's title is the item (requirement 2)."""
    base = sheet_issue(plan, title="広報")
    sheet = raw_sheet(plan, filled(plan, title="広報"), tab="1-1 (2)")
    pairs, _ = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    assert [pair.base for pair in pairs] == [base]


def test_a_copied_sheet_is_something_new(plan: Plan) -> None:
    """Beside the original tab, a second sheet with its number is a copy, K321 (requirement 2)."""
    base = sheet_issue(plan)
    raw = raw_return(plan, raw_sheet(plan, filled(plan)), raw_sheet(plan, filled(plan), tab="1-1 (2)"))
    pairs, findings = pair_sheets(raw, form_issue(plan, base))
    assert [(pair.base, pair.copied_from) for pair in pairs] == [(base, None), (None, base)]
    assert [(one.code, one.place.sheet) for one in findings] == [("K321", "1-1 (2)")]


def test_the_title_tells_the_original_when_tabs_were_renamed(plan: Plan) -> None:
    """With both tabs renamed, the sheet that kept the item's title is the original (requirement 2)."""
    base = sheet_issue(plan, title="広報")
    old = raw_sheet(plan, filled(plan, title="広報"), tab="あ")
    new = raw_sheet(plan, filled(plan, title="新規"), tab="い")
    pairs, _ = pair_sheets(raw_return(plan, new, old), form_issue(plan, base))
    assert [(pair.sheet.place.sheet, pair.base is base) for pair in pairs] == [("あ", True), ("い", False)]


def test_two_sheets_that_cannot_be_told_apart_are_not_read(plan: Plan) -> None:
    """Same number, other tabs, same title: K322 for each, and neither is read (requirement 3)."""
    raw = raw_return(plan, *(raw_sheet(plan, filled(plan), tab=tab) for tab in ("あ", "い")))
    pairs, findings = pair_sheets(raw, form_issue(plan, sheet_issue(plan, title="別")))
    assert pairs == ()
    assert [one.code for one in findings] == ["K322", "K322"]


def test_a_sheet_that_did_not_go_to_this_department_is_refused(plan: Plan) -> None:
    """A sheet with a number the form never held is K323."""
    raw = raw_return(plan, raw_sheet(plan, filled(plan), code="K0009"))
    pairs, findings = pair_sheets(raw, form_issue(plan, sheet_issue(plan)))
    assert (pairs, [one.code for one in findings]) == ((), ["K323"])


def test_a_lost_number_is_recovered_by_the_item_number(plan: Plan) -> None:
    """A sheet whose number was deleted is known by 番号, K325 (requirement 4)."""
    base = sheet_issue(plan)
    sheet = replace(raw_sheet(plan, filled(plan, number="１‐１")), control="", place=Place(FILE, "改名"))
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    assert ([pair.base for pair in pairs], [one.code for one in findings]) == ([base], ["K325", "K329"])


def test_a_number_with_wrong_check_digits_counts_as_lost(plan: Plan) -> None:
    """A mistyped control number is no sheet of another department's: 番号 tells which it is (requirement 4)."""
    base = sheet_issue(plan)
    sheet = replace(raw_sheet(plan, filled(plan)), control="R6-28-K0001-1-00")
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    assert ([pair.base for pair in pairs], [one.code for one in findings]) == ([base], ["K325"])


def test_a_blank_sheet_that_lost_its_number_is_the_only_one_of_its_kind(plan: Plan) -> None:
    """A proposal without a number is the one that went out, unless two claim to be it (requirement 4)."""
    base = IssuedSheet(control(plan, "S2X1"), "addition", "R6追加", None, {})
    sheet = RawSheet(Place(FILE, "R6追加"), "", "addition", filled(plan, "addition"))
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    assert ([pair.base for pair in pairs], [one.code for one in findings]) == ([base], ["K325"])
    two = raw_return(plan, sheet, replace(sheet, place=Place(FILE, "R6追加 (2)")))
    assert [one.code for one in pair_sheets(two, form_issue(plan, base))[1]] == ["K324", "K324"]


def test_a_sheet_with_neither_number_is_found(plan: Plan) -> None:
    """A sheet that cannot be identified is K324 and not read (requirement 4)."""
    sheet = replace(raw_sheet(plan, filled(plan, number=None)), control="")
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, sheet_issue(plan)))
    assert (pairs, [one.code for one in findings]) == ((), ["K324"])


def test_a_blank_sheet_without_its_number_takes_only_what_is_free_and_of_its_kind(plan: Plan) -> None:
    """Not the one that another sheet bears, not one of another kind; sheets of other kinds are no rivals (4)."""
    base = IssuedSheet(control(plan, "S2X1"), "addition", "R6追加", None, {})
    second = replace(base, control=control(plan, "S2X2"), tab="R6追加２")
    bare = RawSheet(Place(FILE, "新しい"), "", "addition", filled(plan, "addition"))
    bearer = replace(bare, place=Place(FILE, "R6追加"), control=base.control)
    issue = replace(bare, place=Place(FILE, "課題"), kind="issue", answers={})

    def paired(form: tuple[IssuedSheet, ...], *sheets: RawSheet) -> list[tuple[str, str]]:
        pairs, _ = pair_sheets(raw_return(plan, *sheets), form_issue(plan, *form))
        return [(pair.sheet.place.sheet, pair.base.tab) for pair in pairs if pair.base]

    assert paired((base,), bearer, bare) == [("R6追加", "R6追加")]
    assert paired((base,), issue) == []
    assert paired((base, second), bearer, bare) == [("R6追加", "R6追加"), ("新しい", "R6追加２")]
    assert paired((base,), bare, issue) == [("新しい", "R6追加")]


def test_a_sheet_that_bears_two_numbers_is_nobodys(plan: Plan) -> None:
    """Both are told, and neither is believed (requirement 3)."""
    base = sheet_issue(plan)
    sheet = replace(raw_sheet(plan, filled(plan)), other_controls=("R6-99-K0002-1-00",))
    pairs, findings = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    assert [pair.base for pair in pairs if pair.copied_from is None] == []
    (found,) = (one for one in findings if one.code == "K334")
    assert found.place.sheet == sheet.place.sheet
    assert sheet.control in found.value
    assert "R6-99-K0002-1-00" in found.value
    assert "、" in found.value


def test_a_mistyped_number_of_another_department_is_not_taken_for_ours(plan: Plan) -> None:
    """Its check is wrong, and what it names is not this form: the item's number does not help (requirement 4)."""
    base = sheet_issue(plan)
    own = raw_sheet(plan, filled(plan))
    assert _base_of(plan, replace(own, control=_with_wrong_check(own.control)), base) == [base]
    parts = own.control.split("-")
    other = "-".join([parts[0], "99" if parts[1] != "99" else "98", *parts[2:]])
    pairs, findings = pair_sheets(
        raw_return(plan, replace(own, control=_with_wrong_check(other))), form_issue(plan, base)
    )
    assert [pair.base for pair in pairs if pair.base is not None] == []
    assert "K324" in {one.code for one in findings}


def _base_of(plan: Plan, sheet: RawSheet, base: IssuedSheet) -> list[IssuedSheet | None]:
    pairs, _ = pair_sheets(raw_return(plan, sheet), form_issue(plan, base))
    return [pair.base for pair in pairs]


def _with_wrong_check(number: str) -> str:
    body, check = number[:-2], int(number[-2:])
    return f"{body}{(check + 1) % 100:02}"

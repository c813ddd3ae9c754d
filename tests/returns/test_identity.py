"""Which form a returned book is: by control numbers in three places, never by file name."""

from __future__ import annotations

import pytest

from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.returns.identify import identify
from tests.returns.builders import FILE, control, filled, raw_return, raw_sheet


def found(plan: Plan, *, printed: str | None = None, hidden: str | None = None, prop: str | None = None) -> list[str]:
    """Return the codes for a book whose three identities are as given."""
    sheet = raw_sheet(plan, filled(plan))
    sheets = () if printed == "" else (sheet,)
    return [one.code for one in identify(raw_return(plan, *sheets, hidden=hidden, prop=prop), plan).findings]


def test_three_agreeing_places_identify_a_form(plan: Plan) -> None:
    """A whole form names its respondent without a word."""
    identity = identify(raw_return(plan, raw_sheet(plan, filled(plan))), plan)
    assert (str(identity.control), identity.findings) == (control(plan), ())


def test_a_stripped_form_is_known_by_its_printed_numbers(plan: Plan) -> None:
    """A sanitiser may take the property and the hidden sheet: K154 says what decided."""
    assert found(plan, hidden="", prop="") == ["K154"]


def test_a_book_without_any_number_is_not_ours(plan: Plan) -> None:
    """No control number anywhere is K150."""
    assert found(plan, printed="", hidden="", prop="") == ["K150"]


def test_a_retyped_number_fails_its_check_digits(plan: Plan) -> None:
    """A number whose check digits are wrong is K151."""
    assert found(plan, printed="", hidden="R6-28-0-1-00", prop="") == ["K151"]


def test_numbers_of_two_departments_in_one_book_are_refused(plan: Plan) -> None:
    """Sheets of two forms in one file are K152, nothing is read."""
    assert found(plan, hidden=control(plan, department="01")) == ["K152"]


def test_a_form_of_another_year_is_named(plan: Plan) -> None:
    """A form of last year's survey is K153."""
    last = control(plan, era_year=5)
    assert found(plan, printed="", hidden=last, prop=last) == ["K153"]


@pytest.mark.parametrize(("hidden", "prop"), [("", None), (None, ""), ("", "")])
def test_one_place_that_was_stripped_is_said(plan: Plan, hidden: str | None, prop: str | None) -> None:
    """The form is known all the same, and K154 names its number."""
    identity = identify(raw_return(plan, raw_sheet(plan, filled(plan)), hidden=hidden, prop=prop), plan)
    assert str(identity.control) == control(plan)
    assert [(one.code, one.place, one.value) for one in identity.findings] == [("K154", Place(FILE), control(plan))]


def test_a_number_that_is_none_of_the_plans_is_named(plan: Plan) -> None:
    """K151 tells the first number that stands in the book, and the plan that it should belong to."""
    (told,) = identify(raw_return(plan, hidden="X1", prop=""), plan).findings
    assert (told.code, told.value, told.context["plan"]) == ("K151", "X1", plan.plan.name)


def test_a_number_that_is_broken_beside_one_that_holds_is_no_matter(plan: Plan) -> None:
    """One number that can be read decides."""
    assert found(plan, hidden="R6-28-0-1-00") == []


def test_the_forms_that_one_book_names_are_told(plan: Plan) -> None:
    """K152 tells each number once, in their order, whichever place names it."""
    numbers = (control(plan, department="01"), control(plan))
    for hidden, prop in (numbers, numbers[::-1]):
        identity = identify(raw_return(plan, raw_sheet(plan, filled(plan)), hidden=hidden, prop=prop), plan)
        assert identity.control is None
        assert [one.value for one in identity.findings] == ["、".join(numbers)]


def test_the_year_that_is_asked_for_is_told(plan: Plan) -> None:
    """K153 tells the number that was sent, and for which year the survey is."""
    last = control(plan, era_year=5)
    identity = identify(raw_return(plan, hidden=last, prop=last), plan)
    assert identity.control is None
    assert [(one.value, one.context["expected"]) for one in identity.findings] == [(last, "令和6年度")]

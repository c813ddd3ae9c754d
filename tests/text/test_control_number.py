"""Control numbers.

1. A number is read back as it was printed, also retyped in full width.
2. A wrong digit, two digits swapped, or a number of another plan is refused.
3. Every sheet of a form bears the form's number with a code of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.errors import TextError
from kohyo.text.control_number import COVER, ControlNumber, check_digits, parse_control_number

PLAN = "setagaya-r6"

numbers = st.builds(
    ControlNumber,
    plan=st.just(PLAN),
    era_year=st.integers(1, 99),
    department=st.from_regex(re.compile("[0-9A-Z]{2}"), fullmatch=True),
    sheet=st.from_regex(re.compile("[0-9A-Z]{1,8}"), fullmatch=True),
    round=st.integers(1, 99),
)


@given(numbers)
def test_a_number_is_read_back_as_printed(number: ControlNumber) -> None:
    """Printing and reading agree (1)."""
    assert parse_control_number(str(number), PLAN) == number


@pytest.mark.parametrize("change", [str.lower, lambda text: f"　{text} ", lambda text: text.replace("-", "－")])
def test_a_retyped_number_is_read(change: object) -> None:
    """Case, spaces and the kind of hyphen make no difference (1)."""
    number = ControlNumber(PLAN, 6, "28", "K0019", 1)
    assert callable(change)
    assert parse_control_number(change(str(number)), PLAN) == number


def test_a_number_in_full_width_is_read() -> None:
    """A number retyped with the input method left on is read (1)."""
    number = ControlNumber(PLAN, 6, "28", "K0019", 1)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in str(number))
    assert parse_control_number(wide, PLAN) == number


@given(numbers, st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: ControlNumber, shift: int) -> None:
    """No single digit can be mistyped unnoticed, wherever it stands (2)."""
    printed = str(number)
    places = [place for place, char in enumerate(printed) if char.isdigit()]
    assert places
    for place in places:
        wrong = printed[:place] + str((int(printed[place]) + shift) % 10) + printed[place + 1 :]
        with pytest.raises(TextError):
            parse_control_number(wrong, PLAN)


@given(numbers)
def test_two_digits_swapped_are_noticed(number: ControlNumber) -> None:
    """Neighbouring digits cannot change places unnoticed (2)."""
    printed = str(number)
    assert parse_control_number(printed, PLAN) == number
    for place, pair in enumerate(pairwise(printed)):
        if pair[0].isdigit() and pair[1].isdigit() and pair[0] != pair[1]:
            with pytest.raises(TextError):
                parse_control_number(printed[:place] + pair[1] + pair[0] + printed[place + 2 :], PLAN)


def test_a_number_of_another_plan_is_refused() -> None:
    """The plan's code counts in the check digits (2)."""
    number = ControlNumber("madeup-r9", 6, "28", "K0019", 1)
    with pytest.raises(TextError):
        parse_control_number(str(number), PLAN)


@pytest.mark.parametrize("raw", ["", None, 43, "R6-28-K0019-1", "R6-28-K0019-1-4", "R6-28--1-43", "個票"])
def test_what_is_no_number_is_refused(raw: object) -> None:
    """A text of another shape is no control number (2)."""
    with pytest.raises(TextError):
        parse_control_number(raw, PLAN)


def test_a_sheet_bears_the_number_of_its_form() -> None:
    """Only the sheet's code and the check digits differ (3)."""
    cover = ControlNumber(PLAN, 6, "28", COVER, 2)
    sheet = cover.for_sheet("K0019")
    assert str(sheet).startswith("R6-28-K0019-2-")
    assert sheet.for_sheet(COVER) == cover


@given(st.text(max_size=40))
def test_check_digits_are_those_of_letters_and_digits(text: str) -> None:
    """Whatever else stands among them is left out; a letter of either case counts alike."""
    digits = "".join(str(int(char, 36)) for char in text if char.isascii() and char.isalnum())
    assert check_digits(text) == f"{98 - int(digits + '00') % 97:02d}"

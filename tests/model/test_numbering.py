"""Item numbers.

1. A number is a goal and a serial; it sorts by value and spells itself as printed, by the plan's pattern.
2. Nothing else is read as a number: no leading zero, no other dash, no white space, no number of another pattern.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.numbering import GOAL_AND_SERIAL, ItemNumber, number_pattern


@given(st.integers(1, 99), st.integers(1, 9999))
def test_a_number_is_read_back_as_printed(goal: int, serial: int) -> None:
    """Printing and reading agree (1)."""
    assert ItemNumber.parse(str(ItemNumber(goal, serial))) == ItemNumber(goal, serial)


def test_numbers_sort_by_value() -> None:
    """1-3 stands before 1-24, and that before 2-1 (1)."""
    shuffled = [ItemNumber.parse(text) for text in ("2-1", "1-24", "1-3")]
    assert [str(number) for number in sorted(shuffled)] == ["1-3", "1-24", "2-1"]


@pytest.mark.parametrize(
    "text", ["", "1", "1-", "-1", "0-1", "1-0", "01-1", "1-01", "1-2-3", "1 - 2", "１-２", "1ー2", "1-2\n"]
)
def test_anything_else_is_no_number(text: str) -> None:
    """Spellings are normalised before, in one place (2)."""
    with pytest.raises(ValueError, match=re.escape(text) if text else "^$"):
        number_pattern(GOAL_AND_SERIAL).parse(text)


PATTERNS = {
    "{goal}-{serial}": "2-7",
    "R{goal}-{serial}": "R2-7",
    "A-{serial:03}": "A-007",
    "FAC{serial}": "FAC7",
    "{goal}-{serial:02}": "2-07",
    "{serial}": "7",
}


@pytest.mark.parametrize("text", PATTERNS)
def test_a_pattern_spells_and_reads_its_own(text: str) -> None:
    """The numbers of a pattern are read back by it, and those of all the others are none of it (1, 2)."""
    pattern = number_pattern(text)
    assert str(pattern.number(2, 7)) == PATTERNS[text]
    for other, number in PATTERNS.items():
        if number_pattern(other).letters == pattern.letters and number_pattern(other).has_goal == pattern.has_goal:
            continue
        with pytest.raises(ValueError, match=re.escape(number)):
            pattern.parse(number)


@given(st.sampled_from(sorted(PATTERNS)), st.integers(1, 99), st.integers(1, 9999))
def test_whatever_the_pattern_a_number_is_read_back(text: str, goal: int, serial: int) -> None:
    """Printing and reading agree, also where the reader does not know the pattern (1)."""
    number = number_pattern(text).number(goal, serial)
    assert number_pattern(text).parse(str(number)) == ItemNumber.parse(str(number).lower()) == number


@pytest.mark.parametrize(
    "text", ["", "{goal}", "{serial}{goal}", "A{goal}{serial}", "{serial:00}", "番{serial}", "-{serial}"]
)
def test_a_pattern_of_another_shape_is_none(text: str) -> None:
    """A definition that writes such a thing is told (1)."""
    with pytest.raises(ValueError, match=re.escape(text) if text else "^$"):
        number_pattern(text)

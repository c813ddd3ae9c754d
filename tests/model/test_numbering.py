"""Item numbers.

1. A number is a goal and a serial; it sorts by value and spells itself as printed.
2. Nothing else is read as a number: no leading zero, no other dash, no white space.
3. A number without its plan version is refused.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.numbering import ItemNumber, NumberInVersion


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
        ItemNumber.parse(text)


def test_a_number_belongs_to_a_version() -> None:
    """1-24 of the draft and 1-24 of the plan are two numbers, and 1-24 alone is none (3)."""
    number = ItemNumber(1, 24)
    assert NumberInVersion("素案", number) != NumberInVersion("令和6年度", number)
    with pytest.raises(ValueError, match="1"):
        NumberInVersion("", number)

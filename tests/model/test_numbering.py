"""Item numbers.

1. A number is a goal and a serial; it sorts by value and spells itself as printed.
2. Nothing else is read as a number: no leading zero, no other dash, no white space.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.numbering import ItemNumber


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

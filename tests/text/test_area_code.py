"""Municipality codes: a check digit finds every single slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.text.area_code import is_area_code

KNOWN = ("131121", "011002", "131130", "401307", "473821")
"""Codes of the government's list, with each kind of check digit among them."""


@pytest.mark.parametrize("code", KNOWN)
def test_codes_of_the_list(code: str) -> None:
    """What the government's list holds is a code."""
    assert is_area_code(code)


@given(st.sampled_from(KNOWN), st.integers(0, 4), st.integers(1, 9))
def test_a_slip_is_found(code: str, place: int, by: int) -> None:
    """A code with one digit mistyped is none, but where two rests of eleven share the check digit 1."""
    other = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert not is_area_code(other) or code[-1] == "1"


@pytest.mark.parametrize("text", ["", "13112", "1311210", "１３１１２１", "13112a"])
def test_what_is_none(text: str) -> None:
    """Too short, too long, wide digits, letters."""
    assert not is_area_code(text)

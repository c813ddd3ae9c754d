"""Numbers as people write them.

1. Full-width digits, thousands marks, minus signs and the field's own unit are understood.
2. What is not surely a number is refused, never guessed.
3. What was a float without a fraction is a whole number; a number that Excel cannot keep is refused.
4. Every whole number is read back from however offices print it.
5. A place is a circled figure up to ⑳; a circled figure before a text can be taken off.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.errors import TextError
from kohyo.model.value import RawValue
from kohyo.text.numbers import circled, parse_integer, parse_number, show_number, without_circle


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("007", 7),
        ("1,234千円", 1234),
        ("1,234 千円", 1234),
        ("１，２３４", 1234),
        ("５，０００千円", 5000),
        ("▲100", -100),
        ("△ 100", -100),
        ("−5", -5),
        ("‐5", -5),
        ("-5", -5),
        ("+5", 5),
        ("(100)", -100),
        ("（１００）", -100),
        ("(1,234千円)", -1234),
        ("(5)千円", -5),
        ("100．5", 100.5),
        ("1,234.50", 1234.5),
        ("-0", 0),
        (12, 12),
        (10.0, 10),
        (1.5, 1.5),
        (-0.0, 0),
    ],
)
def test_numbers_as_offices_write_them(raw: RawValue, value: float) -> None:
    """The value is what a person reads (1, 3)."""
    found = parse_number(raw, unit="千円")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "  ",
        "約100",
        "①",
        "²",
        "٣",
        "1,23",
        "5000,000",
        "1e5",
        ".5",
        "5.",
        "--5",
        "+-5",
        "▲▲5",
        "▲(5)",
        "100△",
        "100円",
        "５０％",
        "5千円千円",
        "(5千円)千円",
        "1 234",
        "100〜200",
        "1/2",
        "99999999999999999999",
        1e15,
        10**15,
        float("nan"),
        float("inf"),
        True,
        None,
        date(2024, 4, 1),
    ],
)
def test_what_is_not_surely_a_number_is_refused(raw: RawValue) -> None:
    """Another unit, two signs, odd thousands marks or a date stop here, with the text that was found (2, 3)."""
    with pytest.raises(TextError) as caught:
        parse_number(raw, unit="千円")
    assert caught.value.text is raw or str(caught.value.text) == str(raw)


def test_a_fraction_is_no_whole_number() -> None:
    """1.5 is a number but not a whole one (2)."""
    assert parse_integer("２") == 2
    with pytest.raises(TextError):
        parse_integer("1.5")


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["{}", "{:,}", "▲{:,}", "({})", "{:,}千円"]))
def test_every_whole_number_is_read_back_as_printed(value: int, shape: str) -> None:
    """Thousands marks, ▲ and parentheses lose nothing (4)."""
    minus = shape.startswith(("▲", "("))
    expected = -abs(value) if minus else value
    assert parse_number(shape.format(abs(value) if minus else value), unit="千円") == expected


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_cell_of_a_workbook_is_read_as_it_stands(value: float) -> None:
    """A float comes back equal, whole or not (3)."""
    if abs(value) < 10**15:
        assert parse_number(value) == value


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (-1200, "▲1,200"), (22.5, "22.5"), (-0.25, "▲0.25"), (1234567.0, "1,234,567")]
)
def test_as_offices_print_it(value: float, shown: str) -> None:
    """▲ for minus, thousands marks, no .0 (4)."""
    assert show_number(value) == shown


@given(st.one_of(st.integers(-(10**14), 10**14), st.decimals(-(10**6), 10**6, places=2).map(float)))
def test_what_is_printed_is_read_back(value: float) -> None:
    """Whole numbers and hundredths (4)."""
    assert parse_number(show_number(value)) == value


def test_circles() -> None:
    """① to ⑳, then (21); only a circle at the very beginning goes (5)."""
    assert [circled(place) for place in (1, 20, 21)] == ["①", "⑳", "(21)"]
    assert [without_circle(text) for text in ("①甲", "⑳　乙", "丙①", "")] == ["甲", "乙", "丙①", ""]

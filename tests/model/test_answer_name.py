"""Names of answers: the field's name, and its block where a sheet repeats its fields.

1. Field and block are read back as they were named; without a block the name is the field's.
2. The values of a block are those of its answers alone, by field.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.answer_name import answer_name, block_of, block_values, field_of


@given(st.from_regex("[a-z_][a-z0-9_]*", fullmatch=True), st.integers(0, 99))
def test_field_and_block_are_read_back(field: str, block: int) -> None:
    """Naming and reading agree (1)."""
    name = answer_name(field, block)
    assert (field_of(name), block_of(name)) == (field, block)
    assert (name == field) is (block == 0)


def test_values_of_one_block() -> None:
    """Block 2 is neither block 12 nor what stands outside all blocks (2)."""
    values = {"heard.2": "二", "heard.12": "十二", "title": "題"}
    assert block_values(values, 2) == {"heard": "二"}
    assert block_values(values, 0) == {"title": "題"}

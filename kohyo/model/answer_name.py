"""Names of answers (回答の名前): the field's name, with its block where a sheet repeats fields: ``issue_text.2``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_Value = TypeVar("_Value")


def answer_name(field: str, block: int) -> str:
    """Return the name of a field's answer in a block, counted from 1; 0 on a sheet without blocks."""
    return f"{field}.{block}" if block else field


def field_of(name: str) -> str:
    """Return the name of the field that an answer belongs to."""
    return name.partition(".")[0]


def block_of(name: str) -> int:
    """Return the block that an answer's name carries, 0 for none."""
    return int(name.partition(".")[2] or 0)


def block_values(values: Mapping[str, _Value], block: int) -> dict[str, _Value]:
    """Return what belongs to one block, by the names of fields; of a sheet without blocks (0) all of it."""
    if not block:
        return {name: value for name, value in values.items() if "." not in name}
    return {field_of(name): value for name, value in values.items() if block_of(name) == block}

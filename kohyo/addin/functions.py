"""What worksheets may ask (ユーザー関数): as thin as the tasks; what goes wrong is a sentence in the cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kohyo.errors import KohyoError
from kohyo.messages import describe_problem
from kohyo.model.value import FieldValue
from kohyo.usecases.lookup import count_of, item_value


def kohyo_item(folder: str, version: object, number: object, field: str) -> FieldValue:
    """Return the field of an item (項目の欄) by workspace folder, version and number; empty for an empty field."""
    return _told(lambda: item_value(Path(folder), str(version), str(number), field) or "")


def kohyo_count(folder: str, version: object, goal: object, perspective: str) -> FieldValue:
    """Return how many items of a goal have a perspective (到達点と視点の件数)."""
    return _told(lambda: count_of(Path(folder), str(version), _plain(goal), perspective))


def _plain(number: object) -> str:
    """Return a cell's number as it is written: Excel hands 3 over as 3.0."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def _told(ask: Callable[[], FieldValue]) -> FieldValue:
    try:
        return ask()
    except KohyoError as problem:
        return describe_problem(problem)

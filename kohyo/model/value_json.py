"""Values of fields as JSON and back: what JSON has no word for is a mapping that names its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue


def values_to_json(values: Mapping[str, FieldValue]) -> dict[str, object]:
    """Return values by name as JSON can hold them."""
    return {name: value if isinstance(value, str) else value_to_json(value) for name, value in values.items()}


def values_from_json(values: Mapping[str, Any]) -> dict[str, FieldValue]:
    """Return the values that ``values_to_json`` put down; raise ValueError or KeyError for anything else."""
    return {name: value_from_json(value) if isinstance(value, dict) else value for name, value in values.items()}


def value_to_json(value: FieldValue) -> object:
    """Return one value as JSON can hold it."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, Tick):
        return {"tick": value._value_}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def value_from_json(value: Mapping[str, Any]) -> FieldValue:
    """Return a value for which JSON has no word; raise ValueError or KeyError for anything else."""
    if "tick" in value:
        return Tick(value["tick"])
    return datetime.fromisoformat(value["moment"]) if "moment" in value else date.fromisoformat(value["date"])

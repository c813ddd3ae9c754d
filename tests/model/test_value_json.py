"""Values of fields as JSON.

1. What was put down comes back as what it was: a tick, a day, a moment, a figure, a text, nothing.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.model.value_json import values_from_json, values_to_json


def test_values_come_back() -> None:
    """Every kind of value survives JSON (1)."""
    values: dict[str, FieldValue] = {
        "tick": Tick.UNKNOWN,
        "day": date(2024, 6, 3),
        "moment": datetime(2024, 6, 3, 9, 30),  # noqa: DTZ001 - the register's moments have no time zone
        "figure": 12,
        "decimal": 1.5,
        "text": "取組み",
        "nothing": None,
    }
    again = values_from_json(json.loads(json.dumps(values_to_json(values))))
    assert again == values
    assert type(again["day"]) is date

"""The definition as TOML, to be kept in a diff: the same parts in the same order as the sheets of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array, Table
from tomlkit.toml_document import TOMLDocument

from kohyo.definition.layout import SHEETS
from kohyo.messages import wording
from kohyo.model.plan import Plan

_LINE = 100
"""Longest list that stays on one line."""


def to_toml(plan: Plan) -> str:
    """Return the plan as TOML text that ``plan_from_toml`` reads back; values that go without saying are left out."""
    data = plan.model_dump(exclude_defaults=True)
    document = tomlkit.document()
    document.add(tomlkit.comment(wording("definition.toml.head", plan=" ".join(plan.plan.name.split()))))
    for part, value in data.items():
        document.add(tomlkit.nl())
        for about in _about(part):
            document.add(tomlkit.comment(about))
        document.add(part, _entries(value) if isinstance(value, (list, tuple)) else _table(value))
    return _text(document)


def _about(part: str) -> list[str]:
    """Return the name of the sheet that holds the same part."""
    return [wording("definition.toml.part", tab=spec.tab) for spec in SHEETS if part == spec.loc[-1]]


def _entries(values: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - a list of tables, or an empty list
    if not values:
        return tomlkit.array()
    entries = tomlkit.aot()
    for value in values:
        entries.append(_table(value))
    return entries


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for name, value in values.items():
        table.add(name, _value(value))
    return table


def _value(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    if not isinstance(value, (list, tuple)):
        return value
    if value and isinstance(value[0], Mapping):
        return _entries(value)
    return _array(value)


def _array(values: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(multiline=len(array.as_string()) > _LINE)


def _text(document: TOMLDocument) -> str:
    return tomlkit.dumps(document).rstrip("\n") + "\n"

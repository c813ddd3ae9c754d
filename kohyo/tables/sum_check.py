"""What figures say of each other (合計の点検): sums, differences, and ▲ signs that a printed table has lost.

Nothing is corrected: the table is printed as it was, and what does not hold is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from kohyo.definition.data_tables import DataTable, Difference, Sum, Value
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.text.numbers import parse_number

_ROUNDED = 1
"""How far a sum of rounded figures may be from the rounded sum."""


def figure_of(text: str) -> int | float:
    """Return a printed figure as a number: thousands marks, ▲ and % are read; raise TextError for anything else."""
    value = parse_number(text.removesuffix("%"))
    return int(value) if value == int(value) and "." not in text else value


def sum_findings(data: DataTable) -> tuple[Finding, ...]:
    """Return K420 (a sum that does not hold), K421 (it would hold with ▲) and K422 (a difference that does not)."""
    rows = {str(row[data.naming]): row for row in data.rows}
    sums = [finding for rule in data.sums for finding in _sum(data, rule, rows)]
    differences = [finding for rule in data.differences for finding in _difference(data, rule, rows)]
    return (*sums, *differences)


def _sum(data: DataTable, rule: Sum, rows: Mapping[str, Mapping[str, Value]]) -> Iterator[Finding]:
    for column in data.columns:
        if column.kind != "figure":
            continue
        printed = str(rows[rule.row][column.key])
        addends = {name: figure_of(str(rows[name][column.key])) for name in rule.parts}
        found = sum(addends.values())
        if abs(found - figure_of(printed)) <= _ROUNDED:
            continue
        label = f"{column.under}{column.label}"
        place = Place(data.name)
        shown = f"{found:,}"
        lost = _lost_signs(addends, figure_of(printed))
        if lost is None:
            yield finding_of(Code.K420, place, label, printed, row=rule.row, found=shown)
        else:
            names = wording("text.list.joiner").join(lost)
            yield finding_of(Code.K421, place, label, printed, row=rule.row, found=shown, lines=names)


def _lost_signs(addends: Mapping[str, float], total: float) -> Sequence[str] | None:
    """Return the rows that would have to be negative for the sum to hold, None when there is no such choice or two."""
    names = [name for name, value in addends.items() if value]
    choices = [
        [name for name, sign in zip(names, signs, strict=True) if sign < 0]
        for signs in product((1, -1), repeat=len(names))
        if abs(sum(sign * addends[name] for name, sign in zip(names, signs, strict=True)) - total) <= _ROUNDED
    ]
    return choices[0] if len(choices) == 1 else None


def _difference(data: DataTable, rule: Difference, rows: Mapping[str, Mapping[str, Value]]) -> Iterator[Finding]:
    labels = {column.key: f"{column.under}{column.label}" for column in data.columns}
    for name, row in rows.items():
        printed = str(row[rule.column])
        found = figure_of(str(row[rule.later])) - figure_of(str(row[rule.earlier]))
        if abs(found - figure_of(printed)) <= _ROUNDED:
            continue
        minus = wording("text.numbers.minus_shown")
        shown = f"{minus}{-found:,}" if found < 0 else f"{found:,}"
        later, earlier = labels[rule.later], labels[rule.earlier]
        place, label = Place(data.name), labels[rule.column]
        yield finding_of(Code.K422, place, label, printed, row=name, later=later, earlier=earlier, found=shown)

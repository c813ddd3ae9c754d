"""What figures say of each other (合計の点検): sums, differences, and ▲ signs that a printed table has lost.

Nothing is corrected: the table is printed as it was, and what does not hold is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.data_table import DataTable, Difference, Rate, Sum, Value
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.text.numbers import parse_number

_ROUNDED = 1
"""How far a sum of rounded figures may be from the rounded sum."""

_RATE_ROUNDED = 0.0501
"""How far a rate that is printed to a tenth may be from the true one, in percent."""


def figure_of(text: str) -> int | float:
    """Return a printed figure as a number: thousands marks, ▲ and % are read; raise TextError for anything else."""
    value = parse_number(text.removesuffix("%"))
    return int(value) if value == int(value) and "." not in text else value


def sum_findings(data: DataTable) -> tuple[Finding, ...]:
    """Return K420 (a wrong sum), K421 (sums and rates would hold with ▲) and K422 (a wrong difference)."""
    rows = {data.name_of(row): row for row in data.rows}
    sums = [finding for rule in data.sums for finding in _sum(data, rule, rows)]
    differences = [finding for rule in data.differences for finding in _difference(data, rule, rows)]
    return (*sums, *differences)


def _sum(data: DataTable, rule: Sum, rows: Mapping[str, Mapping[str, Value]]) -> Iterator[Finding]:
    for column in data.columns:
        if column.kind != "figure" or not all(_has(rows[name], column.key) for name in (rule.row, *rule.parts)):
            continue
        rate = next((entry for entry in data.rates if entry.change == column.key), None)
        lines = [_line(name, rows[name], column.key, rate) for name in (rule.row, *rule.parts)]
        found, printed = sum(line.value for line in lines[1:]), lines[0].value
        lost = _lost_signs(lines)
        if lost == [] or (lost is None and abs(found - printed) <= _ROUNDED):
            continue
        label, place = f"{column.under}{column.label}", Place(data.name)
        value, shown = str(rows[rule.row][column.key]), f"{found:,}"
        if lost is None:
            yield finding_of(Code.K420, place, label, value, row=rule.row, found=shown)
        else:
            names = wording("text.list.joiner").join(lost)
            yield finding_of(Code.K421, place, label, value, row=rule.row, found=shown, lines=names)


def _has(row: Mapping[str, Value], column: str) -> bool:
    """Tell whether a row has a figure there: －, 皆増 and empty cells are none, and are not worked with."""
    try:
        figure_of(str(row.get(column, "")))
    except TextError:
        return False
    return True


@dataclass(frozen=True)
class _Line:
    """A row of a sum: its name, the printed figure, and which signs the figure may have had."""

    name: str
    value: float
    signs: tuple[int, ...]


def _line(name: str, row: Mapping[str, Value], column: str, rate: Rate | None) -> _Line:
    """Return a row with the signs that its rate allows: a printed ▲ stands, a lost one is not seen."""
    value = figure_of(str(row[column]))
    signs: tuple[int, ...] = (1, -1) if value > 0 else (1,)
    if rate is not None and _has(row, rate.amount) and _has(row, rate.column):
        amount, percent = figure_of(str(row[rate.amount])), abs(figure_of(str(row[rate.column])))
        agreeing = tuple(sign for sign in signs if _agrees(amount, sign * value, percent))
        signs = agreeing or signs
    return _Line(name, value, signs)


def _agrees(amount: float, change: float, percent: float) -> bool:
    """Tell whether ``change`` to ``amount`` is, rounded to a tenth, ``percent`` of what there was before."""
    before = amount - change
    return bool(before) and abs(abs(change) / before * 100 - percent) <= _RATE_ROUNDED


def _lost_signs(lines: Sequence[_Line]) -> Sequence[str] | None:
    """Return the rows whose ▲ was lost, the total (the first line) among them; None for no such choice or several.

    Sums alone leave a choice and its mirror; the rates tell them apart. Of what agrees with the rates, the choice
    that leaves everything as printed comes first.
    """
    choices = [
        [line.name for line, sign in zip(lines, signs, strict=True) if sign < 0]
        for signs in product(*(line.signs for line in lines))
        if _adds_up([sign * line.value for line, sign in zip(lines, signs, strict=True)])
    ]
    if [] in choices:
        return []
    return choices[0] if len(choices) == 1 else None


def _adds_up(values: Sequence[float]) -> bool:
    return abs(sum(values[1:]) - values[0]) <= _ROUNDED


def _difference(data: DataTable, rule: Difference, rows: Mapping[str, Mapping[str, Value]]) -> Iterator[Finding]:
    labels = {column.key: f"{column.under}{column.label}" for column in data.columns}
    for name, row in rows.items():
        if not all(_has(row, key) for key in (rule.column, rule.later, rule.earlier)):
            continue
        printed = str(row[rule.column])
        found = figure_of(str(row[rule.later])) - figure_of(str(row[rule.earlier]))
        if abs(found - figure_of(printed)) <= _ROUNDED:
            continue
        minus = wording("text.numbers.minus_shown")
        shown = f"{minus}{-found:,}" if found < 0 else f"{found:,}"
        later, earlier = labels[rule.later], labels[rule.earlier]
        place, label = Place(data.name), labels[rule.column]
        yield finding_of(Code.K422, place, label, printed, row=name, later=later, earlier=earlier, found=shown)

"""The government's rules for machine-readable tables (総務省の統一ルール), as far as a file shows what keeps them.

Source: 統計表における機械判読可能なデータの表記方法の統一ルール (2020): one value a cell, figures as figures, no merged
cells, no formulas, headings that stand alone, no gaps, western years beside era years, no platform-dependent signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from kohyo.errors import TextError
from kohyo.messages import section
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import Plain, finding_of
from kohyo.model.value import RawValue
from kohyo.text.area_code import is_area_code
from kohyo.text.numbers import parse_number
from kohyo.text.open_data import (
    becomes_a_date,
    dependent_signs,
    is_grouped,
    is_item_number,
    was_a_number,
    with_western_years,
)

_HALF = 2


@dataclass(frozen=True)
class DataSheet:
    """A sheet or a CSV as found: its rows from the first, the places of cells, what is merged or a formula.

    ``place`` names a cell by row and column from 0; ``typed`` says that every value is a text in the file (CSV).
    """

    rows: tuple[tuple[RawValue, ...], ...]
    place: Callable[[int, int], Place]
    merges: tuple[tuple[int, int], ...] = ()
    formulas: tuple[tuple[int, int], ...] = ()
    typed: bool = False


@dataclass(frozen=True)
class _Column:
    """A column below its heading: the cells that hold something, by row."""

    at: int
    heading: str
    cells: dict[int, RawValue] = field(default_factory=dict)


def rule_findings(sheet: DataSheet) -> tuple[Finding, ...]:
    """Return every breach of the rules: which (the code), where, and how to mend it."""
    filled = [place for place, row in enumerate(sheet.rows) if any(_said(value) for value in row)]
    if not filled:
        return ()
    head = filled[0]
    columns = list(_columns(sheet, head))
    return (
        *(finding_of(Code.K452, sheet.place(*cell)) for cell in sheet.merges),
        *(finding_of(Code.K454, sheet.place(*cell)) for cell in sheet.formulas),
        *_headings(sheet, head, columns),
        *_area(sheet, head, columns),
        *_gaps(sheet, filled),
        *(finding for column in columns for finding in _of_column(sheet, column)),
        *_eras(sheet, columns),
    )


def _said(value: RawValue) -> str:
    return "" if value is None else str(value).strip()


def _columns(sheet: DataSheet, head: int) -> Iterator[_Column]:
    for at in range(max(len(row) for row in sheet.rows)):
        cells = {
            place: row[at] for place, row in enumerate(sheet.rows) if place > head and at < len(row) and _said(row[at])
        }
        heading = _said(sheet.rows[head][at]) if at < len(sheet.rows[head]) else ""
        if heading or cells:
            yield _Column(at, heading, cells)


def _headings(sheet: DataSheet, head: int, columns: Sequence[_Column]) -> Iterator[Finding]:
    """Find columns without a heading, or with one that another has (K453)."""
    counts = Counter(column.heading for column in columns)
    for column in columns:
        if not column.heading or counts[column.heading] > 1:
            yield finding_of(Code.K453, sheet.place(head, column.at), value=column.heading)
        if signs := dependent_signs(column.heading):
            yield finding_of(Code.K456, sheet.place(head, column.at), value=signs[0])
        if (plain := with_western_years(column.heading)) != column.heading:
            yield finding_of(Code.K461, sheet.place(head, column.at), column.heading, plain)
        if _lacks_unit(column):
            yield finding_of(Code.K462, sheet.place(head, column.at), column.heading)


def _lacks_unit(column: _Column) -> bool:
    """Tell whether figures are headed by what is measured (額, 費, 率) without saying in what."""
    heading = column.heading
    measured = re.search(_pattern("measured"), heading) and not re.search(_pattern("unit_said"), heading)
    return bool(measured) and any(_is_figure(value) for value in column.cells.values())


def _area(sheet: DataSheet, head: int, columns: Sequence[_Column]) -> Iterator[Finding]:
    """Find that no column says which municipality's table it is (K460), or what is no such code in it (K463)."""
    named = [column for column in columns if re.fullmatch(_pattern("area"), column.heading)]
    if not named:
        yield finding_of(Code.K460, sheet.place(head, 0))
    for column in named:
        for row, value in column.cells.items():
            if not is_area_code(_said(value)):
                yield finding_of(Code.K463, sheet.place(row, column.at), column.heading, _said(value))


def _gaps(sheet: DataSheet, filled: Sequence[int]) -> Iterator[Finding]:
    """Find empty rows between others (K459)."""
    for place in range(filled[0], filled[-1]):
        if place not in filled:
            yield finding_of(Code.K459, sheet.place(place, 0))


def _of_column(sheet: DataSheet, column: _Column) -> Iterator[Finding]:
    figures = sum(_is_figure(value) for value in column.cells.values())
    numbers = sum(is_item_number(_said(value)) for value in column.cells.values())
    mostly_figures = figures and figures * _HALF >= len(column.cells)
    for row, value in column.cells.items():
        for code in _breaches(sheet, value, figures=bool(mostly_figures), numbers=numbers > 0):
            yield finding_of(code, sheet.place(row, column.at), column.heading, _said(value))


def _breaches(sheet: DataSheet, value: RawValue, *, figures: bool, numbers: bool) -> Iterator[Plain]:
    """Yield what is wrong with one cell of a column that holds mostly figures, or some numbers of two parts."""
    text = _said(value)
    if _several(text):
        yield Code.K450
    elif isinstance(value, str) and (is_grouped(text) or (figures and not _is_plain_figure(text))):
        yield Code.K451
    if dependent_signs(text):
        yield Code.K456
    if sheet.typed and becomes_a_date(text):
        yield Code.K457
    if numbers and (was_a_number(text) or isinstance(value, date)):
        yield Code.K458


def _several(text: str) -> bool:
    """Tell whether a cell lists numbers: two or more parts, each of them a figure or a number of two parts."""
    parts = [part.strip() for part in re.split(_pattern("separators"), text) if part.strip()]
    return len(parts) > 1 and all(is_item_number(part) or part.isdecimal() for part in parts) and not _is_figure(text)


def _is_figure(value: RawValue) -> bool:
    """Tell whether a value is a figure, however it is spelled: 1,200千円 and ▲300 are."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return True
    try:
        parse_number(re.sub(_pattern("units"), "", str(value).strip()))
    except TextError:
        return False
    return True


@cache
def _pattern(name: str) -> str:
    """Return a pattern of what the rules look for (``text.open_data``)."""
    return str(section("text")["open_data"][name])


def _is_plain_figure(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None


def _eras(sheet: DataSheet, columns: Sequence[_Column]) -> Iterator[Finding]:
    """Find era years and dates beside which no western year stands in the row (K455)."""
    pattern = re.compile(_pattern("era"))
    for column in columns:
        for row, value in column.cells.items():
            if pattern.fullmatch(_said(value)) and not any(_western(other.cells.get(row)) for other in columns):
                yield finding_of(Code.K455, sheet.place(row, column.at), column.heading, _said(value))


def _western(value: RawValue) -> bool:
    return isinstance(value, date) or re.match(r"(19|20|21)[0-9]{2}(?![0-9])", _said(value)) is not None

"""The control numbers that stand on a sheet (シートの管理番号): the one by which it is known, and any others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kohyo.definition.sheet_codes import read_code
from kohyo.errors import TextError
from kohyo.excel.form.form_identifiers import CONTROL_NAME
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.value import RawValue
from kohyo.text.control_number import COVER, ControlNumber, parse_control_number

_LONGEST = 100


def control_of(book: RawBook, grid: RawGrid, plan: Plan) -> tuple[str, Position | None]:
    """Return a sheet's control number: by its name, else the only one printed on it, else as it is spelled there."""
    named = book.names_on(grid.name).get(CONTROL_NAME)
    shown = "" if named is None else str(grid.cells.get(named, ""))
    number = parsed_control(shown, plan)
    if number:
        return str(number), named
    printed = printed_controls(grid, plan)
    if len(printed) == 1:
        return next(iter(printed.items()))
    return shown, named


def printed_controls(grid: RawGrid, plan: Plan) -> dict[str, Position]:
    """Return every control number of the plan that stands in a cell of its own, and where."""
    return controls_among(grid.cells.items(), plan)


def controls_among(cells: Iterable[tuple[Position, RawValue]], plan: Plan) -> dict[str, Position]:
    """Return every control number of the plan that is the whole text of one of the cells, and where."""
    texts = ((cell, value) for cell, value in cells if isinstance(value, str) and may_open(value[:1]))
    found = ((cell, parsed_control(text, plan)) for cell, value in texts if _is_first((text := value.strip())[:1]))
    return {str(number): cell for cell, number in found if number}


@lru_cache(maxsize=1024)
def may_open(letter: str) -> bool:
    """Tell whether a text that begins so may be a control number: by its first letter, or blank before it."""
    return letter.isspace() or _is_first(letter)


@lru_cache(maxsize=1024)
def _is_first(letter: str) -> bool:
    return unicodedata.normalize("NFKC", letter) in ("R", "r")


def numbered_kind(number: ControlNumber, plan: Plan) -> SheetKind | None:
    """Return the kind of the sheet that a control number is of; None of a cover, and of a number that is no sheet's."""
    if number.sheet == COVER:
        return None
    try:
        return plan.sheet_kind(read_code(plan, number.sheet)[0])
    except TextError:
        return None


def is_cover(control: str, plan: Plan) -> bool:
    """Tell whether a control number is that of a cover."""
    number = parsed_control(control, plan)
    return number is not None and number.sheet == COVER


def parsed_control(text: str, plan: Plan) -> ControlNumber | None:
    """Return a control number, None for what is none."""
    return _parsed(text, plan.plan.code) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _parsed(text: str, plan: str) -> ControlNumber | None:
    try:
        return parse_control_number(text, plan)
    except TextError:
        return None

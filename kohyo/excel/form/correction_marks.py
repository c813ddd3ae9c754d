"""Marks of a correction (差戻し): what is to be mended, said beside the answer until somebody changes it.

A mark stands in the remark, never in an answer: it opens like every remark, so that colours and counts take it
in, and ends with a sign of its own by which the reader knows it for the form's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_remarks import Remark, State
from kohyo.messages import wording
from kohyo.model.issued_form import Ask
from kohyo.model.value import RawValue
from kohyo.text.cell_text import cut, units
from kohyo.text.excel_dates import to_serial

Asks = Mapping[tuple[str, str], Sequence[Ask]]
"""What is asked for, by control number and name of the answer."""

_WHOLE = 200
_ENDS = 90
_LONGEST_REASON = 600
"""UTF-16 units of a reason beside an answer; the whole of it stands on the cover. A formula holds 8,192."""


def asks_by_place(asks: Sequence[Ask]) -> Asks:
    """Return what is asked for by the places that it is about."""
    found: dict[tuple[str, str], list[Ask]] = {}
    for ask in asks:
        for name in ask.fields:
            found.setdefault((ask.sheet, name), []).append(ask)
    return found


def marked(beside: Remark, cell: str, value: RawValue, asks: Sequence[Ask]) -> Remark:
    """Return the remark with what is asked for in its place, as long as the cell holds ``value``.

    What is not filled in says so itself and goes on doing so.
    """
    if not asks or beside.state is State.MISSING:
        return beside
    must = any(ask.must for ask in asks)
    opening = wording("form.remark.wrong" if must else "form.remark.look")
    reason = cut("\n".join(ask.reason for ask in asks), _LONGEST_REASON)
    said = wording("form.asks.mark", opening=opening, reason=reason)
    built = f"=IF({_unchanged(cell, value)},{formula.literal(said)},{beside.formula.removeprefix('=')})"
    state = State.WRONG if must else State.FINE
    return replace(beside, formula=built, text=said, state=state, may_say=(*beside.may_say, said))


def _unchanged(cell: str, value: RawValue) -> str:
    """Return the condition that a cell still holds a value; of a long text its length and both ends tell."""
    if value is None or value == "":
        return formula.empty(cell)
    if isinstance(value, date):
        return f"{cell}={int(to_serial(value))}"
    if isinstance(value, (int, float)):
        return f"{cell}={value!r}"
    if len(value) <= _WHOLE:
        return f"EXACT({cell},{formula.literal(value)})"
    first, last = cut(value, _ENDS), cut(value[::-1], _ENDS)[::-1]
    ends = (
        f"EXACT({side}({cell},{units(end)}),{formula.literal(end)})" for side, end in (("LEFT", first), ("RIGHT", last))
    )
    return f"AND(LEN({cell})={units(value)},{','.join(ends)})"

"""The ledger of control numbers (管理番号の台帳): the rows of 変更履歴 that tell which form went out, and holding what.

It is append-only, so that a number is given out once even where every other record of the forms is gone; the mark
tells whether a form made anew is the one that went out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.errors import TextError
from kohyo.model.issued_form import IssuedForm
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.text.control_number import COVER, ControlNumber, parse_control_number


@dataclass(frozen=True)
class Issued:
    """A form that went out: its number, its mark, and how many changes the history had told until then."""

    control: ControlNumber
    mark: str
    place: int


def with_issued(register: Register, forms: Iterable[IssuedForm], now: datetime) -> Register:
    """Return the register whose history tells of each of these forms, once."""
    told = {row.item for row in register.changes if row.kind is ChangeKind.ISSUED}
    new = {form.control: form for form in forms if form.control not in told}
    rows = (
        Change(now, ChangeKind.ISSUED, control, "", "", None, form.mark or None, typed=form.department)
        for control, form in sorted(new.items())
    )
    return replace(register, changes=(*register.changes, *rows)) if new else register


def issued_before(register: Register, cover: ControlNumber) -> Iterator[Issued]:
    """Yield the forms that went out under the department code and in the year of a number, the last first.

    Whatever was undone or restored since, they went out.
    """
    for place in range(len(register.changes) - 1, -1, -1):
        row = register.changes[place]
        if row.kind is ChangeKind.ISSUED:
            known = _number(row.item, cover.plan)
            if known is not None and replace(known, round=cover.round) == cover.for_sheet(COVER):
                yield Issued(known, str(row.new or ""), place)


def last_round(register: Register, cover: ControlNumber) -> int:
    """Return the highest round that went out under the department code and in the year of a number, 0 for none."""
    received = (_number(row.control, cover.plan) for row in register.receipts)
    same = (number for number in received if number and replace(number, round=cover.round) == cover.for_sheet(COVER))
    return max(
        (number.round for number in (*same, *(form.control for form in issued_before(register, cover)))), default=0
    )


def _number(text: str, plan: str) -> ControlNumber | None:
    try:
        return parse_control_number(text, plan)
    except TextError:
        return None

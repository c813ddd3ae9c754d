"""A list in a document held against the register (一覧と台帳の照合): items named otherwise, or only in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.register.plan_list.list_row import ListRow
from kohyo.text.normalise import key


def list_contradictions(register: Register, rows: Sequence[ListRow]) -> Iterator[Finding]:
    """Yield K442 (another title), K443 (not in the register) and K444 (not in the list); none for no list at all."""
    if not rows:
        return
    items = {item.number: item for item in register.current}
    for row in rows:
        item = items.get(row.number)
        if item is None:
            yield finding_of(Code.K443, row.place, value=row.title, number=str(row.number))
        elif key(item.title) != key(row.title):
            yield finding_of(Code.K442, row.place, value=row.title, number=str(row.number), title=item.title)
    listed = {row.number for row in rows}
    for number, item in items.items():
        if number not in listed:
            yield finding_of(Code.K444, Place(rows[0].place.file), value=item.title, number=str(number))

"""The register in today's words (いまの言葉): a choice that the definition calls otherwise is called so everywhere.

What stands in the register is put into today's words by an act that the history tells, like any other; what was
answered, refused or asked in the words of the past is compared in today's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from kohyo.definition.fields import all_fields
from kohyo.definition.todays_words import in_todays_words, renames_choices, todays_word
from kohyo.model.item import Item
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.register import Change, ChangeKind, Conflict, Contribution, Register, Submission
from kohyo.model.value import FieldValue
from kohyo.register.ownership import lead_of, own_name

_WHOSE = "\0"
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - of what nobody is told


def told_today(plan: Plan, name: str, change: Change) -> Change:
    """Return a change of a field, which the history may call by its owner, in today's words."""
    if not renames_choices(plan):
        return change
    field = next((own for start, own in _own_fields(plan) if name.startswith(start)), name)
    old, new = (todays_word(plan, field, value) for value in (change.old, change.new))
    return change if (old, new) == (change.old, change.new) else change._replace(old=old, new=new)


@lru_cache(maxsize=KEPT_PLANS)
def _own_fields(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return how the history's names of owners' own choices begin, and the fields that they are."""
    fields = (field for field in all_fields(plan) if field.each and field.former_choices)
    return tuple((own_name(plan, field.name, _WHOSE).partition(_WHOSE)[0], field.name) for field in fields)


def reworded(register: Register, plan: Plan, now: datetime) -> Register:
    """Return the register in today's words, its history telling every value that is called otherwise now."""
    if not renames_choices(plan):
        return register
    work = _Rewording(register, plan, now)
    return replace(
        register,
        items=tuple(map(work.item, register.items)),
        contributions=tuple(map(work.contribution, register.contributions)),
        submissions=tuple(map(work.submission, register.submissions)),
        conflicts=tuple(map(work.conflict, register.conflicts)),
        changes=(*register.changes, *work.changes),
    )


def values_today(register: Register, plan: Plan) -> Register:
    """Return a register of the past with its values in today's words, its history as it is."""
    return replace(reworded(register, plan, _NEVER), changes=register.changes)


class _Rewording:
    """A rewording under way, and what it tells."""

    def __init__(self, register: Register, plan: Plan, now: datetime) -> None:
        self._plan, self._now = plan, now
        self._items = {item.id: item for item in register.items}
        self.changes: list[Change] = []

    def item(self, item: Item) -> Item:
        new = in_todays_words(self._plan, item.values)
        self._tell(item.id, str(item.number), (item.values, new))
        return replace(item, values=new) if new is not item.values else item

    def contribution(self, row: Contribution) -> Contribution:
        """Put an owner's answers into today's words; the lead's stand in the item, which tells them."""
        new = in_todays_words(self._plan, row.values)
        item = self._items.get(row.item)
        if item and row.department != lead_of(self._plan, item):
            self._tell(row.item, str(item.number), (row.values, new), row.department)
        return replace(row, values=new) if new is not row.values else row

    def submission(self, row: Submission) -> Submission:
        new = in_todays_words(self._plan, row.values)
        self._tell(row.id, "", (row.values, new))
        return replace(row, values=new) if new is not row.values else row

    def conflict(self, row: Conflict) -> Conflict:
        """Put an open question into today's words; what was decided stays as it was."""
        if row.decided_at is not None:
            return row
        names = ("base", "ours", "theirs", "other")
        new = {name: todays_word(self._plan, row.field, getattr(row, name)) for name in names}
        return replace(row, **new)  # type: ignore[arg-type] # values by name

    def _tell(
        self,
        about: str,
        number: str,
        values: tuple[Mapping[str, FieldValue], Mapping[str, FieldValue]],
        whose: str = "",
    ) -> None:
        old, new = values
        for name in new if new is not old else ():
            if new[name] != old.get(name):
                field = own_name(self._plan, name, whose) if whose else name
                told = (self._now, ChangeKind.REWORDED, about, number, field, old.get(name), new[name])
                self.changes.append(Change(*told))

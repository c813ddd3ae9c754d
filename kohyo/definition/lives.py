"""The life of items (存続): since which fiscal year an item belongs to the plan, and until which it is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.fields import FormField, begins_next_year, form_fields, item_fields, item_kind
from kohyo.definition.surveys import year_of
from kohyo.messages import section, wording
from kohyo.model.history import standing
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.register import Change, ChangeKind, Ending, Register
from kohyo.model.value import RawValue
from kohyo.text.normalise import key

BEFORE, AFTER = "before", "after"
"""On which side of an item's life a year lies that is none of its own."""


@dataclass(frozen=True)
class Life:
    """The first and the last fiscal year (開始年度, 終了年度) of an item, 0 where it has always been, or goes on."""

    first: int = 0
    last: int = 0

    def holds(self, year: int) -> bool:
        """Tell whether an item exists in a fiscal year."""
        return not self.side(year)

    def side(self, year: int) -> str:
        """Return whether a year lies before or after this life, nothing for a year of it; 0 is no year."""
        if year and year < self.first:
            return BEFORE
        return AFTER if year and self.last and year > self.last else ""


def lives(plan: Plan, register: Register) -> dict[ItemId, Life]:
    """Return the life of every item, as the register of the plan's year tells it.

    An item begins with the year that was written down of the proposal that it was, else with the year in which it came
    into the register, or an earlier one for which it has a plan; those of the register's first year may be as old as
    the plan. It ends with the year that was decided. What somebody took out by hand has the years that are known of it.
    """
    begun = {entry.item: entry.first_year for entry in register.submissions if entry.item and entry.first_year}
    came = _came(register, plan.cycle.year)
    ends = {row.item: row.last for row in decided_ends(register)}
    return {
        item.id: Life(begun.get(item.id) or _first(plan, item, came.get(item.id, 0)), ends.get(item.id, 0))
        for item in register.items
    }


def _first(plan: Plan, item: Item, came: int) -> int:
    """Return the year in which an item came, or the first one for which it says something."""
    said = (year_of(plan, field) for field in (item_fields(plan) if came else ()) if item.text(field.name))
    return min([came, *(year for year in said if year)])


def _came(register: Register, year: int) -> dict[str, int]:
    """Return the fiscal year in which items came that came after the first year was over."""
    if all(change.kind is not ChangeKind.ROLLED for change in register.changes):
        return {}
    turns, rolled, found = 0, None, {}
    for _, change in standing(register.changes):
        if change.kind is ChangeKind.ROLLED and change.at != rolled:
            turns, rolled = turns + 1, change.at
        elif change.kind is ChangeKind.CREATED and turns:
            found[change.item] = turns
    return {item: year - turns + turn for item, turn in found.items()}


def decided_ends(register: Register) -> tuple[Ending, ...]:
    """Return the decisions by which an item ends, or has ended; of one that was taken back into the plan none."""
    adopted = {row.item: row for row in register.endings if row.is_adopted}
    ended = _ended(register.changes) if adopted else {}
    current = {item.id for item in register.current}
    return tuple(row for row in adopted.values() if row.item not in current or not _is_done(row, ended))


def _ended(changes: Sequence[Change]) -> dict[str, datetime]:
    return {change.item: change.at for _, change in standing(changes) if is_end(change)}


def _is_done(row: Ending, ended: Mapping[str, datetime]) -> bool:
    """Tell whether a decision has ended its item already."""
    return row.decided_at is not None and row.item in ended and ended[row.item] >= row.decided_at


def is_end(change: Change) -> bool:
    """Tell whether a row of the history says that an item left the plan."""
    return change.kind is ChangeKind.DECIDED and change.field == section("workbook")["items"]["standing"]


def outside_life(plan: Plan, life: Life, kind: str = "") -> dict[str, str]:
    """Return the fields about a year outside an item's life, and on which side it lies (開始前・終了後).

    They are those of the item sheet, or of another ``kind`` of sheet; what a survey shows of years before is among
    them.
    """
    if life == Life():
        return {}
    sides = ((field.name, life.side(year_of(plan, field))) for field in form_fields(plan, kind or item_kind(plan)))
    return {name: side for name, side in sides if side}


def outside_blank(plan: Plan, kind: SheetKind) -> dict[str, str]:
    """Return the fields of a blank sheet that are about a year before what is proposed on it begins."""
    if kind.per != "blank":
        return {}
    return outside_life(plan, Life(plan.cycle.year + begins_next_year(kind)), kind.key)


def outside_word(side: str) -> str:
    """Return what stands in the form instead of an answer about a year outside an item's life."""
    return wording(f"form.outside.{side}")


def says_outside(value: RawValue) -> bool:
    """Tell whether an answer is what the form itself says of such a year."""
    return isinstance(value, str) and key(value) in (key(outside_word(BEFORE)), key(outside_word(AFTER)))


def asked_of(fields: Iterable[FormField], life: Life) -> tuple[FormField, ...]:
    """Return the fields that an item of this life has: none of a year before it began, or after it ended."""
    return tuple(field for field in fields if life.holds(field.year))


def of_year(plan: Plan, registers: Mapping[int, Register], year: int) -> Register:
    """Return the register of a fiscal year: the items that existed in it, as they were in it.

    ``registers`` are those of past years as each ended, and the one that runs. What existed in a year of which none is
    kept, or in one to come, is as it is today. What no item had yet, or has any more, is nothing (``_within``).
    """
    now = registers[plan.cycle.year]
    alive = lives(plan, now)
    then = registers.get(year, now) if year <= plan.cycle.year else now
    items = [item for item in then.items if _exists(item, alive.get(item.id, Life()), year)]
    if then is not now:
        known = {item.id for item in then.items}
        items += (
            _plain(plan, item)
            for item in now.items
            if item.id not in known and 0 < alive[item.id].first <= year and alive[item.id].holds(year)
        )
    kept = {item.id: _within(plan, item, alive.get(item.id, Life())) for item in items}
    gone = (replace(item, standing=_left(item)) for item in then.items if item.id not in kept)
    return replace(then, items=(*kept.values(), *gone))


def plan_of_year(plan: Plan, then: Plan, year: int) -> Plan:
    """Return the plan in a past fiscal year, with today's fields: its goals, and its numbers' version, as ``then``."""
    cycle = plan.cycle.model_copy(update={"year": year})
    named = {"version": then.plan.version, "version_note": then.plan.version_note}
    return plan.model_copy(
        update={"cycle": cycle, "goals": then.goals, "plan": plan.plan.model_copy(update=named)},
    )


def _exists(item: Item, life: Life, year: int) -> bool:
    """Tell whether an item of a register existed in a year; one that left by a decision did until then."""
    return life.holds(year) and (item.standing is Standing.CURRENT or bool(life.last))


def _within(plan: Plan, item: Item, life: Life) -> Item:
    """Return an item of the plan without what it holds of years outside its life."""
    empty = dict.fromkeys(outside_life(plan, life))
    return replace(item, standing=Standing.CURRENT, values={**item.values, **empty} if empty else item.values)


def _plain(plan: Plan, item: Item) -> Item:
    """Return an item without what a year brings anew: it tells of another year."""
    empty = {field.name: None for field in item_fields(plan) if field.nature == "year" and field.type != "tick"}
    return replace(item, values={**item.values, **empty})


def _left(item: Item) -> Standing:
    return Standing.COMPLETED if item.standing is Standing.CURRENT else item.standing

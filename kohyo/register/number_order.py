"""New numbers from the plan's own order (番号案): what stands in print keeps its order; what changed since is placed.

The order in print is the office's: an item is placed anew only where it came, went to another goal, or got another
lead since its number was given. It goes behind the items of its lead, in the order of the organisation, affiliates
last; the others move only as far as what came before them came or went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from kohyo.definition.departments import lead, owners
from kohyo.errors import TextError
from kohyo.model.history import standing
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber, names_goal
from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind, Register
from kohyo.model.renumbering import Proposal, Renumbering, Why
from kohyo.register.plan_list.list_values import affiliate_place

_Rank: TypeAlias = tuple[int, int]


def propose(plan: Plan, register: Register) -> Proposal:
    """Return new numbers for all items, each with why; an untouched printed plan keeps all of its numbers."""
    moved = {item.id: why for item in register.current if (why := _why_anew(plan, register, item))}
    goals = sorted({_counted_under(plan, item) for item in register.current})
    return Proposal(tuple(number for goal in goals for number in _of_goal(plan, register, goal, moved)))


def _counted_under(plan: Plan, item: Item) -> int:
    """Return the goal within which an item's number counts, 0 where numbers count for the plan."""
    return item.goal if names_goal(plan.plan.numbering) else 0


def _why_anew(plan: Plan, register: Register, item: Item) -> Why | None:
    """Return why an item has no place in the printed order, None where it has one."""
    if _counted_under(plan, item) != item.number.goal:
        return Why.REGOALED
    was_proposed = any(register.item(name) is None for name in item.origins)
    is_placed, before = not was_proposed, None
    for _, change in standing(register.changes):
        if change.item != item.id:
            continue
        if change.kind is ChangeKind.RENUMBERED and change.field == "number":
            is_placed, before = True, None
        elif change.field == "owners" and change.kind is not ChangeKind.IMPORTED and before is None:
            before = str(change.old or "")
    if not is_placed:
        return Why.NEW
    if before and lead(plan, before) != lead(plan, item.owners):
        return Why.OWNERS
    return None


def _of_goal(plan: Plan, register: Register, goal: int, moved: Mapping[ItemId, Why]) -> list[Renumbering]:
    """Return the numbers of one goal: as they are, or counted anew where anything came or went."""
    counted = (item for item in register.current if _counted_under(plan, item) == goal)
    own = sorted(counted, key=lambda item: (item.number, item.id))
    placed = [item for item in own if item.id not in moved]
    fresh = sorted((item for item in own if item.id in moved), key=lambda item: (_rank(plan, item), item.number))
    left = _left(register, goal, placed, moved)
    if not fresh and not left:
        return [Renumbering(item, item.number, Why.KEPT) for item in own]
    order = list(placed)
    for item in fresh:
        order.insert(_place(plan, order, item), item)
    found: list[Renumbering] = []
    for serial, item in enumerate(order, 1):
        number = ItemNumber(goal, serial, plan.plan.numbering)
        why = Why.KEPT if item.number == number else moved.get(item.id, Why.SHIFTED)
        found.append(Renumbering(item, number, why))
    return [_explained(number, found, left) if number.why is Why.SHIFTED else number for number in found]


def _left(register: Register, goal: int, placed: Sequence[Item], moved: Mapping[ItemId, Why]) -> list[ItemNumber]:
    """Return the numbers of a goal that nobody bears any more, because their item ended or is placed anew."""
    borne = {item.number for item in placed}
    gone = [item for item in register.items if item.standing is not Standing.CURRENT or item.id in moved]
    return sorted({item.number for item in gone if item.number.goal == goal} - borne)


def _place(plan: Plan, order: Sequence[Item], item: Item) -> int:
    """Return where an item goes: behind the last of its own rank, else behind all that come before it."""
    rank = _rank(plan, item)
    ranks = [_rank(plan, known) for known in order]
    same = [place for place, known in enumerate(ranks, 1) if known == rank]
    before = [place for place, known in enumerate(ranks, 1) if known < rank]
    return max(same or before, default=0)


def _rank(plan: Plan, item: Item) -> _Rank:
    """Return where an item stands within its goal; unknown owners come after those that are known."""
    affiliate = affiliate_place(plan, item)
    places = {entry.name: place for place, entry in enumerate(plan.departments)}
    try:
        place = places[owners(plan, item.owners).lead]
    except TextError:
        place = len(places)
    return (-1 if affiliate is None else affiliate, place)


def _explained(number: Renumbering, found: Sequence[Renumbering], left: Sequence[ItemNumber]) -> Renumbering:
    """Say because of which numbers an item moves: those that came free before it, those that are taken before it."""
    free = tuple(str(known) for known in left if number.item and known < number.item.number)
    entered = (known for known in found if known.why not in (Why.KEPT, Why.SHIFTED) and known.new < number.new)
    return replace(number, freed=free, entered=tuple(str(known.new) for known in entered))

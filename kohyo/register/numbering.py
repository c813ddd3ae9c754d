"""New item numbers (番号の付け直し): taken from a crosswalk, and applied; ``number_order`` proposes them.

A number belongs to a plan version; the item stays the same, and its last number is kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kohyo.definition.departments import split_names
from kohyo.definition.fields import item_fields
from kohyo.definition.structure import OLD_NUMBER
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.history import standing
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber, names_goal
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Change, ChangeKind, Ending, Register
from kohyo.model.renumbering import NumberPair, Proposal, Renumbering, Why
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import next_item
from kohyo.register.matrix_evidence import unknown_ticks
from kohyo.text.normalise import key


def follow(plan: Plan, register: Register, pairs: Sequence[NumberPair]) -> Proposal:
    """Return the numbers of a crosswalk; what it does not name keeps its number, or gets a free one for it.

    Findings: K532 no such item, K533 a number twice, K534 no such goal; with one of them nothing is proposed.
    K536 tells of what had to make room.
    """
    named = _Named(register)
    if _followed(register, pairs):
        return Proposal(tuple(Renumbering(item, item.number, Why.KEPT) for item in _in_order(register.current)))
    findings = [*_contradictions(plan, pairs), *(found for pair in pairs if (found := named.lacking(pair)))]
    if findings:
        return Proposal(findings=tuple(findings))
    fixed = {named.item(pair).id: pair for pair in pairs if not named.is_addition(pair)}
    numbers = [
        Renumbering(item, fixed[item.id].new, _why(item, fixed[item.id]))
        for item in register.current
        if item.id in fixed
    ]
    numbers += [
        Renumbering(None, pair.new, Why.ADDED, pair.title, pair.place) for pair in pairs if named.is_addition(pair)
    ]
    rest = [item for item in register.current if item.id not in fixed]
    numbers += _making_room(rest, {number.new for number in numbers})
    moved = [(number.new, number.item) for number in numbers if number.why is Why.DISPLACED and number.item]
    findings = [finding_of(Code.K536, value=str(new), number=str(item.number)) for new, item in moved]
    return Proposal(tuple(sorted(numbers, key=lambda number: number.new)), tuple(findings))


def _followed(register: Register, pairs: Sequence[NumberPair]) -> bool:
    """Tell whether the crosswalk was applied before: then its old numbers mean what they meant then, not now."""
    numbers = {item.number: item for item in register.current}
    counted = [change for _, change in standing(register.changes)]
    was = {row.item: row.old for row in counted if row.kind is ChangeKind.RENUMBERED and row.field == "number"}
    made = {row.item for row in counted if row.kind is ChangeKind.CREATED}

    def holds(pair: NumberPair) -> bool:
        item = numbers.get(pair.new)
        return item is not None and (
            item.id in made if pair.old is None else was.get(item.id, str(item.number)) == str(pair.old)
        )

    moves = [pair for pair in pairs if pair.old != pair.new]
    return bool(moves) and all(holds(pair) for pair in pairs)


def _in_order(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.number, item.id))


def _why(item: Item, pair: NumberPair) -> Why:
    return Why.KEPT if item.number == pair.new else Why.CROSSWALK


def _making_room(items: Iterable[Item], taken: set[ItemNumber]) -> list[Renumbering]:
    """Let items keep their numbers; those whose number is taken go behind all others of their goal."""
    rest = _in_order(items)
    kept = [Renumbering(item, item.number, Why.KEPT) for item in rest if item.number not in taken]
    last: dict[int, int] = defaultdict(int)
    for number in (*taken, *(renumbering.new for renumbering in kept)):
        last[number.goal] = max(last[number.goal], number.serial)
    displaced: list[Renumbering] = []
    for item in (item for item in rest if item.number in taken):
        last[item.number.goal] += 1
        number = item.number.at(last[item.number.goal])
        displaced.append(Renumbering(item, number, Why.DISPLACED))
    return [*kept, *displaced]


class _Named:
    """The items of the register as a crosswalk names them: by id, or by number."""

    def __init__(self, register: Register) -> None:
        self._ids: Mapping[str, Item] = {item.id: item for item in register.current}
        self._numbers = {item.number: item for item in register.current}

    def is_addition(self, pair: NumberPair) -> bool:
        return pair.old is None and not pair.item

    def item(self, pair: NumberPair) -> Item:
        return self._ids[pair.item] if pair.item or pair.old is None else self._numbers[pair.old]

    def lacking(self, pair: NumberPair) -> Finding | None:
        known = pair.item in self._ids if pair.item else pair.old is None or pair.old in self._numbers
        name = pair.item or str(pair.old)
        return None if known else finding_of(Code.K532, pair.place, value=name, new=str(pair.new))


def _contradictions(plan: Plan, pairs: Sequence[NumberPair]) -> Iterable[Finding]:
    goals = {goal.code for goal in plan.goals}
    news = Counter(pair.new for pair in pairs)
    olds = Counter(pair.item or pair.old for pair in pairs if pair.item or pair.old)
    for pair in pairs:
        if news[pair.new] > 1:
            yield finding_of(Code.K533, pair.place, value=str(pair.new))
        elif olds[pair.item or pair.old] > 1:
            yield finding_of(Code.K533, pair.place, value=pair.item or str(pair.old))
        if names_goal(plan.plan.numbering) and pair.new.goal not in goals:
            yield finding_of(Code.K534, pair.place, value=str(pair.new))


def renumber(register: Register, plan: Plan, numbers: Sequence[Renumbering], now: datetime, untitled: str) -> Register:
    """Return the register with the proposed numbers, the last ones kept and told in the history.

    An addition becomes an item with that number; without a name it is called ``untitled`` until it has one.
    """
    keeps_old = OLD_NUMBER in {column.name for column in item_fields(plan)}
    moved = {number.item.id: number for number in numbers if number.item and number.changes}
    items, changes = [], list(register.changes)
    for item in register.items:
        number = moved.get(item.id)
        moved_item = _moved(item, number.new, keeps_old=keeps_old) if number else item
        items.append(moved_item)
        changes += _history(item, moved_item, number, now) if number else []
    endings = tuple(_with_heirs(row, moved) for row in register.endings)
    register = replace(register, items=tuple(items), endings=endings, changes=tuple(changes))
    for addition in numbers:
        if addition.item is None:
            register = _added(register, plan, addition, now, untitled)
    return register


def _with_heirs(row: Ending, moved: Mapping[ItemId, Renumbering]) -> Ending:
    """Return a row of 廃止・完了・統合 that names the items it is merged into by their new numbers."""
    numbers = {key(number.item.number): str(number.new) for number in moved.values() if number.item}
    named = split_names(row.successors)
    if not any(key(name) in numbers for name in named):
        return row
    return replace(row, successors=wording("text.list.joiner").join(numbers.get(key(name), name) for name in named))


def _moved(item: Item, number: ItemNumber, *, keeps_old: bool) -> Item:
    values = {**item.values, "number": str(number), **_goal_of(number)}
    if keeps_old:
        values[OLD_NUMBER] = str(item.number)
    return replace(item, number=number, values=values)


def _goal_of(number: ItemNumber) -> dict[str, FieldValue]:
    """Return the goal that a number names, nothing where its pattern names none."""
    return {"goal": number.goal} if names_goal(number.pattern) else {}


def _history(item: Item, moved: Item, number: Renumbering, now: datetime) -> list[Change]:
    """Return the history's lines: the number, the one that is kept, and the goal where that changed too."""
    old, new = str(item.number), str(number.new)
    changes = [Change(now, ChangeKind.RENUMBERED, item.id, old, "number", old, new, number.place)]
    before, after = item.values.get(OLD_NUMBER), moved.values.get(OLD_NUMBER)
    if after != before:
        changes.append(changes[0]._replace(field=OLD_NUMBER, old=before, new=after))
    if names_goal(number.new.pattern) and item.goal != number.new.goal:
        changes.append(changes[0]._replace(field="goal", old=item.goal, new=number.new.goal))
    return changes


def _added(register: Register, plan: Plan, addition: Renumbering, now: datetime, untitled: str) -> Register:
    title = addition.title or untitled
    values: dict[str, FieldValue] = {"number": str(addition.new), **_goal_of(addition.new), "title": title}
    item = unknown_ticks(plan, Item(next_item(register), addition.new, values))
    change = Change(now, ChangeKind.CREATED, item.id, str(addition.new), "title", None, title, addition.place)
    return replace(register, items=(*register.items, item), changes=(*register.changes, change))


def out_of_place(register: Register) -> tuple[Finding, ...]:
    """Return a finding K537 per curated entry of the matrix that lists an item under a goal it no longer has."""
    goals = {item.id: item for item in register.items}
    return tuple(
        finding_of(Code.K537, value=member.label, goal=str(entry.goal), number=str(goals[name].number))
        for entry in register.current_entries
        for member in entry.members
        for name in member.items
        if name in goals and goals[name].goal != entry.goal
    )

"""Taking the plan's list into the register (取込): new items, changed texts, and the matrix's printed evidence.

Numbers are those of the plan version in force. Importing the same list again changes nothing; what a person
answered, decided or wrote by hand stays; nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.fields import field_named
from kohyo.definition.seed import SeedEntry
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.history import standing
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import next_item
from kohyo.register.matrix_evidence import resolve_entries, ticks_from_matrix, unknown_ticks
from kohyo.register.plan_list.list_row import ListRow
from kohyo.register.plan_list.list_values import row_values, same_value
from kohyo.text.ticks import show_tick

_MANY = 10  # items missing from a list, above which they are told in one sentence
_NOBODY_GAVE = (ChangeKind.REFUSED, ChangeKind.REWORDED)
_BY_A_PERSON = (ChangeKind.ANSWERED, ChangeKind.DECIDED, ChangeKind.EDITED)


@dataclass(frozen=True)
class ImportResult:
    """The new register, the items added, changed and left alone, and what a person should look at."""

    register: Register
    added: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    unchanged: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()


def import_rows(
    register: Register,
    plan: Plan,
    rows: Sequence[ListRow],
    seed_entries: Iterable[SeedEntry],
    now: datetime,
    source: Place,
) -> ImportResult:
    """Return the register with the list taken in; findings are K311 to K314.

    ``rows`` come from ``listing.read_list``; no rows change nothing. ``seed_entries`` count only while the
    register has no matrix entries (体系表掲載). ``source`` names the list as a whole.
    """
    if not rows:
        return ImportResult(register, unchanged=register.items)
    taking = _Import(register, plan, now)
    for row in rows:
        taking.take(row)
    if not register.entries:
        taking.take_entries(seed_entries, source)
    listed = {row.number for row in rows}
    unlisted = [item for item in register.current if item.number not in listed]
    return taking.result(_unlisted(plan, unlisted, source))


def _unlisted(plan: Plan, items: Sequence[Item], source: Place) -> list[Finding]:
    """Say which items the list does not have, each by itself; of a list of a part of the plan in one sentence."""
    label = field_named(plan, "number").label
    if len(items) > _MANY:
        numbers = wording("text.list.joiner").join(str(item.number) for item in items)
        return [finding_of(Code.K314, source, label, numbers, count=str(len(items)))]
    return [finding_of(Code.K311, source, label, str(item.number), title=item.title) for item in items]


class _Import:
    """One import under way: the items by id, and the entries, changes and findings so far."""

    def __init__(self, register: Register, plan: Plan, now: datetime) -> None:
        self._before, self._plan, self._now = register, plan, now
        self._items = {item.id: item for item in register.items}
        self._numbers = {item.number: item.id for item in (*register.items, *register.current)}
        self._persons = _written_by_persons(register)
        self._entries = register.entries
        self._changes: list[Change] = []
        self._findings: list[Finding] = []

    def take(self, row: ListRow) -> None:
        """Take one row: a new item, or what the list says anew of a known one."""
        item_id = self._numbers.get(row.number)
        if item_id is None:
            self._create(row)
        else:
            for name, value in row_values(self._plan, row).items():
                self._update(self._items[item_id], name, value, row.place)
            for name, found in row.values.items():
                self._update(self._items[item_id], name, found.value, found.place)

    def _create(self, row: ListRow) -> None:
        new = Item(next_item(self._register()), row.number, row_values(self._plan, row))
        self._items[new.id] = unknown_ticks(self._plan, new)
        self._numbers[row.number] = new.id
        self._log(ChangeKind.CREATED, new, "title", None, row.place)
        for name, found in row.values.items():
            self._update(self._items[new.id], name, found.value, found.place)

    def _update(self, item: Item, name: str, value: FieldValue, place: Place) -> None:
        old = item.values.get(name)
        if same_value(name, old, value):
            return
        if (item.id, name) in self._persons:
            label = field_named(self._plan, name).label
            self._findings.append(finding_of(Code.K312, place, label, _shown(value), number=str(item.number)))
            return
        evidence = Evidence.LIST if isinstance(value, Tick) else None
        self._items[item.id] = item.with_value(name, value, evidence)
        self._log(ChangeKind.IMPORTED, self._items[item.id], name, old, place)

    def take_entries(self, seed_entries: Iterable[SeedEntry], source: Place) -> None:
        """Store the curated entries by identity, and tick what they prove."""
        self._entries, findings = resolve_entries(seed_entries, self._numbers, source)
        self._findings += findings
        known = {item.id for item in self._before.items}
        for item in tuple(self._items.values()):
            ticked = ticks_from_matrix(self._plan, item, self._entries)
            self._items[item.id] = ticked
            for name in _differing(item, ticked) if item.id in known else ():
                self._log(ChangeKind.IMPORTED, ticked, name, item.values.get(name), source)

    def _log(self, kind: ChangeKind, item: Item, name: str, old: FieldValue, place: Place) -> None:
        new = item.values.get(name)
        self._changes.append(Change(self._now, kind, item.id, str(item.number), name, old, new, place))

    def _register(self) -> Register:
        changes = (*self._before.changes, *self._changes)
        return replace(self._before, items=tuple(self._items.values()), entries=self._entries, changes=changes)

    def result(self, more: Iterable[Finding]) -> ImportResult:
        """Return the register as it is now, its items sorted into added, changed and unchanged."""
        before = {item.id: item for item in self._before.items}
        items = tuple(self._items.values())
        return ImportResult(
            self._register(),
            added=tuple(item for item in items if item.id not in before),
            changed=tuple(item for item in items if item.id in before and item != before[item.id]),
            unchanged=tuple(item for item in items if item == before.get(item.id)),
            findings=(*self._findings, *more),
        )


def _shown(value: FieldValue) -> str:
    return show_tick(value) if isinstance(value, Tick) else str(value)


def _differing(old: Item, new: Item) -> Iterator[str]:
    return (name for name in new.values if new.values[name] != old.values.get(name))


def _written_by_persons(register: Register) -> set[tuple[str, str]]:
    """Return item and field of every value that a person gave last, by answer, decision or hand."""
    last = {(row.item, row.field): row.kind for _, row in standing(register.changes) if row.kind not in _NOBODY_GAVE}
    return {place for place, kind in last.items() if kind in _BY_A_PERSON}

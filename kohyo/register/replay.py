"""The register of a past day (過去の台帳), rebuilt: what the history tells is taken back, change by change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.departments import split_names
from kohyo.definition.fields import register_fields
from kohyo.messages import section
from kohyo.model.history import standing
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Conflict, Register, Submission
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.text.normalise import key

_TELLS_VALUES = (
    ChangeKind.CREATED,
    ChangeKind.IMPORTED,
    ChangeKind.ANSWERED,
    ChangeKind.DECIDED,
    ChangeKind.EDITED,
    ChangeKind.RENUMBERED,
    ChangeKind.ROLLED,
    ChangeKind.REWORDED,
)


@dataclass(frozen=True)
class Past:
    """The register as it was, and the changes that could not be taken back because the values do not fit them."""

    register: Register
    doubtful: tuple[Change, ...]


def as_of(
    plan: Plan, base: Register, history: Sequence[Change], moment: datetime, until: datetime | None = None
) -> Past:
    """Return what the register held at ``moment``.

    ``base`` is the register now, or a copy from after ``moment`` that was made just before the change at ``until``;
    ``history`` is the whole history.
    """
    items = {item.id: item for item in base.items}
    doubtful = [
        change for change in reversed(list(_later(history, moment, until))) if not _taken_back(plan, items, change)
    ]
    register = Register(
        items=tuple(items.values()),
        entries=tuple(
            entry for entry in base.entries if all(name in items for member in entry.members for name in member.items)
        ),
        submissions=tuple(
            _submission(submission, items) for submission in base.submissions if submission.received_at <= moment
        ),
        receipts=tuple(row for row in base.receipts if row.received_at and row.received_at <= moment),
        conflicts=tuple(_conflict(row, moment) for row in base.conflicts if row.raised_at <= moment),
        changes=tuple(change for change in history if change.at <= moment),
    )
    return Past(register, tuple(doubtful))


def _later(history: Sequence[Change], moment: datetime, until: datetime | None) -> Iterator[Change]:
    """Yield the changes after ``moment`` that the base holds; edits by hand are told by the save that follows them."""
    counted = tuple(standing(history))
    yield from (row for row in _voided(history, counted, moment) if until is None or row.at < until)
    for _, change in counted:
        edited = change.kind is ChangeKind.EDITED
        held = until is None or change.at < until or (edited and change.at <= until)
        if change.at > moment and held and change.kind in _TELLS_VALUES:
            yield change


def _voided(history: Sequence[Change], counted: Sequence[tuple[int, Change]], moment: datetime) -> Iterator[Change]:
    """Yield the restoration that went back behind the moment: what had been until then can no more be told."""
    places = {place for place, _ in counted}
    lost = [change for place, change in enumerate(history) if place not in places and change.at <= moment]
    if any(change.kind not in (ChangeKind.RESTORED, ChangeKind.ISSUED) for change in lost):
        yield from (row for row in history if row.kind is ChangeKind.RESTORED and row.at > moment)


def _taken_back(plan: Plan, items: dict[ItemId, Item], change: Change) -> bool:
    """Take one change back; tell whether that was possible."""
    if change.kind is ChangeKind.RESTORED:
        return False
    name = ItemId(change.item)
    item = items.get(name)
    if not change.item.startswith("K"):
        return True
    if item is None:
        return _restored(plan, items, change)
    labels = section("workbook")["items"]
    came = change.kind is ChangeKind.CREATED or (change.field == labels["id"] and change.old is None)
    if came:
        del items[name]
    elif change.field == labels["standing"]:
        items[name] = replace(item, standing=_standing(change.old))
    elif change.field == labels["origins"]:
        items[name] = replace(item, origins=split_names(str(change.old or "")))
    elif change.field in items[name].values or change.new is None:
        held = item.values.get(change.field)
        if held != change.new and not (change.new is None and held is Tick.NO):
            return False
        items[name] = _with(item, change.field, change.old)
    return True


def _restored(plan: Plan, items: dict[ItemId, Item], change: Change) -> bool:
    """Bring back a row that was deleted by hand, of which the history tells every value that was not blank."""
    if change.kind is not ChangeKind.EDITED or change.new is not None:
        return False
    try:
        number = ItemNumber.parse(key(change.number), plan.plan.numbering)
    except ValueError:
        return False
    name = ItemId(change.item)
    blank = {field.name: Tick.NO for field in register_fields(plan) if field.type == "tick"}
    items[name] = _with(Item(name, number, blank), change.field, change.old)
    return True


def _with(item: Item, field: str, value: FieldValue) -> Item:
    """Return the item with another value, its number and its evidence in keeping with it."""
    if field == "number" and isinstance(value, str):
        item = replace(item, number=ItemNumber.parse(key(value), item.number.pattern))
    if field == section("workbook")["items"]["id"]:
        return item
    return item.with_value(field, value, Evidence.NONE if value is Tick.UNKNOWN else None)


def _standing(word: FieldValue) -> Standing:
    words: dict[str, str] = section("workbook")["standing"]
    return next((Standing(name) for name, shown in words.items() if shown == (word or "")), Standing.CURRENT)


def _submission(entry: Submission, items: dict[ItemId, Item]) -> Submission:
    """Return a proposal as it was: what it became later it was not yet."""
    return entry if not entry.item or entry.item in items else replace(entry, item="", decision=None)


def _conflict(row: Conflict, moment: datetime) -> Conflict:
    """Return a conflict as it was: undecided where it was decided later."""
    if row.decided_at is None or row.decided_at <= moment:
        return row
    return replace(row, decision=None, other=None, decided_by="", decided_at=None)

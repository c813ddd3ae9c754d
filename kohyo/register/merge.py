"""Merge (併合): the register is the sum of what everybody said and of what people put in.

For every field the voices are weighed (``weigh``) against the last act of people (``people_edits``). A field that
is shared has one value, the lead's; of the others each owner has its own. What differs from the register becomes a
change in the history, what people must decide one question in 競合, with a row for each distinct value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.fields import FormField, register_fields
from kohyo.model.answer import Target, Voice
from kohyo.model.item import Item, ItemId
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Contribution, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import lead_of, own_name
from kohyo.register.people_edits import Act, last_acts
from kohyo.register.questions import Question, conflict_rows
from kohyo.register.weigh import Weighed, weigh

_CHOICES = ("tick", "select_one")


@dataclass(frozen=True)
class Said:
    """All that was said: the voices by field, the names of the files they come from, who was asked about an item.

    ``since`` is how many changes the history told when the first of the forms went out that they answer.
    """

    voices: Mapping[Target, tuple[Voice, ...]]
    files: Collection[str]
    asked: Mapping[ItemId, tuple[str, ...]]
    since: int = 0


def merge(register: Register, plan: Plan, said: Said, now: datetime) -> Register:
    """Return the register that the answers and the acts of people make; merging again changes nothing.

    An answer about an item that the register no longer holds is left to ``orphan_findings``.
    """
    work = _Merge(register, plan, said, now)
    for item in register.items:
        work.take(item)
    return work.done()


class _Merge:
    """A merge under way: items, contributions and questions as they become, and what changed."""

    def __init__(self, register: Register, plan: Plan, said: Said, now: datetime) -> None:
        self._register, self._plan, self._said, self._now = register, plan, said, now
        self._acts = last_acts(register, plan, said.files, said.since)
        self._items: list[Item] = []
        self._changes: list[Change] = []
        self._questions: list[Question] = []
        self._before = {(row.item, row.department): row.values for row in register.contributions}
        self._own: dict[tuple[ItemId, str], dict[str, FieldValue]] = {}

    def take(self, item: Item) -> None:
        """Weigh everything that was said of one item."""
        self._lead = lead_of(self._plan, item)
        work = _ItemAtWork(item)
        for field in register_fields(self._plan):
            voices = self._said.voices.get((item.id, field.name), ())
            if field.each:
                self._take_each(work, field, voices)
            elif voices or (item.id, field.name) in self._acts:
                self._take_shared(work, field, voices)
        self._items.append(work.done())

    def done(self) -> Register:
        """Return the merged register."""
        order = {entry.name: place for place, entry in enumerate(self._plan.departments)}
        every = {**self._before, **self._own}
        rows = sorted(every.items(), key=lambda row: (row[0][0], order.get(row[0][1], len(order))))
        return replace(
            self._register,
            items=tuple(self._items),
            contributions=tuple(row for target, own in rows if (row := _contribution(target, own)).values),
            conflicts=conflict_rows(self._register, self._plan, self._questions, self._now),
            changes=(*self._register.changes, *self._changes),
        )

    def _take_shared(self, item: _ItemAtWork, field: FormField, voices: Sequence[Voice]) -> None:
        act = self._act(item, field.name, item.values.get(field.name))
        found = weigh(act, voices, choice=field.type in _CHOICES)
        self._ask(item, field, found)
        self._put(item, field, found)

    def _take_each(self, item: _ItemAtWork, field: FormField, voices: Sequence[Voice]) -> None:
        """Keep what each owner says for itself; the lead's stands in the item as well."""
        for voice in voices:
            is_lead = voice.department == self._lead
            target = item.id, voice.department
            before = (item.values if is_lead else self._before.get(target, {})).get(field.name)
            name = field.name if is_lead else own_name(self._plan, field.name, voice.department)
            found = weigh(self._act(item, name, before), (_speaking_for_itself(voice),))
            self._ask(item, field, found, whose=voice.department)
            own = self._own.setdefault(target, dict(self._before.get(target, {})))
            own[field.name] = found.value
            if is_lead:
                self._put(item, field, found)
            elif not _same(before, found.value):
                self._tell(item, name, before, found)

    def _act(self, item: _ItemAtWork, name: str, value: FieldValue) -> Act:
        return self._acts[item.id, name] if (item.id, name) in self._acts else Act(value)

    def _ask(self, item: _ItemAtWork, field: FormField, found: Weighed, whose: str = "") -> None:
        if found.rivals:
            asked = (whose,) if whose else self._said.asked.get(item.id, ())
            self._questions.append(Question(item.id, field.name, whose, found, tuple(asked)))

    def _put(self, item: _ItemAtWork, field: FormField, found: Weighed) -> None:
        old = item.values.get(field.name)
        moved = not _same(old, found.value)
        if moved:
            self._tell(item, field.name, old, found)
        if field.type == "tick" and (moved or found.answered):
            item.put(field.name, found.value, _evidence(found))
        elif moved:
            item.put(field.name, found.value)

    def _tell(self, item: _ItemAtWork, name: str, old: FieldValue, found: Weighed) -> None:
        told = (self._now, ChangeKind.ANSWERED, item.id, item.number, name, old, found.value)
        by = found.source
        self._changes.append(Change(*told, by.place, by.typed, by.department) if by else Change(*told))


class _ItemAtWork:
    """An item whose values change one by one: each copy of it would be as large as the item."""

    def __init__(self, item: Item) -> None:
        self.id = item.id
        self.number = str(item.number)
        self.values = dict(item.values)
        self._evidence = dict(item.evidence)
        self._item = item
        self._changed = False

    def put(self, name: str, value: FieldValue, evidence: Evidence | None = None) -> None:
        """Let a field hold a value, and its tick rest on ``evidence``."""
        self.values[name] = value
        if evidence is not None:
            self._evidence[name] = evidence
        self._changed = True

    def done(self) -> Item:
        """Return the item as it became."""
        return replace(self._item, values=self.values, evidence=self._evidence) if self._changed else self._item


def _contribution(target: tuple[ItemId, str], own: Mapping[str, FieldValue]) -> Contribution:
    return Contribution(*target, {name: value for name, value in own.items() if value is not None})


def _same(one: FieldValue, other: FieldValue) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))


def _speaking_for_itself(voice: Voice) -> Voice:
    """Return a voice as that of the one whose field it is."""
    if all(answer.leads for answer in voice.answers):
        return voice
    return voice._replace(answers=tuple(answer._replace(leads=True) for answer in voice.answers))


def _evidence(found: Weighed) -> Evidence:
    """Return why a tick is what it is: somebody answered, or it stands as the matrix proves it."""
    tick = _tick(found.value)
    if tick is Tick.UNKNOWN:
        return Evidence.NONE
    return Evidence.MATRIX if not found.answered and tick is Tick.YES else Evidence.ANSWER


def _tick(value: FieldValue) -> Tick:
    return value if isinstance(value, Tick) else Tick.UNKNOWN

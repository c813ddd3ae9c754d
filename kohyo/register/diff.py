"""Comparing two versions (新旧の比較): items meet by identity and lineage, never by number or wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.fields import FormField, item_fields
from kohyo.definition.structure import OLD_NUMBER
from kohyo.model.comparison import Difference, Revision
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Plan
from kohyo.model.register import Ending, Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.plan_list.list_values import same_value

_OWN_KINDS = ("number", "goal", OLD_NUMBER)
_PRINTED = ("title", "overview", "owners")


def compare(plan: Plan, old: Register, new: Register) -> tuple[Revision, ...]:
    """Return what became of every item that is in either version, in the order of the new version's numbers."""
    groups = _Groups({item.id: item for item in old.current}, {item.id: item for item in new.items})
    found = [_revision(plan, olds, news, new) for olds, news in groups.joined()]
    return tuple(sorted(found, key=_place))


def compared_fields(plan: Plan) -> tuple[FormField, ...]:
    """Return the fields that a revision of the plan may change: what belongs to it beside number and goal."""
    return tuple(field for field in item_fields(plan) if field.nature == "plan" and field.name not in _OWN_KINDS)


class _Groups:
    """The items of both versions, joined where one is the other or comes from it."""

    def __init__(self, olds: Mapping[str, Item], every: Mapping[str, Item]) -> None:
        self._olds = olds
        self._every = every
        self._news = {name: item for name, item in every.items() if item.standing is Standing.CURRENT}

    def joined(self) -> Iterator[tuple[tuple[Item, ...], tuple[Item, ...]]]:
        """Yield each group's old and new items in the order of their numbers."""
        sources = {name: self._sources(item) for name, item in self._news.items()}
        heirs: dict[str, list[str]] = defaultdict(list)
        for name, olds in sources.items():
            for old in olds:
                heirs[old].append(name)
        seen: set[tuple[str, bool]] = set()
        for start in (*((name, True) for name in self._news), *((name, False) for name in self._olds)):
            group: list[tuple[str, bool]] = []
            waiting = [start]
            while waiting:
                name, is_new = node = waiting.pop()
                if node not in seen:
                    seen.add(node)
                    group.append(node)
                    waiting += [(entry, not is_new) for entry in (sources[name] if is_new else heirs[name])]
            if group:
                olds_of = _sorted(self._olds[name] for name, is_new in group if not is_new)
                yield olds_of, _sorted(self._news[name] for name, is_new in group if is_new)

    def _sources(self, item: Item) -> frozenset[str]:
        """Return the old items that an item is or comes from, over whatever lies between the versions."""
        before = self._olds.get(item.id)
        found: set[str] = set()
        if before:
            found.add(item.id)
        known = set(before.origins) if before else set()
        waiting = [name for name in item.origins if name not in known]
        seen: set[str] = {item.id}
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self._olds:
                found.add(name)
            elif name in self._every:
                waiting += self._every[name].origins
        return frozenset(found)


def _sorted(items: Iterator[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.number, item.id)))


def _revision(plan: Plan, olds: tuple[Item, ...], news: tuple[Item, ...], new: Register) -> Revision:
    if not olds:
        return Revision(olds, news, (Difference.ADDED,))
    endings = tuple(_endings(new, olds, news))
    if not news:
        now = new.item(olds[0].id)
        return Revision(olds, news, (Difference.ABOLISHED,), left=now.standing if now else None, endings=endings)
    plain = Revision(olds, news, ())
    pairs = [(partner, item) for item in news if (partner := plain.partner(item))]
    fields = tuple(_revised(plan, pairs))
    differences = {
        Difference.MERGED: len(olds) > 1,
        Difference.SPLIT: len(news) > 1,
        Difference.REGOALED: any(one.goal != two.goal for one, two in pairs),
        Difference.RENUMBERED: any(one.number != two.number for one, two in pairs),
        Difference.REVISED: bool(fields),
    }
    return Revision(olds, news, tuple(kind for kind, holds in differences.items() if holds), fields, endings=endings)


def _endings(new: Register, olds: Sequence[Item], news: Sequence[Item]) -> Iterator[Ending]:
    """Yield the decisions by which items left the plan; none where somebody took them out by hand."""
    staying = {item.id for item in news}
    for item in olds:
        if item.id not in staying:
            yield from [row for row in new.endings if row.item == item.id and row.is_adopted][-1:]


def _revised(plan: Plan, pairs: Sequence[tuple[Item, Item]]) -> Iterator[str]:
    for field in compared_fields(plan):
        values = ((one.values.get(field.name), two.values.get(field.name)) for one, two in pairs)
        if any(_differs(field, before, after) for before, after in values):
            yield field.name


def _differs(field: FormField, before: FieldValue, after: FieldValue) -> bool:
    """Tell whether the plan says something else; what nobody had said before is no revision of it."""
    if field.type == "tick":
        return before != after and all(
            isinstance(entry, Tick) and entry is not Tick.UNKNOWN for entry in (before, after)
        )
    if field.name not in _PRINTED and before in (None, ""):
        return False
    return (before or "") != (after or "") and not same_value(field.name, before, after)


def _place(revision: Revision) -> tuple[int, bool, tuple[int, int]]:
    """Order by the new number; what was abolished follows at the end of its goal."""
    first = (revision.new or revision.old)[0]
    return first.goal, not revision.new, (first.number.goal, first.number.serial)

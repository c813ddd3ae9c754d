"""Made-up answers (見本の回答) for a demo: the same item always gets the same answers, and each text says so.

The sentences are data: ``demo.toml`` beside a shipped plan, ``wording/demo.toml`` for every other field and plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zlib import crc32

from kohyo.definition.departments import lead
from kohyo.definition.fields import FormField, all_fields, item_fields
from kohyo.definition.load import shipped_data
from kohyo.messages import section
from kohyo.model.answer_name import field_of
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue

_FILE = "demo.toml"
_TEXTS = ("text", "multiline")
_ROOM_FOR_MARK = 20  # a shorter field holds a word such as a unit, no sentence


def demo_values(plan: Plan, item: Item, department: str) -> dict[str, FieldValue]:
    """Return a made-up answer, by field name, to every required field of the item sheet (個票) and most others.

    Deterministic. What the item already holds stays (a tick of the printed matrix among it). What each owner
    answers for itself, and the sentences of a shared item, ``department`` says in its own words; of the rest the
    owners of an item say the same.
    """
    leading = lead(plan, item.owners, unknown=department)
    values = _ticks(plan, item)
    for field in item_fields(plan):
        if field.readonly or field.type == "tick":
            continue
        known = item.values.get(field.name)
        speaker = department if field.each or (field.type == "multiline" and not field.year) else leading
        words = {"title": item.title, "department": speaker, "speaker": "" if speaker == leading else speaker}
        value = _made_up(plan, item, field, words) if known in (None, "") else known
        if value is not None:
            values[field.name] = value
    return values


def demo_sent(plan: Plan, kind: str, place: int) -> dict[str, FieldValue]:
    """Return what the department at this place (from 0) writes on a sheet that no item has; mostly nothing."""
    known = {field.name: field for field in all_fields(plan)}
    found: dict[str, FieldValue] = {}
    for sent in shipped_data(plan, _FILE).get("sent", ()):
        if sent["kind"] == kind and sent["place"] == place:
            for name, value in sent["values"].items():
                field = known[field_of(name)]
                found[name] = Tick.YES if field.type == "tick" and value else Tick.NO if field.type == "tick" else value
    return found


def _pick(item: Item, what: str, count: int) -> int:
    """Choose one of ``count`` by the item's identity, the same on every machine and in every run."""
    return crc32(f"{item.id}/{what}".encode()) % count


def _hits(item: Item, words: Sequence[str]) -> int:
    return sum(word in f"{item.title}{item.overview}" for word in words)


def _ticks(plan: Plan, item: Item) -> dict[str, FieldValue]:
    """Answer every perspective: what is known stays, the rest by the words of the item, at least one yes."""
    fields = [field for field in item_fields(plan) if field.type == "tick" and not field.readonly]
    ticks = {field.name: _tick(plan, item, field) for field in fields}
    unanswered = [name for name in ticks if item.values.get(name) is not Tick.NO]
    if unanswered and Tick.YES not in ticks.values():
        ticks[unanswered[_pick(item, "tick", len(unanswered))]] = Tick.YES
    return dict(ticks)


def _tick(plan: Plan, item: Item, field: FormField) -> Tick:
    known = item.values.get(field.name)
    if isinstance(known, Tick) and known is not Tick.UNKNOWN:
        return known
    words = shipped_data(plan, _FILE).get("perspectives", {}).get(field.perspective, ())
    return Tick.YES if _hits(item, words) else Tick.NO


def _kind(plan: Plan, item: Item) -> Mapping[str, Any]:
    """Return the kind of work whose words fit the item best, the first one when none does."""
    kinds: Sequence[Mapping[str, Any]] = shipped_data(plan, _FILE).get("kinds", ())
    return max(kinds, key=lambda kind: _hits(item, kind["words"]), default={})


def _made_up(plan: Plan, item: Item, field: FormField, words: Mapping[str, str]) -> FieldValue:
    name = field.name.removesuffix(f"_{field.year}") if field.year else field.name
    kind, common = _kind(plan, item), shipped_data(plan, _FILE).get("fields", {})
    if name in kind:
        found = kind[name][_pick(item, f"kind{words['speaker']}", len(kind[name]))]
    elif name in common:
        found = common[name][_pick(item, f"{name}{words['speaker']}", len(common[name]))]
    else:
        return _by_type(plan, item, field, words) if _wanted(field) else None
    if field.year:
        found = found[[year.year for year in plan.years].index(field.year) % len(found)]
    return _fitting(field, found, words)


def _wanted(field: FormField) -> bool:
    return field.required or field.type == "date"


def _fitting(field: FormField, found: str | float, words: Mapping[str, str]) -> FieldValue:
    """Return a template's value as the field can hold it: a text marked, a figure in range, a known choice."""
    if field.type == "select_one":
        return found if found in field.choices else field.choices[0]
    if isinstance(found, str):
        return _marked(field, found.format(label=field.label, **words))
    return _in_range(field, found)


def _by_type(plan: Plan, item: Item, field: FormField, words: Mapping[str, str]) -> FieldValue:
    """Answer a field that no template knows, by its type alone."""
    if field.type in _TEXTS:
        return _fitting(field, section("demo")["types"][field.type], words)
    if field.type == "select_one":
        return field.choices[_pick(item, field.name, len(field.choices))]
    if field.type in ("integer", "decimal"):
        return _in_range(field, _pick(item, field.name, 100))
    if field.type == "date":
        days = max(1, (plan.cycle.closes - plan.cycle.issued).days)
        return plan.cycle.issued + timedelta(days=_pick(item, field.name, days))
    return _structural(item, field, words)


def _structural(item: Item, field: FormField, words: Mapping[str, str]) -> FieldValue:
    """Answer a field of the plan's own structure from what the item and its lead are."""
    if field.type == "departments":
        return words["department"]
    return item.goal if field.type == "goal" else str(item.number)


def _marked(field: FormField, text: str) -> str:
    limit = field.max_length
    if limit and limit < _ROOM_FOR_MARK:
        return text[:limit]
    mark: str = section("demo")["mark"]
    return f"{text[: limit - len(mark)] if limit else text}{mark}"


def _in_range(field: FormField, value: float) -> float:
    low = value if field.minimum is None else max(value, field.minimum)
    kept = low if field.maximum is None else min(low, field.maximum)
    return int(kept) if field.type == "integer" else kept

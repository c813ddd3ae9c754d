"""What a definition takes over from the one before it (定義の引き継ぎ): by code, so that nothing in a register is lost.

A workspace lives while its definition is edited. Labels change, fields and sheets come and go; what they are is their
code. Here today's definition is told what earlier ones had, so that columns are found under their old headings, and
what nobody is asked for any more keeps its column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kohyo.definition.choice_words import former_words
from kohyo.definition.fields import FormField, all_fields, form_fields, item_kind, register_fields
from kohyo.definition.surveys import surveys_of
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FieldRule, FieldType, FormerName, Remembered, SheetKind
from kohyo.text.normalise import key

_FREE: Mapping[FieldType, FieldType] = {"select_one": "text", "goal": "integer"}
"""The type that a field of the past has, where today's definition has no choices for its own."""


@lru_cache(maxsize=16)
def carried_over(plan: Plan, before: Plan | None) -> Plan:
    """Return ``plan`` with what the definition ``before`` it had, and what that remembered; the same for the same.

    Telling it twice, or of a definition that is like it, changes nothing.
    """
    if before is None:
        return plan
    codes = {kind.key for kind in plan.sheets}
    kinds = [kind for kind in (*before.sheets, *before.remembered.kinds) if kind.key not in codes]
    gone = Remembered(
        fields=tuple(_gone(plan, before)),
        kinds=tuple(kind for kind in kinds if kind.per != "item"),
        surveys=before.remembered.surveys or bool(surveys_of(before)),
    )
    carried = plan.model_copy(update={"remembered": gone})
    saved = tuple(_still_borne(carried, before))
    remembered = gone.model_copy(update={"names": tuple(_names(carried, before)), "saved": saved})
    return plan if remembered == plan.remembered else plan.model_copy(update={"remembered": remembered})


def as_written(plan: Plan) -> Plan:
    """Return a definition as its workbook has it: without what it remembers."""
    return plan.model_copy(update={"remembered": Remembered()})


def as_saved(plan: Plan) -> Plan:
    """Return a definition as it is once the register was saved with it: that bears today's names."""
    return plan.model_copy(update={"remembered": plan.remembered.model_copy(update={"saved": ()})})


def bearing_names_of(plan: Plan, then: Plan) -> Plan:
    """Return a definition for a register that was saved under ``then`` and bears the names of that."""
    known = as_saved(then)
    saved = tuple(_still_borne(plan, known))
    return plan.model_copy(update={"remembered": plan.remembered.model_copy(update={"saved": saved})})


def exchanges_names(plan: Plan) -> bool:
    """Tell whether a field is called today what the register still calls another: its history must be worded anew."""
    borne = {key(name.name): name.code for name in plan.remembered.saved if name.part == "fields"}
    return any(borne.get(key(name.name), name.code) != name.code for name in _called(plan) if name.part == "fields")


def _still_borne(plan: Plan, before: Plan) -> Iterator[FormerName]:
    """Yield the names that the register still bears, having been saved under ``before``, and that are others today."""
    today = set(_called(plan))
    borne = {(name.part, name.code): name for name in (*_called(before), *before.remembered.saved)}
    yield from (name for name in borne.values() if name not in today)


def _gone(plan: Plan, before: Plan) -> Iterator[FieldRule]:
    """Yield the fields that sheets had and have no more, each with the sheets that it is gone from."""
    fields: dict[str, FormField] = {}
    sheets: dict[str, list[str]] = defaultdict(list)
    for kind in (*before.sheets, *before.remembered.kinds):
        today = item_kind(plan) if kind.per == "item" else kind.key
        active = {field.name for field in form_fields(plan, today)}
        for field in register_fields(before, kind.key):
            if field.name not in active:
                fields[field.name] = field
                sheets[field.name].append(today)
    rules = {rule.name: rule for rule in before.remembered.fields}
    for name, field in fields.items():
        rule = rules[name] if field.retired else _as_rule(field)
        yield rule.model_copy(update={"sheets": tuple(sheets[name])})


def _as_rule(field: FormField) -> FieldRule:
    """Return a field of the past as a rule of its own, its label as it was last spelled; any word is a choice of it."""
    return FieldRule(
        name=field.name,
        label=_plain(field.label),
        register_label=_plain(field.register_label),
        type=_FREE.get(field.type, field.type),
        group=field.group,
        sheets=field.sheets,
        nature=field.nature,
        scope="each" if field.each else "shared",
        unit=field.unit,
    )


def _plain(text: str) -> str:
    """Return a text that stands for itself where a template is meant."""
    return text.replace("{", "{{").replace("}", "}}")


def _names(plan: Plan, before: Plan) -> list[FormerName]:
    """Return what was remembered already and what is called otherwise now; of one code the newest last."""
    now = {*_called(plan), *_choices_called(plan)}
    every = [*before.remembered.names, *_called(before), *_choices_called(before)]
    every = [name for name in every if name not in now]
    kept = list(dict.fromkeys(reversed(every)))[::-1]
    return sorted(kept, key=lambda name: (name.part, name.code))


def _choices_called(plan: Plan) -> Iterator[FormerName]:
    for listed in plan.choices:
        yield from former_words(listed)


def _called(plan: Plan) -> Iterator[FormerName]:
    yield from _fields_called(all_fields(plan))
    yield from _kinds_called((*plan.sheets, *plan.remembered.kinds))
    for entry in plan.perspectives:
        yield FormerName(part="perspectives", code=entry.key, name=entry.list_label)


def _fields_called(fields: Iterable[FormField]) -> Iterator[FormerName]:
    for field in fields:
        yield FormerName(part="fields", code=field.name, name=field.register_label)


def _kinds_called(kinds: Iterable[SheetKind]) -> Iterator[FormerName]:
    for kind in kinds:
        yield FormerName(part="sheets", code=kind.key, name=kind.title)

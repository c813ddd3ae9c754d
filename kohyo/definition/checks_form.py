"""Contradictions in the form (調査票): labels and tabs that could not be told apart, rules that cannot work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from string import Formatter

from kohyo.definition.fields import FormField, all_fields, form_fields, year_words
from kohyo.definition.problems import Loc, Problem
from kohyo.definition.structure import STRUCTURAL_TYPES
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FieldRule, SheetKind
from kohyo.text.cell_text import cut, units
from kohyo.text.normalise import Key, key
from kohyo.text.tabs import is_tab

_TAB_LIMIT = 31
_NUMBER = "{number}"


def form_contradictions(plan: Plan) -> tuple[Problem, ...]:
    """Return what keeps the form from working; labels are compared once their templates can be filled."""
    found = (*_templates(plan), *_kinds(plan), *_structure(plan), *_types(plan))
    return found or (*_field_names(plan), *_labels(plan), *_register_labels(plan), *_aliases(plan), *_tabs(plan))


def _templates(plan: Plan) -> Iterator[Problem]:
    words = tuple(year_words(plan.cycle.year))
    for i, rule in enumerate(plan.fields):
        known = (*words, "perspective") if rule.repeat == "perspective" else words
        yield from _template(("fields", i, "label"), rule.label, known)
        yield from _template(("fields", i, "register_label"), rule.register_label, known)
        for alias in rule.aliases:
            yield from _template(("fields", i, "aliases"), alias, known)
    for i, kind in enumerate(plan.sheets):
        known = (*words, "number") if kind.per == "item" else words
        yield from _template(("sheets", i, "tab"), kind.tab, known)
        yield from _template(("sheets", i, "title"), kind.title, words)


def _template(loc: Loc, text: str, known: tuple[str, ...]) -> Iterator[Problem]:
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        yield Problem(loc, "contradiction.braces", {"value": text})
        return
    for _, name, spec, conversion in parts:
        if name not in known or spec or conversion:
            shown = wording("text.list.joiner").join(f"{{{word}}}" for word in known)
            yield Problem(loc, "contradiction.template", {"value": f"{{{name}}}", "known": shown})


def _kinds(plan: Plan) -> Iterator[Problem]:
    count = sum(kind.per == "item" for kind in plan.sheets)
    if count != 1:
        yield Problem(("sheets",), "contradiction.item_kinds", {"value": count})
    for i, kind in enumerate(plan.sheets):
        if kind.per == "item" and _NUMBER not in kind.tab:
            yield Problem(("sheets", i, "tab"), "contradiction.tab_number", {"value": kind.tab})
        if kind.per == "item" and kind.form:
            yield Problem(("sheets", i, "form"), "contradiction.item_form", {"value": kind.title})


def _structure(plan: Plan) -> Iterator[Problem]:
    """Check the structural fields: on the item sheet, of their type, once."""
    item_kinds = {kind.key for kind in plan.sheets if kind.per == "item"}
    for i, rule in enumerate(plan.fields):
        types = STRUCTURAL_TYPES.get(rule.name)
        if types is None:
            continue
        if not item_kinds & set(rule.sheets):
            yield Problem(("fields", i, "sheets"), "contradiction.not_on_item", {"value": rule.name})
        if rule.repeat:
            yield Problem(("fields", i, "repeat"), "contradiction.structural_repeat", {"value": rule.name})
        if rule.internal:
            yield Problem(("fields", i, "internal"), "contradiction.structural_internal", {"value": rule.name})
        if rule.type not in types:
            shown = wording(f"definition.words.type.{types[0]}")
            yield Problem(("fields", i, "type"), "contradiction.choice_type", {"value": shown})


def _types(plan: Plan) -> Iterator[Problem]:
    for i, rule in enumerate(plan.fields):
        loc = ("fields", i)
        if rule.type == "tick" and rule.repeat != "perspective":
            yield Problem((*loc, "repeat"), "contradiction.tick_repeat")
        if rule.type != "tick" and rule.repeat == "perspective":
            yield Problem((*loc, "type"), "contradiction.tick_type")
        if rule.type == "select_one" and not rule.choices:
            yield Problem((*loc, "choices"), "contradiction.needs_choices")
        if rule.type != "select_one" and rule.choices:
            yield Problem((*loc, "choices"), "contradiction.no_use_of_choices")


def _field_names(plan: Plan) -> Iterator[Problem]:
    """Find fields whose name another rule makes by repetition, such as a rule of its own named ``plan_2025``."""
    counts = Counter(field.name for field in all_fields(plan))
    for name, count in counts.items():
        if count > 1:
            yield Problem(("fields", _rule_of(plan, name), "name"), "contradiction.same_name", {"value": name})


def _rule_of(plan: Plan, name: str) -> int:
    """Return the place of the last rule that makes the field ``name``."""
    return max(i for i, rule in enumerate(plan.fields) if name in _names_of(plan, rule))


def _names_of(plan: Plan, rule: FieldRule) -> set[str]:
    alone = plan.model_copy(update={"fields": (rule,)})
    return {field.name for field in all_fields(alone)}


def _labels(plan: Plan) -> Iterator[Problem]:
    """Find labels that stand twice on one sheet: a reader that has lost the names finds answers by them."""
    for kind in plan.sheets:
        fields = form_fields(plan, kind.key)
        used = {field.group for field in fields}
        seen = {key(group.label) for group in plan.groups if group.key in used}
        yield from _again(plan, fields, seen)


def _again(plan: Plan, fields: tuple[FormField, ...], seen: set[Key]) -> Iterator[Problem]:
    for field in fields:
        label = key(field.label)
        if label in seen:
            loc = ("fields", _rule_of(plan, field.name), "label")
            yield Problem(loc, "contradiction.same_label", {"value": field.label})
        seen.add(label)


def _register_labels(plan: Plan) -> Iterator[Problem]:
    kind = next(kind for kind in plan.sheets if kind.per == "item")
    seen = set()
    for field in form_fields(plan, kind.key):
        label = key(field.register_label)
        if label in seen:
            loc = ("fields", _rule_of(plan, field.name), "register_label")
            yield Problem(loc, "contradiction.same_register_label", {"value": field.register_label})
        seen.add(label)


def _aliases(plan: Plan) -> Iterator[Problem]:
    """Find aliases by which a list's column could be meant for two fields."""
    kind = next(kind for kind in plan.sheets if kind.per == "item")
    fields = form_fields(plan, kind.key)
    owners = {key(word): field.name for field in fields for word in (field.label, field.register_label)}
    for field in fields:
        for alias in field.aliases:
            if owners.setdefault(key(alias), field.name) != field.name:
                loc = ("fields", _rule_of(plan, field.name), "aliases")
                yield Problem(loc, "contradiction.same_alias", {"value": alias})


def _tabs(plan: Plan) -> Iterator[Problem]:
    seen = set()
    for i, kind in enumerate(plan.sheets):
        tab = _tab(plan, kind)
        loc = ("sheets", i, "tab")
        if units(tab) > _TAB_LIMIT:
            yield Problem(loc, "contradiction.tab_length", {"value": tab})
        if not is_tab(cut(tab, _TAB_LIMIT)):
            yield Problem(loc, "contradiction.tab_characters", {"value": tab})
        if key(tab) in seen:
            yield Problem(loc, "contradiction.repeated", {"value": tab})
        seen.add(key(tab))


def _tab(plan: Plan, kind: SheetKind) -> str:
    """Return the tab of a sheet with the longest number that is likely, and room for the count of a copy."""
    tab = kind.tab.format(**year_words(plan.cycle.year), number="99-999")
    return tab if kind.copies == 1 or kind.per == "block" else f"{tab} (20)"

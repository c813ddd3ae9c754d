"""Contradictions within a definition: said twice, referred to but not there, or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.text.normal import key

STRUCTURAL_FIELDS = ("number", "goal", "title", "overview", "owners")
"""Fields that every plan has, under these names; all others are the plan's own."""


def contradictions(plan: Plan) -> list[str]:
    """Return one sentence per contradiction, empty when the definition is sound."""
    return [*_repeated(plan), *_unknown_references(plan), *_missing(plan)]


def _repeated(plan: Plan) -> Iterator[str]:
    names: dict[str, Iterable[object]] = {
        "goals": (goal.code for goal in plan.goals),
        "perspectives": (perspective.key for perspective in plan.perspectives),
        "departments.code": (department.code for department in plan.departments),
        "departments.name": _department_names(plan),
        "years": (year.year for year in plan.years),
        "choices": (choices.name for choices in plan.choices),
        "sheets": (kind.key for kind in plan.sheets),
        "groups": (group.key for group in plan.groups),
        "fields": (rule.name for rule in plan.fields),
    }
    for where, values in names.items():
        for value, count in Counter(values).items():
            if count > 1:
                yield wording("errors.contradiction.repeated", where=where, value=value)


def _department_names(plan: Plan) -> Iterator[str]:
    for department in plan.departments:
        yield from {key(name) for name in (department.name, *department.aliases)}
    yield from (key(expansion.name) for expansion in plan.expansions)


def _unknown_references(plan: Plan) -> Iterator[str]:
    departments = {department.name for department in plan.departments}
    choices = {entry.name for entry in plan.choices}
    kinds = {kind.key for kind in plan.sheets}
    groups = {group.key for group in plan.groups}
    years = {entry.year for entry in plan.years}
    if plan.cycle.year not in years:
        yield _unknown("cycle.year", plan.cycle.year)
    for expansion in plan.expansions:
        for name in {*expansion.members, expansion.lead} - departments - {""}:
            yield _unknown(f"expansions.{expansion.name}", name)
    for rule in plan.fields:
        if rule.group not in groups:
            yield _unknown(f"fields.{rule.name}.group", rule.group)
        for kind in set(rule.sheets) - kinds:
            yield _unknown(f"fields.{rule.name}.sheets", kind)
        if (rule.type == "select_one" or rule.choices) and rule.choices not in choices:
            yield _unknown(f"fields.{rule.name}.choices", rule.choices)


def _unknown(where: str, value: object) -> str:
    return wording("errors.contradiction.unknown", where=where, value=value)


def _missing(plan: Plan) -> Iterator[str]:
    present = {rule.name for rule in plan.fields}
    for name in STRUCTURAL_FIELDS:
        if name not in present:
            yield wording("errors.contradiction.missing_field", name=name)
    for part in ("goals", "perspectives", "departments", "years", "sheets"):
        if not getattr(plan, part):
            yield wording("errors.contradiction.empty", where=part)

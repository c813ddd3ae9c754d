"""Contradictions within a definition: said twice, referred to but not there, or missing.

What a text may hold stands in ``checks_texts``, what the form's sheets ask of the fields in ``checks_form``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kohyo.definition.checks_form import form_contradictions
from kohyo.definition.checks_hearings import hearing_contradictions
from kohyo.definition.checks_surveys import survey_contradictions
from kohyo.definition.checks_tables import table_contradictions
from kohyo.definition.checks_texts import text_contradictions
from kohyo.definition.fields import year_words
from kohyo.definition.next_year import coming_years
from kohyo.definition.problems import Loc, Problem
from kohyo.definition.structure import OVERVIEW, STRUCTURAL_FIELDS
from kohyo.model.numbering import is_pattern, names_goal
from kohyo.model.plan import Plan
from kohyo.model.plan_people import Expansion
from kohyo.text.area_code import is_area_code
from kohyo.text.normalise import key
from kohyo.text.tabs import file_stem

__all__ = ["STRUCTURAL_FIELDS", "contradictions", "is_time_span"]

_TIME = r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?"
_SPAN = re.compile(rf"{_TIME}(?:/{_TIME})?")


def contradictions(plan: Plan) -> tuple[Problem, ...]:
    """Return one problem per contradiction, empty when the definition is sound.

    The form is only looked at once everything that its fields refer to is there.
    """
    found = (
        *_repeated(plan),
        *_unknown_references(plan),
        *_missing(plan),
        *_forms(plan),
        *_cycle(plan),
        *_area_code(plan),
        *survey_contradictions(plan),
        *_numbering(plan),
        *hearing_contradictions(plan),
        *_expansions(plan),
        *text_contradictions(plan),
        *table_contradictions(plan),
    )
    return found or form_contradictions(plan) or _once(_in_coming_years(plan))


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, of each place and kind the first year's."""
    first: dict[tuple[Loc, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.loc, problem.key), problem)
    return tuple(first.values())


def _in_coming_years(plan: Plan) -> Iterator[Problem]:
    """Yield what would be wrong once a later year of the plan is opened: words tell years, and sleeping fields wake."""
    for later in coming_years(plan):
        year = year_words(later.cycle.year)["year"]
        yield from (replace(problem, year=year) for problem in form_contradictions(later))


def _area_code(plan: Plan) -> Iterator[Problem]:
    code = plan.plan.area_code
    if code and not is_area_code(code):
        yield Problem(("plan", "area_code"), "contradiction.area_code", {"value": code})


def _repeated(plan: Plan) -> Iterator[Problem]:
    yield from _twice((("goals", i, "code"), goal.code) for i, goal in enumerate(plan.goals))
    yield from _twice((("perspectives", i, "key"), entry.key) for i, entry in enumerate(plan.perspectives))
    yield from _twice(_codes(plan))
    yield from _twice((("forms", i, "key"), form.key) for i, form in enumerate(plan.forms))
    yield from _twice(_department_names(plan))
    yield from _twice((("departments", i, "name"), file_stem(entry.name)) for i, entry in enumerate(plan.departments))
    yield from _twice(_affiliate_names(plan))
    yield from _twice((("years", i, "year"), entry.year) for i, entry in enumerate(plan.years))
    yield from _twice((("choices", i, "name"), entry.name) for i, entry in enumerate(plan.choices))
    yield from _twice((("seats", i, "post"), key(f"{seat.body} {seat.post}")) for i, seat in enumerate(plan.seats))
    days = [(("hearings", i, "day"), entry.day) for i, entry in enumerate(plan.hearings)]
    yield from (replace(problem, key="contradiction.repeated_day") for problem in _twice(days))
    yield from _twice((("books", i, "name"), key(book.name)) for i, book in enumerate(plan.books))
    for i, choices in enumerate(plan.choices):
        yield from _twice((("choices", i, "values", j), key(value)) for j, value in enumerate(choices.values))
    yield from _twice((("sheets", i, "key"), kind.key) for i, kind in enumerate(plan.sheets))
    yield from _twice((("groups", i, "key"), group.key) for i, group in enumerate(plan.groups))
    yield from _twice((("fields", i, "name"), rule.name) for i, rule in enumerate(plan.fields))


def _twice(values: Iterable[tuple[Loc, object]]) -> Iterator[Problem]:
    """Complain of every value that stood before; the first keeps its right."""
    seen = set()
    for loc, value in values:
        if value in seen:
            yield Problem(loc, "contradiction.repeated", {"value": value})
        seen.add(value)


def _codes(plan: Plan) -> Iterator[tuple[Loc, object]]:
    """Give what stands for the respondent in control numbers."""
    for part in ("departments", "forms", "former"):
        for i, entry in enumerate(getattr(plan, part)):
            yield (part, i, "code"), entry.code


def _department_names(plan: Plan) -> Iterator[tuple[Loc, object]]:
    for i, department in enumerate(plan.departments):
        yield from _names(("departments", i), department.name, department.aliases)
    for i, former in enumerate(plan.former):
        yield from _names(("former", i), former.name, former.aliases)
    for i, expansion in enumerate(plan.expansions):
        yield ("expansions", i, "name"), key(expansion.name)
    for i, form in enumerate(plan.forms):
        yield ("forms", i, "name"), key(form.name)


def _affiliate_names(plan: Plan) -> Iterator[tuple[Loc, object]]:
    for i, affiliate in enumerate(plan.affiliates):
        yield from _names(("affiliates", i), affiliate.name, affiliate.aliases)


def _names(loc: Loc, name: str, aliases: Iterable[str]) -> Iterator[tuple[Loc, object]]:
    """Give a name and its other spellings; a spelling that differs in width or space alone counts once."""
    yield (*loc, "name"), key(name)
    for alias in sorted({key(alias) for alias in aliases} - {key(name)}):
        yield (*loc, "aliases"), alias


def _unknown_references(plan: Plan) -> Iterator[Problem]:
    departments = {department.name for department in plan.departments}
    lists = {entry.name for entry in plan.choices}
    kinds = {kind.key for kind in plan.sheets}
    groups = {group.key for group in plan.groups}
    years = {entry.year for entry in plan.years} or {plan.cycle.year}
    yield from _unknown(("cycle", "year"), [plan.cycle.year], years)
    for i, expansion in enumerate(plan.expansions):
        members = [name for name in expansion.members if name != expansion.name]
        yield from _unknown(("expansions", i, "members"), members, departments)
        yield from _unknown(("expansions", i, "lead"), [expansion.lead], departments | {""})
    for i, former in enumerate(plan.former):
        yield from _unknown(("former", i, "successors"), former.successors, departments)
    forms = {form.key for form in plan.forms}
    for i, kind in enumerate(plan.sheets):
        yield from _unknown(("sheets", i, "form"), [kind.form], forms | {""})
    for i, rule in enumerate(plan.fields):
        yield from _unknown(("fields", i, "group"), [rule.group], groups)
        yield from _unknown(("fields", i, "sheets"), rule.sheets, kinds)
        yield from _unknown(("fields", i, "choices"), [rule.choices], lists | {""})


def _unknown(loc: Loc, names: Iterable[object], known: Iterable[object]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(loc, "contradiction.unknown", {"value": name})


def _missing(plan: Plan) -> Iterator[Problem]:
    present = {rule.name for rule in plan.fields}
    for name in STRUCTURAL_FIELDS:
        if name not in present and name != OVERVIEW and (name != "goal" or plan.goals):
            yield Problem(("fields",), "contradiction.missing_field", {"value": name})
    for part in ("departments", "sheets", "groups"):
        if not getattr(plan, part):
            yield Problem((part,), "contradiction.empty")
    for i, choices in enumerate(plan.choices):
        if not choices.values:
            yield Problem(("choices", i, "values"), "contradiction.empty")
    for i, rule in enumerate(plan.fields):
        if not rule.sheets:
            yield Problem(("fields", i, "sheets"), "contradiction.empty")


def _forms(plan: Plan) -> Iterator[Problem]:
    for i, former in enumerate(plan.former):
        if not former.successors:
            yield Problem(("former", i, "successors"), "contradiction.empty")
    for i, form in enumerate(plan.forms):
        if not plan.kinds_of(form.key):
            yield Problem(("forms", i, "key"), "contradiction.no_sheet", {"value": form.name})


def _cycle(plan: Plan) -> Iterator[Problem]:
    if plan.cycle.closes < plan.cycle.issued:
        yield Problem(("cycle", "closes"), "contradiction.dates", {"value": plan.cycle.issued})
    for i, milestone in enumerate(plan.cycle.milestones):
        if not is_time_span(milestone.date):
            loc = ("cycle", "milestones", i, "date")
            yield Problem(loc, "contradiction.when", {"value": milestone.date})


def _numbering(plan: Plan) -> Iterator[Problem]:
    pattern = plan.plan.numbering
    if not is_pattern(pattern):
        yield Problem(("plan", "numbering"), "contradiction.numbering", {"value": pattern})
    elif not plan.goals and names_goal(pattern):
        yield Problem(("plan", "numbering"), "contradiction.numbering_goal")


def is_time_span(text: str) -> bool:
    """Tell whether ``text`` is a day, a month, or a span from one to another (``2024-10/2025-01``)."""
    if _SPAN.fullmatch(text) is None:
        return False
    ends = text.split("/")
    return all(_exists(end) for end in ends) and ends == sorted(ends)


def _exists(day_or_month: str) -> bool:
    try:
        date.fromisoformat(day_or_month if day_or_month.count("-") == 2 else f"{day_or_month}-01")  # noqa: PLR2004 - year, month, day
    except ValueError:
        return False
    return True


def _expansions(plan: Plan) -> Iterator[Problem]:
    for i, expansion in enumerate(plan.expansions):
        yield from _members(("expansions", i), expansion)


def _members(loc: Loc, expansion: Expansion) -> Iterator[Problem]:
    members = (*loc, "members")
    if expansion.name in expansion.members:
        yield Problem(members, "contradiction.itself", {"value": expansion.name})
    if expansion.all and expansion.members:
        yield Problem(members, "contradiction.all_and_members")
    if not expansion.all and not expansion.members:
        yield Problem(members, "contradiction.no_member")
    if expansion.lead and not expansion.all and expansion.lead not in expansion.members:
        yield Problem((*loc, "lead"), "contradiction.lead_outside", {"value": expansion.lead})

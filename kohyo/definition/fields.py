"""Fields (欄) of the survey form and columns of the register, expanded from the definition's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from kohyo.definition.choice_words import former_choices
from kohyo.definition.structure import TEAM_MEMBERS
from kohyo.model.answer_name import field_of
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Perspective, Plan
from kohyo.model.plan_fields import FieldRule, FieldType, Nature, SheetKind
from kohyo.model.plan_years import PlanYear, Survey
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.text.normalise import Key


@dataclass(frozen=True)
class FormField:
    """One field as people see it, after repetition by perspective or year.

    ``name`` is unique within the plan (``tick_digital``, ``plan_2025``); ``label`` is what the form prints,
    ``register_label`` the column's heading in the register (台帳).
    """

    name: str
    label: str
    register_label: str
    type: FieldType
    group: str
    sheets: tuple[str, ...]
    required: bool
    readonly: bool
    choices: tuple[str, ...]
    """The words of its list; ``former_choices`` are other words by which answers mean one of them, with that one."""
    max_length: int
    max_entries: int
    minimum: float | None
    maximum: float | None
    lines: int
    unit: str
    hint: str
    perspective: str = ""
    year: int = 0
    nature: Nature = "plan"
    each: bool = False
    """Whether each owner answers for itself (部ごと); else there is one truth (共有)."""
    aliases: tuple[str, ...] = ()
    """What lists from outside call it besides (別名)."""
    former: tuple[str, ...] = ()
    """What the register called it under earlier definitions, the newest last (旧称)."""
    retired: bool = False
    """Whether it is of an earlier definition: nobody is asked for it, and the register keeps what it held."""
    once: bool = False
    """Whether the cover of the form asks for it, for every sheet that leaves it empty (表紙で一度)."""
    former_choices: tuple[tuple[Key, str], ...] = ()


@lru_cache(maxsize=KEPT_PLANS)
def all_fields(plan: Plan) -> tuple[FormField, ...]:
    """Return every field of the plan in its year, in the order of the definition, those of earlier ones behind."""
    active = tuple(field for rule in plan.fields if _is_awake(plan, rule) for field in _expand(plan, rule))
    names = {field.name for field in active}
    return (*active, *(field for field in _retired(plan) if field.name not in names))


def _retired(plan: Plan) -> Iterator[FormField]:
    for rule in plan.remembered.fields:
        yield replace(_field(plan, rule, rule.name), retired=True)


def is_held(plan: Plan, survey: Survey) -> bool:
    """Tell whether a survey is held in the year of the plan's cycle."""
    return is_in_phase(plan, survey.phase)


def is_in_phase(plan: Plan, phase: str) -> bool:
    """Tell whether the year of the plan's cycle is of a phase; every year is where none is named."""
    phases = {year.year: year.phase for year in plan.years}
    return phase in ("", phases.get(plan.cycle.year))


def _is_awake(plan: Plan, rule: FieldRule) -> bool:
    """Tell whether a field is of this year: one of surveys that are not held sleeps (休んでいる欄)."""
    return not rule.surveys or any(is_held(plan, entry) for entry in plan.surveys if entry.key in rule.surveys)


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def form_fields(plan: Plan, kind: str) -> tuple[FormField, ...]:
    """Return the fields of one sheet kind, grouped in the order of the definition's groups."""
    order = {group.key: place for place, group in enumerate(plan.groups)}
    fields = [field for field in all_fields(plan) if kind in field.sheets and not field.retired]
    return tuple(sorted(fields, key=lambda field: order[field.group]))


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def fields_by_name(plan: Plan, kind: str) -> Mapping[str, FormField]:
    """Return the fields of one sheet kind by their names."""
    return MappingProxyType({field.name: field for field in form_fields(plan, kind)})


def item_kind(plan: Plan) -> str:
    """Return the key of the sheet kind that stands for an item (個票), which is always of the survey form."""
    return next(kind.key for kind in plan.sheets if kind.per == "item")


def item_fields(plan: Plan) -> tuple[FormField, ...]:
    """Return the fields of the item sheet, which are the register's columns."""
    return form_fields(plan, item_kind(plan))


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def register_fields(plan: Plan, kind: str = "") -> tuple[FormField, ...]:
    """Return what the register holds of a sheet, of the item sheet for none: its fields, those it had before behind."""
    kind = kind or item_kind(plan)
    fields = form_fields(plan, kind)
    names = {field.name for field in fields}
    return (*fields, *(field for field in _retired(plan) if kind in field.sheets and field.name not in names))


def cover_fields(plan: Plan) -> tuple[FormField, ...]:
    """Return the fields that the cover of the survey form asks for once (表紙で一度)."""
    return tuple(field for field in item_fields(plan) if field.once)


def team_kinds(plan: Plan) -> frozenset[str]:
    """Return the keys of the sheet kinds that propose a team (提案型ＰＴ): those that ask for its members."""
    return frozenset(key for rule in plan.fields if rule.name == TEAM_MEMBERS for key in rule.sheets)


def field_named(plan: Plan, name: str) -> FormField:
    """Return the field ``name`` (a block's suffix ``.2`` is ignored); raise KeyError when there is none."""
    plain = field_of(name)
    for field in all_fields(plan):
        if field.name == plain:
            return field
    raise KeyError(name)


def register_label(plan: Plan, name: str) -> str:
    """Return how people call the field ``name`` outside its sheet; the name itself for a field long gone."""
    try:
        return field_named(plan, name).register_label
    except KeyError:
        return name


def tick_name(perspective: Perspective) -> str:
    """Return the name of the field that holds the tick of a perspective."""
    return f"tick_{perspective.key}"


def year_words(year: int) -> dict[str, str]:
    """Return the words that labels may use for a fiscal year and the next."""
    this = FiscalYear(year)
    return {
        "year": fiscal_year_label(this),
        "year_short": this.short,
        "next_year": fiscal_year_label(this.next),
        "next_year_short": this.next.short,
        "cycle": fiscal_year_label(this),
    }


def begins_next_year(kind: SheetKind) -> bool:
    """Tell whether what is proposed on a sheet begins a year after the survey (新規): its title names the next year."""
    return "{next_year" in kind.title


def _expand(plan: Plan, rule: FieldRule) -> Iterator[FormField]:
    if rule.type == "goal" and not plan.goals:
        return
    if rule.repeat == "perspective":
        for perspective in plan.perspectives:
            yield _field(plan, rule, tick_name(perspective), perspective=perspective)
    elif rule.repeat == "year":
        for year in plan.years:
            yield _field(plan, rule, f"{rule.name}_{year.year}", year=year)
    else:
        yield _field(plan, rule, rule.name)


def _field(
    plan: Plan,
    rule: FieldRule,
    name: str,
    *,
    perspective: Perspective | None = None,
    year: PlanYear | None = None,
) -> FormField:
    words = {**year_words(plan.cycle.year), **(year_words(year.year) if year else {})}
    words["cycle"] = year_words(plan.cycle.year)["cycle"]
    words["perspective"] = perspective.list_label if perspective else ""
    label = rule.label.format(**words)
    phase = year.phase if year else None
    return FormField(
        name=name,
        label=label,
        register_label=rule.register_label.format(**words) or label,
        aliases=tuple(alias.format(**words) for alias in rule.aliases),
        type=rule.type,
        group=rule.group,
        sheets=rule.sheets,
        required=rule.required and phase not in rule.optional_phases,
        readonly=rule.readonly,
        choices=_choices(plan, rule),
        max_length=rule.max_length,
        max_entries=rule.max_entries,
        minimum=rule.minimum,
        maximum=rule.maximum,
        lines=rule.lines,
        unit=rule.unit,
        hint=_dated((phase == "verification" and rule.verification_hint) or rule.hint, plan.cycle.issued),
        perspective=perspective.key if perspective else "",
        year=year.year if year else 0,
        nature=rule.nature,
        each=rule.scope == "each" or (not rule.scope and rule.nature != "plan"),
        once=rule.once and not rule.readonly,
        former=plan.former_names("fields", name),
        former_choices=former_choices(plan, rule.choices),
    )


def _dated(hint: str, issued: date) -> str:
    """Return a hint whose example day is the day on which the forms go out; no other braces mean anything."""
    shown = {"{issued}": show_date(issued), "{issued_plain}": f"{issued.year}/{issued.month}/{issued.day}"}
    for word, text in shown.items():
        hint = hint.replace(word, text)
    return hint


def _choices(plan: Plan, rule: FieldRule) -> tuple[str, ...]:
    if rule.type == "goal":
        return tuple(goal_choice(plan, goal.code) for goal in plan.goals)
    known = {choices.name: choices.values for choices in plan.choices}
    return known.get(rule.choices, ())


def goal_choice(plan: Plan, code: int) -> str:
    """Return a goal as a form shows it: its code and its name."""
    return f"{code} {plan.goal(code).name}"

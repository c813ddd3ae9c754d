"""Surveys within a fiscal year (調査の回): which are held, and the plan as one of them asks it.

A plan whose year holds no survey of its own has the one of its cycle, whose key is empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache

from kohyo.definition.fields import FormField, all_fields, is_held, item_kind, year_words
from kohyo.definition.shape import shape_of
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan, SurveyPlan
from kohyo.model.plan_fields import FieldRule, Group, SheetKind
from kohyo.model.plan_years import PlanYear, Survey
from kohyo.text.normalise import key
from kohyo.text.tabs import file_stem

_SHOWN = {"readonly": True, "required": False, "once": False, "hint": "", "verification_hint": ""}
"""What makes a field one that is shown and not asked: nobody is told how to fill it."""

WHOLE_YEAR = ""
"""Key of the one survey of a year that holds no surveys of its own."""


@lru_cache(maxsize=KEPT_PLANS)
def surveys_of(plan: Plan) -> tuple[Survey, ...]:
    """Return the surveys that are held in the year of the plan's cycle, in the order of their days.

    What waits for its year keeps days of its own, so that no order of the definition's rows held for every year.
    """
    held = [survey for survey in plan.surveys if is_held(plan, survey)]
    return tuple(sorted(held, key=lambda survey: survey.issued))


def survey_keys(plan: Plan) -> tuple[str, ...]:
    """Return the keys of the year's surveys, ``WHOLE_YEAR`` alone where it holds none of its own."""
    return tuple(survey.key for survey in surveys_of(plan)) or (WHOLE_YEAR,)


def survey_key(plan: Plan) -> str:
    """Return the key of the survey whose view a plan is, ``WHOLE_YEAR`` for a whole plan."""
    return plan.survey.key if isinstance(plan, SurveyPlan) else WHOLE_YEAR


def survey_name(plan: Plan, survey: str) -> str:
    """Return how people call a survey, empty for ``WHOLE_YEAR`` and for one that is no more."""
    return next((entry.name for entry in plan.surveys if entry.key == survey), "")


def named_survey(plan: Plan, name: str) -> str:
    """Return the key of the survey that somebody calls by its name or key; raise UsageError for any other."""
    for survey in surveys_of(plan):
        if key(name) in (key(survey.name), key(survey.key)):
            return survey.key
    known = wording("text.list.joiner").join(survey.name for survey in surveys_of(plan))
    raise UsageError("unknown_survey" if known else "no_surveys", name=name, known=known)


def current_survey(plan: Plan, sent: Collection[str]) -> str:
    """Return the survey that is under way: the last of which forms went out (``sent``), else the first.

    Forms that went out before the year had surveys of its own are under way until one of those is.
    """
    keys = survey_keys(plan)
    before = WHOLE_YEAR if WHOLE_YEAR in sent else keys[0]
    return max((name for name in keys if name in sent), key=keys.index, default=before)


def survey_to_send(plan: Plan, sent: Collection[str], today: date) -> str:
    """Return the survey whose forms are to go out: the last whose day has come, never one before another sent."""
    keys = survey_keys(plan)
    due = {survey.key for survey in surveys_of(plan) if survey.issued <= today}
    return max((name for name in keys if name in sent or name in due), key=keys.index, default=keys[0])


def left_out(plan: Plan, sent: Collection[str], today: date) -> tuple[Survey, ...]:
    """Return the surveys that never went out though their day has come, because one behind them did."""
    under_way = current_survey(plan, sent)
    held = surveys_of(plan)
    place = next((place for place, entry in enumerate(held) if entry.key == under_way and under_way in sent), 0)
    return tuple(entry for entry in held[:place] if entry.key not in sent and entry.issued <= today)


def survey_after(plan: Plan, survey: str) -> Survey | None:
    """Return the survey that follows one in the year, None after the last; what the year does not hold was before."""
    held = surveys_of(plan)
    place = next((place for place, entry in enumerate(held) if entry.key == survey), -1) + 1
    return held[place] if place < len(held) else None


def form_file(plan: Plan, department: str, survey: str) -> str:
    """Return the name of the file in which the form of a survey goes out to a department."""
    name = survey_name(plan, survey)
    if not name:
        return wording("workbook.files.form", department=file_stem(department))
    return wording("workbook.files.survey_form", department=file_stem(department), survey=file_stem(name))


def sheets_of(plan: Plan, form: str = "") -> tuple[SheetKind, ...]:
    """Return the kinds of sheet of an open form, or those that go out with the survey whose view a plan is."""
    kinds = plan.kinds_of(form)
    if form or not isinstance(plan, SurveyPlan) or not plan.survey.sheets:
        return kinds
    return tuple(kind for kind in kinds if kind.per == "item" or kind.key in plan.survey.sheets)


def survey_plan(plan: Plan, survey: str) -> Plan:
    """Return the plan as a survey asks it; the plan itself for ``WHOLE_YEAR``, a view, and a survey that is no more."""
    if isinstance(plan, SurveyPlan) or survey not in {entry.key for entry in plan.surveys}:
        return plan
    return _view(plan, survey)


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def _view(plan: Plan, name: str) -> SurveyPlan:
    survey = next(entry for entry in plan.surveys if entry.key == name)
    called = {"survey": survey.name}
    heading = plan.plan.model_copy(
        update={
            "survey_form_name": wording("definition.survey.form", form=plan.plan.survey_form_name, **called),
        }
    )
    titled = tuple(
        kind.model_copy(update={"title": wording("definition.survey.title", title=kind.title, **called)})
        if kind.per == "item"
        else kind
        for kind in plan.sheets
    )
    cycle = plan.cycle.model_copy(update={"issued": survey.issued, "closes": survey.closes})
    parts = {name: getattr(plan, name) for name in Plan.model_fields}
    parts |= {"plan": heading, "cycle": cycle, "sheets": titled}
    parts |= {"groups": tuple(_groups(plan, survey)), "fields": tuple(_fields(plan, survey))}
    return SurveyPlan.model_construct(survey=survey, shape=shape_of(plan), **parts)


def _is_asked(rule: FieldRule, survey: Survey) -> bool:
    if rule.surveys:
        return survey.key in rule.surveys
    return not survey.asks or rule.name in survey.asks


def _fields(plan: Plan, survey: Survey) -> Iterator[FieldRule]:
    """Yield the rules of the fields that stand on the survey's sheets."""
    item = item_kind(plan)
    for rule in plan.fields:
        if item not in rule.sheets or rule.readonly or _is_asked(rule, survey):
            yield rule
            continue
        others = tuple(kind for kind in rule.sheets if kind != item)
        if rule.name in survey.shows and _is_of_past_years(rule):
            yield from (_past_rule(plan, rule, year, item) for year in past_years(plan))
        elif rule.name in survey.shows or rule.name in STRUCTURAL_FIELDS:
            yield rule.model_copy(update=_SHOWN)
            continue
        if others:
            yield rule.model_copy(update={"sheets": others})


def _is_of_past_years(rule: FieldRule) -> bool:
    return rule.repeat == "year" or rule.nature == "year"


def past_years(plan: Plan) -> tuple[PlanYear, ...]:
    """Return the plan's years before the one that is surveyed."""
    return tuple(year for year in plan.years if year.year < plan.cycle.year)


def _past_name(rule: FieldRule, year: int) -> str:
    return f"{rule.name}_{year}" if rule.repeat == "year" else f"{rule.name}_of_{year}"


def _past_rule(plan: Plan, rule: FieldRule, year: PlanYear, item: str) -> FieldRule:
    """Return the rule of what a field held in a year before; its label names the year."""
    template = rule.register_label or rule.label
    label = template.format(**year_words(year.year))
    if label == template.format(**year_words(plan.cycle.year)):
        label = wording("definition.survey.past_label", label=label, year=year_words(year.year)["year"])
    changes = {
        "name": _past_name(rule, year.year),
        "label": label.replace("{", "{{").replace("}", "}}"),
        "register_label": "",
        "group": _past_group(year),
        "sheets": (item,),
        "repeat": "",
        "nature": "plan",
        "scope": "shared",
        **_SHOWN,
    }
    return rule.model_copy(update=changes)


def _past_group(year: PlanYear) -> str:
    return f"past_{year.year}"


def year_of(plan: Plan, field: FormField) -> int:
    """Return the fiscal year that a field is about, in a view also of what it shows of a year before; 0 for none."""
    if field.year or not isinstance(plan, SurveyPlan):
        return field.year
    return next((year.year for year in past_years(plan) if field.group == _past_group(year)), 0)


def _groups(plan: Plan, survey: Survey) -> Iterator[Group]:
    """Yield the bands, those of the years before ahead of the first one that the survey alone asks."""
    past = [
        Group(key=_past_group(year), label=wording("definition.survey.past_group", year=year_words(year.year)["year"]))
        for year in past_years(plan)
    ]
    if not any(rule.name in survey.shows and _is_of_past_years(rule) for rule in plan.fields):
        past = []
    own = {rule.group for rule in plan.fields if survey.key in rule.surveys}
    for group in plan.groups:
        if group.key in own:
            yield from past
            past = []
        yield group
    yield from past


def past_fields(plan: Plan) -> Mapping[str, tuple[str, int]]:
    """Return what a view shows of the results of years before: by its field the one it was, and its year."""
    if not isinstance(plan, SurveyPlan):
        return {}
    names = {field.name for field in all_fields(plan)}
    shown = [name for name in plan.survey.shows if name not in names]
    found = {f"{name}_of_{year.year}": (name, year.year) for name in shown for year in past_years(plan)}
    return {name: told for name, told in found.items() if name in names}

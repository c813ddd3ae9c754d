"""The year's schedule (スケジュール): milestones and deadlines of the definition, dates as printed and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kohyo.definition.fields import is_in_phase
from kohyo.definition.surveys import survey_keys, survey_plan
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.plan_years import Milestone
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import heading, nothing, version
from kohyo.text.dates import fiscal_year_label, show_date, show_month, show_weekday

_DAY = len("2024-04-17")


def schedule_tables(plan: Plan, _register: Register) -> tuple[Table, ...]:
    """Return スケジュール as the only table of its book."""
    return (schedule(plan),)


def schedule(plan: Plan) -> Table:
    """Return スケジュール: a line per milestone, and one per deadline that no milestone stands for."""
    columns = (
        Column("when", wording("printed.schedule.when"), 17),
        Column("what", wording("printed.schedule.what"), 43),
    )
    found = sorted(_milestones(plan))
    year = fiscal_year_label(FiscalYear(plan.cycle.year))
    return Table(
        name=wording("printed.schedule.name"),
        title=wording("printed.schedule.title", year=year),
        columns=columns,
        head=(heading(columns),),
        body=tuple(Row((Cell(show_span(when), "label"), Cell(what))) for when, _, what in found)
        or (nothing(wording("printed.none"), len(columns)),),
        record_columns=tuple(
            Column(key, wording(f"printed.schedule.{key}"), 8) for key in ("begins", "ends", "when", "what")
        ),
        records=tuple(_record(when, what) for when, _, what in found),
        subtitle=version(plan),
        one_page=True,
    )


def upcoming(plan: Plan, day: date) -> str:
    """Return what the schedule says next, from ``day`` on; what lasts stands until it ends, empty when all is past."""
    left = [(when, what) for when, _, what in sorted(_milestones(plan)) if day.isoformat() <= _last_day(when)]
    if not left:
        return ""
    when, what = left[0]
    return wording("next.milestone_line", when=show_span(when), what=what)


def _last_day(span: str) -> str:
    """Return the last day of a span, as text that sorts: a month ends after every day of it."""
    end = span.rsplit("/", maxsplit=1)[-1]
    return end if len(end) == _DAY else f"{end}-99"


def _milestones(plan: Plan) -> Iterator[tuple[str, int, str]]:
    """Yield time span, place in the definition and what is to be done."""
    milestones = milestones_of(plan)
    dated = {milestone.date for milestone in milestones}
    for place, milestone in enumerate(milestones):
        yield milestone.date, place, milestone.what
    deadlines = [
        *(line for name in survey_keys(plan) for line in _survey_days(survey_plan(plan, name))),
        *((entry.closes, wording("printed.schedule.closes", form=entry.name)) for entry in plan.forms),
    ]
    for place, (day, what) in enumerate(deadlines, len(dated)):
        if day.isoformat() not in dated:
            yield day.isoformat(), place, what


def milestones_of(plan: Plan) -> tuple[Milestone, ...]:
    """Return the milestones of the year: those of every year, and of its phase."""
    return tuple(milestone for milestone in plan.cycle.milestones if is_in_phase(plan, milestone.phase))


def _survey_days(plan: Plan) -> Iterator[tuple[date, str]]:
    form = plan.plan.survey_form_name
    yield plan.cycle.issued, wording("printed.schedule.issued", form=form)
    yield plan.cycle.closes, wording("printed.schedule.closes", form=form)


def show_span(span: str) -> str:
    """Return a day, a month or a span as offices print it."""
    return wording("printed.schedule.span").join(_end(end) for end in span.split("/"))


def _end(text: str) -> str:
    if len(text) == _DAY:
        day = date.fromisoformat(text)
        return wording("printed.schedule.day", day=show_date(day), weekday=show_weekday(day))
    return show_month(date.fromisoformat(f"{text}-01"))


def _record(span: str, what: str) -> Mapping[str, Scalar]:
    ends = span.split("/")
    return {"begins": ends[0], "ends": ends[-1], "when": show_span(span), "what": what}

"""The definition of the next fiscal year (翌年度の定義): its days a year later, and the years still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from kohyo.definition.fields import is_held, is_in_phase
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.plan_years import LAST_YEAR, Cycle, HearingDay, Milestone, Survey

_FEBRUARY_29 = (2, 29)
_LOOKED_AHEAD = 10
"""So many years of a plan that names none are looked at beforehand."""


def next_cycle(plan: Plan) -> Plan | None:
    """Return the plan with its survey moved by a year, deadlines and schedule with it; None after its last year.

    A plan that names no years goes on.
    """
    year = plan.cycle.year + 1
    if year > LAST_YEAR or (plan.years and year not in {phase.year for phase in plan.years}):
        return None
    cycle = Cycle(
        year=year,
        issued=_later(plan.cycle.issued),
        closes=_later(plan.cycle.closes),
        milestones=tuple(_milestone(plan, known) for known in plan.cycle.milestones),
    )
    forms = tuple(form.model_copy(update={"closes": _later(form.closes)}) for form in plan.forms)
    surveys = tuple(_in_next_year(plan, survey) for survey in plan.surveys)
    changes = {"cycle": cycle, "forms": forms, "hearings": tuple(_hearings(plan.hearings)), "surveys": surveys}
    return plan.model_copy(update=changes)


def coming_years(plan: Plan) -> Iterator[Plan]:
    """Yield the plan as each of its years will open it (年度更新), one after the other."""
    most = len(plan.years) or _LOOKED_AHEAD
    yield from islice(_following(plan), most)


def _following(plan: Plan) -> Iterator[Plan]:
    following = next_cycle(plan)
    while following is not None:
        yield following
        following = next_cycle(following)


def _in_next_year(plan: Plan, survey: Survey) -> Survey:
    """Return a survey with its days a year later; one that waits for its year keeps those that lie in it already."""
    issued, closes = survey.issued, survey.closes
    if is_held(plan, survey) or FiscalYear.of(issued).year <= plan.cycle.year:
        issued, closes = _later(issued), _later(closes)
    return survey.model_copy(update={"issued": issued, "closes": closes})


def _hearings(days: Iterable[HearingDay]) -> Iterator[HearingDay]:
    """Yield the days a year later, no two on one: 28 and 29 February are not the same day then."""
    taken: set[date] = set()
    for entry in days:
        day = _later(entry.day)
        while day in taken:
            day += timedelta(days=1)
        taken.add(day)
        yield entry.model_copy(update={"day": day})


def _milestone(plan: Plan, known: Milestone) -> Milestone:
    """Return a line of the schedule a year later; one that waits for its phase keeps a time that lies in it already."""
    begins = date.fromisoformat(f"{known.date.split('/')[0]}-01"[: len("2024-04-17")])
    waits = FiscalYear.of(begins).year > plan.cycle.year
    moved = known.date if waits and not is_in_phase(plan, known.phase) else _span(known.date)
    return known.model_copy(update={"date": moved})


def _later(day: date) -> date:
    """Return the same day a year later; 29 February is the 28th then."""
    same = 28 if (day.month, day.day) == _FEBRUARY_29 else day.day
    return date(day.year + 1, day.month, same)


def _span(text: str) -> str:
    """Return a day, a month or a span of them, a year later."""
    return "/".join(_moved(part) for part in text.split("/"))


def _moved(part: str) -> str:
    year, month, *day = part.split("-")
    if not day:
        return f"{int(year) + 1:04d}-{month}"
    return _later(date.fromisoformat(part)).isoformat()

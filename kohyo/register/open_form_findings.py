"""What is told of forms that anyone may fill (随時の様式) and of the teams proposed on them: nothing is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kohyo.definition.fields import team_kinds
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.proposed_team import proposed_teams
from kohyo.model.raised import finding_of
from kohyo.model.register import Receipt, Register, Team
from kohyo.text.dates import fiscal_year_label, parse_date, show_date


def late_forms(plan: Plan, register: Register, issues: Mapping[str, IssuedForm]) -> Iterator[Finding]:
    """Yield K188 for every open form of this year that was taken in after the deadline with which it went out."""
    deadlines = {form.name: form.closes for form in plan.forms}
    for row in register.receipts:
        issue = issues.get(row.control)
        closes = (issue and issue.deadline) or deadlines.get(row.department)
        if row.department not in deadlines:
            continue
        if closes is not None and row.received_at is not None and _counts(row) and row.received_at.date() > closes:
            days = {"closes": show_date(closes), "received": show_date(row.received_at.date())}
            yield finding_of(Code.K188, Place(row.file), value=row.department, **days)


def _counts(row: Receipt) -> bool:
    return row.outcome in READABLE and row.round <= 1


def team_contradictions(plan: Plan, register: Register, place: Place) -> Iterator[Finding]:
    """Yield K446 for a team whose proposal was not adopted, K447 for a start or an end that is no day.

    K464 tells of an end before the start, or before the year (年度) of a team that tells no start.
    """
    adopted = {entry.proposal.id for entry in proposed_teams(register, team_kinds(plan))}
    for team in register.teams:
        if team.proposal and team.proposal not in adopted:
            yield finding_of(Code.K446, place, team.title, team.proposal)
        for day in (team.started, team.ended):
            if day and _day(day) is None:
                yield finding_of(Code.K447, place, team.title, day)
        if began := _begun_after_its_end(team):
            yield finding_of(Code.K464, place, team.title, team.ended, began=began)


def _begun_after_its_end(team: Team) -> str:
    """Return when a team began where that is behind its end, in words; nothing where it is not, or nobody knows."""
    started, ended = _day(team.started), _day(team.ended)
    if ended is None:
        return ""
    if started is not None:
        return show_date(started) if ended < started else ""
    year = FiscalYear(team.year) if team.year and not team.started else None
    return fiscal_year_label(year) if year is not None and FiscalYear.of(ended).year < year.year else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except TextError:
        return None

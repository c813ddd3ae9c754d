"""What is told of forms that anyone may fill (随時の様式) and of the teams proposed on them: nothing is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kohyo.definition.fields import team_kinds
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.proposed_team import proposed_teams
from kohyo.model.raised import finding_of
from kohyo.model.register import Receipt, Register
from kohyo.text.dates import parse_date, show_date


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
    """Yield K446 for a team whose proposal was not adopted, K447 for a start or an end that is no day."""
    adopted = {entry.proposal.id for entry in proposed_teams(register, team_kinds(plan))}
    for team in register.teams:
        if team.proposal and team.proposal not in adopted:
            yield finding_of(Code.K446, place, team.title, team.proposal)
        for day in (team.started, team.ended):
            if day and not _is_day(day):
                yield finding_of(Code.K447, place, team.title, day)


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except TextError:
        return False
    return True

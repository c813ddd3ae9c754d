"""What a new register begins with (初めの台帳): project teams and good practices that ship with the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from kohyo.definition.seed import shipped_practices, shipped_teams
from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Register, Submission, Team
from kohyo.register.identifiers import next_submission


def first_register(plan: Plan) -> Register:
    """Return the register of a new workspace; empty for a plan that ships with nothing."""
    register = Register(teams=tuple(_teams(plan)))
    practices = shipped_practices(plan)
    for values in practices.rows:
        entry = Submission(
            id=next_submission(register),
            kind=practices.kind,
            department="",
            values=dict(values),
            place=Place(practices.source),
            sha256="",
            received_at=datetime.combine(plan.cycle.issued, time()),
            year=plan.cycle.year,
        )
        register = Register(teams=register.teams, submissions=(*register.submissions, entry))
    return register


def _teams(plan: Plan) -> Iterator[Team]:
    for seed in shipped_teams(plan):
        members = "\n".join(seed.members)
        yield Team(
            numbers="\n".join(seed.numbers),
            version=seed.version,
            title=seed.title,
            topics="\n".join(seed.topics),
            secretariat="\n".join(seed.secretariat),
            members=f"{members} {seed.suffix}".strip(),
            note=seed.note,
            year=plan.cycle.year,
        )

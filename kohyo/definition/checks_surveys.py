"""Contradictions of the surveys within a year (調査の回): what they ask and show must be there, their days in order.

Which comes first the days tell, in each year anew; the rows may stand in any order.
"""

from __future__ import annotations

from collections.abc import Iterator

from kohyo.definition.problems import Problem
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.model.plan import Plan
from kohyo.text.normalise import key


def survey_contradictions(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with the surveys and with the fields that name them."""
    fields, kinds = {rule.name for rule in plan.fields}, {kind.key for kind in plan.sheets}
    seen: set[str] = set()
    for i, survey in enumerate(plan.surveys):
        for column, names, known in (
            ("sheets", survey.sheets, kinds),
            ("asks", survey.asks, fields),
            ("shows", survey.shows, fields),
        ):
            for name in names:
                if name not in known:
                    yield Problem(("surveys", i, column), "contradiction.unknown", {"value": name})
        for column, name in (("key", survey.key), ("name", key(survey.name))):
            if name in seen:
                yield Problem(("surveys", i, column), "contradiction.repeated", {"value": name})
        seen |= {survey.key, key(survey.name)}
        if survey.closes < survey.issued:
            yield Problem(("surveys", i, "closes"), "contradiction.dates", {"value": survey.issued})
    yield from _fields(plan)


def _fields(plan: Plan) -> Iterator[Problem]:
    known = {survey.key for survey in plan.surveys}
    for i, rule in enumerate(plan.fields):
        for name in rule.surveys:
            if name not in known:
                yield Problem(("fields", i, "surveys"), "contradiction.unknown", {"value": name})
        if rule.surveys and rule.name in STRUCTURAL_FIELDS:
            yield Problem(("fields", i, "surveys"), "contradiction.structural_survey", {"value": rule.name})

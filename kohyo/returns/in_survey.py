"""One survey of the year (調査の回) by itself: the forms that went out in it, and what came back of these alone.

What a file belongs to is told by its control number, never by a deadline: a day that was moved since counts nothing
for another survey.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kohyo.definition.surveys import (
    WHOLE_YEAR,
    current_survey,
    named_survey,
    survey_keys,
    survey_name,
    survey_plan,
    surveys_of,
)
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt, Register
from kohyo.text.normalise import key

Issues = Mapping[str, IssuedForm]


def sent_surveys(plan: Plan, issues: Issues) -> set[str]:
    """Return the surveys of the year of which forms went out to departments, ``WHOLE_YEAR`` for those of none."""
    return {
        _survey_of(plan, issue)
        for issue in issues.values()
        if issue.year == plan.cycle.year and not _is_open(plan, issue)
    }


def _survey_of(plan: Plan, issue: IssuedForm) -> str:
    """Return the survey of the year to which a form belongs.

    What went out before the year had surveys of its own, or in one that is no more, is of ``WHOLE_YEAR``.
    """
    return issue.survey if issue.survey in survey_keys(plan) else WHOLE_YEAR


def under_way(plan: Plan, issues: Issues) -> str:
    """Return the survey that is under way: the last of which forms went out."""
    return current_survey(plan, sent_surveys(plan, issues))


def sent_survey(plan: Plan, issues: Issues, name: str) -> str:
    """Return the survey that somebody calls by its name; raise UsageError for any other.

    Forms that belong to no survey of the year are asked for by the name of the form.
    """
    before = surveys_of(plan) and WHOLE_YEAR in sent_surveys(plan, issues)
    return WHOLE_YEAR if before and key(name) == key(plan.plan.survey_form_name) else named_survey(plan, name)


def earlier_surveys(plan: Plan, issues: Issues, survey: str) -> tuple[str, ...]:
    """Return the surveys of the year before one of which forms are out as well, in their order."""
    sent = sent_surveys(plan, issues)
    keys = (WHOLE_YEAR, *survey_keys(plan)) if surveys_of(plan) else (WHOLE_YEAR,)
    return tuple(name for name in keys[: keys.index(survey)] if name in sent)


def handed_out(plan: Plan, issues: Issues, survey: str) -> dict[str, tuple[IssuedForm, ...]]:
    """Return the forms of a survey and those open to all that went out this year: by respondent, by their rounds.

    Corrections are none: what they ask went out before.
    """
    found: dict[str, tuple[IssuedForm, ...]] = {}
    for issue in sorted(issues.values(), key=lambda one: one.round):
        own = issue.survey == survey or _is_open(plan, issue)
        if own and issue.year == plan.cycle.year and not issue.correction:
            found[issue.department] = (*found.get(issue.department, ()), issue)
    return found


def narrowed(
    plan: Plan, register: Register, issues: Issues, survey: str
) -> tuple[Plan, Register, dict[str, IssuedForm]]:
    """Return the plan as a survey asks it, the register with its receipts alone, and its forms.

    In a year that holds no survey any more, what went out since stands for itself: it asks the whole year.
    """
    own = {control: issue for control, issue in issues.items() if _survey_of(plan, issue) == survey}
    if not surveys_of(plan):
        whole = {control: issue for control, issue in issues.items() if issue.survey == WHOLE_YEAR}
        if len(whole) == len(issues) or all(_is_open(plan, issue) for issue in whole.values()):
            return plan, register, dict(issues)
        own = whole
    receipts = tuple(row for row in register.receipts if row.control in own)
    return survey_plan(plan, survey), replace(register, receipts=receipts), own


def with_surveys(plan: Plan, register: Register, issues: Issues) -> Register:
    """Return the register whose 回収 tells the survey of every file, and every return that one still misses."""
    if not surveys_of(plan):
        return register
    surveys = {control: survey_name(plan, issue.survey) for control, issue in issues.items()}
    rows = [replace(row, survey=surveys.get(row.control, "")) for row in register.receipts if row.file]
    missing = list(_missing(plan, issues, rows))
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    rows = sorted((*rows, *missing), key=lambda row: (order.get(row.department, len(order)), row.file))
    return replace(register, receipts=tuple(rows))


def _missing(plan: Plan, issues: Issues, rows: list[Receipt]) -> Iterator[Receipt]:
    answered = {(row.department, row.survey) for row in rows if row.outcome in READABLE}
    for survey in (WHOLE_YEAR, *survey_keys(plan)):
        name = survey_name(plan, survey)
        asked = {issue.department for issue in issues.values() if _survey_of(plan, issue) == survey}
        for entry in plan.departments:
            if entry.name in asked and (entry.name, name) not in answered:
                yield Receipt(entry.name, Outcome.MISSING, survey=name)


def _is_open(plan: Plan, issue: IssuedForm) -> bool:
    return plan.open_form(issue.department) is not None

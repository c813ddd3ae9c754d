"""Returns in today's words (いまの言葉): read by what their forms asked, then compared with the register of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kohyo.definition.todays_words import in_todays_words, renames_choices, todays_word
from kohyo.model.answer import FieldAnswer, answer_state
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.returned_file import Offer, ReturnedFile, ReturnedSheet


def reworded_forms(issues: Mapping[str, IssuedForm], plan: Plan) -> Mapping[str, IssuedForm]:
    """Return the forms that went out with what they held in today's words."""
    if not renames_choices(plan):
        return issues
    return {control: reworded_form(issue, plan) for control, issue in issues.items()}


def reworded_form(issue: IssuedForm, plan: Plan) -> IssuedForm:
    """Return a form with what it held in today's words."""
    return replace(issue, sheets=tuple(_sheet(sheet, plan) for sheet in issue.sheets))


def reworded_files(files: Iterable[ReturnedFile], plan: Plan) -> tuple[ReturnedFile, ...]:
    """Return what files say in today's words; doing it twice is the same as once."""
    if not renames_choices(plan):
        return tuple(files)
    return tuple(_file(file, plan) for file in files)


def _sheet(sheet: IssuedSheet, plan: Plan) -> IssuedSheet:
    values, before, last = (in_todays_words(plan, held) for held in (sheet.values, sheet.before, sheet.last_year))
    return replace(sheet, values=values, before=before, last_year=last)


def _file(file: ReturnedFile, plan: Plan) -> ReturnedFile:
    return replace(
        file,
        issue=reworded_form(file.issue, plan) if file.issue else None,
        answers=tuple(_answer(answer, plan) for answer in file.answers),
        offers=tuple(_offer(offer, plan) for offer in file.offers),
        sheets=tuple(_returned(sheet, plan) for sheet in file.sheets),
    )


def _answer(answer: FieldAnswer, plan: Plan) -> FieldAnswer:
    value, base = (todays_word(plan, answer.field, said) for said in (answer.value, answer.base))
    if (value, base) == (answer.value, answer.base):
        return answer
    return answer._replace(value=value, base=base, state=answer_state(value, base))


def _offer(offer: Offer, plan: Plan) -> Offer:
    said = offer.answers.values
    values = {name: entry._replace(value=todays_word(plan, name, entry.value)) for name, entry in said.items()}
    replaces = None if offer.replaces is None else in_todays_words(plan, offer.replaces)
    return replace(offer, answers=replace(offer.answers, values=values), replaces=replaces)


def _returned(sheet: ReturnedSheet, plan: Plan) -> ReturnedSheet:
    base, changes = _sheet(sheet.base, plan), in_todays_words(plan, sheet.changes)
    still = {name: value for name, value in changes.items() if name in sheet.unread or value != base.known.get(name)}
    return replace(sheet, base=base, changes=still)

"""What a returned sheet asks (聞かれている欄), in which blocks anything stands, and whether anybody wrote on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kohyo.definition.fields import FormField, form_fields
from kohyo.definition.lives import outside_blank, outside_word, says_outside
from kohyo.model.answer_name import block_of
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import RawAnswer, RawSheet
from kohyo.model.tick import Tick
from kohyo.returns.answer_findings import hidden_in, told_of
from kohyo.returns.parse_value import as_typed, is_blank, show_value
from kohyo.text.normalise import key
from kohyo.text.ticks import show_tick


def asked_fields(
    plan: Plan, sheet: RawSheet, base: IssuedSheet | None, findings: list[Finding]
) -> tuple[FormField, ...]:
    """Return the fields of a sheet that ask for anything: none about a year in which the item does not exist.

    ``findings`` takes what somebody wrote into such a one all the same, and what its cell hides. Of a sheet whose base
    nobody knows, the form says it.
    """
    fields, answers = form_fields(plan, sheet.kind), sheet.answers
    outside = outside_fields(plan, sheet.kind, base)
    if base is not None and not outside:
        return fields
    asked = []
    for field in fields:
        answer = answers.get(field.name)
        if field.name not in outside and not (answer is not None and says_outside(answer.value)):
            asked.append(field)
        elif answer is not None:
            if field.name in outside and not (is_blank(answer.value) or says_outside(answer.value)):
                findings.append(finding_of(Code.K212, *told_of(field, answer), known=outside_word(outside[field.name])))
            findings.extend(hidden_in(field, answer))
    return tuple(asked)


def outside_fields(plan: Plan, kind: str, base: IssuedSheet | None) -> dict[str, str]:
    """Return the fields of a sheet that ask nothing, because they are about years in which the item does not exist."""
    return {**_outside_blank(plan, kind), **(base.outside if base else {})}


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def _outside_blank(plan: Plan, kind: str) -> Mapping[str, str]:
    return MappingProxyType(outside_blank(plan, plan.sheet_kind(kind)))


def blocks_of(sheet: RawSheet) -> tuple[int, ...]:
    """Return the blocks that were found, those that people copied below the printed ones among them."""
    return tuple(sorted({block_of(name) for name in sheet.answers} - {0}))


def is_touched(fields: tuple[FormField, ...], found: Mapping[str, RawAnswer]) -> bool:
    """Tell whether a person wrote anything on a blank sheet; a tick that still says 不明 is as it went out."""
    untouched = show_tick(Tick.UNKNOWN)
    return any(
        not is_blank(answer.value) and not (field.type == "tick" and answer.value == untouched)
        for field in fields
        if (answer := found.get(field.name))
    )


def is_written(fields: tuple[FormField, ...], found: Mapping[str, RawAnswer], base: IssuedSheet | None) -> bool:
    """Tell whether a person wrote anything on a sheet besides what went out."""
    sent = base.values if base else {}
    answers = [(field, found[field.name]) for field in fields if field.name in found and not field.readonly]
    return any(
        not is_blank(answer.value) and key(as_typed(answer.value)) != key(show_value(sent.get(field.name)))
        for field, answer in answers
    )

"""Years after an end (終了後の年度) that was wanted and does not come: their plans are missed after all.

A return that wants its item to end with the year need not plan the years behind it (``validate``). Where the office
decided otherwise, or the choice (今後の方向性) became another, what the register does not hold of these years is asked
for like any other field that is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kohyo.definition.departments import lead
from kohyo.definition.ends import asks_after, is_direction, named_end, names_end
from kohyo.definition.fields import FormField, item_fields
from kohyo.definition.lives import decided_ends
from kohyo.model.answer import AnswerState, FieldAnswer, Target, is_nothing
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import Item, ItemId
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Ending, Register
from kohyo.model.returned_file import ReturnedFile, ReturnedSheet, SheetFinding
from kohyo.returns.read_return import outcome_of


def missed_after_all(files: Sequence[ReturnedFile], plan: Plan, register: Register) -> tuple[ReturnedFile, ...]:
    """Return the files with K220 for every field that is empty on account of an end that does not come."""
    missed = {(item.id, field.name): field for item, fields in missed_years(plan, register) for field in fields}
    return tuple(_asked(file, missed) for file in files) if missed else tuple(files)


def missed_years(plan: Plan, register: Register) -> Iterator[tuple[Item, tuple[FormField, ...]]]:
    """Yield the items that go on, with what the register must hold of the years to come and does not."""
    last = _last_years(plan, register)
    later = [field for field in item_fields(plan) if asks_after(plan, field, plan.cycle.year)]
    for item in register.current if later else ():
        fields = tuple(
            field
            for field in later
            if is_nothing(item.values.get(field.name)) and not asks_after(plan, field, last.get(item.id, field.year))
        )
        if fields:
            yield item, fields


def ends_with_the_year(plan: Plan, register: Register) -> frozenset[ItemId]:
    """Return the items that are to end with this year, also those of which that is asked and not yet decided."""
    return frozenset(item for item, last in _last_years(plan, register).items() if last == plan.cycle.year)


def to_be_asked(plan: Plan, register: Register) -> tuple[Item, ...]:
    """Return the items whose years to come nobody has asked for yet, since it was decided that they do not end.

    The next consolidation does, where the department that leads one sent a form with which nothing was wrong.
    """
    turned = {row.item for row in register.endings if row.year == plan.cycle.year and _is_declined(row)}
    directions = {field.name for field in item_fields(plan) if is_direction(field)}
    for row in register.conflicts:
        if row.decided_at and row.field in directions and (named_end(row.ours) or named_end(row.theirs)):
            turned.add(row.item)
    out = {row.department for row in register.receipts if row.outcome in (Outcome.SENT_BACK, Outcome.DEFECTIVE)}
    sent = {row.department for row in register.receipts if row.outcome in READABLE} - out
    found = missed_years(plan, register) if turned else ()
    return tuple(item for item, _ in found if item.id in turned and lead(plan, item.owners) in sent)


def _last_years(plan: Plan, register: Register) -> dict[ItemId, int]:
    """Return the last year of every item that is to end: as it was decided, this one as long as nobody has decided."""
    year, fields = plan.cycle.year, item_fields(plan)
    asked = {(row.item, row.field) for row in register.open_conflicts}
    declined = {row.item: row.standing for row in register.endings if row.year == year and _is_declined(row)}
    found: dict[ItemId, int] = {}
    for item in register.current:
        wanted = names_end(fields, item.values.get)
        unsure = any((item.id, field.name) in asked for field in fields if is_direction(field))
        if unsure or (wanted and declined.get(item.id) is not wanted):
            found[item.id] = year
    return found | {row.item: row.last for row in decided_ends(register)}


def _is_declined(row: Ending) -> bool:
    return row.decided_at is not None and not row.is_adopted


def _asked(file: ReturnedFile, missed: Mapping[Target, FormField]) -> ReturnedFile:
    """Return a file with what it must say after all, where it says nothing."""
    if file.outcome not in READABLE:
        return file
    said = {finding.place for finding in file.findings if finding.code in (Code.K201, Code.K220)}
    found = [
        (answer, finding_of(Code.K220, answer.place, missed[answer.item, answer.field].register_label, answer.typed))
        for answer in file.answers
        if (answer.item, answer.field) in missed and answer.state is AnswerState.BLANK and answer.place not in said
    ]
    if not found:
        return file
    findings = (*file.findings, *(finding for _, finding in found))
    sheets = tuple(_with(sheet, found) for sheet in file.sheets)
    return replace(file, outcome=outcome_of(findings), findings=findings, sheets=sheets)


def _with(sheet: ReturnedSheet, found: Sequence[tuple[FieldAnswer, Finding]]) -> ReturnedSheet:
    own = [SheetFinding(finding, (answer.field,)) for answer, finding in found if answer.place.sheet == sheet.tab]
    return replace(sheet, findings=(*sheet.findings, *own)) if own else sheet

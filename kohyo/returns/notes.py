"""Notes of a returned file (連絡メモ): what was written in it and is not among its answers.

What stands outside the fields comes from the reader; here is added what was written as an answer and is not taken:
what could not be read, and everything on a sheet of which nobody knows whose answer it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kohyo.definition.fields import fields_by_name
from kohyo.definition.lives import says_outside
from kohyo.messages import wording
from kohyo.model.answer_name import field_of
from kohyo.model.issued_form import IssuedForm
from kohyo.model.note import Note, NoteKind
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found, RawAnswer, RawReturn, RawSheet
from kohyo.model.returned_file import ReturnedSheet
from kohyo.returns.parse_value import as_typed, is_empty, show_value
from kohyo.text.cell_text import fitted
from kohyo.text.normalise import key


def notes_of(
    raw: RawReturn, issue: IssuedForm, read: Sequence[tuple[RawSheet, ReturnedSheet]], plan: Plan, sha256: str
) -> tuple[Note, ...]:
    """Return the notes of a file; ``read`` are its sheets that could be paired, each with what was read of it."""
    paired = {sheet.place.sheet for sheet, _ in read}
    found = [*raw.notes]
    for sheet, held in [entry for entry in read if entry[1].unread]:
        unread = ((name, sheet.answers[name]) for name in sheet.answers if name in held.unread)
        found += _as_notes(plan, sheet, NoteKind.UNREAD, unread)
    for sheet in raw.sheets:
        if sheet.kind and sheet.place.sheet not in paired:
            found += _as_notes(plan, sheet, NoteKind.REFUSED, _written(plan, sheet, issue))
    cut = wording("finding.page.cut")
    kept = (replace(note, text=fitted(note.text, cut)) for note in found if not is_empty(note.text))
    return tuple(replace(note, department=issue.department, sha256=sha256) for note in kept)


def _as_notes(plan: Plan, sheet: RawSheet, kind: NoteKind, answers: Iterator[tuple[str, RawAnswer]]) -> Iterator[Note]:
    fields = fields_by_name(plan, sheet.kind)
    for name, answer in answers:
        yield Note(kind, answer.place, as_typed(answer.value), fields[field_of(name)].register_label)


def _written(plan: Plan, sheet: RawSheet, issue: IssuedForm) -> Iterator[tuple[str, RawAnswer]]:
    """Yield what somebody wrote on a sheet that was not taken: not what went out, on whichever sheet of the form."""
    fields = fields_by_name(plan, sheet.kind)
    for name, answer in sheet.answers.items():
        is_tick = fields[field_of(name)].type == "tick"
        asked = [base for base in issue.sheets if not is_tick or base.control == sheet.control]
        sent = {key(show_value(base.values.get(name))) for base in asked}
        if says_outside(answer.value):
            continue
        if answer.found is not Found.NOT_FOUND and key(as_typed(answer.value)) not in sent:
            yield name, answer

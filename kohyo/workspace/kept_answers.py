"""What is kept of a received file (回答の控え) as JSON and back; how it is laid down is said in the file itself.

Answers are a table, for a file has hundreds: the names of their columns once, then a row each, in which what was typed
stands where it is not the value itself. An older kohyo named every value of every answer; that is still read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kohyo.model.answer import AnswerState, FieldAnswer
from kohyo.model.finding import Place
from kohyo.model.finding_json import finding_from_json, finding_to_json
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.note import Note, NoteKind
from kohyo.model.outcome import Outcome
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.returned_file import Offer, ReturnedFile, ReturnedSheet, SheetFinding
from kohyo.model.value_json import value_to_json, values_from_json, values_to_json

_COLUMNS = ("item", "field", "state", "leads", "value", "base", "sheet", "cell", "typed", "cover")


def encode(file: ReturnedFile) -> dict[str, Any]:
    """Return what a file says as JSON can hold it."""
    return {
        "sha256": file.sha256,
        "file": file.file,
        "control": file.control,
        "department": file.department,
        "round": file.round,
        "outcome": file.outcome.value,
        "answers": {"columns": _COLUMNS, "rows": list(map(_row, file.answers))},
        "offers": [
            {
                "kind": offer.answers.kind,
                "block": offer.answers.block,
                "place": [offer.answers.place.sheet, offer.answers.place.cell],
                "values": {
                    name: [
                        *values_to_json({"": entry.value}).values(),
                        entry.place.sheet,
                        entry.place.cell,
                        entry.typed,
                    ]
                    for name, entry in offer.answers.values.items()
                },
                "copied_from": offer.copied_from,
                "replaces": None if offer.replaces is None else values_to_json(offer.replaces),
            }
            for offer in file.offers
        ],
        "seen": file.seen,
        "findings": [finding_to_json(finding) for finding in file.findings],
        "sheets": [
            {
                "tab": sheet.tab,
                "base": sheet.base.control,
                "copied": sheet.copied,
                "changes": values_to_json(sheet.changes),
                "unread": sorted(sheet.unread),
                "findings": [[finding_to_json(found.finding), found.names] for found in sheet.findings],
            }
            for sheet in file.sheets
        ],
        "notes": [[note.kind.value, note.place.sheet, note.place.cell, note.text, note.field] for note in file.notes],
    }


def _row(answer: FieldAnswer) -> tuple[object, ...]:
    """Return an answer as its columns hold it."""
    item, field, state, value, base, _, _, _, leads, (_, sheet, cell), typed, _, _, from_cover = answer
    return (
        item,
        field,
        state._value_,
        leads,
        value if value is None or type(value) is str else value_to_json(value),
        base if base is None or type(base) is str else value_to_json(base),
        sheet,
        cell,
        None if typed == value else typed,
        from_cover,
    )


def _rows(answers: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the answers by the names of their values."""
    if isinstance(answers, Mapping):
        names = answers["columns"]
        yield from (dict(zip(names, row, strict=True)) for row in answers["rows"])
    else:
        yield from ({"cover": False, **said, "sheet": said["place"][0], "cell": said["place"][1]} for said in answers)


def decode(data: Mapping[str, Any], issue: IssuedForm) -> ReturnedFile:
    """Return what a file says that answers a form; raise KeyError, TypeError or ValueError for what is not kept so."""
    name = data["file"]
    bases = {sheet.control: sheet for sheet in issue.sheets}
    return ReturnedFile(
        file=name,
        sha256=data["sha256"],
        outcome=Outcome(data["outcome"]),
        issue=issue,
        earlier_names=frozenset(data["names"]),
        answers=tuple(_decode_answer(entry, name, data["sha256"], issue) for entry in _rows(data["answers"])),
        offers=tuple(_decode_offer(entry, name) for entry in data["offers"]),
        seen=tuple(data["seen"]),
        findings=tuple(finding_from_json(entry) for entry in data["findings"]),
        sheets=tuple(_decode_sheet(entry, bases) for entry in data["sheets"]),
        notes=tuple(
            Note(NoteKind(kind), Place(name, sheet, cell), text, label, issue.department, data["sha256"])
            for kind, sheet, cell, text, label in data["notes"]
        ),
    )


def _decode_answer(data: Mapping[str, Any], file: str, sha256: str, issue: IssuedForm) -> FieldAnswer:
    values = values_from_json({name: data[name] for name in ("value", "base")})
    return FieldAnswer(
        item=ItemId(data["item"]),
        field=data["field"],
        state=AnswerState(data["state"]),
        value=values["value"],
        base=values["base"],
        department=issue.department,
        round=issue.round,
        control=issue.control,
        leads=data["leads"],
        place=Place(file, data["sheet"], data["cell"]),
        typed=str(values["value"]) if data["typed"] is None else data["typed"],
        sha256=sha256,
        issued_after=issue.issued_after,
        from_cover=data["cover"],
    )


def _decode_offer(data: Mapping[str, Any], file: str) -> Offer:
    values = {
        name: Answer(values_from_json({"": value})[""], Place(file, sheet, cell), typed)
        for name, (value, sheet, cell, typed) in data["values"].items()
    }
    answers = Answers(data["kind"], None, Place(file, *data["place"]), values, data["block"])
    replaces = None if data["replaces"] is None else values_from_json(data["replaces"])
    return Offer(answers, data["copied_from"], replaces)


def _decode_sheet(data: Mapping[str, Any], bases: Mapping[str, IssuedSheet]) -> ReturnedSheet:
    found = tuple(SheetFinding(finding_from_json(finding), tuple(names)) for finding, names in data["findings"])
    return ReturnedSheet(
        tab=data["tab"],
        base=bases[data["base"]],
        copied=data["copied"],
        changes=values_from_json(data["changes"]),
        unread=frozenset(data["unread"]),
        findings=found,
    )

"""Notes in the register (連絡メモ): every note of every file that ever came, until a person has seen to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kohyo.model.note import Note, NoteKind
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.returned_file import ReturnedFile


def keep_notes(register: Register, plan: Plan, files: Iterable[ReturnedFile]) -> Register:
    """Return the register with the notes of ``files``; what people put into 済 and 対応 stays.

    The same words at the same place are one note, in however many files a department sends them. A row of which
    no file speaks stays as well: a person wrote it, or its file is gone. Only what came late and is in force by now
    is no note any more, unless somebody has worked on it.
    """
    found: dict[tuple[object, ...], Note] = {}
    by_file = sorted(files, key=lambda file: (file.round, file.sha256))
    for note in (note for file in by_file for note in file.notes):
        found.setdefault(note.identity, note)
    for note in register.notes:
        if fresh := found.get(note.identity):
            found[note.identity] = replace(fresh, done=note.done, remark=note.remark)
        elif note.kind is not NoteKind.LATE or note.done or note.remark:
            found[note.identity] = note
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    rows = sorted(found.values(), key=lambda note: (order.get(note.department, len(order)), *map(str, note.identity)))
    return replace(register, notes=tuple(rows))

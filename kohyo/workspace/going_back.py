"""Going back (前の状態に戻す): the register of a copy takes the place of what stands, and nothing that was is lost.

What stands, whatever it is, is kept in 控え first; the history goes on, with one line that says what was done.
Answers that were read since are put away, so that a file that is still in 回収 is read anew, and no other counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kohyo.definition.carry_over import bearing_names_of, carried_over
from kohyo.errors import KohyoError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.file_status import read_whole
from kohyo.excel.register_book import PreparedSave, load_register, prepare_save
from kohyo.excel.register_book.history_copy import kept_history
from kohyo.excel.register_book.last_state import read_state
from kohyo.excel.register_book.register_files import history_copy, last_state
from kohyo.excel.register_book.register_from_rows import changes_from
from kohyo.excel.register_book.register_load import read_register
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.register import Change
from kohyo.register.restoration import restored
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import definition_before, definition_bytes
from kohyo.workspace.person import person_at_work
from kohyo.workspace.register_copies import definition_copies, register_copies
from kohyo.workspace.transaction import Transaction


def prepared_from_copy(
    files: Transaction, workspace: Workspace, plan: Plan, copy: Path, now: datetime, why: str
) -> PreparedSave:
    """Write the register that a copy holds beside the one that stands; raise FileError when it cannot be read.

    ``plan`` is the definition that the copy is read by, ``why`` what the line in the history says.
    """
    files.begin()
    plan = carried_over(plan, definition_before(workspace))
    files.put(workspace.known_definition, definition_bytes(plan))
    read = read_register(copy, _as_then(workspace, plan, copy), [], copy=True)
    register = restored(read.register, _history(workspace, plan, now), now, why, person_at_work(plan))
    if not workspace.register.exists():
        save_bytes(workspace.register, read_whole(copy))
    _put_answers_away(files, workspace, {row.sha256 for row in register.receipts}, now)
    loaded = replace(read, standing=copy)
    return prepare_save(workspace.register, plan, loaded, register, backups=workspace.backups, now=now)


def _as_then(workspace: Workspace, plan: Plan, copy: Path) -> Plan:
    """Return the definition with the names that a copy bears: fields may have exchanged theirs since.

    A definition is kept when the register is first saved with it; that of a copy is the last one kept before the save
    that replaced it.
    """
    until = next((known.until for known in register_copies(workspace) if known.path == copy), None)
    kept = [known.path for known in definition_copies(workspace) if until and known.until < until]
    try:
        return bearing_names_of(plan, read_definition(kept[-1])) if kept else plan
    except KohyoError:
        return plan


def _history(workspace: Workspace, plan: Plan, now: datetime) -> Sequence[Change]:
    """Return the history as the register tells it, else as the copy in 控え does; nothing where both are gone."""
    try:
        return load_register(workspace.register, plan, backups=workspace.backups, now=now).edited.changes
    except KohyoError:
        state = read_state(last_state(workspace.backups))
        rows = kept_history(history_copy(workspace.backups), state) if state else None
        return changes_from(rows or ())


def _put_answers_away(files: Transaction, workspace: Workspace, received: set[str], now: datetime) -> None:
    """Put away what was read of files that the register of the copy does not know."""
    for path in sorted(workspace.answers.glob("*.json")):
        if path.stem not in received:
            files.move(path, put_away(workspace, now) / path.parent.name / path.name)


def put_away(workspace: Workspace, now: datetime) -> Path:
    """Return the folder in 控え for what was taken back at this time (取消し)."""
    return workspace.backups / wording("workbook.files.taken_back") / f"{now:%Y%m%d-%H%M%S}"

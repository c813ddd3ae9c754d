"""A workspace in which nothing was done yet (手つかずの作業フォルダ): its register may still be made anew.

Who begins from a plan of the gallery edits its definition first. As long as the register is, byte by byte, the one that
was made with the workspace, there is nothing in it to keep: it becomes the one that the edited definition would have
been given, without a column, a sheet or a row of the plan that it was begun from.
"""

from __future__ import annotations

from kohyo.definition.carry_over import as_written
from kohyo.errors import FileError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.file_status import is_open
from kohyo.excel.register_book.register_create import register_bytes
from kohyo.model.plan import Plan
from kohyo.register.initial import first_register
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import definition_before, definition_bytes


def new_register(plan: Plan) -> bytes:
    """Return the register that a new workspace of a plan has."""
    return register_bytes(plan, first_register(plan))


def begins_anew(workspace: Workspace) -> Plan | None:
    """Return the definition of today where an untouched register is to be made anew for it, None where it is not.

    A register that is open, or that is read as it stands on the screen, stays as it is. Raises DefinitionError for a
    broken definition.
    """
    known = definition_before(workspace)
    if known is None or workspace.journal.exists() or not workspace.register.is_file():
        return None
    if workspace.register_as_it_stands is not None or is_open(workspace.register):
        return None
    today = read_definition(workspace.definition)
    if today == as_written(known) or workspace.register.read_bytes() != new_register(known):
        return None
    return today


def begin_with(workspace: Workspace) -> bool:
    """Make an untouched register anew for the definition of today; tell whether that was done.

    The register comes first: cut off between the two files, the workspace is one whose definition was edited later.
    One that cannot be written stays as it is. Raises DefinitionError for a broken definition.
    """
    today = begins_anew(workspace)
    if today is None:
        return False
    try:
        save_bytes(workspace.register, new_register(today))
        save_bytes(workspace.known_definition, definition_bytes(today))
    except FileError:
        return False
    return True

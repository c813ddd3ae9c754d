"""Verify (検証): whether answers, decisions and edits justify every cell of the register; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.verification.records import read_records
from kohyo.verification.verify import Unjustified, verify_register
from kohyo.workspace.folder import Location, open_workspace
from kohyo.workspace.known_definition import definition_before


@dataclass(frozen=True)
class Verified:
    """How many items and cells were recomputed, and a finding for each cell that cannot be justified."""

    items: int
    cells: int
    findings: tuple[Finding, ...]

    @property
    def needs_person(self) -> bool:
        """Tell whether any cell cannot be justified."""
        return bool(self.findings)


def verify(root: Location) -> Verified:
    """Recompute every cell of 項目 and 部別回答 from the records in 控え, apart from the merge.

    An edit by hand that no command has seen yet is named as well: it stands in no record. Raises UsageError without
    a register, FileError when the register or a record cannot be read.
    """
    workspace = open_workspace(root)
    plan = definition_before(workspace) or read_definition(workspace.definition)
    if not workspace.register.is_file():
        raise UsageError("no_register", path=workspace.register)
    names = (wording(f"workbook.files.{name}") for name in ("history_copy", "last_state"))
    history, last = (workspace.backups / name for name in names)
    records = read_records(history, last, workspace.bases, workspace.answers)
    found = verify_register(workspace.register, plan, records)
    told = tuple(_finding(workspace.register.name, cell) for cell in found.unjustified)
    return Verified(found.items, found.cells, told)


def _finding(register: str, cell: Unjustified) -> Finding:
    nothing = wording("finding.page.empty")
    place, stands = Place(register, cell.sheet, cell.cell), cell.stands or nothing
    return finding_of(Code.K547, place, cell.field, stands, expected=cell.expected or nothing)

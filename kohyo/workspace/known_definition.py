"""The definition that a workspace knows (控えの定義): as the register was last saved with it, and as forms went out.

Both stand in 控え as JSON. The first tells what changed since and what the register's headings mean, the others what
a form asked that went out before a change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from kohyo.definition.carry_over import as_saved, carried_over
from kohyo.definition.shape import ASKED, shape_of
from kohyo.errors import KohyoError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from kohyo.workspace.register_copies import definition_copies


def plan_of(workspace: Workspace) -> Plan:
    """Return the definition as it is today, with what earlier ones had; raise what ``read_definition`` raises."""
    return carried_over(read_definition(workspace.definition), definition_before(workspace))


def definition_before(workspace: Workspace) -> Plan | None:
    """Return the definition with which the register was last saved, with what it remembers; None for none.

    Where it is gone, or of an older kohyo, the last copy of the workbook stands in.
    """
    found = _read(workspace.known_definition)
    if found is not None:
        return found
    copies = definition_copies(workspace)
    if not copies or copies[-1].path.read_bytes() == workspace.definition.read_bytes():
        return None
    try:
        return read_definition(copies[-1].path)
    except KohyoError:
        return None


def definition_bytes(plan: Plan) -> bytes:
    """Return what is kept of a definition, with which the register is being saved or a form goes out."""
    return (as_saved(plan).model_dump_json() + "\n").encode("utf-8")


@dataclass
class FormDefinitions:
    """What forms that went out asked (配布時の定義): the definition of today but for what it asks."""

    workspace: Workspace
    plan: Plan
    _read: dict[str, Plan] = field(default_factory=dict)

    def of(self, issue: IssuedForm) -> Plan:
        """Return the definition to read a form by; today's for one that went out before kohyo kept it."""
        if issue.definition in ("", shape_of(self.plan)):
            return self.plan
        if issue.definition not in self._read:
            paths = form_definition_files(self.workspace, issue.definition)
            kept = next((found for path in paths if (found := _read(path))), None)
            self._read[issue.definition] = _asking(self.plan, kept) if kept else self.plan
        return self._read[issue.definition]


def form_definition_files(workspace: Workspace, shape: str) -> tuple[Path, Path]:
    """Return where is kept, twice, what forms asked under a definition."""
    name = f"{shape}.json"
    folder = workspace.form_definitions
    return folder / name, workspace.second_copies / f"{folder.name}_{name}"


def _asking(plan: Plan, kept: Plan) -> Plan:
    """Return today's plan asking what another did, in the year of that."""
    cycle = plan.cycle.model_copy(update={"year": kept.cycle.year})
    return plan.model_copy(update={**{part: getattr(kept, part) for part in ASKED}, "cycle": cycle})


def _read(path: Path) -> Plan | None:
    try:
        return Plan.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None

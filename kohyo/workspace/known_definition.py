"""The definition that a workspace knows (控えの定義): as the register was last saved with it, and as forms went out.

Both stand in 控え as JSON. The first tells what changed since and what the register's headings mean, the others what
a form asked that went out before a change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from kohyo.definition.carry_over import as_saved, carried_over
from kohyo.definition.shape import ASKED, shape_of
from kohyo.errors import KohyoError
from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from kohyo.workspace.register_copies import definition_copies
from kohyo.workspace.remembered import mark_of, recalled, remember


def plan_of(workspace: Workspace, *, keep: bool = False) -> Plan:
    """Return the definition as it is today, with what earlier ones had; raise what ``read_definition`` raises.

    A workbook that was read before is read no more. One that was not is remembered where one may ``keep`` it.
    """
    return carried_over(_today(workspace, keep=keep), definition_before(workspace))


def _today(workspace: Workspace, *, keep: bool) -> Plan:
    """Return what the definition's workbook holds, as it is remembered or read."""
    digest = sha256_if_any(workspace.definition)
    mark = mark_of((digest,))
    found = _plan_in(recalled(workspace, workspace.definition.stem, mark)) if digest else None
    if found is not None:
        return found
    plan = _read_in(workspace.definition)
    if keep and digest and sha256_if_any(workspace.definition) == digest:
        remember(workspace, workspace.definition.stem, mark, definition_bytes(plan))
    return plan


def _read_in(path: Path) -> Plan:
    from kohyo.excel.definition_book.definition_reader import (  # noqa: PLC0415 - one that is known is not read
        read_definition,
    )

    return read_definition(path)


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
        return _read_in(copies[-1].path)
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
            kept = _sound_first(form_definition_files(self.workspace, issue.definition), issue.definition)
            self._read[issue.definition] = _asking(self.plan, kept) if kept else self.plan
        return self._read[issue.definition]


def form_definition_files(workspace: Workspace, shape: str) -> tuple[Path, Path]:
    """Return where is kept, twice, what forms asked under a definition."""
    name = f"{shape}.json"
    folder = workspace.form_definitions
    return folder / name, workspace.second_copies / f"{folder.name}_{name}"


def _sound_first(paths: Iterable[Path], shape: str) -> Plan | None:
    """Return what one of two files keeps, that which asks just what its name says before one that does not."""
    found = [plan for path in paths if (plan := _read(path))]
    return next((plan for plan in found if shape_of(plan) == shape), found[0] if found else None)


def halves_to_mend(workspace: Workspace) -> dict[Path, bytes | None]:
    """Return the files of definitions under which forms went out that are gone or damaged, and what they held.

    None for what neither of its two files holds soundly any more.
    """
    mended: dict[Path, bytes | None] = {}
    beside = workspace.second_copies.glob(f"{workspace.form_definitions.name}_*.json")
    prefix = f"{workspace.form_definitions.name}_"
    shapes = {path.stem for path in workspace.form_definitions.glob("*.json")}
    for shape in sorted(shapes | {path.stem.removeprefix(prefix) for path in beside}):
        pair = form_definition_files(workspace, shape)
        sound = [path for path in pair if (plan := _read(path)) and shape_of(plan) == shape]
        if len(sound) < len(pair):
            data = sound[0].read_bytes() if sound else None
            mended |= {path: data for path in pair if path not in sound}
    return mended


def _asking(plan: Plan, kept: Plan) -> Plan:
    """Return today's plan asking what another did, in the year of that."""
    cycle = plan.cycle.model_copy(update={"year": kept.cycle.year})
    return plan.model_copy(update={**{part: getattr(kept, part) for part in ASKED}, "cycle": cycle})


def _read(path: Path) -> Plan | None:
    try:
        return _plan_in(path.read_bytes())
    except OSError:
        return None


def _plan_in(data: bytes | None) -> Plan | None:
    """Return the definition that ``definition_bytes`` put down, None for anything else."""
    try:
        return None if data is None else Plan.model_validate_json(data)
    except ValidationError:
        return None

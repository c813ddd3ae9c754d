"""Questions to the register or a version (照会): one item's field, one count, for those who build their own sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from kohyo.definition.fields import item_fields
from kohyo.errors import UsageError
from kohyo.excel.register_book import load_register
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.tables.building_blocks import of_goal, ticked
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location, Workspace, open_workspace
from kohyo.workspace.known_definition import plan_of
from kohyo.workspace.versions import find_version, load_version

_Part = TypeVar("_Part")
_KEPT = 8


def item_value(root: Location, version: str, number: str, field: str) -> FieldValue:
    """Return what an item's field holds; a tick as the register writes it.

    ``version`` is 台帳 for the register or the name of a frozen one; the number means nothing without it. ``field``
    is a heading of the register. Raises UsageError for anything that there is not, FileError for what cannot be read.
    """
    plan, register = _asked(root, version)
    name = _found(item_fields(plan), field, lambda known: (known.register_label, known.label, known.name), "field").name
    item = _found(register.current, number, lambda known: (str(known.number),), "number")
    value = str(item.number) if name == "number" else item.values.get(name)
    return wording(f"workbook.tick.{value.name.lower()}") if isinstance(value, Tick) else value


def count_of(root: Location, version: str, goal: str, perspective: str) -> int:
    """Return how many items of a goal (到達点) a perspective (視点) applies to; raises as ``item_value`` does."""
    plan, register = _asked(root, version)
    wanted = _found(
        plan.goals, goal, lambda known: (str(known.code), known.name, known.list_name, *known.aliases), "goal"
    )
    seen = _found(
        plan.perspectives,
        perspective,
        lambda known: (known.label, known.name, known.list_label, known.key),
        "perspective",
    )
    return len(ticked(of_goal(register.current, wanted), seen))


def _asked(root: Location, version: str) -> tuple[Plan, Register]:
    """Return the definition and the register that are asked about, read anew only where a file changed."""
    workspace = open_workspace(root)
    frozen = None if key(version) == key(Path(workspace.register.name).stem) else find_version(workspace, version)
    stamps = tuple(_stamp(path) for path in (workspace.definition, frozen or workspace.register))
    return _read(workspace, version, stamps)


def _stamp(path: Path) -> tuple[str, float]:
    return (str(path), path.stat().st_mtime) if path.is_file() else (str(path), 0.0)


@lru_cache(maxsize=_KEPT)
def _read(workspace: Workspace, version: str, stamps: tuple[tuple[str, float], ...]) -> tuple[Plan, Register]:  # noqa: ARG001 - the stamps decide whether what was read still holds
    plan = plan_of(workspace)
    if key(version) != key(Path(workspace.register.name).stem):
        loaded = load_version(workspace, plan, version)
        return loaded.plan, loaded.register
    return plan, load_register(workspace.register, plan, backups=workspace.backups).register


def _found(parts: Iterable[_Part], name: str, names: Callable[[_Part], Iterable[str]], what: str) -> _Part:
    """Return the part that bears a name, however it is spelled; raise UsageError when none does."""
    wanted = key(name)
    for part in parts:
        if wanted in {key(entry) for entry in names(part)}:
            return part
    raise UsageError(f"unknown_{what}", name=name)

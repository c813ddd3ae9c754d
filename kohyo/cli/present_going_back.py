"""Results of going back (取消し, 復元), in words and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines, path_names, saved_data, typed
from kohyo.messages import wording

if TYPE_CHECKING:
    from kohyo.usecases.restore import Restored
    from kohyo.usecases.undo import Undone
    from kohyo.workspace.register_copies import RegisterCopy

_SHOWN = 10
"""How many copies a terminal shows; all of them stand in ``--json``."""


@as_lines.register
def _(result: Undone) -> list[str]:
    command = wording(f"notices.commands.{result.command}")
    at = result.at.isoformat(" ", "minutes")
    return [wording("versions.restore.undone", command=command, at=at), wording("versions.restore.after")]


@as_data.register
def _(result: Undone) -> dict[str, Any]:
    return {"command": result.command, "at": result.at.isoformat(), **saved_data(result.saved)}


@as_lines.register
def _(result: Restored) -> list[str]:
    def told(key: str, **fields: object) -> str:
        return wording(f"versions.restore.{key}", **fields)

    if result.asked:
        lines = [told("done", path=path) for path in result.done] or [told("nothing_done")]
        return [*lines, *([told("after")] if result.saved.changed else []), *_gone(result)]
    joiner = wording("text.list.joiner")
    commands = [
        told("command", at=entry.at[:16].replace("T", " "), command=wording(f"notices.commands.{entry.command}"))
        for entry in result.commands[-3:]
    ]
    return [
        told("registers", count=len(result.registers)),
        *_copies("copy", result.registers),
        told("definitions", count=len(result.definitions)),
        *_copies("seen", result.definitions),
        told("versions", names=joiner.join(path.stem for path in result.versions) or wording("versions.none")),
        told("forms", count=result.forms),
        *([told("commands", names=joiner.join(commands))] if commands else []),
        *_gone(result),
        told("how", path=typed(result.root)),
    ]


def _gone(result: Restored) -> list[str]:
    """Return what is to be done where a form came back of which nothing is left, if one did."""
    if not result.gone:
        return []
    first, root = result.gone[0], typed(result.root)
    return [wording("versions.restore.gone", count=len(result.gone), first=first, path=root)]


def _copies(key: str, copies: Sequence[RegisterCopy]) -> list[str]:
    return [
        wording(f"versions.restore.{key}", name=copy.path.name, until=copy.until.isoformat(" ", "seconds"))
        for copy in copies[-_SHOWN:]
    ]


@as_data.register
def _(result: Restored) -> dict[str, Any]:
    return {
        "registers": path_names(copy.path for copy in result.registers),
        "definitions": path_names(copy.path for copy in result.definitions),
        "versions": path_names(result.versions),
        "forms": result.forms,
        "gone": list(result.gone),
        "commands": [{"command": entry.command, "at": entry.at} for entry in result.commands],
        "done": path_names(result.done),
        **saved_data(result.saved),
    }

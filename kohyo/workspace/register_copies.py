"""Copies of the register in 控え (台帳の控え): each shows what stood before the save at whose time it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.workspace.folder import Workspace

_STAMP = re.compile(r"_([0-9]{8}-[0-9]{6})(?:_([0-9]+))?$")


@dataclass(frozen=True, order=True)
class RegisterCopy:
    """A copy: when the register it shows was replaced, which of several of that second, and its file."""

    until: datetime
    number: int
    path: Path


def register_copies(workspace: Workspace) -> tuple[RegisterCopy, ...]:
    """Return the copies of the register, the oldest first."""
    return _copies(workspace.backups, workspace.register)


def copy_with(workspace: Workspace, digest: str) -> Path | None:
    """Return the last copy of the register with this SHA-256, None where there is none."""
    paths = (copy.path for copy in reversed(register_copies(workspace)))
    return next((path for path in paths if sha256_if_any(path) == digest), None)


def definition_copies(workspace: Workspace) -> tuple[RegisterCopy, ...]:
    """Return the copies of the definition's workbook, the oldest first."""
    both = (*_copies(workspace.backups, workspace.definition), *_copies(workspace.second_copies, workspace.definition))
    return tuple(sorted(both))


def _copies(folder: Path, of: Path) -> tuple[RegisterCopy, ...]:
    return tuple(sorted(_stamped(folder.glob(f"{of.stem}_*{of.suffix}"))))


def _stamped(paths: Iterator[Path]) -> Iterator[RegisterCopy]:
    for path in paths:
        stamp = _STAMP.search(path.stem)
        if stamp:
            until = datetime.strptime(stamp[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - as in the name
            yield RegisterCopy(until, int(stamp[2] or 1), path)

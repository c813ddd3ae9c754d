"""Where scenes are played, and which scene brings about which finding."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kohyo
from kohyo.model.finding import Finding
from kohyo.workspace.folder import Workspace
from tests.usecases.small import Small, opened

Findings = Iterable[Finding]


@dataclass(frozen=True)
class Ground:
    """What a scene is given: an empty folder, and a workspace whose forms went out."""

    folder: Path
    origin: Path

    def small(self) -> Small:
        """Return a workspace of the made-up plan, the scene's own to change."""
        return Small(Workspace(Path(shutil.copytree(self.origin, self.folder / "作業"))))

    def files(self, contents: Mapping[str, bytes]) -> list[Path]:
        """Write a file for each code, named after it."""
        paths = [self.folder / f"{code}.xlsx" for code in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        return paths


Scene = Callable[[Ground], Findings]

SCENES: dict[str, Scene] = {}
"""The scene of each code."""


def provokes(*codes: str) -> Callable[[Scene], Scene]:
    """Enter a scene under the codes that it brings about."""

    def enter(scene: Scene) -> Scene:
        if known := SCENES.keys() & set(codes):
            raise ValueError(known)
        SCENES.update(dict.fromkeys(codes, scene))
        return scene

    return enter


def of_own_file(findings: Findings) -> Findings:
    """Return the findings that stand in a file named after their code."""
    return [finding for finding in findings if Path(finding.place.file).stem == finding.code]


def checked(paths: Iterable[Path], small: Small | None = None) -> Findings:
    """Return what a check says of files, by the made-up plan's definition or by the shipped one."""
    return kohyo.check(list(paths), small.workspace.definition if small else None).findings


def put(path: Path, sheet: str, row: int, **columns: Any) -> None:  # noqa: ANN401 - whatever a cell holds
    """Type into a row of the register, by heading."""
    with opened(path) as book:
        headings = [cell.value for cell in book[sheet][1]]
        for heading, value in columns.items():
            book[sheet].cell(row, headings.index(heading) + 1).value = value

"""Gather (集約): many workspaces into one store, each by itself; one that cannot be read stops no other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.errors import KohyoError, UsageError
from kohyo.messages import describe_problem, wording
from kohyo.usecases.extras import need_scale
from kohyo.workspace.answer_store import load_answers
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.session import row_faults, session, stop_if_broken

if TYPE_CHECKING:
    from kohyo.store.parquet_store import Put, Source, Store
    from kohyo.store.rows import Told

_NAME = "gather"


@dataclass(frozen=True)
class GatheredWorkspace:
    """One workspace that was gathered: its folder, whose it is, what was written."""

    root: Path
    source: Source
    put: Put


@dataclass(frozen=True)
class LeftOut:
    """A folder that was not gathered, and the one line that says why."""

    root: Path
    why: str


@dataclass(frozen=True)
class Gathered:
    """What was gathered into the store at ``store``, and what was left out."""

    store: Path
    workspaces: tuple[GatheredWorkspace, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Tell whether a workspace was left out."""
        return bool(self.left_out)


def gather(roots: Sequence[Path], store: Path, *, internal: bool = False, progress: Progress = silent) -> Gathered:
    """Put the workspaces at or below ``roots`` into the store, each in place of what it told before.

    ``internal`` takes in what is not for the public (公表しない) as well. Of two workspaces of the same municipality,
    year and plan only the first is taken.
    Raises UsageError without the extra ``scale``, and where ``store`` is a folder of something else; FileError where
    the store cannot be read or written. What is wrong with one workspace is told, and stops no other.
    """
    need_scale()
    from kohyo.store.parquet_store import Store  # noqa: PLC0415 - only the extra brings what it needs

    place = Store(store)
    done: list[GatheredWorkspace] = []
    left_out: list[LeftOut] = []
    with place.writing():
        folders = list(_folders(roots, store))
        for folder in progress(folders, wording("scale.progress.gather")):
            try:
                done.append(_gathered(place, folder, done, internal=internal))
            except KohyoError as problem:
                left_out.append(LeftOut(folder, describe_problem(problem)))
    return Gathered(store, tuple(done), tuple(left_out))


def _folders(roots: Sequence[Path], store: Path) -> Iterator[Path]:
    """Yield the workspaces at or below the roots, each once; a root without any is yielded itself, to be told."""
    seen: set[Path] = set()
    for root in roots:
        found = [root] if _is_workspace(root) else list(_below(root, store))
        for folder in found or [root]:
            if folder.resolve() not in seen:
                seen.add(folder.resolve())
                yield folder


def _below(root: Path, store: Path) -> Iterator[Path]:
    for place, folders, _ in os.walk(root):
        here = Path(place)
        if _is_workspace(here):
            folders.clear()  # what lies in a workspace is its own: copies, past years
            yield here
        folders[:] = sorted(name for name in folders if (here / name).resolve() != store.resolve())


def _is_workspace(folder: Path) -> bool:
    return Workspace(folder).definition.is_file() or Workspace(folder).register.is_file()


def _gathered(store: Store, folder: Path, done: Sequence[GatheredWorkspace], *, internal: bool) -> GatheredWorkspace:
    source, told = _read(folder, internal=internal)
    twin = next((other for other in done if other.source.key == source.key), None)
    if twin is not None:
        raise UsageError("gathered_twice", path=folder, other=twin.root)
    return GatheredWorkspace(folder, source, store.put(source, told))


def _read(folder: Path, *, internal: bool) -> tuple[Source, Told]:
    from kohyo.store.parquet_store import Source  # noqa: PLC0415
    from kohyo.store.rows import Told  # noqa: PLC0415

    with session(folder, _NAME, reading=True) as current:
        stop_if_broken(current, row_faults(current))
        plan = current.plan
        kept = load_answers(current.workspace.answers, load_bases(current.workspace, plan))
        answers = tuple(answer for file in kept.values() for answer in file.answers)
        source = Source(plan.plan.organisation, plan.cycle.year, plan.plan.code, str(folder.resolve()))
        return source, Told(plan, current.register, answers, internal)

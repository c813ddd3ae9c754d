"""Consolidating N returns in one go: ``python -m tests.benchmarks.consolidating -n 2000``.

The whole use case in a process of its own: definition and register read, every return read and checked, all
answers merged, the register and the report saved. Then the same again, to which nothing is new. CPU is told as
times a bare parse of the same files by calamine. Aims: 2,000 returns with 10,000 item sheets below 1 GiB, counting
the process and its worker; a file of 2,000 at most 1.1 times one of 200; nothing new at most the bare parse.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from kohyo.model.outcome import Outcome
from kohyo.usecases.consolidate import Consolidated, consolidate
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import base_bytes, base_file
from kohyo.workspace.returns_folder import received_files
from kohyo.workspace.session import session
from tests.benchmarks.common import SHEETS, Survey, made_up, write_returns
from tests.benchmarks.measuring import machine, show, spent, watched_memory
from tests.benchmarks.reading import bare_parse

_MIB = 1 << 20
_BARE_AFTER = 2
"""How often the files are parsed bare after the consolidation; once it is done before."""


@dataclass(frozen=True)
class Measured:
    """What one consolidation took, and what it did; CPU is in seconds and ``reading_cpu`` that of this process."""

    reading: float
    seconds: float
    bare: float
    reading_cpu: float
    cpu: float
    again: float
    peak: int
    accepted: int
    changes: int
    register: int
    """Bytes of the register as saved."""


def main() -> None:
    """Make the workspace, consolidate it in another process, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--files", type=int, default=2000)
    files = parser.parse_args().files
    with TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            made_up_workspace(root, files, pool)
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:  # a process that never knew another plan
            found = alone.submit(measured, root).result()
    sheets = files * SHEETS
    rows = [
        ("seconds, all", f"{found.seconds:.1f}"),
        ("  reading the returns", f"{found.reading:.1f}"),
        ("  merging and saving", f"{found.seconds - found.reading:.1f}"),
        ("seconds per 1,000 item sheets", f"{found.seconds / sheets * 1000:.2f}"),
        ("CPU, x a bare parse of the files", f"{found.cpu / found.bare:.1f}"),
        ("  reading, without the worker", f"{found.reading_cpu / found.bare:.1f}"),
        ("  merging and saving, and the worker", f"{(found.cpu - found.reading_cpu) / found.bare:.1f}"),
        ("CPU with nothing new, x bare", f"{found.again / found.bare:.2f}"),
        ("peak memory, MiB", f"{found.peak / _MIB:.0f}"),
        ("returns accepted", found.accepted),
        ("changes written", found.changes),
        ("register, MiB", f"{found.register / _MIB:.1f}"),
    ]
    show(f"Consolidating {files} returns, {sheets} item sheets ({machine()})", ("", "once"), rows)


def prepare(root: Path, survey: Survey) -> None:
    """Make a workspace in which the survey's forms went out and nothing came back yet."""
    workspace = workspace_for(root, survey.plan)
    with session(root, "distribute") as current:
        for issue in survey.issues:
            current.files.put(base_file(workspace.bases, issue), base_bytes(issue))
        current.save(replace(current.register, items=survey.items))


def measured(root: Path) -> Measured:
    """Consolidate a workspace and tell what that took; the memory is that of this process and its worker."""
    clock = _Clock()
    done: list[Consolidated] = []
    files = received_files(Workspace(root).returns)
    bare = [spent(lambda: bare_parse(files)).cpu]
    with watched_memory() as peak:
        took = spent(lambda: done.append(consolidate(root, progress=clock.timed)))
    bare += [spent(lambda: bare_parse(files)).cpu for _ in range(_BARE_AFTER)]
    return Measured(
        reading=clock.seconds,
        seconds=took.wall,
        bare=median(bare),
        reading_cpu=clock.cpu,
        cpu=took.cpu,
        again=spent(lambda: consolidate(root)).cpu,
        peak=peak(),
        accepted=done[0].outcomes[Outcome.ACCEPTED],
        changes=done[0].changes,
        register=Workspace(root).register.stat().st_size,
    )


class _Clock:
    """A progress that tells how long it took to go through everything."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.cpu = 0.0

    def timed(self, work: Sequence[Any], _what: str) -> Iterator[Any]:
        start, cpu = time.perf_counter(), time.process_time()
        yield from work
        self.seconds += time.perf_counter() - start
        self.cpu += time.process_time() - cpu


def made_up_workspace(root: Path, files: int, pool: ProcessPoolExecutor) -> None:
    """Make a workspace in which so many returns lie in 回収, written by the processes of a pool."""
    survey = made_up(files)
    prepare(root, survey)
    share = -(-len(survey.issues) // (os.cpu_count() or 1))
    starts = range(0, len(survey.issues), share)
    write = partial(_write_share, files, share, Workspace(root).returns)
    for _ in pool.map(write, starts):
        continue


def _write_share(files: int, share: int, folder: Path, start: int) -> None:
    """Write the returns of some departments; each process makes up the survey itself, which is quick."""
    survey = made_up(files)
    part = Survey(survey.plan, survey.items, survey.issues[start : start + share])
    write_returns(part, folder)


if __name__ == "__main__":
    main()

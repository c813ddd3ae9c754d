"""How the benchmarks measure and print: wall clock and CPU of all processes, medians, ratios in one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_STEP = 0.05  # seconds between two looks at the memory
_PAGE = 4096


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and seconds of CPU, of this process and of the children that have ended."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Return what one run of ``work`` takes."""
    cpu, start = _cpu(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - start, _cpu() - cpu)


def _cpu() -> float:
    """Return this process's seconds of CPU, which are told finely, and those of its children, told in hundredths."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def medians(works: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, Spent]:
    """Return the medians of all works, which take turns so that a busy minute of the machine hits them alike."""
    runs: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            runs[name].append(spent(work))
    return {
        name: Spent(median(one.wall for one in all_), median(one.cpu for one in all_)) for name, all_ in runs.items()
    }


def options(about: str | None, *, files: int, repeats: int = 5) -> argparse.Namespace:
    """Read ``-n`` and ``--repeats`` from the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("-n", "--files", type=int, default=files)
    parser.add_argument("--repeats", type=int, default=repeats)
    return parser.parse_args()


def compare(works: Mapping[str, Callable[[], object]], base: str, chosen: argparse.Namespace) -> list[list[str]]:
    """Run the works and return their rows: milliseconds a file and times ``base``, by the clock and in CPU."""
    found = medians(works, chosen.repeats)
    rows = []
    for name, took in found.items():
        clock = [f"{took.wall / chosen.files * 1000:.2f}", f"{took.wall / found[base].wall:.2f}"]
        cpu = [f"{took.cpu / chosen.files * 1000:.2f}", f"{took.cpu / found[base].cpu:.2f}"]
        rows.append([name, *clock, *cpu])
    return rows


def show(title: str, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in plain characters, the first column to the left, figures to the right."""
    cells = [list(map(str, row)) for row in (heading, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    sys.stdout.write(f"{title}\n")
    for first, *rest in cells:
        figures = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        sys.stdout.write(f"  {first.ljust(widths[0])}  {'  '.join(figures)}\n")


def machine() -> str:
    """Return what the figures were measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


@contextmanager
def watched_memory() -> Iterator[Callable[[], int]]:
    """Watch the resident memory of this process and its children; the yielded function tells the peak in bytes.

    Linux only: the figures come from /proc.
    """
    peaks = [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_STEP):
            peaks[0] = max(peaks[0], sum(map(_resident, _family(os.getpid()))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: peaks[0]
    finally:
        ended.set()
        watcher.join()


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found = children.read_text(encoding="ascii").split()
        except OSError:
            continue  # a thread that has just ended
        for child in found:
            yield from _family(int(child))


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return 0  # a process that has just ended

"""What a return costs at several sizes: ``python -m tests.benchmarks.scaling --sizes 40 200 2000``.

Measures in one go what ``scale_model`` reckons with and writes it beside this file (``scaling.json``): CPU, memory and
bytes of a consolidation of each size, of a form, of what crosses the network to and from a cluster's worker, of sending
up and gathering. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import kohyo
from kohyo.excel.form.form_writer import form_bytes
from kohyo.workspace.folder import Workspace
from kohyo.workspace.reading import end_idle, read_batch
from kohyo.workspace.returns_folder import received_files
from tests.benchmarks.common import SHEETS, made_up
from tests.benchmarks.consolidating import made_up_workspace, measured
from tests.benchmarks.measuring import machine, spent
from tests.benchmarks.scale_model import MEASURED, Costs, Size

_FORMS = 10
_READ = 32


def main() -> None:
    """Measure every size, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 200, 2000])
    parser.add_argument("--to", type=Path, default=MEASURED)
    given = parser.parse_args()
    found = costs(sorted(given.sizes))
    given.to.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def costs(sizes: list[int]) -> Costs:
    """Return what was measured; the smallest size also tells what single files cost."""
    context = get_context("spawn")
    with TemporaryDirectory() as folder:
        roots = {size: Path(folder) / str(size) for size in sizes}
        with ProcessPoolExecutor(os.cpu_count(), context) as pool:
            for size, root in roots.items():
                made_up_workspace(root, size, pool)
        paths = received_files(Workspace(roots[sizes[0]]).returns)
        sent = tuple(path.read_bytes() for path in paths[:_READ])
        answers: list[bytes] = []
        reading = spent(lambda: _read(sent, answers))
        runs = []
        for size in sizes:
            with ProcessPoolExecutor(1, context) as alone:
                runs.append(_size(size, roots[size], alone))
        store = Path(folder) / "store"
        gathering = spent(lambda: kohyo.gather([roots[sizes[0]]], store))
        return Costs(
            day=date.today().isoformat(),  # noqa: DTZ011 - the day of the desk
            machine=machine(),
            load=os.getloadavg()[0],
            sheets=SHEETS,
            sizes=runs,
            form_seconds=_form_seconds(),
            file_bytes=sum(map(len, sent)) // len(sent),
            answer_bytes=sum(map(len, answers)) // len(answers),
            read_seconds=reading.cpu / len(sent),
            gather_seconds=gathering.cpu,
            gather_bytes=sum(path.stat().st_size for path in store.rglob("*") if path.is_file()),
        )


def _read(sent: tuple[bytes, ...], answers: list[bytes]) -> None:
    """Read files as a cluster's worker does, the end of its reader included: only then is its CPU told."""
    answers.extend(read_batch(sent))
    end_idle()


def _size(size: int, root: Path, alone: ProcessPoolExecutor) -> Size:
    found = alone.submit(measured, root).result()
    return Size(size, found.cpu, found.bare, found.peak, found.register, found.changes)


def _form_seconds() -> float:
    """Return the CPU that a form of ten item sheets takes."""
    survey = made_up(2 * _FORMS)
    return (
        spent(lambda: [form_bytes(survey.plan, issue, survey.plan.cycle.closes) for issue in survey.issues]).cpu
        / _FORMS
    )


if __name__ == "__main__":
    main()

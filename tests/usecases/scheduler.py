"""A real cluster for the tests: a scheduler and workers of dask on the loopback, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_PATIENCE = 60


@dataclass(frozen=True)
class Running:
    """A scheduler that runs: its address, its process and those of its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def running(folder: Path, workers: int) -> Iterator[Running]:
    """Run a scheduler and its workers; whatever still runs in the end is ended."""
    told = folder / "scheduler.json"
    scheduler = (
        "dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--scheduler-file",
        str(told),
        "--no-dashboard",
    )
    worker = (
        *("dask_worker", "--scheduler-file", str(told), "--host", "127.0.0.1", "--no-nanny", "--no-dashboard"),
        *("--nthreads", "1", "--local-directory", str(folder)),
    )
    with ExitStack() as ended:
        head = ended.enter_context(_process(folder, *scheduler))
        started = tuple(ended.enter_context(_process(folder, *worker)) for _ in range(workers))
        yield Running(_address(told), head, started)


def _address(told: Path) -> str:
    """Return the address that a scheduler wrote down once it listened."""
    for _ in range(_PATIENCE * 10):
        if told.exists() and (text := told.read_text(encoding="utf-8")):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError(told)


@contextmanager
def _process(folder: Path, module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with (folder / f"{module}.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)  # noqa: S603 - our own command
    try:
        yield process
    finally:
        process.kill()
        process.wait()

"""What commands cost as a user types them: ``python -m tests.benchmarks.commands --repeats 20``.

CPU of ``kohyo --help``, of ``status``, ``matrix`` and ``tables`` on the demo, against a Python that does nothing; they
take turns. Bytecode is kept, as in an installation. Aims: help at most 8 times a bare Python, status 3 times help.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import kohyo
from tests.benchmarks.measuring import machine, medians, show

_BARE = "python -c pass"


def main() -> None:
    """Make the demo, let the commands take turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    repeats = parser.parse_args().repeats
    with TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        kohyo.demo(root)
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        works = {words: partial(_run, command, environment) for words, command in _commands(root).items()}
        for work in works.values():
            work()  # writes the bytecode
        found = medians(works, repeats)
    bare = found[_BARE].cpu
    rows = [(words, f"{took.cpu * 1000:.0f}", f"{took.cpu / bare:.1f}") for words, took in found.items()]
    show(f"Commands, medians of {repeats} ({machine()})", ("", "CPU ms", "x bare"), rows)


def _commands(root: Path) -> Mapping[str, Sequence[str]]:
    ours = [sys.executable, "-m", "kohyo"]
    on_demo = {f"kohyo {name}": [*ours, name, str(root)] for name in ("status", "matrix", "tables")}
    return {_BARE: [sys.executable, "-c", "pass"], "kohyo --help": [*ours, "--help"], **on_demo}


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()

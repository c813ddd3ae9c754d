"""Reading N returned forms against three loops that only read: ``python -m tests.benchmarks.reading``.

Ours is the whole of it: safety pass, worker that may die, fields found by name and label, identity, every answer
checked. The others get the values of the same sheets and nothing else. Aim: at most 4 times the bare parse by
calamine, at least 4 times faster than openpyxl's read-only loop.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from kohyo.excel.read.worker import Reader
from kohyo.model.outcome import Outcome
from kohyo.usecases.returned import understand
from tests.benchmarks.common import Survey, made_up, write_returns
from tests.benchmarks.measuring import machine, medians, show

_BARE = "calamine, bare parse"


def main() -> None:
    """Write the returns, let the readers take turns, print the table."""
    options = _options()
    survey = made_up(options.files)
    with TemporaryDirectory() as folder:
        paths = write_returns(survey, Path(folder))
        readers: dict[str, Callable[[], object]] = {
            _BARE: lambda: _calamine(paths),
            "kohyo, read and checked": lambda: _kohyo(survey, paths),
            "pandas, engine calamine": lambda: _pandas(paths),
            "openpyxl, read-only": lambda: _openpyxl(paths),
        }
        found = medians(readers, options.repeats)
    bare = found[_BARE]
    rows = [
        (
            name,
            f"{took.wall / len(paths) * 1000:.2f}",
            f"{took.wall / bare.wall:.2f}",
            f"{took.cpu / len(paths) * 1000:.2f}",
            f"{took.cpu / bare.cpu:.2f}",
        )
        for name, took in found.items()
    ]
    show(
        f"Reading {len(paths)} returns, medians of {options.repeats} ({machine()})",
        ("", "ms a file", "x bare", "CPU ms a file", "x bare"),
        rows,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    return parser.parse_args()


def _kohyo(survey: Survey, paths: Sequence[Path]) -> None:
    issues = {issue.control: issue for issue in survey.issues}
    with Reader() as reader:
        for path, result in zip(paths, reader.read_many(paths), strict=True):
            one = understand(result, path.name, survey.plan, issues)
            if one.outcome is not Outcome.ACCEPTED:
                raise SystemExit(f"{path.name}: {one.outcome} {one.findings}")


def _calamine(paths: Sequence[Path]) -> None:
    for path in paths:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


def _openpyxl(paths: Sequence[Path]) -> None:
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def _pandas(paths: Sequence[Path]) -> None:
    for path in paths:
        pd.read_excel(path, sheet_name=None, header=None, engine="calamine")


if __name__ == "__main__":
    main()

"""Reading N returned forms against three loops that only read: ``python -m tests.benchmarks.reading -n 60``.

Ours is the whole of it: safety pass, worker that may die, fields found by name and label, identity, every answer
checked. The others get the values of the same sheets and nothing else. Aim: at most 4 times the bare parse by
calamine, at least 4 times faster than openpyxl's read-only loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from kohyo.excel.ooxml.worker import Reader
from kohyo.model.outcome import Outcome
from kohyo.model.returned_file import ReturnedFile
from kohyo.returns.sent_forms import SentForms
from kohyo.workspace.received_files import understand
from tests.benchmarks.common import Survey, made_up, write_returns
from tests.benchmarks.measuring import compare, machine, options, show

BARE = "calamine, bare parse"

Sheets = Iterator[tuple[str, Sequence[Sequence[Any]]]]
"""Name and rows of each sheet."""


def main() -> None:
    """Write the returns, let the readers take turns, print the table."""
    chosen = options(__doc__, files=60)
    survey = made_up(chosen.files)
    with TemporaryDirectory() as folder:
        rows = compare(readers(survey, write_returns(survey, Path(folder))), BARE, chosen)
    show(
        f"Reading {chosen.files} returns, medians of {chosen.repeats} ({machine()})",
        ("", "ms a file", "x bare", "CPU ms a file", "x bare"),
        rows,
    )


def readers(survey: Survey, paths: Sequence[Path]) -> dict[str, Callable[[], object]]:
    """Return the readers by name; each reads all returns."""
    return {
        BARE: lambda: bare_parse(paths),
        "kohyo, read and checked": lambda: _ours(survey, paths),
        "pandas, engine calamine": lambda: _through(pandas, paths),
        "openpyxl, read-only": lambda: _through(openpyxl_loop, paths),
    }


def kohyo(survey: Survey, paths: Sequence[Path]) -> Iterator[ReturnedFile]:
    """Read and check the returns as ``kohyo consolidate`` does."""
    issues = SentForms({issue.control: issue for issue in survey.issues})
    with Reader() as reader:
        for path, result in zip(paths, reader.read_many(paths), strict=True):
            yield understand(result, path.name, survey.plan, issues)


def calamine(path: Path) -> Sheets:
    """Yield the sheets as calamine parses them."""
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python()


def openpyxl_loop(path: Path) -> Sheets:
    """Yield the sheets as a loop over openpyxl's read-only rows gets them."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book:
        yield sheet.title, list(sheet.iter_rows(values_only=True))
    book.close()


def pandas(path: Path) -> Sheets:
    """Yield the sheets as pandas reads them, without a heading and with empty cells as they are."""
    for name, frame in pd.read_excel(path, sheet_name=None, header=None, engine="calamine").items():
        yield name, frame.to_numpy().tolist()


def bare_parse(paths: Sequence[Path]) -> None:
    """Read all returns as calamine parses them."""
    _through(calamine, paths)


def _ours(survey: Survey, paths: Sequence[Path]) -> None:
    for one in kohyo(survey, paths):
        if one.outcome is not Outcome.ACCEPTED:
            raise SystemExit(f"{one.file}: {one.outcome} {one.findings}")


def _through(read: Callable[[Path], Sheets], paths: Sequence[Path]) -> None:
    for path in paths:
        for _ in read(path):
            pass


if __name__ == "__main__":
    main()

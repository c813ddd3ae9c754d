"""One LibreOffice as a department's Excel: starts the driver under the system's python3 and speaks with it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Self

from tests.office.presence import OFFICE, PYTHON

_ROOT = Path(__file__).parents[2]
_DRIVER = "tests.office.driver"
_PATIENCE = 90.0
"""Seconds that one command may take before LibreOffice counts as stuck and is ended."""


@dataclass(frozen=True)
class Seen:
    """What is to be seen on the printed part of a sheet.

    ``texts`` is what each filled cell shows, ``headings`` what stands on every page; ``is_wide`` says that the
    columns take several pages side by side. ``narrow_cells`` stand on one line and are cut off by a neighbour;
    ``short_rows`` are too low: row, height and needed height in 1/100 mm.
    """

    texts: Mapping[str, str]
    headings: Sequence[str]
    is_wide: bool
    narrow_cells: Sequence[str]
    short_rows: Sequence[Sequence[int]]


class OfficeError(Exception):
    """Raised when LibreOffice refuses a command or stops answering."""


class Office:
    """A running LibreOffice in a process group of its own, which is ended as a whole."""

    def __init__(self, profile: Path) -> None:
        """Start LibreOffice with the empty folder ``profile`` as its own."""
        self._process = subprocess.Popen(  # noqa: S603 - our own driver
            [PYTHON, "-m", _DRIVER, str(shutil.which(OFFICE)), str(profile)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def open(self, path: Path) -> Book:
        """Open a workbook in place; raise OfficeError when it cannot be opened."""
        return Book(self, self.ask(do="open", path=str(path)))

    def open_with_macros(self, path: Path) -> Book:
        """Open a workbook or an add-in and let its VBA run; raise OfficeError when it cannot be opened."""
        return Book(self, self.ask(do="open_with_macros", path=str(path)))

    def ask(self, **order: object) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Have a command carried out and return its result; raise OfficeError when it fails."""
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        if pipe_in is None or pipe_out is None:
            raise OfficeError(order)
        guard = Timer(_PATIENCE, self._end)
        guard.start()
        try:
            pipe_in.write(json.dumps(order) + "\n")
            pipe_in.flush()
            line = pipe_out.readline()
        finally:
            guard.cancel()
        answer = json.loads(line) if line else {"error": "no answer"}
        if "error" in answer:
            raise OfficeError(answer["error"], order)
        return answer["result"]

    def stop(self) -> None:
        """Let LibreOffice end by itself, then end whatever is left of its process group."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.communicate(timeout=_PATIENCE)
        self._end()
        self._process.wait()

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


class Book:
    """An open workbook; see the driver for what each command does."""

    def __init__(self, office: Office, number: int) -> None:
        self._office = office
        self._number = number

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("close")

    def _ask(self, command: str, **order: object) -> Any:  # noqa: ANN401 - whatever JSON holds
        return self._office.ask(do=command, book=self._number, **order)

    def type(self, sheet: str, cell: str, text: str) -> None:
        """Type ``text`` into a cell, as a person does."""
        self._ask("type", sheet=sheet, cell=cell, text=text)

    def insert_row(self, sheet: str, cell: str) -> None:
        """Lift the sheet's protection and insert a row above a cell."""
        self._ask("unprotect", sheet=sheet)
        self._ask("insert_row", sheet=sheet, cell=cell)

    def insert_column(self, sheet: str, cell: str) -> None:
        """Lift the sheet's protection and insert a column left of a cell."""
        self._ask("unprotect", sheet=sheet)
        self._ask("insert_column", sheet=sheet, cell=cell)

    def move_cell(self, sheet: str, cell: str, target: str) -> None:
        """Lift the sheet's protection, cut a cell and paste it elsewhere."""
        self._ask("unprotect", sheet=sheet)
        self._ask("move_cell", sheet=sheet, cell=cell, target=target)

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._ask("rename_sheet", sheet=sheet, name=name)

    def move_sheet(self, sheet: str, place: int) -> None:
        """Put a sheet at a place, counted from 0."""
        self._ask("move_sheet", sheet=sheet, place=place)

    def copy_sheet(self, sheet: str, name: str, place: int) -> None:
        """Copy a sheet."""
        self._ask("copy_sheet", sheet=sheet, name=name, place=place)

    def delete_sheet(self, sheet: str) -> None:
        """Delete a sheet."""
        self._ask("delete_sheet", sheet=sheet)

    def add_sheet(self, name: str) -> None:
        """Add an empty sheet behind the others."""
        self._ask("add_sheet", name=name)

    def comment(self, sheet: str, cell: str, text: str) -> None:
        """Write a comment on a cell."""
        self._ask("comment", sheet=sheet, cell=cell, text=text)

    def unprotect(self, sheet: str) -> None:
        """Lift the sheet's protection."""
        self._ask("unprotect", sheet=sheet)

    def paint(self, sheet: str, cell: str, how: str, *arguments: object) -> None:
        """Change the looks of a cell; see the painter for the ways."""
        self._ask("paint", sheet=sheet, cell=cell, how=how, arguments=list(arguments))

    def sort(self, sheet: str, area: str, column: int, *, ascending: bool) -> None:
        """Sort an area with a heading by its column, counted from 0."""
        self._ask("sort", sheet=sheet, area=area, column=column, ascending=ascending)

    def recalculate(self) -> None:
        """Calculate every formula anew."""
        self._ask("recalculate")

    def sheets(self) -> Sequence[str]:
        """Return the names of all sheets."""
        names: list[str] = self._ask("sheets")
        return names

    def text(self, sheet: str, cell: str) -> str:
        """Return what a cell shows."""
        return str(self._ask("read", sheet=sheet, cell=cell)["text"])

    def is_formula(self, sheet: str, cell: str) -> bool:
        """Tell whether a formula says what a cell shows."""
        return bool(self._ask("read", sheet=sheet, cell=cell)["is_formula"])

    def look(self, sheet: str, links: Sequence[str] = ()) -> Seen:
        """Look at the printed part of a sheet; ``links`` are its cells with one. The heights of rows are lost."""
        return Seen(**self._ask("look", sheet=sheet, links=links))

    def modules(self) -> dict[str, str]:
        """Return the source of the VBA by module."""
        found: dict[str, str] = self._ask("modules")
        return found

    def call(self, macro: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the macro returns
        """Call ``Module.Name`` of the book's VBA and return its result."""
        return self._ask("call", macro=macro, arguments=list(arguments))

    def press(self, macro: str, tag: str) -> Any:  # noqa: ANN401
        """Call ``Module.Name`` with a button that carries ``tag``, as a ribbon does."""
        return self._ask("call", macro=macro, tag=tag)

    def save(self, path: Path) -> Path:
        """Save a copy as xlsx, in a folder that is made for it, and return where."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._ask("save", path=str(path))
        return path

    def save_in_place(self) -> None:
        """Save the workbook where it lies."""
        self._ask("save_in_place")

    def print(self, path: Path) -> Path:
        """Print to PDF and return where."""
        self._ask("print", path=str(path))
        return path

"""The judgement at the end of a run, by lint and validator, of every workbook that a test let kohyo write.

The lint looks at each; the validator, half a second a file, at those that are built as none before them. What a
workbook of a person's had already, before kohyo wrote into it, is no fault of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.lint.lint import refusals
from tests.lint.structure import Structures
from tests.lint.validator import validated
from tests.lint.written_books import Written, kept

_SHOWN = 5
"""Faults told of one workbook."""

_CHUNK = 16
"""Workbooks that a process is handed at once."""


@dataclass(frozen=True)
class Judgement:
    """How many workbooks there were, how many of them the validator saw, and a line for each fault."""

    books: int = 0
    validated: int = 0
    lines: tuple[str, ...] = ()

    def report(self) -> list[str]:
        """Return what stands at the end of a run: a line for each fault, and how many workbooks there were."""
        count = f"試験が書いたブック {self.books}冊（Open XML SDK {self.validated}冊）：直すところ {len(self.lines)}件"
        return [*(f"!!! {line}" for line in self.lines), count] if self.books else []


def judged(folder: Path, *, validating: bool) -> Judgement:
    """Look at what was kept in a folder; ``validating`` where the validator is here."""
    books = {written.path: written for written in kept(folder)}
    structures = Structures()
    lines: list[str] = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        linted = pool.map(_linted, books.values(), chunksize=_CHUNK)
        if validating:
            for path in books:
                structures.add(path)
        chosen = list(structures.chosen())
        seen = pool.map(_validated, [books[path] for path in chosen])
        for found in (linted, seen):
            lines += [line for told in found for line in told]
    return Judgement(len(books), len(chosen), tuple(lines))


def _linted(written: Written) -> list[str]:
    return list(_told(written, _ours(written, _refusals)))


def _validated(written: Written) -> list[str]:
    return list(_told(written, _ours(written, validated)))


def _refusals(book: Path) -> list[str]:
    """Return what the lint finds; a workbook that it cannot read is one fault, as a person's may be from elsewhere."""
    try:
        return refusals(book)
    except (LookupError, ValueError) as error:
        return [f"the lint cannot read it: {error!r}"]


def _ours(written: Written, look: Callable[[Path], list[str]]) -> list[str]:
    """Return the faults that the workbook did not have before kohyo wrote into it."""
    faults = look(written.path)
    before = look(written.source) if faults and written.source else []
    return [fault for fault in faults if fault not in before]


def _told(written: Written, faults: list[str]) -> Iterator[str]:
    for fault in faults[:_SHOWN]:
        yield f"{written.test}: {fault} ({written.path})"

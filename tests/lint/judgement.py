"""The judgement at the end of a run, by lint and validator, of every workbook that a test let kohyo write.

The lint looks at each; the validator, half a second a file, at those that are built as none before them. What a
workbook of a person's had already, before kohyo wrote into it, is no fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.lint.lint import refusals_of
from tests.lint.parts import Parts, opened
from tests.lint.structure import Structures, built_of
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
        for path, (told, built) in zip(books, pool.map(_linted, books.values(), chunksize=_CHUNK), strict=True):
            lines += told
            structures.add(path, built)
        chosen = [books[path] for path in structures.chosen()] if validating else []
        lines += [line for told in pool.map(_validated, chosen) for line in told]
    return Judgement(len(books), len(chosen), tuple(lines))


def _linted(written: Written) -> tuple[list[str], frozenset[int]]:
    """Return what the lint finds in a workbook, and what it is built of."""
    parts = opened(written.path)
    faults = _refusals(parts)
    if faults and written.source:
        faults = _new(faults, _refusals(opened(written.source)))
    return list(_told(written, faults)), built_of(parts)


def _validated(written: Written) -> list[str]:
    faults = validated(written.path)
    if faults and written.source:
        faults = _new(faults, validated(written.source))
    return list(_told(written, faults))


def _refusals(parts: Parts) -> list[str]:
    """Return what the lint finds; a workbook that it cannot read is one fault, as a person's may be from elsewhere."""
    try:
        return refusals_of(parts)
    except (LookupError, ValueError) as error:
        return [f"the lint cannot read it: {error!r}"]


def _new(faults: list[str], before: list[str]) -> list[str]:
    """Return the faults that the workbook did not have before kohyo wrote into it."""
    return [fault for fault in faults if fault not in before]


def _told(written: Written, faults: list[str]) -> Iterator[str]:
    for fault in faults[:_SHOWN]:
        yield f"{written.test}: {fault} ({written.path})"

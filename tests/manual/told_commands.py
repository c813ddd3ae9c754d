"""The commands that the manual's pages tell to type, as they stand there, in the order of the pages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from tests.manual.conftest import DOCS

_TOLD = re.compile(r"`kohyo ([a-z][^`]*)`")
_FENCE = "```"


@dataclass(frozen=True)
class Told:
    """One command of a page: its words after ``kohyo``, and whether it stands by itself as a step of the work."""

    page: str
    line: int
    words: tuple[str, ...]
    step: bool

    def __str__(self) -> str:
        """Return where it stands, and the command."""
        return f"{self.page}:{self.line} kohyo {' '.join(self.words)}"


def told_on(page: str) -> Iterator[Told]:
    """Yield the commands of a page: those in blocks are steps, the others say what can be done."""
    fenced = False
    for number, line in enumerate((DOCS / f"{page}.md").read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip().startswith(_FENCE):
            fenced = not fenced
        elif fenced and line.strip().startswith("kohyo "):
            yield Told(page, number, tuple(shlex.split(line.strip())[1:]), step=True)
        elif not fenced:
            yield from (Told(page, number, tuple(shlex.split(text)), step=False) for text in _TOLD.findall(line))


def pages_of(index: str) -> list[str]:
    """Return the pages that a page lists in its table of contents, in their order."""
    folder = index.rpartition("/")[0]
    block = (DOCS / f"{index}.md").read_text(encoding="utf-8").partition("{toctree}")[2].partition(_FENCE)[0]
    return [f"{folder}/{line}" for line in block.split() if not line.startswith(":")]

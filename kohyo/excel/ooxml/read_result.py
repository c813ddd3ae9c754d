"""What became of one returned file (読取りの結果)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kohyo.excel.ooxml.raw_book import RawBook
from kohyo.model.finding import Finding


@dataclass(frozen=True)
class ReadResult:
    """What became of one file: the book, or the finding that says why there is none, or skipped by name.

    ``sha256`` is empty when the file was skipped or could not be opened; ``infos`` go along with a book.
    """

    path: Path
    sha256: str = ""
    book: RawBook | None = None
    finding: Finding | None = None
    infos: tuple[Finding, ...] = ()
    skipped: bool = False

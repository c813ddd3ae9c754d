"""What became of one returned file (読取りの結果)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kohyo.excel.ooxml.raw_book import RawBook

if TYPE_CHECKING:
    from kohyo.model.finding import Finding


class ReadResult(NamedTuple):
    """What became of one file: the book, or the finding that says why there is none, or skipped by name.

    ``sha256`` is empty when the file was skipped or could not be opened; ``infos`` go along with a book.
    """

    path: Path
    sha256: str = ""
    book: RawBook | None = None
    finding: Finding | None = None
    infos: tuple[Finding, ...] = ()
    skipped: bool = False

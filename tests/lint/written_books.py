"""Every workbook that a test lets kohyo write, kept until the end of the run: taken where kohyo itself writes them.

New workbooks pass ``well_formed``, stamped forms ``package``, those with a person's hand in them ``Package.copy``;
nothing else makes one. A file is kept once, whatever date it carries, with the test that wrote it first and with what
it was made of. The processes of a parallel run keep theirs in one folder. What programs write that a test starts is
taken where the test hands it over (``take``), as the demo is.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kohyo.excel.ooxml import ready_parts, well_formed
from kohyo.excel.ooxml.package import Package, Pieces
from kohyo.excel.ooxml.ready_parts import Piece

FOLDER = "KOHYO_WRITTEN_BOOKS"
"""The environment's word for where they are kept, so that the processes of a parallel run know it."""

_DATED = "docProps/core.xml"
_BOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Written:
    """One workbook: where it is kept, the test that wrote it first, and what it was made of (None: of nothing)."""

    path: Path
    test: str
    source: Path | None


def begin() -> None:
    """Take from now on whatever this process writes."""
    _wrap_new()
    _wrap_stamped()
    _wrap_copy()


def _wrap_new() -> None:
    plain = well_formed.require_well_formed

    def require(book: Path | io.BytesIO, parts: frozenset[str] | None = None) -> None:
        plain(book, parts)
        if isinstance(book, io.BytesIO):
            take(book.getvalue())

    well_formed.require_well_formed = require  # type: ignore[assignment] # as it was, and besides


def _wrap_stamped() -> None:
    plain = ready_parts.package

    def package(parts: Iterable[tuple[str, Sequence[Piece]]]) -> bytes:
        content = plain(parts)
        take(content)
        return content

    ready_parts.package = package


def _wrap_copy() -> None:
    plain = Package.copy

    def copy(
        self: Package,
        target: Path,
        sheets: Mapping[str, Pieces],
        parts: Mapping[str, str] | None = None,
        seen: Collection[str] = (),
    ) -> None:
        source = self.path.read_bytes()
        plain(self, target, sheets, parts, seen)
        take(target.read_bytes(), source)

    Package.copy = copy  # type: ignore[method-assign] # as it was, and besides


def take(content: bytes, source: bytes | None = None) -> None:
    """Keep a workbook of ours, with what it was made of; what is none (a paper) is left."""
    folder = Path(os.environ[FOLDER])
    name = _identity(content)
    note = folder / f"{name}.json"
    if not name or note.exists():
        return
    origin = _keep(folder, source) if source else ""
    _keep(folder, content)
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    _put(note, json.dumps({"test": test, "source": origin}).encode())


def kept(folder: Path) -> Iterator[Written]:
    """Yield what was taken, the smallest first."""
    for note in sorted(folder.glob("*.json"), key=lambda note: note.with_suffix(".xlsx").stat().st_size):
        said = json.loads(note.read_text(encoding="utf-8"))
        source = folder / f"{said['source']}.xlsx" if said["source"] else None
        yield Written(note.with_suffix(".xlsx"), said["test"], source)


def _keep(folder: Path, content: bytes) -> str:
    name = _identity(content) or sha256(content).hexdigest()
    path = folder / f"{name}.xlsx"
    if not path.exists():
        _put(path, content)
    return name


def _put(path: Path, content: bytes) -> None:
    """Write a file that another process may write at the same time: it is the same."""
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _identity(content: bytes) -> str:
    """Return what tells one workbook from another, whatever date it carries; empty for what is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = sorted((entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist())
    if not any(name == _BOOK for name, _, _ in parts):
        return ""
    return sha256(repr([part for part in parts if part[0] != _DATED]).encode()).hexdigest()

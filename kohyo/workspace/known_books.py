"""Workbooks of tables as they are known (出来ている表): one that would say the same again is not written anew.

What it says is known by the mark of its tables and its definition; it still is what was written where its bytes are.
Only the date that it carries is exchanged: it is as if it had been written now.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.ooxml.file_status import read_whole, sha256_if_any
from kohyo.excel.table_book.table_date import redated
from kohyo.model.plan import Plan
from kohyo.model.table import Table
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import definition_bytes
from kohyo.workspace.remembered import mark_of, recalled, remember

_BROKEN = (FileError, ValueError, AttributeError)


@dataclass(frozen=True)
class KnownBook:
    """A workbook of tables at ``path``, and what it is made from (``mark``)."""

    workspace: Workspace
    path: Path
    mark: str

    def as_of(self, created: datetime) -> tuple[bytes, tuple[Path, ...]] | None:
        """Return the workbook as it would be written at a time, with the twins that lie beside it; None for another."""
        data = recalled(self.workspace, self._name, self.mark)
        try:
            digests = {self.workspace.root / name: digest for name, digest in json.loads(data or "").items()}
            book = read_whole(self.path)
            if digests.pop(self.path, "") != sha256(book).hexdigest():
                return None
        except _BROKEN:
            return None
        if any(sha256_if_any(path) != digest for path, digest in digests.items()):
            return None
        renewed = redated(book, created)
        self._remember({self.path: sha256(renewed).hexdigest(), **digests})
        return renewed, tuple(digests)

    def keep(self, book: bytes, twins: Mapping[Path, bytes]) -> None:
        """Remember what is about to be written; the workspace must be locked."""
        self._remember({path: sha256(content).hexdigest() for path, content in {self.path: book, **twins}.items()})

    def _remember(self, digests: Mapping[Path, str]) -> None:
        named = {path.relative_to(self.workspace.root).as_posix(): digest for path, digest in digests.items()}
        remember(self.workspace, self._name, self.mark, json.dumps(named, ensure_ascii=False).encode())

    @property
    def _name(self) -> str:
        return f"{self.path.parent.name}_{self.path.stem}"


def known_book(workspace: Workspace, path: Path, plans: Sequence[Plan], tables: Sequence[Table]) -> KnownBook:
    """Return what is known of a workbook that says these tables, by these definitions."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.fast = True  # the same for what is equal, whether or not it is one and the same
    pickler.dump(tables)
    digests = [sha256(data).hexdigest() for data in (*map(definition_bytes, plans), stream.getvalue())]
    return KnownBook(workspace, path, mark_of(digests))

"""What is kept twice (二重の控え): bases and answers with their second copies, each half made again from the other."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kohyo.model.issued_form_json import decoded, with_mark
from kohyo.workspace.answer_store import whole
from kohyo.workspace.folder import Workspace
from kohyo.workspace.second_copies import SecondCopies


@dataclass(frozen=True)
class KeptTwice:
    """Files of one kind in a folder, and the file that holds their second copies."""

    folder: Path
    copies: Path
    is_whole: Callable[[bytes], bool]
    """Tells whether what a file holds is as it was written."""

    def faults(self) -> int:
        """Return how many copies are damaged or missing: as often what is kept stands once only."""
        copies = SecondCopies(self.copies)
        return copies.damaged() + len(copies.lacking(dict(self._files())))

    def broken(self) -> list[Path]:
        """Return the files that are not as they were written."""
        whole = {name for name, _ in self._files()}
        return [path for path in sorted(self.folder.glob("*.json")) if path.name not in whole]

    def copies_anew(self) -> bytes | None:
        """Return what the copies are when none is damaged or missing, None where they are just that."""
        if not self.faults():
            return None
        return b"".join(SecondCopies(self.copies).sound_with(dict(self._files())))

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that are whole: a damaged one must not be taken for what was kept."""
        for path in sorted(self.folder.glob("*.json")):
            with contextlib.suppress(OSError):
                data = path.read_bytes()
                if self.is_whole(data):
                    yield path.name, data


def kept_twice(workspace: Workspace) -> tuple[KeptTwice, ...]:
    """Return all that a workspace keeps twice, file by file."""
    return (
        KeptTwice(workspace.bases, workspace.base_copies, _is_base),
        KeptTwice(workspace.answers, workspace.answer_copies, _is_answer),
    )


def _is_base(data: bytes) -> bool:
    """Tell whether a base is as it was written: its mark is that of what it holds; one of an old kohyo has none."""
    try:
        issue = decoded(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return issue.mark in ("", with_mark(issue).mark)


def _is_answer(data: bytes) -> bool:
    try:
        return isinstance(json.loads(whole(data)), dict)
    except ValueError:
        return False

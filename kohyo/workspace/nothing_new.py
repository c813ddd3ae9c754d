"""Nothing new (変わりなし): what a consolidation told that changed nothing is told again while all it read is the same.

What it read is known by its digest: the definition, the register and what is kept of it, every form that went out,
every file in 回収 and what it says, which corrections lie in 差戻し, and the day. What a consolidation told is kept
where another one would find and do the same: it left all of that as it was, or changed what is its own and nobody
else changed anything meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kohyo import __version__
from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.register_book.register_files import (
    history_copy,
    last_state,
    last_state_copy,
    next_state,
    state_before,
    waiting_file,
)
from kohyo.excel.table_book.table_date import redated
from kohyo.model.finding import Finding
from kohyo.model.finding_json import finding_from_json, finding_to_json
from kohyo.model.outcome import Outcome
from kohyo.workspace.folder import Workspace
from kohyo.workspace.returns_folder import closed_folders, received_files
from kohyo.workspace.transaction import remove_under_way

_BROKEN = (FileError, OSError, ValueError, KeyError, TypeError, AttributeError)
_GONE = ""  # the digest of no file


@dataclass(frozen=True)
class Told:
    """What a consolidation told that changed nothing."""

    outcomes: Mapping[Outcome, int]
    missing: tuple[str, ...]
    skipped: int
    findings: tuple[Finding, ...]
    open_conflicts: int
    open_notes: int
    sent_back: tuple[Path, ...]


class NothingNew:
    """What a consolidation is about to read, and what the last one told of the same; the workspace must be locked."""

    def __init__(self, workspace: Workspace, moment: datetime, mend_by: date | None) -> None:
        """Take the workspace with the time and the day of which the consolidation is asked."""
        self._workspace = workspace
        self._moment = moment
        self._asked = f"{__version__} {moment.date()} {mend_by}"
        self._found = _digests(workspace)

    def told(self) -> Told | None:
        """Return what was told of just this, its report renewed; None where that is not known.

        Raises FileError when the report cannot be written.
        """
        try:
            data = json.loads(self._workspace.nothing_new.read_text(encoding="utf-8"))
            report = self._report.read_bytes()
            mark = self._marked(self._found)
            if not mark or data["mark"] != mark or data["report"] != hashlib.sha256(report).hexdigest():
                return None
            told = _told(data, self._workspace.root)
        except _BROKEN:
            return None
        renewed = redated(report, self._moment)
        save_bytes(self._report, renewed)
        self._save({**data, "report": hashlib.sha256(renewed).hexdigest()})
        return told

    def keep(self, told: Told, *, register: str = "", made: Collection[Path] = ()) -> None:
        """Keep what was told, if all that was read still is as it was before, but for what was changed on purpose.

        ``register`` is the SHA-256 that a changed register was given, ``made`` are corrections that were written.
        """
        stands = _digests(self._workspace)
        if stands and self._found and stands == self._expected(stands, register, made):
            mark = self._marked(stands)
            self._save({"mark": mark, "report": file_sha256(self._report), **_data(told, self._workspace.root)})

    def _expected(self, stands: Mapping[Path, str], register: str, made: Collection[Path]) -> Mapping[Path, str]:
        """Return by path what may stand there now; new corrections and 控え are our own where the register changed."""
        if not register:
            return self._found
        backups = self._workspace.backups
        expected = {path: digest for path, digest in self._found.items() if not path.is_relative_to(backups)}
        expected |= {path: digest for path, digest in stands.items() if path.is_relative_to(backups)}
        expected |= {path: stands.get(path, _GONE) for path in made if path not in self._found}
        return expected | {self._workspace.register: register}

    @property
    def _report(self) -> Path:
        return self._workspace.result("import_report")

    def _save(self, data: Mapping[str, Any]) -> None:
        """Keep this for the next consolidation, which does without where that cannot be done.

        Where writing is cut off, the next command clears up (see ``recovery``).
        """
        with contextlib.suppress(FileError, OSError):
            self._workspace.under_way.mkdir(parents=True)
            save_bytes(self._workspace.nothing_new, json.dumps(data, ensure_ascii=False).encode("utf-8"))
            remove_under_way(self._workspace)

    def _marked(self, digests: Mapping[Path, str]) -> str:
        """Return one digest of all that is read, empty where some of it cannot be."""
        lines = [f"{path.relative_to(self._workspace.root)} {digest}" for path, digest in digests.items()]
        text = "\n".join((self._asked, *lines))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if digests else ""


def _digests(workspace: Workspace) -> dict[Path, str]:
    """Return the digest of all that is read, nothing where some of it cannot be, or waits to take its place."""
    if workspace.register_as_it_stands or waiting_file(workspace.register).exists():
        return {}
    closed = {workspace.returns / finding.place.file: "" for finding in closed_folders(workspace.returns)}
    try:
        return closed | {path: file_sha256(path) for path in _read(workspace)}
    except FileError:
        return {}


def _read(workspace: Workspace) -> Iterator[Path]:
    """Yield every file that a consolidation reads."""
    yield workspace.definition
    yield from (path for path in (workspace.known_definition,) if path.exists())
    yield from sorted(workspace.form_definitions.glob("*"))
    yield workspace.register
    beside = (last_state, last_state_copy, next_state, state_before, history_copy)
    yield from (path for of in beside if (path := of(workspace.backups)).exists())
    yield from (path for path in (workspace.owed,) if path.exists())
    yield from sorted(workspace.bases.glob("*"))
    yield from sorted(workspace.answers.glob("*"))
    yield from sorted(workspace.sent_back.glob("*"))
    yield from received_files(workspace.returns)


def _data(told: Told, root: Path) -> dict[str, Any]:
    return {
        "outcomes": {outcome.value: count for outcome, count in told.outcomes.items()},
        "missing": told.missing,
        "skipped": told.skipped,
        "findings": [finding_to_json(finding) for finding in told.findings],
        "open_conflicts": told.open_conflicts,
        "open_notes": told.open_notes,
        "sent_back": [path.relative_to(root).as_posix() for path in told.sent_back],
    }


def _told(data: Mapping[str, Any], root: Path) -> Told:
    return Told(
        outcomes=Counter({Outcome(name): count for name, count in data["outcomes"].items()}),
        missing=tuple(data["missing"]),
        skipped=data["skipped"],
        findings=tuple(finding_from_json(finding) for finding in data["findings"]),
        open_conflicts=data["open_conflicts"],
        open_notes=data["open_notes"],
        sent_back=tuple(root / name for name in data["sent_back"]),
    )

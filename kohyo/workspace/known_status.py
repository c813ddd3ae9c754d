"""The status as it is known (前に答えた回収状況): told again while all that it was found out from is the same.

What it was found out from is known by its digest: the definition, the register and what is kept of it, every form that
went out, every file in 回収, which corrections lie in 差戻し, the reminder drafts, the day and the survey. A test holds
that it reads nothing else. To tell it again needs neither definition nor register: hardly more than the command's help.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.excel.register_book.register_files import (
    history_copy,
    last_state,
    last_state_copy,
    state_before,
    waits,
)
from kohyo.model.submission_status import MovedDeadline, State, StillOut, SubmissionStatus
from kohyo.model.submission_status_json import (
    moved_from_json,
    moved_to_json,
    status_from_json,
    status_to_json,
    still_out_from_json,
    still_out_to_json,
)
from kohyo.workspace.drafts import load_record
from kohyo.workspace.folder import Workspace
from kohyo.workspace.register_copies import definition_copies
from kohyo.workspace.remembered import mark_of, recalled, remember
from kohyo.workspace.returns_folder import received_files

_BROKEN = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class Status:
    """Every respondent's standing, files not consolidated yet, the report and the reminder drafts written.

    ``reminders_kept`` are drafts that somebody changed; they are left as they are.
    """

    respondents: tuple[SubmissionStatus, ...]
    unread: int
    reminders: tuple[Path, ...]
    report: Path
    reminders_kept: tuple[Path, ...] = ()
    survey: str = ""
    """Name of the survey of the year that it is about; empty where the year has but one."""
    earlier: tuple[StillOut, ...] = ()
    """Earlier surveys of the year of which something is still out."""
    moved: tuple[MovedDeadline, ...] = ()
    """Deadlines of the definition that the forms which are out do not name."""

    @property
    def counts(self) -> Mapping[State, int]:
        """Respondents by state, in the order of the states."""
        counted = Counter(respondent.state for respondent in self.respondents)
        return {state: counted[state] for state in State if counted[state]}

    @property
    def needs_person(self) -> bool:
        """Tell whether anybody owes anything, something is to be decided or a file waits to be consolidated."""
        return bool(self.unread or self.earlier) or any(
            respondent.owes or respondent.conflicts for respondent in self.respondents
        )


class KnownStatus:
    """What a status is about to be found out from, and what the last one told of the same; the workspace is locked."""

    def __init__(self, workspace: Workspace, day: date, survey: str) -> None:
        """Take the workspace, the day and the survey that it is asked for."""
        self._workspace = workspace
        self._asked = (str(day), survey)
        self._found = _digests(workspace)

    def told(self) -> Status | None:
        """Return what was told of just this, its report and drafts lying as they were left; None where it is not known.

        The report stays as it is: it is of this day.
        """
        data = recalled(self._workspace, self._report.stem, self._mark()) if self._found else None
        try:
            return _status(json.loads(data), self._workspace) if data else None
        except _BROKEN:
            return None

    def keep(self, told: Status) -> None:
        """Keep what was told, if all that was read still is as it was, and the drafts are as they were written."""
        ours = load_record(self._workspace.reminders_written)
        as_written = all(path.name in ours and sha256_if_any(path) == ours[path.name].digest for path in told.reminders)
        if as_written and self._found and _digests(self._workspace) == self._found:
            text = json.dumps(_data(told, self._workspace.root), ensure_ascii=False)
            remember(self._workspace, self._report.stem, self._mark(), text.encode("utf-8", "surrogatepass"))

    @property
    def _report(self) -> Path:
        return self._workspace.result("status")

    def _mark(self) -> str:
        """Return the mark of what it is asked, of all that it is found out from, and of what it writes as that lies."""
        written = {path: sha256_if_any(path) for path in _written(self._workspace)}
        every = {**self._found, **written}.items()
        return mark_of(
            (*self._asked, *(f"{path.relative_to(self._workspace.root)!a} {digest}" for path, digest in every))
        )


def _digests(workspace: Workspace) -> dict[Path, str]:
    """Return the digest of all that it is found out from, nothing where a register waits or stands on the screen.

    Nor where no command changed the register yet, which may then still be made anew.
    """
    if workspace.register_as_it_stands or waits(workspace.register, workspace.backups):
        return {}
    if not workspace.journal.exists():
        return {}
    corrections = dict.fromkeys(sorted(workspace.sent_back.glob("*")), "")  # only whether they are there
    return corrections | {path: sha256_if_any(path) for path in _read(workspace)}


def _read(workspace: Workspace) -> Iterator[Path]:
    """Yield every file that a status reads, whether or not it is there."""
    yield workspace.definition
    yield workspace.known_definition
    yield from (copy.path for copy in definition_copies(workspace)[-1:])
    yield workspace.register
    yield from (of(workspace.backups) for of in (last_state, last_state_copy, state_before, history_copy))
    yield workspace.owed
    yield from sorted(workspace.bases.glob("*"))
    yield workspace.base_copies
    yield from received_files(workspace.returns)


def _written(workspace: Workspace) -> Iterator[Path]:
    """Yield the report, the reminder drafts and the record of how they were written."""
    yield workspace.result("status")
    yield workspace.reminders_written
    yield from sorted(workspace.reminders.glob("*"))


def _data(told: Status, root: Path) -> dict[str, Any]:
    return {
        "respondents": list(map(status_to_json, told.respondents)),
        "unread": told.unread,
        "reminders": _names(told.reminders, root),
        "reminders_kept": _names(told.reminders_kept, root),
        "survey": told.survey,
        "earlier": list(map(still_out_to_json, told.earlier)),
        "moved": list(map(moved_to_json, told.moved)),
    }


def _names(paths: Iterable[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in paths]


def _status(data: Mapping[str, Any], workspace: Workspace) -> Status:
    root = workspace.root
    return Status(
        respondents=tuple(map(status_from_json, data["respondents"])),
        unread=data["unread"],
        reminders=tuple(root / name for name in data["reminders"]),
        report=workspace.result("status"),
        reminders_kept=tuple(root / name for name in data["reminders_kept"]),
        survey=data["survey"],
        earlier=tuple(map(still_out_from_json, data["earlier"])),
        moved=tuple(map(moved_from_json, data["moved"])),
    )

"""Answers kept for good (回答の控え): what each received file says, under its SHA-256, worked out once.

It depends on the file's bytes, the form it answers and the definition alone. A file whose answers are kept is not
read again, and they still count when it has left 回収.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.returned_file import ReturnedFile
from kohyo.workspace.folder import Workspace
from kohyo.workspace.kept_answers import decode, encode
from kohyo.workspace.notices import tell
from kohyo.workspace.second_copies import SecondCopies

_SUFFIX = ".json"
_READING = "7"
_AT_ONCE = 50  # files whose answers are written together
"""Goes up whenever reading changes, so that what is still there is read anew."""


_WHEN: Mapping[str, Any] = {
    "cycle": {"closes", "issued", "milestones"},
    "forms": True,
    "surveys": {"__all__": {"closes", "issued"}},
}
"""The days of a definition, on which no reading depends."""


def reading_of(plan: Plan) -> str:
    """Return what a reading depends on besides the file and its form: the definition, and how it is read."""
    data = plan.model_dump_json(exclude=dict(_WHEN))
    return f"{_READING}:{hashlib.sha256(data.encode()).hexdigest()[:16]}"


def keep_answers(workspace: Workspace, files: Iterable[ReturnedFile], reading: str) -> None:
    """Keep, twice, what files say that were read; raise FileError when that cannot be done.

    Some at a time: what two thousand files say is as much as all else that a consolidation holds.
    """
    copies = SecondCopies(workspace.answer_copies)
    told = (file for file in files if file.outcome in READABLE and file.sha256)
    while some := list(islice(told, _AT_ONCE)):
        kept = {f"{file.sha256}{_SUFFIX}": _kept(workspace, file, reading) for file in some}
        copies.add(kept)
        for name, content in kept.items():
            save_bytes(workspace.answers / name, content)


def _kept(workspace: Workspace, file: ReturnedFile, reading: str) -> bytes:
    """Return what is kept of a file."""
    path = workspace.answers / f"{file.sha256}{_SUFFIX}"
    names = sorted({file.file, *file.earlier_names, *_names_in(path)})
    data = {"reading": reading, "names": names, **encode(file)}
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return said + b"\n" + hashlib.sha256(said).hexdigest().encode("ascii")


def whole(content: bytes) -> bytes:
    """Return what is kept of a file, nothing where a byte of it was altered or cut off.

    Its SHA-256 stands in a line below; what an older kohyo kept has none.
    """
    said, _, digest = content.partition(b"\n")
    return said if not digest or digest == hashlib.sha256(said).hexdigest().encode("ascii") else b""


def _names_in(path: Path) -> Iterable[str]:
    """Return the names under which a file whose answers are kept already was known."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return frozenset(map(str, json.loads(whole(path.read_bytes()))["names"]))
    return ()


def load_answers(
    folder: Path, issues: Mapping[str, IssuedForm], reading: str = "", besides: Collection[str] = ()
) -> dict[str, ReturnedFile]:
    """Return what is kept of files that answer one of these forms, by SHA-256, ``besides`` those that are known.

    With ``reading`` only what was read in that way. What cannot be understood counts as not kept: the file is read.
    """
    kept: dict[str, ReturnedFile] = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        if path.stem not in besides:
            with contextlib.suppress(OSError):
                kept |= _understood(path.stem, path.read_bytes(), issues, reading)
    return kept


def load_copied_answers(
    workspace: Workspace, issues: Mapping[str, IssuedForm], wanted: Collection[str]
) -> dict[str, ReturnedFile]:
    """Return what files say that are in neither 回収 nor 控え any more, from the second copies, by SHA-256."""
    if not wanted:
        return {}
    contents = SecondCopies(workspace.answer_copies).contents()
    found: dict[str, ReturnedFile] = {}
    for name in wanted:
        found |= _understood(name, contents.get(f"{name}{_SUFFIX}", b""), issues, "")
    if found:
        tell("answers_from_copies", count=len(found))
    return found


def _understood(name: str, content: bytes, issues: Mapping[str, IssuedForm], reading: str) -> dict[str, ReturnedFile]:
    """Return by its SHA-256 what a file says, nothing where that cannot be understood or was read in another way."""
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        data = json.loads(whole(content))
        issue = issues.get(data["control"])
        if issue is not None and data["sha256"] == name and reading in ("", data["reading"]):
            return {name: decode(data, issue)}
    return {}


def renamed(file: ReturnedFile, name: str) -> ReturnedFile:
    """Return what a file says with the name under which it lies in 回収 now."""
    names = file.earlier_names | {file.file}
    if name == file.file and all(place.file == name for place in _places(file)):
        return replace(file, earlier_names=names)
    return replace(
        file,
        file=name,
        earlier_names=names,
        answers=tuple(answer._replace(place=answer.place._replace(file=name)) for answer in file.answers),
        offers=tuple(
            replace(offer, answers=replace(offer.answers, place=offer.answers.place._replace(file=name)))
            for offer in file.offers
        ),
        findings=tuple(_moved(finding, name) for finding in file.findings),
        sheets=tuple(
            replace(
                sheet,
                findings=tuple(replace(found, finding=_moved(found.finding, name)) for found in sheet.findings),
            )
            for sheet in file.sheets
        ),
        notes=tuple(replace(note, place=note.place._replace(file=name)) for note in file.notes),
    )


def _places(file: ReturnedFile) -> Iterator[Place]:
    """Yield the places that a file names in what it says."""
    yield from (answer.place for answer in file.answers)
    yield from (offer.answers.place for offer in file.offers)
    yield from (finding.place for finding in file.findings)
    yield from (found.finding.place for sheet in file.sheets for found in sheet.findings)
    yield from (note.place for note in file.notes)


def _moved(finding: Finding, name: str) -> Finding:
    return replace(finding, place=finding.place._replace(file=name))

"""What each form held when it went out (配布時の控え): the merge's base, kept in the workspace as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kohyo.definition.departments import now_called
from kohyo.errors import FileError
from kohyo.model.issued_form import IssuedForm
from kohyo.model.issued_form_json import decoded, encoded
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt
from kohyo.workspace.folder import Workspace
from kohyo.workspace.notices import tell
from kohyo.workspace.second_copies import SecondCopies

_SUFFIX = ".json"


def base_file(folder: Path, issue: IssuedForm) -> Path:
    """Return where is kept what a form holds as it goes out."""
    return folder / f"{issue.control}{_SUFFIX}"


def base_bytes(issue: IssuedForm) -> bytes:
    """Return what is kept of a form as it goes out."""
    return json.dumps(encoded(issue), ensure_ascii=False, indent=1).encode("utf-8")


def load_bases(workspace: Workspace, plan: Plan | None = None) -> dict[str, IssuedForm]:
    """Return every form that went out, by control number; a base that is gone or damaged is read from its copy.

    With the ``plan`` as it is today, what went to a department that is no more belongs to its successor. Raises
    FileError when a base and its copy cannot be read.
    """
    copies = SecondCopies(workspace.base_copies)
    known = copies.digests()
    paths = {path.name: path for path in workspace.bases.glob(f"*{_SUFFIX}")}
    found = {name: _read(paths.get(name), known.get(name, ())) for name in sorted({*paths, *known})}
    lost = [name for name, issue in found.items() if issue is None]
    if lost:
        found |= _from_copies(workspace, copies, lost)
    issues = (replace(issue, department=_heir(plan, issue)) for issue in found.values() if issue)
    return {issue.control: issue for issue in issues}


def _read(path: Path | None, known: Collection[str]) -> IssuedForm | None:
    """Return what a base holds, None where it is gone or damaged; a base without a copy is of an older kohyo."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
        issue = decoded(json.loads(data))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return issue if not known or sha256(data).hexdigest() in known else None


def _from_copies(workspace: Workspace, copies: SecondCopies, names: Sequence[str]) -> dict[str, IssuedForm]:
    contents = copies.contents()
    found: dict[str, IssuedForm] = {}
    for name in names:
        try:
            found[name] = decoded(json.loads(contents[name]))
        except (ValueError, KeyError, TypeError) as error:
            if (workspace.bases / name).exists():
                raise FileError("broken_base", path=workspace.bases / name) from error
    if found:
        tell("bases_from_copies", count=len(found), first=next(iter(found)))
    return found


def _heir(plan: Plan | None, issue: IssuedForm) -> str:
    return now_called(plan, issue.department) if plan else issue.department


def stop_if_bases_are_gone(folder: Path, known: Collection[str], receipts: Iterable[Receipt]) -> None:
    """Raise FileError when a form that came back has left no base: its number would mean another form."""
    gone = gone_bases(known, receipts)
    if gone:
        raise FileError("bases_gone", path=folder, control=gone[0], count=len(gone))


def gone_in(workspace: Workspace, plan: Plan, bases: Collection[str]) -> tuple[str, ...]:
    """Return which of the bases are gone of what the register says came back; none where it cannot be read."""
    from kohyo.excel.register_book.register_load import read_register  # noqa: PLC0415 - who goes back alone asks

    try:
        return gone_bases(bases, read_register(workspace.register, plan, []).register.receipts)
    except FileError:
        return ()


def gone_bases(known: Collection[str], receipts: Iterable[Receipt]) -> tuple[str, ...]:
    """Return the control numbers of forms that came back and were read, and of which no base is left."""
    return tuple(sorted({row.control for row in receipts if row.outcome in READABLE} - set(known)))

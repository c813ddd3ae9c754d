"""Restore (復元): what there is to go back to, and the register, the definition or the bases brought back from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kohyo.errors import FileError, KohyoError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.ooxml.file_status import backup_file, file_sha256, is_open, read_whole, sha256_if_any
from kohyo.excel.register_book import PreparedSave, SaveResult
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.usecases.bases_anew import proved_bases
from kohyo.workspace.folder import Name, Workspace, no_definition
from kohyo.workspace.given_day import moment_of
from kohyo.workspace.going_back import prepared_from_copy
from kohyo.workspace.issued_forms import gone_in, load_bases
from kohyo.workspace.journal import Doing, Record, read_journal
from kohyo.workspace.kept_twice import kept_twice
from kohyo.workspace.known_definition import halves_to_mend, plan_of
from kohyo.workspace.lock import working
from kohyo.workspace.register_copies import RegisterCopy, definition_copies, register_copies
from kohyo.workspace.second_copies import SecondCopies
from kohyo.workspace.transaction import Transaction, discarding
from kohyo.workspace.versions import version_files

_NAME = "restore"
_LATEST = "latest"


@dataclass(frozen=True)
class Restored:
    """What there is to go back to, and what was brought back: ``done`` are its files, none where it was only shown."""

    root: Path
    asked: bool
    """Whether anything was to be brought back."""
    registers: tuple[RegisterCopy, ...]
    definitions: tuple[RegisterCopy, ...]
    versions: tuple[Path, ...]
    forms: int
    """How many forms went out whose bases, or second copies of them, can be read."""
    commands: tuple[Record, ...]
    done: tuple[Path, ...] = ()
    gone: tuple[str, ...] = ()
    """Control numbers of forms that came back and of which nothing is left to read them by."""
    saved: SaveResult = field(default_factory=lambda: SaveResult(changed=False))


def restore(
    root: Name, *, register: str = "", definition: str = "", bases: bool = False, now: datetime | None = None
) -> Restored:
    """Show what a workspace can be brought back to, or bring it back.

    ``register`` and ``definition`` name a copy in 控え (a file's name, the moment in it, or 最新), ``bases`` asks for
    the bases of the forms. What stands is kept in 控え before it is replaced, even where it cannot be read. Raises
    UsageError when there is no such copy, FileError when it cannot be read or a file cannot be written.
    """
    workspace = Workspace(Path(root))
    if not workspace.backups.is_dir() and not workspace.definition.is_file():
        raise UsageError("nothing_kept", path=root)
    moment = moment_of(now)
    asked = bool(register or definition or bases)
    wish = json.dumps([register, definition, bases], ensure_ascii=False)
    with working(workspace, reading=not asked) as taken_up:
        record = next((record for record in taken_up if record.answers(_NAME, wish)), None)
        if record is not None:
            done, saved = _done_before(workspace, record)
        else:
            with discarding(Transaction(workspace, _NAME, moment, wish)) as files:
                done, saved = _brought_back(files, workspace, register, definition, moment, bases=bases)
        return replace(_shown(workspace), asked=asked, done=tuple(done), saved=saved)


def _brought_back(
    files: Transaction, workspace: Workspace, register: str, definition: str, moment: datetime, *, bases: bool
) -> tuple[list[Path], SaveResult]:
    """Bring back what is asked for, all of it or nothing; return its files, and where the register was saved."""
    done: list[Path] = []
    plan = prepared = None
    copy = _chosen(register_copies(workspace), register, workspace.register) if register else None
    if definition:
        plan = _definition(files, workspace, definition, moment)
        done.append(workspace.definition)
    if bases:
        done.extend(_copies(files, workspace))
        done.extend(_bases(files, workspace, plan, copy))
    if copy is not None:
        prepared = _register(files, workspace, plan, copy, moment)
        done.append(workspace.register)
    return done, files.commit(prepared, in_place=True)


def _done_before(workspace: Workspace, record: Record) -> tuple[list[Path], SaveResult]:
    """Return what a restoration brought back that was cut off, and is finished now."""
    targets = [workspace.root / step.target for step in record.steps if step.doing is Doing.PUT]
    places = (workspace.bases, workspace.second_copies, workspace.form_definitions)
    done = [path for path in targets if path == workspace.definition or path.parent in places]
    register = [workspace.register] if record.register else []
    return [*done, *register], SaveResult(changed=bool(register))


def _shown(workspace: Workspace) -> Restored:
    try:
        bases = load_bases(workspace)
    except FileError:
        bases = {}
    try:
        gone = gone_in(workspace, plan_of(workspace), bases)
    except KohyoError:
        gone = ()
    return Restored(
        root=workspace.root,
        asked=False,
        registers=register_copies(workspace),
        definitions=definition_copies(workspace),
        versions=version_files(workspace),
        forms=len(bases),
        gone=gone,
        commands=read_journal(workspace.journal),
    )


def _chosen(copies: tuple[RegisterCopy, ...], wanted: str, stands: Path) -> Path:
    """Return the copy of this name or moment, or the last that is not what stands; raise UsageError for none."""
    names = {copy.path.name: copy.path for copy in copies} | {copy.path.stem: copy.path for copy in copies}
    if wanted in (_LATEST, wording("versions.restore.latest")) and copies:
        now = sha256_if_any(stands)
        return next((copy.path for copy in reversed(copies) if sha256_if_any(copy.path) != now), copies[-1].path)
    found = names.get(Path(wanted).name)
    by_moment = [copy.path for copy in copies if copy.path.stem.partition("_")[2] == wanted]
    if found is None and not by_moment:
        known = wording("text.list.joiner").join(copy.path.name for copy in copies[-3:])
        raise UsageError("unknown_copy", name=wanted, known=known or wording("versions.none"))
    return found or by_moment[0]


def _definition(files: Transaction, workspace: Workspace, wanted: str, moment: datetime) -> Plan:
    """Bring a definition back, and return it; what stands, if anything does, is kept in 控え."""
    copy = _chosen(definition_copies(workspace), wanted, workspace.definition)
    plan = read_definition(copy)
    if is_open(workspace.definition):
        raise FileError("definition_open", path=workspace.definition)
    if workspace.definition.is_file():
        files.put(backup_file(workspace.definition, workspace.backups, moment), read_whole(workspace.definition))
    files.put(workspace.definition, read_whole(copy))
    return plan


def _copies(files: Transaction, workspace: Workspace) -> list[Path]:
    """Make anew what is kept twice and is damaged or missing in one of its two places."""
    anew = {kept.copies: kept.copies_anew() for kept in kept_twice(workspace)} | halves_to_mend(workspace)
    for path, data in anew.items():
        if data is not None:
            files.put(path, data)
    return [path for path, data in anew.items() if data is not None]


def _bases(files: Transaction, workspace: Workspace, plan: Plan | None, copy: Path | None) -> list[Path]:
    """Bring back the bases that are gone or damaged, from their second copies, else as their marks prove."""
    copies = SecondCopies(workspace.base_copies)
    known = copies.digests()
    done: list[Path] = []
    for name, data in sorted(copies.contents().items()):
        path = workspace.bases / name
        if not path.is_file() or file_sha256(path) not in known[name]:
            files.put(path, data)
            done.append(path)
    for name, data in proved_bases(workspace, plan, copy, besides=known).items():
        files.put(workspace.bases / name, data)
        files.keep(workspace.base_copies, workspace.bases / name)
        done.append(workspace.bases / name)
    return done


def _register(
    files: Transaction, workspace: Workspace, plan: Plan | None, copy: Path, moment: datetime
) -> PreparedSave:
    """Bring a register back from a copy, into whose history the newer one goes on."""
    if plan is None:
        if not workspace.definition.is_file():
            raise no_definition(workspace)
        plan = plan_of(workspace)
    why = wording("versions.restore.line", copy=copy.name)
    return prepared_from_copy(files, workspace, plan, copy, moment, why)

"""A session (作業): the workspace locked, its definition and register read, the register saved at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.definition.carry_over import as_written, carried_over
from kohyo.definition.shape import shape_of
from kohyo.errors import FileError, UsageError
from kohyo.excel.ooxml.file_status import backup_file, read_whole
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.excel.register_book.register_files import waits
from kohyo.excel.register_book.save_result import SaveResult
from kohyo.messages import located, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.register.reworded import reworded
from kohyo.register.submission_years import with_years
from kohyo.workspace.folder import Location, Workspace, open_workspace
from kohyo.workspace.garbage import seldom_collected
from kohyo.workspace.given_day import moment_of
from kohyo.workspace.issued_forms import base_bytes, base_file
from kohyo.workspace.journal import Record
from kohyo.workspace.known_books import KnownBook, known_book
from kohyo.workspace.known_definition import (
    FormDefinitions,
    definition_before,
    definition_bytes,
    form_definition_files,
    plan_of,
)
from kohyo.workspace.known_register import known_register, whole_register
from kohyo.workspace.lock import working
from kohyo.workspace.notices import tell
from kohyo.workspace.register_copies import definition_copies
from kohyo.workspace.transaction import Transaction, discarding, remove_under_way
from kohyo.workspace.untouched import begin_with

if TYPE_CHECKING:
    from kohyo.excel.register_book import PreparedSave

_DEFINES = "define"
"""The command that tells by itself what changed in the definition."""


@dataclass(frozen=True)
class Session:
    """What a use case works on: the workspace, its plan, the register as the secretariat left it."""

    workspace: Workspace
    plan: Plan
    loaded: LoadedRegister
    now: datetime
    files: Transaction
    """What the command writes; everything takes its place together, at ``commit`` or when the session ends."""
    before: Plan | None = None
    """The definition with which the register was last saved; None for none that is known."""
    repeated: Record | None = None
    """What this very command did before it was cut off, by now finished: it need not be done once more."""
    becomes: list[Plan] = field(default_factory=list)
    """What the command makes of the definition; at most one."""
    kept: set[str] = field(default_factory=set)
    """The shapes of definitions that are kept with the forms that the command sends out."""

    @property
    def register(self) -> Register:
        """The register in today's words, with the secretariat's own edits written into its history."""
        return reworded(self.loaded.edited, self.plan, self.now)

    @cached_property
    def forms(self) -> FormDefinitions:
        """The definitions under which forms went out."""
        return FormDefinitions(self.workspace, self.plan)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong in the register itself."""
        return self.loaded.findings

    def prepare(self, register: Register) -> PreparedSave:
        """Write what the register becomes beside the old one; it takes its place at ``commit``."""
        from kohyo.excel.register_book.register_save import prepare_save  # noqa: PLC0415 - many commands save none

        self.files.begin()
        place = self.workspace
        return prepare_save(place.register, self.plan, self.loaded, register, backups=place.backups, now=self.now)

    def commit(self, register: PreparedSave | None = None, *, in_place: bool = False) -> SaveResult:
        """Put all that was written in its place, the register first; raise FileError when that cannot be saved."""
        self._keep_definition()
        if register is not None:
            plan = self.becomes[-1] if self.becomes else self.plan
            self.files.put(self.workspace.known_definition, definition_bytes(plan))
        return self.files.commit(register, in_place=in_place)

    def _keep_definition(self) -> None:
        """Keep a copy of a definition that is not as the last one kept, when anything is written at all."""
        copies = definition_copies(self.workspace)
        data = read_whole(self.workspace.definition)
        if self.files.begun and not (copies and _is(copies[-1].path, data)):
            self.files.put(backup_file(self.workspace.definition, self.workspace.second_copies, self.now), data)

    def put_tables(self, path: Path, tables: Sequence[Table], plan: Plan | None = None) -> None:
        """Write tables into one workbook; raise FileError when it cannot be written."""
        known = known_book(self.workspace, path, [plan or self.plan], tables)
        standing = known.as_of(self.now)
        self.files.put(path, standing[0] if standing else self._written(known, tables, plan or self.plan))

    def _written(self, known: KnownBook, tables: Sequence[Table], plan: Plan) -> bytes:
        from kohyo.excel.table_book.table_writer import table_book  # noqa: PLC0415 - many commands write none

        content = table_book(plan, tables, created=self.now)
        known.keep(content, {})
        return content

    def put_twins(self, folder: Path, tables: Sequence[Table]) -> tuple[Path, ...]:
        """Write the machine-readable twins of tables (CSV, JSON); return where they will lie."""
        from kohyo.excel.table_book.data_files import twins  # noqa: PLC0415 - many commands write none
        from kohyo.tables.for_machines import for_machines  # noqa: PLC0415 - likewise

        return self.put_all(folder, twins([for_machines(self.plan, table) for table in tables]))

    def put_all(self, folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write files by their names into a folder; return where they will lie."""
        for name, content in contents.items():
            self.files.put(folder / name, content)
        return tuple(folder / name for name in contents)

    def put_base(self, issue: IssuedForm) -> None:
        """Keep, twice, what a form holds as it goes out; raise FileError when that cannot be done."""
        if issue.definition == shape_of(self.plan) and issue.definition not in self.kept:
            content = definition_bytes(as_written(self.plan))
            for path in form_definition_files(self.workspace, issue.definition):
                self.files.put(path, content)
            self.kept.add(issue.definition)
        path = base_file(self.workspace.bases, issue)
        self.files.put(path, base_bytes(issue))
        self.files.keep(self.workspace.base_copies, path)

    def change_definition(self, new: Plan) -> None:
        """Write what the definition's workbook becomes, and keep it as it was; nothing when it does not change.

        Raises FileError when the workbook is open or cannot be read or written.
        """
        from kohyo.excel.definition_book.definition_update import (  # noqa: PLC0415 - few commands change it
            changes_definition,
            write_changed_definition,
        )

        path = self.workspace.definition
        self.becomes.append(carried_over(new, self.plan))
        if not changes_definition(path, self.plan, new):
            return
        before = read_whole(path)
        self.files.put(backup_file(path, self.workspace.backups, self.now), before)
        saving = self.files.place(path, expected=sha256(before).hexdigest())
        write_changed_definition(path, saving, self.plan, new)

    def save(self, register: Register) -> SaveResult:
        """Save the register, atomically and with a copy of the old one in 控え, with all else that was written."""
        return self.commit(self.prepare(register))


@contextmanager
def session(  # noqa: PLR0913 - what is wanted differently is named
    root: Location,
    command: str,
    now: datetime | None = None,
    *,
    reading: bool = False,
    looking: bool = False,
    asked: str = "",
    taken_up: tuple[Record, ...] | None = None,
) -> Iterator[Session]:
    """Open a workspace for the work of ``command``; what that wrote takes its place when it ends.

    ``asked`` is what it is asked for, where it does something else each time; ``taken_up`` is what ``working`` yielded
    to a command that is at work there already. What only looks at the register
    (``looking``) takes it as it is known and cannot save it; what only reads (``reading``) works also where nothing
    can be written. Raises UsageError, DefinitionError or FileError when the workspace cannot be
    opened.
    """
    workspace = open_workspace(root)
    locked = working(workspace, reading=reading) if taken_up is None else nullcontext(taken_up)
    with locked as done, seldom_collected():
        before = definition_before(workspace)
        begun = not reading and begin_with(workspace)
        plan = plan_of(workspace, keep=not reading)
        if not (reading or begun or command == _DEFINES):
            _tell_changes(workspace, plan)
        if not workspace.register.is_file():
            raise UsageError("no_register", path=workspace.register)
        moment = moment_of(now)
        settled = _settled(workspace, moment)
        with _told_if_nothing_else(settled):
            looks = reading or looking
            known = known_register(workspace, plan, moment, keep=not reading) if looks else None
            loaded = known or whole_register(workspace, plan, moment)
            dated = with_years(loaded.register, loaded.edited.changes, plan.cycle.year)
            known = replace(loaded, register=dated, findings=(*settled, *loaded.findings))
            repeated = next((record for record in done if record.answers(command, asked)), None)
            with discarding(Transaction(workspace, command, moment, asked)) as files:
                current = Session(workspace, plan, known, moment, files, before, repeated)
                yield current
                current.commit()


def _tell_changes(workspace: Workspace, plan: Plan) -> None:
    """Say of an edited definition that it is another than the register was last saved with: all follows it from now."""
    before = definition_before(workspace)
    if before is None or as_written(before) == as_written(plan):
        return
    from kohyo.definition.changes import definition_changes  # noqa: PLC0415 - seldom does it change

    changes = definition_changes(before, plan)
    if changes:
        tell("definition_changed", count=len(changes))


@contextmanager
def _told_if_nothing_else(settled: Iterable[Finding]) -> Iterator[None]:
    """Say of a register that waited that it took its place, where the command ends without a result to say it in."""
    try:
        yield
    except BaseException:
        for finding in settled:
            tell("settled", waiting=finding.value)
        raise


def _settled(workspace: Workspace, moment: datetime) -> tuple[Finding, ...]:
    """Put a register that waits in its place; where that is cut off, the next command clears up what it left."""
    if not waits(workspace.register, workspace.backups):
        return ()
    from kohyo.excel.register_book.pending_save import settle_waiting  # noqa: PLC0415 - seldom does one wait

    with suppress(OSError):
        workspace.under_way.mkdir(parents=True, exist_ok=True)
    try:
        return settle_waiting(workspace.register, backups=workspace.backups, now=moment)
    finally:
        with suppress(OSError):
            remove_under_way(workspace)


def _is(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def stop_if_broken(current: Session, besides: Iterable[Finding] = ()) -> None:
    """Raise FileError when the register must be mended by hand first: something is gone, or contents changed rows.

    One row that cannot be used stops nothing: it keeps what it was or is left aside, and the findings say so. A
    command for which every row counts names such faults (``row_faults``) among those that stop it ``besides``.
    """
    faults = (*current.loaded.stopping, *(found for found in besides if severity(found.code) is Severity.ERROR))
    if faults:
        details = wording("errors.bullet").join(located(finding) for finding in faults)
        name = current.workspace.register.name
        raise FileError("register_broken", register=name, count=len(faults), details=details)


def row_faults(current: Session, *, items: bool = False) -> tuple[Finding, ...]:
    """Return the faults of single rows and cells, only those of 項目 if asked for ``items``."""
    from kohyo.excel.register_book.book_sheet import ITEMS  # noqa: PLC0415 - a register that is known has none

    title = current.loaded.tables[ITEMS].title if ITEMS in current.loaded.tables else ""
    return tuple(
        found
        for found in current.findings
        if severity(found.code) is Severity.ERROR
        and found not in current.loaded.stopping
        and (not items or found.place.sheet == title)
    )

"""Define (定義の反映): what an edited definition changes in a living workspace, and the register brought in line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kohyo.definition.changes import DefinitionChange, definition_changes, exchanged_codes
from kohyo.definition.shape import shape_of
from kohyo.excel.register_book import SaveResult
from kohyo.excel.register_book.register_columns import (
    CONTRIBUTIONS,
    ITEMS,
    BookColumn,
    BookSheet,
    read_sheets,
)
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.tables.table_books import table_books
from kohyo.workspace.folder import Location
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.known_definition import definition_before
from kohyo.workspace.session import Session, session, stop_if_broken


@dataclass(frozen=True)
class RegisterColumn:
    """A column of the register, by sheet and heading, that a changed definition adds, renames or keeps.

    ``before`` is the heading that it has so far, ``filled`` in how many rows something stands that is kept.
    """

    sheet: str
    heading: str
    before: str = ""
    filled: int = 0


@dataclass(frozen=True)
class Defined:
    """What changed in the definition since the register was last saved, and what it does; whether it was applied.

    ``exchanged`` are rows whose code seems to have been changed, so that they count as others: gone and added.
    ``forms`` are the departments and open forms that have a form of before and have not answered it.
    """

    changes: tuple[DefinitionChange, ...]
    exchanged: tuple[tuple[DefinitionChange, DefinitionChange], ...]
    renamed: tuple[RegisterColumn, ...]
    added: tuple[RegisterColumn, ...]
    kept: tuple[RegisterColumn, ...]
    forms: tuple[str, ...]
    made: tuple[str, ...]
    unmade: tuple[str, ...]
    altered: tuple[str, ...]
    applied: bool
    findings: tuple[Finding, ...]
    saved: SaveResult

    @property
    def needs_person(self) -> bool:
        """Tell whether changes wait to be applied, or the register waits beside one that is open."""
        return bool(self.changes and not self.applied) or self.saved.waiting is not None


def define(root: Location, now: datetime | None = None, *, check: bool = False) -> Defined:
    """Bring the register in line with its definition; with ``check`` only tell what that would do.

    Columns get the headings that their fields have today and new ones are added; what nobody is asked for any more
    keeps its column and content. Forms that went out before are read by what they asked. Raises DefinitionError for a
    broken definition, UsageError without a register, FileError when it cannot be read or saved.
    """
    with session(root, "define", now, reading=check) as current:
        before = definition_before(current.workspace) or current.plan
        changes = definition_changes(before, current.plan)
        renamed, added, kept = _register(before, current.plan, current.register)
        made, unmade, altered = _tables(before, current.plan)
        forms = tuple(dict.fromkeys(_out(current)))
        saved = SaveResult(changed=False)
        if not check:
            stop_if_broken(current)
            saved = current.save(current.register)
        return Defined(
            changes,
            tuple(exchanged_codes(changes)),
            renamed,
            added,
            kept,
            forms,
            made,
            unmade,
            altered,
            applied=not check,
            findings=(*current.findings, *saved.findings),
            saved=saved,
        )


def _register(
    before: Plan, plan: Plan, register: Register
) -> tuple[tuple[RegisterColumn, ...], tuple[RegisterColumn, ...], tuple[RegisterColumn, ...]]:
    """Return the register's columns that are renamed, that are added, and that are kept though nobody fills them."""
    old = {sheet.key: {column.name: column for column in sheet.columns} for sheet in read_sheets(before)}
    renamed, added, kept = [], [], []
    for sheet in read_sheets(plan):
        known = old.get(sheet.key, {})
        for column in sheet.columns:
            was = known.get(column.name)
            if was is None:
                added.append(RegisterColumn(sheet.title, column.label))
                continue
            if was.label != column.label:
                renamed.append(RegisterColumn(sheet.title, column.label, was.label))
            if _retired(column) and not _retired(was):
                kept.append(RegisterColumn(sheet.title, column.label, "", _filled(register, sheet, column.name)))
    return tuple(renamed), tuple(added), tuple(kept)


def _retired(column: BookColumn) -> bool:
    return column.field is not None and column.field.retired


def _filled(register: Register, sheet: BookSheet, field: str) -> int:
    """Return in how many rows of a sheet a field says something."""
    sent = [entry.values for entry in register.submissions if entry.kind in sheet.kinds]
    rows = {
        ITEMS: [item.values for item in register.items],
        CONTRIBUTIONS: [row.values for row in register.contributions],
    }
    return sum(row.get(field) not in (None, "", Tick.UNKNOWN) for row in rows.get(sheet.key, sent))


def _tables(before: Plan, plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the books of tables that are made from now on, that are made no more, and printed tables that change."""
    old, new = ([book.name for book in table_books(known)] for known in (before, plan))
    content = {table.name: table for table in before.tables}
    altered = [table.name for table in plan.tables if table.name in content and table != content[table.name]]
    return _besides(new, old), _besides(old, new), tuple(altered)


def _besides(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _out(current: Session) -> Iterator[str]:
    """Yield whose last form asks what the definition before today's asked, and has not come back."""
    issues = load_bases(current.workspace, current.plan)
    answered = {row.control for row in current.register.receipts if row.outcome in READABLE}
    last: dict[str, IssuedForm] = {}
    for issue in issues.values():
        if issue.department not in last or last[issue.department].round < issue.round:
            last[issue.department] = issue
    shape = shape_of(current.plan)
    for name, issue in last.items():
        if issue.definition not in ("", shape) and issue.control not in answered:
            yield name

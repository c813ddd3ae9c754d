"""Define (定義の反映): what an edited definition changes in a living workspace, and the register brought in line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.carry_over import carried_over
from kohyo.definition.changes import DefinitionChange, definition_changes, exchanged_codes, reworded_choices
from kohyo.definition.fields import all_fields
from kohyo.definition.shape import shape_of
from kohyo.excel.register_book import SaveResult
from kohyo.excel.register_book.book_sheet import CONTRIBUTIONS, ITEMS, BookColumn, BookSheet
from kohyo.excel.register_book.register_columns import read_sheets
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FormerChoice
from kohyo.model.register import Register
from kohyo.model.submission_status import MovedDeadline
from kohyo.model.tick import Tick
from kohyo.returns.deadlines import moved_deadlines
from kohyo.tables.table_books import table_books
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.session import Session, session, stop_if_broken
from kohyo.workspace.untouched import begins_anew


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
class RenamedTab:
    """A sheet of the register that is new (``before`` is empty) or gets another title.

    It is ``retired`` where nobody is asked for it any more.
    """

    before: str
    after: str
    retired: bool


@dataclass(frozen=True)
class RewordedChoice:
    """A choice whose word alone was exchanged at its place: the list, the word before and the one of today."""

    choices: str
    before: str
    after: str


@dataclass(frozen=True)
class Defined:
    """What changed in the definition since the register was last saved, and what it does; whether it was applied.

    ``exchanged`` are rows whose code seems to have been changed, so that they count as others: gone and added.
    ``forms`` are the departments and open forms that have a form of before and have not answered it, ``reworded`` the
    choices that may be the same in other words, which only a person knows. ``moved`` are deadlines that the forms which
    are out do not name.
    """

    changes: tuple[DefinitionChange, ...]
    exchanged: tuple[tuple[DefinitionChange, DefinitionChange], ...]
    renamed: tuple[RegisterColumn, ...]
    added: tuple[RegisterColumn, ...]
    kept: tuple[RegisterColumn, ...]
    tabs: tuple[RenamedTab, ...]
    forms: tuple[str, ...]
    moved: tuple[MovedDeadline, ...]
    reworded: tuple[RewordedChoice, ...]
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


def define(root: Location, now: datetime | None = None, *, check: bool = False, same_choices: bool = False) -> Defined:
    """Bring the register in line with its definition; with ``check`` only tell what that would do.

    With ``same_choices`` a choice whose word alone was exchanged at its place counts as the same one: the definition
    gets the former word beside it (以前の言葉), and what was answered in that is put into the new one.

    Columns get the headings that their fields have today and new ones are added; what nobody is asked for any more
    keeps its column and content. Forms that went out before are read by what they asked. Raises DefinitionError for a
    broken definition, UsageError without a register, FileError when it cannot be read or saved.
    """
    with session(root, "define", now, reading=check) as opened:
        if not check:
            stop_if_broken(opened)
        before = opened.before or opened.plan
        current = _with_former_words(opened, before) if same_choices and not check else opened
        plan = (begins_anew(opened.workspace) if check else None) or current.plan
        changes = definition_changes(before, plan)
        renamed, added, kept = _register(before, plan, current)
        made, unmade, altered = _tables(before, plan)
        issues = load_bases(current.workspace, plan)
        forms = tuple(dict.fromkeys(_out(current, issues)))
        known = moved_deadlines(before, current.register, issues)
        moved = tuple(entry for entry in moved_deadlines(plan, current.register, issues) if entry not in known)
        saved = SaveResult(changed=False)
        if not check:
            saved = current.save(current.register)
        return Defined(
            changes,
            tuple(exchanged_codes(changes)),
            renamed,
            added,
            kept,
            tuple(_tabs(before, plan)),
            forms,
            moved,
            tuple(RewordedChoice(*found) for found in reworded_choices(before, plan)),
            made,
            unmade,
            altered,
            applied=not check,
            findings=(*_unanswered(opened, current), *saved.findings),
            saved=saved,
        )


def _with_former_words(current: Session, before: Plan) -> Session:
    """Write beside each choice that was reworded what it was called, and go on with that definition."""
    proposed = {(name, after): word for name, word, after in reworded_choices(before, current.plan)}
    if not proposed:
        return current
    choices = []
    for listed in current.plan.choices:
        known = {entry.value: entry.names for entry in listed.former}
        for value in listed.values:
            if (listed.name, value) in proposed:
                known[value] = (*known.get(value, ()), proposed[listed.name, value])
        former = tuple(FormerChoice(value=value, names=known[value]) for value in listed.values if value in known)
        choices.append(listed.model_copy(update={"former": former}))
    plan = current.plan.model_copy(update={"choices": tuple(choices)})
    current.change_definition(plan)
    return replace(current, plan=carried_over(plan, before))


def _unanswered(before: Session, current: Session) -> Iterator[Finding]:
    """Yield what is wrong in the register; a word of the past is not, once it is told what it means today."""
    words = {word for field in all_fields(current.plan) for word, _ in field.former_choices}
    for found in before.findings:
        if not (found.code is Code.K508 and key(found.value) in words):
            yield found


def _register(
    before: Plan, plan: Plan, current: Session
) -> tuple[tuple[RegisterColumn, ...], tuple[RegisterColumn, ...], tuple[RegisterColumn, ...]]:
    """Return the register's columns that are renamed, that are added, and that are kept though nobody fills them."""
    old = {sheet.key: {column.name: column for column in sheet.columns} for sheet in read_sheets(before)}
    renamed, added, kept = [], [], []
    for sheet in (sheet for sheet in read_sheets(plan) if not sheet.when_filled or sheet.key in current.loaded.tables):
        if sheet.key not in old:
            continue
        known = old[sheet.key]
        for column in sheet.columns:
            was = known.get(column.name)
            if was is None:
                added.append(RegisterColumn(sheet.title, column.label))
                continue
            if was.label != column.label:
                renamed.append(RegisterColumn(sheet.title, column.label, was.label))
            if _retired(column) and not _retired(was):
                kept.append(
                    RegisterColumn(sheet.title, column.label, "", _filled(current.register, sheet, column.name))
                )
    return tuple(renamed), tuple(added), tuple(kept)


def _tabs(before: Plan, plan: Plan) -> Iterator[RenamedTab]:
    """Yield the sheets of the register that are new or called otherwise under the new definition."""
    old = {sheet.key: sheet.title for sheet in read_sheets(before)}
    gone = {kind.key for kind in plan.remembered.kinds}
    for sheet in read_sheets(plan):
        was = old.get(sheet.key, "")
        if was != sheet.title and not (sheet.when_filled and not was):
            yield RenamedTab(was, sheet.title, sheet.key in gone)


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


def _out(current: Session, issues: Mapping[str, IssuedForm]) -> Iterator[str]:
    """Yield whose last form asks what the definition before today's asked, and has not come back."""
    answered = {row.control for row in current.register.receipts if row.outcome in READABLE}
    last: dict[str, IssuedForm] = {}
    for issue in issues.values():
        if issue.department not in last or last[issue.department].round < issue.round:
            last[issue.department] = issue
    shape = shape_of(current.plan)
    for name, issue in last.items():
        if issue.definition not in ("", shape) and issue.control not in answered:
            yield name

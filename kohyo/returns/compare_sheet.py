"""What a returned sheet holds (部の記入), as it can go out again: whatever was written stands where it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kohyo.definition.fields import FormField, form_fields
from kohyo.messages import severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.plan import Plan
from kohyo.model.response import Answers, Found, RawAnswer, RawSheet, SheetIssue
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import as_typed


@dataclass(frozen=True)
class Trouble:
    """A finding that somebody must mend or look at, and the answers that it is about, by name with their block."""

    finding: Finding
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldSheet:
    """A returned sheet against ``base``, the sheet it was when it went out: what was changed, what is not read.

    A copy of a sheet (``copied``) has the original as its base. ``changes`` hold every answer that differs from
    the base, in ``unread`` are the names of those that could not be trusted and stand as they were written.
    """

    tab: str
    base: SheetIssue
    copied: bool
    changes: Mapping[str, FieldValue]
    unread: frozenset[str]
    troubles: tuple[Trouble, ...] = ()

    def applied(self, sheet: SheetIssue, disputed: Collection[str] = ()) -> SheetIssue:
        """Return ``sheet`` with what was written here, as it goes out again.

        What the register has not taken, ``unread`` or ``disputed``, keeps the register's own value as its base.
        """
        values, before = dict(sheet.values), dict(sheet.before)
        for name, value in self.changes.items():
            values[name] = value
            before.pop(name, None)
            if name in self.unread or name in disputed:
                before[name] = sheet.known.get(name)
        return replace(sheet, values=values, before=before)


@dataclass(frozen=True)
class _Written:
    """The answers of a sheet as they stand in it: what was trusted, by name with the block."""

    fields: Mapping[str, FormField]
    sheet: RawSheet
    base: SheetIssue
    trusted: Mapping[str, FieldValue]
    touched: frozenset[int]
    unread: set[str] = field(default_factory=set)

    def changes(self) -> Iterator[tuple[str, FieldValue]]:
        """Yield every answer that differs from the base, and note those that could not be read."""
        for name, raw in self.sheet.answers.items():
            if raw.found is Found.NOT_FOUND or _plain(self.fields, name).readonly:
                continue
            value = self._value(name, raw)
            if value != self.base.values.get(name):
                yield name, value

    def _value(self, name: str, raw: RawAnswer) -> FieldValue:
        if name in self.trusted:
            return self.trusted[name]
        if block_of(name) not in self.touched:
            return Tick.UNKNOWN if _plain(self.fields, name).type == "tick" else None
        self.unread.add(name)
        return _as_written(raw.value)


def hold(plan: Plan, sheet: RawSheet, answers: Sequence[Answers], base: SheetIssue, *, copied: bool) -> HeldSheet:
    """Return what a sheet holds; ``answers`` are the trusted ones, one for each block that was touched."""
    trusted = {_named(name, one.block): given.value for one in answers for name, given in one.values.items()}
    written = _Written(_fields(plan, sheet), sheet, base, trusted, frozenset(one.block for one in answers))
    changes = dict(written.changes())
    return HeldSheet(sheet.place.sheet, base, copied, changes, frozenset(written.unread))


def troubles(plan: Plan, sheet: RawSheet, findings: Iterable[Finding]) -> tuple[Trouble, ...]:
    """Return the findings about a sheet that weigh more than 情報, each with the answers it is about."""
    fields = _fields(plan, sheet)
    return tuple(
        Trouble(finding, _meant(fields, sheet, finding))
        for finding in findings
        if finding.place.sheet == sheet.place.sheet and severity(finding.code) is not Severity.INFO
    )


def block_values(values: Mapping[str, FieldValue], block: int) -> dict[str, FieldValue]:
    """Return the values of one block by plain names; of a sheet without blocks all of them."""
    return {name.partition(".")[0]: value for name, value in values.items() if block_of(name) == block}


def block_of(name: str) -> int:
    """Return the block that an answer's name carries, 0 for none."""
    return int(name.partition(".")[2] or 0)


def _named(name: str, block: int) -> str:
    return f"{name}.{block}" if block else name


def _meant(fields: Mapping[str, FormField], sheet: RawSheet, finding: Finding) -> tuple[str, ...]:
    """Return the names of the answers that a finding is about: by its label, among equals by its cell."""
    labels = {finding.field, *finding.field.split(wording("text.list.joiner"))} - {""}
    named = tuple(name for name in sheet.answers if labels & _labels(_plain(fields, name)))
    at = tuple(name for name in named if sheet.answers[name].place.cell == finding.place.cell)
    if len(labels) > 1 or not at:
        return named if len(labels) > 1 else named[:1]
    return at


def _labels(found: FormField) -> set[str]:
    return {found.label, found.register_label}


def _fields(plan: Plan, sheet: RawSheet) -> dict[str, FormField]:
    return {found.name: found for found in form_fields(plan, sheet.kind)}


def _plain(fields: Mapping[str, FormField], name: str) -> FormField:
    """Return the field of an answer whose name may carry a block."""
    return fields[name.partition(".")[0]]


def _as_written(raw: RawValue) -> FieldValue:
    """Return what stood in a cell as a value that a form can hold again."""
    if raw is None or (isinstance(raw, (int, float)) and not isinstance(raw, bool)):
        return raw
    if isinstance(raw, (bool, str, datetime)):
        return as_typed(raw)
    return raw

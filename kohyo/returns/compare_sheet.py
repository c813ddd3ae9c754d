"""What a returned sheet holds (部の記入), as it can go out again: whatever was written stands where it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kohyo.definition.fields import FormField, fields_by_name
from kohyo.messages import severity, wording
from kohyo.model.answer_name import answer_name, block_of, field_of
from kohyo.model.finding import Finding, Severity
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answers, Found, RawAnswer, RawSheet
from kohyo.model.returned_file import ReturnedSheet, SheetFinding
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.asked_fields import outside_fields
from kohyo.returns.parse_value import as_typed


@dataclass(frozen=True)
class _Written:
    """The answers of a sheet as they stand in it: what was trusted, by name with the block."""

    fields: Mapping[str, FormField]
    sheet: RawSheet
    base: IssuedSheet
    trusted: Mapping[str, FieldValue]
    touched: frozenset[int]
    outside: Collection[str]
    """What asks nothing, because it is about a year in which the item does not exist."""
    unread: set[str] = field(default_factory=set)

    def changes(self) -> Iterator[tuple[str, FieldValue]]:
        """Yield every answer that differs from the base, and note those that could not be read."""
        fields, trusted, sent, nowhere = self.fields, self.trusted, self.base.values, Found.NOT_FOUND
        for name, raw in self.sheet.answers.items():
            if name in self.outside or raw.found is nowhere or (fields.get(name) or _plain(fields, name)).readonly:
                continue
            value = trusted[name] if name in trusted else self._value(name, raw)
            if value != sent.get(name):
                yield name, value

    def _value(self, name: str, raw: RawAnswer) -> FieldValue:
        if block_of(name) not in self.touched:
            return Tick.UNKNOWN if _plain(self.fields, name).type == "tick" else None
        self.unread.add(name)
        return _as_written(raw.value)


def compare_sheet(
    plan: Plan, sheet: RawSheet, answers: Sequence[Answers], base: IssuedSheet, *, copied: bool
) -> ReturnedSheet:
    """Return what a sheet holds; ``answers`` are the trusted ones, one for each block that was touched."""
    trusted: dict[str, FieldValue] = {}
    for part in answers:
        names = (answer_name(field, part.block) for field in part.values) if part.block else part.values
        trusted.update(zip(names, [answer.value for answer in part.values.values()], strict=True))
    touched, outside = frozenset(part.block for part in answers), outside_fields(plan, sheet.kind, base)
    written = _Written(fields_by_name(plan, sheet.kind), sheet, base, trusted, touched, outside)
    changes = dict(written.changes())
    return ReturnedSheet(sheet.place.sheet, base, copied, changes, frozenset(written.unread))


def sheet_findings(plan: Plan, sheet: RawSheet, findings: Iterable[Finding]) -> tuple[SheetFinding, ...]:
    """Return the findings about a sheet that weigh more than 情報, each with the answers it is about."""
    fields = fields_by_name(plan, sheet.kind)
    return tuple(
        SheetFinding(finding, _meant(fields, sheet, finding))
        for finding in findings
        if finding.place.sheet == sheet.place.sheet and severity(finding.code) is not Severity.INFO
    )


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


def _plain(fields: Mapping[str, FormField], name: str) -> FormField:
    """Return the field of an answer whose name may carry a block."""
    return fields[field_of(name)]


def _as_written(raw: RawValue) -> FieldValue:
    """Return what stood in a cell as a value that a form can hold again."""
    if raw is None or (isinstance(raw, (int, float)) and not isinstance(raw, bool)):
        return raw
    if isinstance(raw, (bool, str, datetime)):
        return as_typed(raw)
    return raw

"""Submissions (提案・課題・好事例), what departments sent besides the item sheets: a list per kind of sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.fields import FormField
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.register import Register, Submission
from kohyo.model.table import Cell, Column, Mark, Names, Row, Scalar, Table
from kohyo.model.value import FieldValue
from kohyo.tables.building_blocks import heading, nothing, version
from kohyo.tables.field_groups import groups, kind_title, progress_groups, shown_fields
from kohyo.tables.field_text import labelled_lines, record_columns, record_values, show_field, ticked_labels
from kohyo.text.dates import fiscal_year_label, show_date

SENT_TITLE = "title"
_MOST_COLUMNS = 6
_LEAST_WIDTH, _MOST_WIDTH = 5.0, 24.0
_WIDTHS = {"multiline": 20.0, "text": 11.0}
_TICKS_WIDTH = 7.0
_LINE = 24
"""How many characters a column has room for on a line; what is longer than that takes room by its square root."""
SENT_NAMES: Mapping[str, Names] = {"department": "department"}


@dataclass(frozen=True)
class _ListColumn:
    """A column of a list and the fields that it shows."""

    column: Column
    fields: tuple[FormField, ...]

    def cell(self, plan: Plan, values: Mapping[str, FieldValue]) -> Cell:
        """Return the cell of a submission; a field of its own needs no label."""
        if all(field.type == "tick" for field in self.fields):
            return Cell(ticked_labels(self.fields, values))
        if len(self.fields) > 1:
            return Cell(labelled_lines(plan, self.fields, values))
        field = self.fields[0]
        mark: Mark = "title" if field.name == SENT_TITLE else ""
        return Cell(show_field(plan, field, values.get(field.name)), mark)


def block_tables(kind: SheetKind, plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the year's list of one kind of block (課題一覧, 好事例一覧 …), then those of earlier years."""
    years = earlier_years(plan, register, {kind.key})
    earlier = (submission_list(plan, kind, register.sent_in(year), year) for year in years)
    return (submission_list(plan, kind, register.sent_in(plan.cycle.year)), *earlier)


def earlier_years(plan: Plan, register: Register, kinds: Collection[str]) -> Sequence[int]:
    """Return the earlier years in which anything of the kinds was sent, the last one first."""
    years = {entry.year for entry in register.submissions if entry.kind in kinds and entry.year}
    return sorted(years - {plan.cycle.year}, reverse=True)


def called(name: str, year: int) -> str:
    """Return the name of a list, with its year where that is an earlier one."""
    return wording("printed.sent.of_year", name=name, year=fiscal_year_label(FiscalYear(year))) if year else name


def received(submission: Submission) -> Mapping[str, Scalar]:
    """Return the day on which something came, for machines and as it is printed."""
    day = submission.received_at.date()
    return {"received_at": day.isoformat(), "received_shown": show_date(day)}


def title_of_kind(plan: Plan, kind: SheetKind, year: int = 0) -> str:
    """Return what a kind is called in a year; an item's sheet that was sent besides is a copy."""
    title = kind_title(plan, kind, year)
    return wording("workbook.kinds.copied", title=title) if kind.per == "item" else title


def submission_list(plan: Plan, kind: SheetKind, submissions: Sequence[Submission], year: int = 0) -> Table:
    """Return the list of what came on one kind of sheet (課題一覧, 好事例一覧 …), in the order of the organisation.

    ``year`` names the earlier fiscal year that the list is of.
    """
    own = of_kind(plan, kind, submissions)
    fields = shown_fields(plan, kind.key)
    shown = _list_columns(plan, printed_fields(plan, kind))
    title = title_of_kind(plan, kind, year)
    if own:
        shown = [fitted for column in shown if (fitted := _fitted(plan, column, own))]
    named = not own or any(submission.department for submission in own)
    columns = (
        Column("place", wording("printed.sent.place"), 3, "center", "count"),
        *([Column("department", wording("printed.sent.department"), 8)] if named else []),
        *(entry.column for entry in shown),
    )
    return Table(
        name=called(title if kind.per != "block" else wording("printed.sent.name", title=title), year),
        title=called(wording("printed.sent.name", title=title), year),
        columns=columns,
        head=(heading(columns),),
        body=tuple(_row(plan, place, submission, shown, named=named) for place, submission in enumerate(own, 1))
        or (nothing(wording("printed.sent.none", title=title), len(columns)),),
        record_columns=_record_columns(fields),
        records=tuple(_record(plan, place, submission, fields) for place, submission in enumerate(own, 1)),
        subtitle=version(plan),
        landscape=True,
    )


def of_kind(plan: Plan, kind: SheetKind, submissions: Sequence[Submission]) -> list[Submission]:
    """Return what came on a kind of sheet: by department as it came, then what is from none."""
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    order[""] = len(order) + 1
    own = [submission for submission in submissions if submission.kind == kind.key]
    return sorted(own, key=lambda submission: order.get(submission.department, len(order) - 1))


def printed_fields(plan: Plan, kind: SheetKind) -> Sequence[FormField]:
    """Return what is printed of a kind: of a copied item sheet all but the results, which are another item's."""
    fields = shown_fields(plan, kind.key)
    results = {field for group in progress_groups(plan) for field in group.fields} if kind.per == "item" else set()
    return [field for field in fields if field not in results and not (kind.per == "item" and field.readonly)]


def _list_columns(plan: Plan, fields: Sequence[FormField]) -> list[_ListColumn]:
    """Return the columns of a list: a field each where they are few, otherwise the title and a band each."""
    if len(fields) <= _MOST_COLUMNS:
        return [_ListColumn(Column(field.name, field.label, _width([field])), (field,)) for field in fields]
    titles = [field for field in fields if field.name == SENT_TITLE]
    found = [_ListColumn(Column(field.name, field.label, _width([field])), (field,)) for field in titles]
    for at, group in enumerate(groups(plan, fields)):
        label = wording("tables.heads.perspectives") if group.is_ticks else group.label
        found.append(_ListColumn(Column(f"group{at}", label, _width(group.fields)), group.fields))
    return found


def _fitted(plan: Plan, column: _ListColumn, own: Sequence[Submission]) -> _ListColumn | None:
    """Return a column as wide as what it says here asks for; None where it says nothing."""
    told = [str(column.cell(plan, submission.values).text or "") for submission in own]
    longest = max((len(line) for text in told for line in text.split("\n")), default=0)
    if not longest:
        return None
    asked = longest if longest <= _LINE else _LINE * (longest / _LINE) ** 0.5
    width = max(_LEAST_WIDTH, len(column.column.label) + 1.0, asked)
    return replace(column, column=replace(column.column, width=width))


def _width(fields: Sequence[FormField]) -> float:
    """Return a width by how much the fields may say."""
    if all(field.type == "tick" for field in fields):
        return _TICKS_WIDTH
    needed = sum((_WIDTHS.get(field.type, _LEAST_WIDTH) / 2 for field in fields), start=_LEAST_WIDTH)
    return min(_MOST_WIDTH, needed)


def _row(plan: Plan, place: int, submission: Submission, shown: Sequence[_ListColumn], *, named: bool) -> Row:
    department = (Cell(submission.department),) if named else ()
    return Row((Cell(place, "number"), *department, *(column.cell(plan, submission.values) for column in shown)))


def _record_columns(fields: Sequence[FormField]) -> tuple[Column, ...]:
    counts = {"place", "year"}
    keys = ("place", "id", "department", "year", "copied_from", "received_at", "received_shown")
    own = (
        Column(
            key,
            wording(f"printed.sent.{key}"),
            6,
            holds="count" if key in counts else "text",
            names=SENT_NAMES.get(key, ""),
        )
        for key in keys
    )
    return (*own, *record_columns(fields))


def _record(plan: Plan, place: int, submission: Submission, fields: Sequence[FormField]) -> Mapping[str, Scalar]:
    return {
        "place": place,
        "id": submission.id,
        "department": submission.department or None,
        "year": submission.year or plan.cycle.year,
        "copied_from": submission.copied_from or None,
        **received(submission),
        **record_values(plan, fields, submission.values),
    }


def submission_texts(plan: Plan, submission: Submission, fields: Sequence[FormField] = ()) -> Iterator[str]:
    """Yield what was sent, a text a band, for a page where it stands among other things; ``fields`` are all if none."""
    for group in groups(plan, fields or shown_fields(plan, submission.kind)):
        if text := labelled_lines(plan, group.fields, submission.values):
            yield text

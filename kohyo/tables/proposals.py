"""The proposals of a year (提案一覧): what became of each, then what each says, whatever sheet it came on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.register import Register, Submission
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.tables.building_blocks import band, heading, nothing, spread, version
from kohyo.tables.field_groups import kinds_by
from kohyo.tables.submissions import (
    SENT_NAMES,
    SENT_TITLE,
    called,
    earlier_years,
    of_kind,
    printed_fields,
    received,
    submission_list,
    submission_texts,
    title_of_kind,
)
from kohyo.text.dates import fiscal_year_label

_WIDTHS = {"place": 3.0, "kind": 14.0, "department": 11.0, "title": 22.0, "received_at": 11.0}
_OUTCOME = {"decision": 6.0, "reason": 16.0, "became": 7.0, "first_year_shown": 8.0}


@dataclass(frozen=True)
class _Proposal:
    """A proposal with the sheet that it came on and its place in the list of the year."""

    place: int
    kind: SheetKind
    sent: Submission


def proposal_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the year's proposals in one list with what was decided, then in one table what they say.

    Those of earlier years follow in a list a year. Each kind that came has a twin of all its fields.
    """
    kinds = kinds_by(plan, "item", "blank")
    now = list(_proposals(plan, kinds, register, plan.cycle.year))
    lists = (
        replace(submission_list(plan, kind, [entry.sent for entry in now if entry.kind == kind]), printed=False)
        for kind in dict.fromkeys(entry.kind for entry in now)
    )
    years = earlier_years(plan, register, {kind.key for kind in kinds})
    earlier = (_overview(plan, register, list(_proposals(plan, kinds, register, year)), year) for year in years)
    told = (_told(plan, now),) if now else ()
    return (_overview(plan, register, now, plan.cycle.year), *told, *lists, *earlier)


def _proposals(plan: Plan, kinds: Sequence[SheetKind], register: Register, year: int) -> Iterator[_Proposal]:
    """Yield the proposals of a year by kind, each kind in the order of the organisation."""
    sent = register.sent_in(year)
    ordered = [(kind, entry) for kind in kinds for entry in of_kind(plan, kind, sent)]
    yield from (_Proposal(place, *entry) for place, entry in enumerate(ordered, 1))


def _overview(plan: Plan, register: Register, proposals: Sequence[_Proposal], year: int) -> Table:
    """Return a year's proposals with what was decided on each, why, and the item that it became."""
    columns = tuple(
        Column(key, wording(f"printed.sent.{key}"), width, names=SENT_NAMES.get(key, ""))
        for key, width in (_WIDTHS | _OUTCOME).items()
    )
    columns = (replace(columns[0], align="center", holds="count"), *columns[1:])
    records = tuple({**_record(plan, entry), **_outcome(register, entry.sent)} for entry in proposals)
    name = called(wording("printed.sent.proposals"), year if year != plan.cycle.year else 0)
    return Table(
        name=name,
        title=name,
        columns=columns,
        head=(heading(columns),),
        body=tuple(Row(tuple(_cell(record, column) for column in columns)) for record in records)
        or (nothing(wording("printed.sent.no_proposals"), len(columns)),),
        record_columns=(
            *columns,
            Column("first_year", wording("printed.sent.first_year"), 6, holds="count"),
            Column("received_shown", wording("printed.sent.received_shown"), 6),
            Column("year", wording("printed.sent.year"), 6, holds="count"),
            Column("id", wording("printed.sent.id"), 6),
        ),
        records=records,
        subtitle=version(plan),
        landscape=True,
    )


def _record(plan: Plan, entry: _Proposal) -> Mapping[str, Scalar]:
    return {
        "place": entry.place,
        "id": entry.sent.id,
        "kind": title_of_kind(plan, entry.kind, entry.sent.year),
        "year": entry.sent.year or plan.cycle.year,
        "department": entry.sent.department or None,
        "title": _title(entry.sent),
        **received(entry.sent),
    }


def _title(sent: Submission) -> str | None:
    return str(sent.values.get(SENT_TITLE) or "") or None


def _outcome(register: Register, sent: Submission) -> Mapping[str, Scalar]:
    """Return what was decided and why, the number of the item that a proposal became, and when it begins."""
    item = register.item(sent.item)
    return {
        "decision": wording(f"workbook.adoption.{sent.decision.value}") if sent.decision else None,
        "reason": sent.reason or None,
        "became": str(item.number) if item else None,
        "first_year": sent.first_year or None,
        "first_year_shown": fiscal_year_label(FiscalYear(sent.first_year)) if sent.first_year else None,
    }


def _cell(record: Mapping[str, Scalar], column: Column) -> Cell:
    marks: Mapping[str, Mark] = {"place": "number", "title": "title", "became": "number"}
    shown = "received_shown" if column.key == "received_at" else column.key
    return Cell(record[shown], marks.get(column.key, ""))


def _told(plan: Plan, proposals: Sequence[_Proposal]) -> Table:
    """Return what the proposals say, under a band for each kind of sheet; the place is that of the first list."""
    columns = (
        Column("place", wording("printed.sent.place"), 3, "center"),
        Column("department", wording("printed.sent.department"), 9),
        Column("title", wording("printed.sent.title"), 13),
        Column("left", wording("printed.sent.told"), 32),
        Column("right", "", 32),
    )
    body: list[Row] = []
    for kind in dict.fromkeys(entry.kind for entry in proposals):
        own = [entry for entry in proposals if entry.kind == kind]
        title = title_of_kind(plan, kind, plan.cycle.year)
        body.append(band(wording("printed.sent.band", title=title, count=len(own)), len(columns)))
        body += [_told_row(plan, entry) for entry in own]
    left = (Cell(column.label, "head") for column in columns[:3])
    return Table(
        name=wording("printed.sent.contents"),
        title=wording("printed.sent.contents"),
        columns=columns,
        head=(Row((*left, *spread(Cell(columns[3].label, "head"), 2))),),
        body=tuple(body),
        record_columns=(),
        records=(),
        subtitle=version(plan),
        landscape=True,
        joins=True,
    )


def _told_row(plan: Plan, entry: _Proposal) -> Row:
    """Return a proposal's row: its texts in two columns of about the same length."""
    texts = list(submission_texts(plan, entry.sent, printed_fields(plan, entry.kind)))
    half = min(range(len(texts) + 1), key=lambda at: abs(len("".join(texts[:at])) - len("".join(texts[at:]))))
    sides = ("\n".join(part) or None for part in (texts[:half], texts[half:]))
    who = (Cell(entry.place, "number"), Cell(entry.sent.department or None), Cell(_title(entry.sent), "title"))
    return Row((*who, *map(Cell, sides)))

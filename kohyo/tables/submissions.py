"""What departments sent besides the item sheets (提案・課題・好事例): a list per kind of sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kohyo.definition.fields import FormField
from kohyo.messages import wording
from kohyo.model.plan import Plan, SheetKind
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.model.value import FieldValue
from kohyo.tables.building_blocks import heading, nothing, version
from kohyo.tables.field_groups import groups, kind_title, kinds_by, progress_groups, shown_fields
from kohyo.tables.field_text import lines, perspectives, told, twin_columns, twin_values
from kohyo.text.dates import show_date

_TITLE = "title"
_MOST_COLUMNS = 6
_LEAST_WIDTH, _MOST_WIDTH = 5.0, 24.0
_WIDTHS = {"multiline": 20.0, "text": 11.0}
_TICKS_WIDTH = 7.0


@dataclass(frozen=True)
class Sent:
    """One thing that was sent: its id, the sheet kind it came on, from whom, what it says."""

    id: str
    kind: str
    department: str
    values: Mapping[str, FieldValue]
    received_at: datetime
    copied_from: str = ""


@dataclass(frozen=True)
class _Shown:
    """A column of a list and the fields that it tells."""

    column: Column
    fields: tuple[FormField, ...]

    def told(self, plan: Plan, values: Mapping[str, FieldValue]) -> Cell:
        """Return the cell of what was sent; a field of its own needs no label."""
        if all(field.type == "tick" for field in self.fields):
            return Cell(perspectives(self.fields, values))
        if len(self.fields) > 1:
            return Cell(lines(plan, self.fields, values))
        field = self.fields[0]
        mark: Mark = "title" if field.name == _TITLE else ""
        return Cell(told(plan, field, values.get(field.name)), mark)


def proposal_lists(plan: Plan, sent: Sequence[Sent]) -> tuple[Table, ...]:
    """Return all proposals in one list, then in full a list per kind (部の提案, 職員提案 …) that has any."""
    kinds = kinds_by(plan, "item", "blank")
    came = {one.kind for one in sent}
    return (_overview(plan, kinds, sent), *(sent_list(plan, kind, sent) for kind in kinds if kind.key in came))


def _overview(plan: Plan, kinds: Sequence[SheetKind], sent: Sequence[Sent]) -> Table:
    widths = {"place": 3.0, "kind": 16.0, "department": 12.0, "title": 24.0, "received_at": 14.0}
    columns = tuple(
        Column(key, wording(f"printed.sent.{key}"), width, "center" if key == "place" else "left")
        for key, width in widths.items()
    )
    own = [(kind, one) for kind in kinds for one in _own(plan, kind, sent)]
    records = tuple(_overview_record(plan, place, kind, one) for place, (kind, one) in enumerate(own, 1))
    return Table(
        name=wording("printed.sent.proposals"),
        title=wording("printed.sent.proposals"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(Row(tuple(_overview_cell(record, column) for column in columns)) for record in records)
        or (nothing(wording("printed.sent.no_proposals"), len(columns)),),
        record_columns=(
            *columns,
            *(Column(key, wording(f"printed.sent.{key}"), 6) for key in ("received_shown", "id")),
        ),
        records=records,
        subtitle=version(plan),
    )


def _overview_record(plan: Plan, place: int, kind: SheetKind, one: Sent) -> Mapping[str, Scalar]:
    return {
        "place": place,
        "id": one.id,
        "kind": _called(plan, kind),
        "department": one.department or None,
        "title": str(one.values.get(_TITLE) or "") or None,
        "received_at": one.received_at.date().isoformat(),
        "received_shown": show_date(one.received_at.date()),
    }


def _overview_cell(record: Mapping[str, Scalar], column: Column) -> Cell:
    marks: Mapping[str, Mark] = {"place": "number", "title": "title"}
    shown = "received_shown" if column.key == "received_at" else column.key
    return Cell(record[shown], marks.get(column.key, ""))


def _called(plan: Plan, kind: SheetKind) -> str:
    """Return what a kind is called; an item's sheet that was sent besides is a copy."""
    title = kind_title(plan, kind)
    return wording("workbook.kinds.copied", title=title) if kind.per == "item" else title


def sent_list(plan: Plan, kind: SheetKind, sent: Sequence[Sent]) -> Table:
    """Return the list of what came on one kind of sheet (課題一覧, 好事例一覧 …), in the order of the organisation."""
    own = _own(plan, kind, sent)
    fields = shown_fields(plan, kind.key)
    shown = _shown(plan, _proposed(plan, kind, fields))
    title = _called(plan, kind)
    if own:
        shown = [column for column in shown if any(column.told(plan, one.values).text for one in own)]
    named = not own or any(one.department for one in own)
    columns = (
        Column("place", wording("printed.sent.place"), 3, "center"),
        *([Column("department", wording("printed.sent.department"), 8)] if named else []),
        *(one.column for one in shown),
    )
    return Table(
        name=title if kind.per != "block" else wording("printed.sent.name", title=title),
        title=wording("printed.sent.name", title=title),
        columns=columns,
        head=(heading(columns),),
        body=tuple(_row(plan, place, one, shown, named=named) for place, one in enumerate(own, 1))
        or (nothing(wording("printed.sent.none", title=title), len(columns)),),
        record_columns=_record_columns(fields),
        records=tuple(_record(plan, place, one, fields) for place, one in enumerate(own, 1)),
        subtitle=version(plan),
        landscape=True,
    )


def _own(plan: Plan, kind: SheetKind, sent: Sequence[Sent]) -> list[Sent]:
    """Return what came on a kind of sheet: first what is from no department, then by department as it came."""
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    own = [one for one in sent if one.kind == kind.key]
    return sorted(own, key=lambda one: order.get(one.department, len(order)) if one.department else -1)


def _proposed(plan: Plan, kind: SheetKind, fields: Sequence[FormField]) -> Sequence[FormField]:
    """Return what is printed: of a copied item sheet all but the results, which are another item's."""
    results = {field for group in progress_groups(plan) for field in group.fields} if kind.per == "item" else set()
    return [field for field in fields if field not in results and not (kind.per == "item" and field.readonly)]


def _shown(plan: Plan, fields: Sequence[FormField]) -> list[_Shown]:
    """Return the columns of a list: a field each where they are few, otherwise the title and a band each."""
    if len(fields) <= _MOST_COLUMNS:
        return [_Shown(Column(field.name, field.label, _width([field])), (field,)) for field in fields]
    titles = [field for field in fields if field.name == _TITLE]
    found = [_Shown(Column(field.name, field.label, _width([field])), (field,)) for field in titles]
    for at, group in enumerate(groups(plan, fields)):
        label = wording("tables.heads.perspectives") if group.is_ticks else group.label
        found.append(_Shown(Column(f"group{at}", label, _width(group.fields)), group.fields))
    return found


def _width(fields: Sequence[FormField]) -> float:
    """Return a width by how much the fields may say."""
    if all(field.type == "tick" for field in fields):
        return _TICKS_WIDTH
    needed = sum((_WIDTHS.get(field.type, _LEAST_WIDTH) / 2 for field in fields), start=_LEAST_WIDTH)
    return min(_MOST_WIDTH, needed)


def _row(plan: Plan, place: int, one: Sent, shown: Sequence[_Shown], *, named: bool) -> Row:
    department = (Cell(one.department),) if named else ()
    return Row((Cell(place, "number"), *department, *(column.told(plan, one.values) for column in shown)))


def _record_columns(fields: Sequence[FormField]) -> tuple[Column, ...]:
    keys = ("place", "id", "department", "copied_from", "received_at", "received_shown")
    return (*(Column(key, wording(f"printed.sent.{key}"), 6) for key in keys), *twin_columns(fields))


def _record(plan: Plan, place: int, one: Sent, fields: Sequence[FormField]) -> Mapping[str, Scalar]:
    return {
        "place": place,
        "id": one.id,
        "department": one.department or None,
        "copied_from": one.copied_from or None,
        "received_at": one.received_at.date().isoformat(),
        "received_shown": show_date(one.received_at.date()),
        **twin_values(plan, fields, one.values),
    }


def told_sent(plan: Plan, one: Sent) -> Iterator[tuple[str, str]]:
    """Yield what was sent as (band, lines) pairs, for a page where it stands among other things."""
    for group in groups(plan, shown_fields(plan, one.kind)):
        said = lines(plan, group.fields, one.values)
        if said:
            yield group.label, said

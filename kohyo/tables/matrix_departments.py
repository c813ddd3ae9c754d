"""The matrix by department (部別): how many items each department has under each perspective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.departments import Owners, owners
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import head, item_unit, labels, perspective_columns, perspective_head, version
from kohyo.tables.matrix_grid import count_columns, figures, total_row


@dataclass(frozen=True)
class _Owned:
    """An item and who owns it; nobody when its departments cannot be resolved."""

    item: Item
    owners: Owners | None


def by_department(plan: Plan, items: Sequence[Item]) -> Table:
    """Return 部別: departments in the order of the organisation (機構順).

    A co-owned item counts once for each of its owners and once in the total; collective names (各部, 総合支所)
    expand by the definition, as the survey forms do; an item whose departments nobody knows has a row of its own.
    """
    owned = [_Owned(item, _resolve(plan, item.owners)) for item in items]
    columns = _columns(plan)
    records = tuple(_records(plan, owned))
    total = {**figures(plan, items), "lead": len(items)}
    heads = [column.label for column in columns[1 + len(plan.perspectives) :]]
    return Table(
        name=wording("tables.departments.name"),
        title=wording("tables.departments.title"),
        columns=columns,
        head=perspective_head(labels(plan), [Cell(head("department"), "head", down=2)], heads),
        body=(*(_row(columns, record) for record in records), total_row(columns, total, across=1)),
        record_columns=columns,
        records=(*records, {"department": head("total"), **total}),
        subtitle=version(plan),
        notes=tuple(_notes(plan)),
        one_page=True,
    )


def _columns(plan: Plan) -> tuple[Column, ...]:
    lead = Column("lead", head("lead"), 3.2, "right", "count", unit=item_unit())
    return (
        Column("department", head("department"), 12.6, names="department"),
        *perspective_columns(plan, 4.7, "count"),
        *count_columns(),
        lead,
    )


def _records(plan: Plan, owned: Sequence[_Owned]) -> Iterator[Mapping[str, Scalar]]:
    """Yield the figures of every department, and of the items whose departments nobody knows, if any."""
    for department in plan.departments:
        name = department.name
        own = [entry for entry in owned if entry.owners and name in entry.owners.members]
        yield _record(plan, name, own, sum(entry.owners is not None and entry.owners.lead == name for entry in own))
    unresolved = [entry for entry in owned if entry.owners is None]
    if unresolved:
        yield _record(plan, wording("tables.departments.unresolved"), unresolved, len(unresolved))


def _record(plan: Plan, name: str, owned: Sequence[_Owned], lead: int) -> Mapping[str, Scalar]:
    return {"department": name, **figures(plan, [entry.item for entry in owned]), "lead": lead}


def _row(columns: Sequence[Column], record: Mapping[str, Scalar]) -> Row:
    return Row((Cell(record["department"], "label"), *(Cell(record[column.key], "count") for column in columns[1:])))


def _resolve(plan: Plan, text: str) -> Owners | None:
    try:
        return owners(plan, text)
    except TextError:
        return None


def _notes(plan: Plan) -> Iterator[str]:
    yield wording("tables.departments.note_shared")
    if plan.expansions:
        names = wording("text.list.joiner").join(entry.name for entry in plan.expansions)
        yield wording("tables.departments.note_collective", names=names)
    yield wording("tables.departments.note_lead")

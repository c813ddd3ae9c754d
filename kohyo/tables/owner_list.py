"""Who owns what (項目と所管部): a row for every item and every department that owns it, for machines alone.

One value a cell: where a list prints several owners of an item, this tells each, with its code, and which one leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.departments import owners
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.table import Column, Scalar, Table
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import head, heading, version
from kohyo.text.ticks import show_tick


def owner_list(plan: Plan, items: Sequence[Item]) -> Table:
    """Return the owners of all items by number, in the order of the organisation; collective names told one by one."""
    columns = (
        Column("number", head("number"), 5),
        Column("title", head("title"), 20),
        Column("department", head("department"), 11, names="department"),
        Column("leads", wording("tables.owner_list.leads"), 6),
    )
    return Table(
        name=wording("tables.owner_list.name"),
        title=wording("tables.owner_list.name"),
        columns=columns,
        head=(heading(columns),),
        body=(),
        record_columns=columns,
        records=tuple(record for item in sorted(items, key=lambda one: one.number) for record in _records(plan, item)),
        subtitle=version(plan),
        printed=False,
    )


def _records(plan: Plan, item: Item) -> Iterator[Mapping[str, Scalar]]:
    """Yield the owners of an item; where nobody knows one, what is written, without a lead."""
    try:
        known = owners(plan, item.owners)
        lead, members = known.lead, known.members
    except TextError:
        lead, members = "", (item.owners,)
    for member in members:
        leads = show_tick(Tick.YES if member == lead else Tick.NO)
        yield {"number": str(item.number), "title": item.title, "department": member, "leads": leads}

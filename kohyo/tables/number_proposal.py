"""The proposed numbers (番号案) as a table that can be edited and read again as a crosswalk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Table
from kohyo.tables.building_blocks import version

_WIDTHS = {"old": 6.5, "new": 6.5, "title": 26, "owners": 15, "why": 13, "id": 6}


@dataclass(frozen=True)
class NumberRow:
    """One line of the proposal; ``old`` and ``id`` are empty for an addition."""

    goal: int
    old: str
    new: str
    title: str
    owners: str
    why: str
    id: str


def number_proposal(plan: Plan, rows: Sequence[NumberRow]) -> Table:
    """Return 番号案: a band per goal, the number that an item has and the one it gets, and why."""
    labels = section("versions")["proposal"]["columns"]
    columns = tuple(
        Column(key, labels[key], width, "center" if key in ("old", "new", "id") else "left")
        for key, width in _WIDTHS.items()
    )
    records = tuple(
        {"old": one.old, "new": one.new, "title": one.title, "owners": one.owners, "why": _why(one), "id": one.id}
        for one in rows
    )
    return Table(
        name=wording("versions.proposal.name"),
        title=wording("versions.proposal.title"),
        columns=columns,
        head=(Row(tuple(Cell(column.label, "head") for column in columns)),),
        body=tuple(_body(plan, rows, len(columns))),
        record_columns=columns,
        records=records,
        subtitle=version(plan),
        notes=(wording("versions.proposal.note"),),
    )


def _why(row: NumberRow) -> str:
    return wording(f"versions.proposal.why.{row.why}")


def _body(plan: Plan, rows: Sequence[NumberRow], width: int) -> Iterator[Row]:
    for goal in plan.goals:
        own = [row for row in rows if row.goal == goal.code]
        if own:
            band = wording("tables.item_list.band", code=goal.code, name=goal.list_name)
            yield Row((Cell(band, "band", across=width), *[None] * (width - 1)), keep_with_next=True)
        for row in own:
            moved = row.old != row.new
            yield Row(
                (
                    Cell(row.old, "number"),
                    Cell(row.new, "changed" if moved else "number"),
                    Cell(row.title, "title"),
                    Cell(row.owners),
                    Cell(_why(row), "" if moved else "muted"),
                    Cell(row.id, "muted"),
                )
            )

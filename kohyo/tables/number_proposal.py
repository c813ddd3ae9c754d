"""The proposed numbers (番号案) as a table that can be edited and read again as a crosswalk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.messages import section, wording
from kohyo.model.numbering import names_goal
from kohyo.model.plan import WHOLE, Plan
from kohyo.model.renumbering import Renumbering
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import goal_band, heading, version

_WIDTHS = {"old": 6.5, "new": 6.5, "title": 26, "owners": 15, "why": 13, "id": 6}


def number_proposal(plan: Plan, numbers: Sequence[Renumbering]) -> Table:
    """Return 番号案: a band per goal, the number that an item has and the one it gets, and why."""
    labels = section("versions")["proposal"]["columns"]
    columns = tuple(
        Column(key, labels[key], width, "center" if key in ("old", "new", "id") else "left")
        for key, width in _WIDTHS.items()
    )
    return Table(
        name=wording("versions.proposal.name"),
        title=wording("versions.proposal.title"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(_body(plan, numbers, len(columns))),
        record_columns=columns,
        records=tuple(_record(number) for number in numbers),
        subtitle=version(plan),
        notes=(wording("versions.proposal.note"),),
    )


def proposal_data(number: Renumbering) -> dict[str, Scalar]:
    """Return one proposed number as values; ``old`` and ``id`` are empty for an addition."""
    item = number.item
    return {
        "goal": number.new.goal,
        "old": number.old,
        "new": str(number.new),
        "title": title_of(number),
        "owners": item.owners if item else "",
        "why": number.why.value,
        "id": item.id if item else "",
    }


def title_of(number: Renumbering) -> str:
    """Return what the item is called, or an addition is going to be."""
    return number.item.title if number.item else number.title or untitled()


def reason(number: Renumbering) -> str:
    """Return why an item gets its number, in words: of one that moves with others, because of which numbers."""
    joiner = wording("text.list.joiner")
    causes = {"freed": number.freed, "entered": number.entered}
    told = [
        wording(f"versions.proposal.why.{why}", numbers=joiner.join(found)) for why, found in causes.items() if found
    ]
    return joiner.join(told) or wording(f"versions.proposal.why.{number.why.value}")


def untitled() -> str:
    """Return what an item is called that has no name yet."""
    return wording("versions.proposal.untitled")


def _record(number: Renumbering) -> dict[str, Scalar]:
    values = {**proposal_data(number), "why": reason(number)}
    return {key: values[key] for key in _WIDTHS}


def _body(plan: Plan, numbers: Sequence[Renumbering], width: int) -> Iterator[Row]:
    bands = plan.goals if names_goal(plan.plan.numbering) else ()
    for goal in bands or (WHOLE,):
        own = [number for number in numbers if number.new.goal == goal.code]
        if own:
            yield from goal_band(plan, goal, width)
        yield from (_row(number, _record(number)) for number in own)


def _row(number: Renumbering, record: Mapping[str, Scalar]) -> Row:
    return Row(
        (
            Cell(record["old"], "number"),
            Cell(record["new"], "changed" if number.changes else "number"),
            Cell(record["title"], "title"),
            Cell(record["owners"]),
            Cell(record["why"], "" if number.changes else "muted"),
            Cell(record["id"], "muted"),
        )
    )

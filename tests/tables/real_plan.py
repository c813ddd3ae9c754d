"""The plan's own items and curated entries, as its documents print them; only the overviews are the package's own."""

from __future__ import annotations

from typing import Any

from kohyo.definition.fields import tick_name
from kohyo.definition.seed import shipped_list
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from tests.golden import PrintedItem, facts, printed_items


def printed_cells(plan: Plan) -> dict[tuple[int, str], str]:
    """Return the 26 cells that the plan prints, by goal and perspective key."""
    keys = {perspective.label: perspective.key for perspective in plan.perspectives}
    rows: list[dict[str, Any]] = facts("matrix_cells")
    return {(row["goal"], keys[label]): text for row in rows for label, text in row["cells"].items()}


def entries(plan: Plan) -> list[MatrixEntry]:
    """Return the curated entries, their items by id."""
    keys = {perspective.label: perspective.key for perspective in plan.perspectives}
    cells: list[dict[str, Any]] = facts("matrix_entries")
    return [
        MatrixEntry(cell["goal"], keys[cell["perspective"]], entry.get("heading", ""), _members(entry))
        for cell in cells
        for entry in cell["entries"]
    ]


def items(plan: Plan) -> list[Item]:
    """Return the 93 items; a perspective is ticked where the printed matrix proves it, otherwise unknown."""
    proven = {(item, entry.perspective) for entry in entries(plan) for member in entry.members for item in member.items}
    overviews = {row[0]: row[3] for row in shipped_list(plan.plan.code)}
    return [_item(plan, row, overviews[row.number], proven) for row in printed_items()]


def _members(entry: dict[str, Any]) -> tuple[MatrixMember, ...]:
    members: list[dict[str, Any]] = entry.get("members", [entry])
    return tuple(MatrixMember(member["label"], tuple(_id(number) for number in member["items"])) for member in members)


def _id(number: str) -> ItemId:
    parsed = ItemNumber.parse(number)
    return ItemId(f"K{parsed.goal}{parsed.serial:03}")


def _item(plan: Plan, row: PrintedItem, overview: str, proven: set[tuple[ItemId, str]]) -> Item:
    ticks = {
        tick_name(entry): Tick.YES if (_id(row.number), entry.key) in proven else Tick.UNKNOWN
        for entry in plan.perspectives
    }
    values: dict[str, FieldValue] = {
        "number": row.number,
        "goal": row.goal,
        "title": row.title,
        "overview": overview,
        "owners": row.owners,
        **ticks,
    }
    return Item(_id(row.number), ItemNumber.parse(row.number), values)

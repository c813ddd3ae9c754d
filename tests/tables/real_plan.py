"""The plan's own items and curated entries, as its documents of November 2023 print them; skipped where missing."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kohyo.definition.fields import tick_name
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue

_FOLDER = Path(__file__).parents[2] / ".." / "shared" / "plan"


@cache
def _text(name: str) -> str:
    path = _FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} of the plan's documents is not on this machine")
    return path.read_text(encoding="utf-8-sig")


def printed_cells(plan: Plan) -> dict[tuple[int, str], str]:
    """Return the 26 cells that the plan prints, by goal and perspective key."""
    keys = {perspective.label: perspective.key for perspective in plan.perspectives}
    rows: list[dict[str, Any]] = json.loads(_text("matrix_r5_11.json"))
    return {(row["goal"], keys[label]): text for row in rows for label, text in row["cells"].items()}


def entries(plan: Plan) -> list[MatrixEntry]:
    """Return the curated entries, their items by id."""
    keys = {perspective.label: perspective.key for perspective in plan.perspectives}
    cells: list[dict[str, Any]] = json.loads(_text("matrix_entries_r5_11.json"))
    return [
        MatrixEntry(cell["goal"], keys[cell["perspective"]], entry.get("heading", ""), _members(entry))
        for cell in cells
        for entry in cell["entries"]
    ]


def items(plan: Plan) -> list[Item]:
    """Return the 93 items; a perspective is ticked where the printed matrix proves it, otherwise unknown."""
    proven = {(item, entry.perspective) for entry in entries(plan) for member in entry.members for item in member.items}
    rows = csv.DictReader(_text("items_r5_11.tsv").splitlines(), delimiter="\t")
    return [_item(plan, list(row.values()), proven) for row in rows]


def _members(entry: dict[str, Any]) -> tuple[MatrixMember, ...]:
    members: list[dict[str, Any]] = entry.get("members", [entry])
    return tuple(MatrixMember(member["label"], tuple(_id(number) for number in member["items"])) for member in members)


def _id(number: str) -> ItemId:
    parsed = ItemNumber.parse(number)
    return ItemId(f"K{parsed.goal}{parsed.serial:03}")


def _item(plan: Plan, row: list[str], proven: set[tuple[ItemId, str]]) -> Item:
    number, goal, title, overview, owners = row
    ticks = {
        tick_name(entry): Tick.YES if (_id(number), entry.key) in proven else Tick.UNKNOWN
        for entry in plan.perspectives
    }
    values: dict[str, FieldValue] = {
        "number": number,
        "goal": int(goal),
        "title": title,
        "overview": overview,
        "owners": owners,
        **ticks,
    }
    return Item(_id(number), ItemNumber.parse(number), values)

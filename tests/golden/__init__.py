"""What the plan's documents print, as facts: numbers, names, ticks, cells of their tables; none of their sentences.

``items.tsv`` is the list of November 2023 without its overviews, but with the affiliate that an overview names;
``matrix_cells`` is its excerpt matrix as printed and ``matrix_entries`` what its cells are made of; ``crosswalk``
holds the numbers of the draft beside those of 令和6年度 (null: not in the draft); ``goals`` is how matrix, list and
table of contents name a goal, slips included. The rest are tables of the documents, row by row.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent


class PrintedItem(NamedTuple):
    """An item of the plan's list as printed, its overview left out."""

    number: str
    goal: int
    title: str
    owners: str
    affiliate: str
    """The affiliated body (外郭団体) in parentheses at the end of the overview, empty when there is none."""


def facts(name: str) -> Any:  # noqa: ANN401 - JSON
    """Return the facts of ``name.json``."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def printed_items() -> list[PrintedItem]:
    """Return the 93 items of the plan's list."""
    with (_FOLDER / "items.tsv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [PrintedItem(number, int(goal), title, owners, body) for number, goal, title, owners, body in rows]

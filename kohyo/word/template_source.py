"""The shipped templates (同梱の様式) as they are written: a line a paragraph, signs at its start say what it is.

========== =======================================================
``# ``     title
``## ``    heading
``> ``     at the right margin
``- ``     one of a list
``{% %}``  a condition or a loop over the paragraphs that follow
``{{p }}`` a table that the field holds
``|| ``    a table: headings with widths, then the row and what it repeats over
``||= ``   a table whose rows stay together on a page
``---``    a new page
``@``      how the page lies (``@landscape``)
========== =======================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

_FOLDER = files("kohyo") / "data" / "papers"
_SIGNS: dict[str, Kind] = {"# ": "title", "## ": "heading", "> ": "right", "- ": "list"}
_TABLE, _WHOLE_TABLE = "|| ", "||= "
_COLUMN = " | "

Kind = Literal["title", "heading", "right", "list", "text", "tag", "table", "page", "landscape"]


@dataclass(frozen=True)
class Block:
    """A paragraph or a table: its text, of a table headings, widths, what its row repeats over, and the row's cells."""

    kind: Kind
    text: str = ""
    headings: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    cells: tuple[str, ...] = ()
    whole: bool = False
    """Whether the rows of a table stay together on a page."""


def source_blocks(template: str) -> tuple[Block, ...]:
    """Return the blocks of a shipped template; raise FileNotFoundError when there is none."""
    text = (_FOLDER / f"{template}.txt").read_text(encoding="utf-8")
    return tuple(_blocks(iter(line for line in text.split("\n") if line.strip())))


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    for line in lines:
        if line.startswith((_TABLE, _WHOLE_TABLE)):
            yield _table(line, next(lines))
        elif line == "---":
            yield Block("page")
        elif line == "@landscape":
            yield Block("landscape")
        elif line.startswith(("{%", "{{p ")):
            yield Block("tag", line.replace("{%", "{%p", 1))
        else:
            sign = next((sign for sign in _SIGNS if line.startswith(sign)), "")
            yield Block(_SIGNS.get(sign, "text"), line.removeprefix(sign))


def _table(head: str, row: str) -> Block:
    sign = _WHOLE_TABLE if head.startswith(_WHOLE_TABLE) else _TABLE
    columns = [column.rsplit(":", 1) for column in head.removeprefix(sign).split(_COLUMN)]
    over, *cells = row.removeprefix(_TABLE).split(_COLUMN)
    return Block(
        "table",
        over.strip(),
        tuple(name for name, _ in columns),
        tuple(float(width) for _, width in columns),
        tuple(cell.strip() for cell in cells),
        whole=sign == _WHOLE_TABLE,
    )

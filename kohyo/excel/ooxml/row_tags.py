"""The tags between two texts of a sheet's rows (文字と文字の間のタグ), in the spelling that is plain.

They are understood once: what stands between two texts is the same in nearly every row of nearly every return.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kohyo.excel.ooxml.cell_reference import Position, position
from kohyo.excel.ooxml.hidden_lines import is_hidden
from kohyo.excel.ooxml.plain_spelling import ATTRIBUTE, BETWEEN_TEXTS, ROW_OR_CELL


class Head(NamedTuple):
    """What the tag of a cell says: place, number of its style, type."""

    cell: Position
    style: int
    type: str


Spelled = tuple[Head, bool, str | None]
"""A cell as it is spelled: its head, whether it has a formula, its value; None where it has none."""


class Tags(NamedTuple):
    """What stands between two texts."""

    closes: str
    """The element whose text ends here: ``f``, ``v``, ``t``, nothing at the beginning."""
    inside: int
    """The row in which the first cell stands, -1 where a row begins before it."""
    first: Position | None
    last: Position | None
    """The first and the last row (at column -1) or cell that begins here."""
    unused: tuple[bool, tuple[Spelled, ...], tuple[int, ...]]
    """Whether the formula that ends here has an empty value; cells with a formula and no text; hidden rows."""
    cells: int
    opens: str
    """The element to which the next text belongs; ``/`` where the rows end."""
    head: Head | None
    formula: bool
    before: str
    """Its tag, where a text stands in the cell itself."""


FINISH = "/"
"""What opens where the rows end."""

_KEPT = 20_000
_LONGEST = 1_000
"""Letters of tags that are kept."""


def understood(between: str) -> Tags | None:
    """Return what tags between two texts say, None where they are spelled in another way."""
    return _kept(between) if len(between) <= _LONGEST else _understood(between)


def _understood(between: str) -> Tags | None:
    whole = BETWEEN_TEXTS.fullmatch(between)
    if whole is None:
        return None
    middle = list(ROW_OR_CELL.finditer(whole["middle"]))
    owner = ROW_OR_CELL.match(whole["opening"]) if whole["opening"] else None
    places = _places([*middle, *([owner] if owner else [])], within=whole["start"] is None, ends=bool(whole["finish"]))
    if places is None:
        return None
    without = tuple((_head(cell), True, "" if cell["value"] else None) for cell in middle if cell["formula"])
    hidden = tuple(row for tag in middle if tag["row"] and (row := _hidden(tag["row"])) is not None)
    opens = next((kind for kind in "tfv" if whole[kind] is not None), FINISH)
    head = _head(owner) if owner else None
    return Tags(
        closes="" if whole["start"] else between[1],
        inside=places[0][0] if places and places[0][1] >= 0 else -1,
        first=places[0] if places else None,
        last=places[-1] if places else None,
        unused=(bool(whole["value"]), without, hidden),
        cells=sum(column >= 0 for _, column in places),
        opens=opens,
        head=head,
        formula=bool(owner and owner["formula"]),
        before=f"{between[between.rindex('<') :]}>" if opens == "t" else "",
    )


def _places(tags: Sequence[re.Match[str]], *, within: bool, ends: bool) -> list[Position] | None:
    """Return where rows and cells begin, in order; None where they do not stand in one another as they should."""
    places: list[Position] = []
    row: int | None = None
    for tag in tags:
        if tag["end"]:
            if not within:
                return None
            within, row = False, None
        elif tag["row"]:
            if within:
                return None
            row = int(_attributes(tag["row"])["r"]) - 1
            within = not tag["row"].endswith("/")
            places.append((row, -1))
        else:
            cell = position(tag["place"])
            if not within or row not in (None, cell[0]):
                return None
            row = cell[0]
            places.append(cell)
    return places if within != ends and places == sorted(set(places)) else None


def _hidden(row: str) -> int | None:
    """Return the number of a row that is hidden, from 0; None for one that is seen."""
    attributes = _attributes(row)
    return int(attributes["r"]) - 1 if is_hidden(attributes, "ht") else None


def _attributes(tag: str) -> dict[str, str]:
    return dict(ATTRIBUTE.findall(tag))


def _head(cell: re.Match[str]) -> Head:
    return Head(position(cell["place"]), int(cell["style"] or 0), cell["type"] or "n")


_kept = lru_cache(maxsize=_KEPT)(_understood)

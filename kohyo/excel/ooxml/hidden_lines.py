"""Rows and columns in which nothing can be seen (隠れた行と列): hidden, filtered away, of no height or width.

Of columns those count, too, that are too narrow for a long number, which a spreadsheet shows as ###.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kohyo.excel.ooxml.plain_spelling import ATTRIBUTE

_COLUMN = re.compile(r"<col ([^<>]*+)>")
_ON = ("1", "true", "on")
_LAST = 16_384
_ENOUGH = 30.0
"""Columns wider than so many digits show every number."""

_LEAST = {"ht": 3.0, "width": 0.5}
"""Rows of less height (in points) and columns of less width (in digits) show nothing."""


def narrow_columns(head: str) -> dict[int, float]:
    """Return the widths of narrow columns from what stands before the rows of a plainly spelled sheet."""
    return dict(_narrow(tuple(_COLUMN.findall(head))))


@lru_cache(maxsize=32)
def _narrow(columns: tuple[str, ...]) -> Mapping[int, float]:
    return widths(dict(ATTRIBUTE.findall(column)) for column in columns)


def widths(columns: Iterable[Mapping[str, str]]) -> dict[int, float]:
    """Return the widths of narrow columns, from 0, by the attributes of ``<col>``; that of a hidden one is 0."""
    found: dict[int, float] = {}
    for column in columns:
        width = 0.0 if is_hidden(column, "width") else _number(column.get("width", ""), _ENOUGH)
        first, last = (int(_number(column.get(name, ""), 0)) for name in ("min", "max"))
        if width < _ENOUGH and first:
            found |= dict.fromkeys(range(first - 1, min(last, _LAST)), width)
    return found


def is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or its ``size`` next to nothing."""
    return attributes.get("hidden", "") in _ON or _number(attributes.get(size, ""), _ENOUGH) < _LEAST[size]


def _number(text: str, other: float) -> float:
    return float(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else other

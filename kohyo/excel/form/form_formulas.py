"""Pieces of Excel formulas: texts as literals, and what makes an answer empty, a number or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import zip_longest

from kohyo.messages import section, wording
from kohyo.text.cell_text import cut, is_unholdable, letters_apart

LIVE = "\0"
"""Stands in a wording where the formula puts a figure that is counted live."""

_CONTROL = re.compile("([\x00-\x1f])")
_LITERAL = 250  # Excel takes 255 characters a literal
_FIRST_DAY = 36526  # 2000-01-01: a smaller number is no date that a person meant


@lru_cache(maxsize=1024)
def literal(text: str) -> str:
    """Return a formula that yields ``text``: quotes doubled, control signs as CHAR(…), long texts in pieces.

    Every text that stands in a formula goes through here: a control sign as it is would make a part that is not XML,
    and Excel would refuse the whole workbook; letters that it reads as such a sign (_x000B_) are torn apart. Raises
    ValueError for a text that no cell can hold.
    """
    if is_unholdable(text):
        raise ValueError(text)
    parts: list[str] = []
    for place, piece in enumerate(_CONTROL.split(text)):
        if place % 2:
            parts.append(f"CHAR({ord(piece)})" if piece != "\0" else '""')
        else:
            parts += [quoted for letters in letters_apart(piece) for quoted in _quoted(letters)]
    return "&".join(parts) or '""'


def _quoted(text: str) -> Iterator[str]:
    """Yield a text between quotes, in pieces that a formula takes."""
    while text:
        piece = cut(text, _LITERAL)
        text = text[len(piece) :]
        yield '"' + piece.replace('"', '""') + '"'


def spoken(text: str, *figures: str) -> str:
    """Return a formula that yields ``text`` with the formulas ``figures`` in the places of ``LIVE``, in order."""
    pieces: list[str] = []
    for part, figure in zip_longest(text.split(LIVE), figures):
        pieces += [*([literal(part)] if part else []), *([figure] if figure else [])]
    return "&".join(pieces) or literal("")


def empty(cell: str) -> str:
    """Return the condition that a cell says nothing; spaces of either width say nothing."""
    return f'TRIM(SUBSTITUTE({cell},{literal(wording("form.remark.space"))}," "))=""'


def starts_with(cell: str, mark: str) -> str:
    """Return the condition that the text of ``cell`` opens with ``mark``."""
    return f"LEFT({cell},{len(mark)})={literal(mark)}"


def counted(cells: str, mark: str) -> str:
    """Return a formula that counts the cells which open with ``mark``."""
    return f'COUNTIF({cells},"{mark}*")'


def counted_whole(cells: str, text: str) -> str:
    """Return a formula that counts the cells which say ``text`` and nothing else."""
    return f"COUNTIF({cells},{literal(text)})"


@cache
def _minus_signs() -> tuple[str, ...]:
    return tuple(sign for sign in section("text")["numbers"]["minus"] if not sign.isascii())


def number(cell: str, unit: str) -> str:
    """Return a formula that reads a number as people write it (▲100, full-width digits, the field's unit)."""
    text = f"ASC({cell})"
    for sign in _minus_signs():
        text = f'SUBSTITUTE({text},"{sign}","-")'
    if unit:
        text = f'SUBSTITUTE({text},{literal(unit)},"")'
    return f"VALUE({text})"


def is_decimal(cell: str, unit: str) -> str:
    """Return the condition that a cell holds a number."""
    return f"ISNUMBER({number(cell, unit)})"


def is_integer(cell: str, unit: str) -> str:
    """Return the condition that a cell holds a whole number."""
    return f"IFERROR(MOD({number(cell, unit)},1)=0,FALSE)"


def is_date(cell: str) -> str:
    """Return the condition that a cell holds a date, or a text that opens with the era in use (令和, R)."""
    eras = section("text")["eras"]["names"]
    current = max(eras.values())
    ways = [f"AND(ISNUMBER({cell}),{cell}>={_FIRST_DAY})", f"ISNUMBER(DATEVALUE({cell}))"]
    for name, offset in eras.items():
        if offset == current:
            ways.append(f'LEFT(UPPER(ASC({cell})),{len(name)})="{name}"')
    return f"OR({','.join(ways)})"

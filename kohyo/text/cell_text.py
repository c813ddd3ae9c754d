"""What a cell of Excel can hold of a text: how long it is as Excel counts, and what has no place in it."""

from __future__ import annotations

import re

CELL_LIMIT = 32767
"""Most units that a cell can hold."""

LINE_LIMIT = 253
"""Most line feeds that a cell can hold."""

_UNHOLDABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SPELLED_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, as Excel counts: 𠮷 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """Return the beginning of ``text`` that takes at most ``most`` UTF-16 units; no pair is torn apart."""
    return text if units(text) <= most else text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def fitted(text: str, mark: str) -> str:
    """Return any text so that a cell can hold it: signs that it cannot hold as 〓, one too long ending in ``mark``."""
    lines = _UNPRINTABLE.sub("〓", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    whole = (
        "\n".join([*lines[:LINE_LIMIT], "　".join(lines[LINE_LIMIT:])]) if len(lines) > LINE_LIMIT else "\n".join(lines)
    )
    if units(whole) <= CELL_LIMIT:
        return whole
    room = CELL_LIMIT - units(mark)
    return cut(whole, room) + mark


def letters_apart(text: str) -> list[str]:
    """Return a text in pieces none of which has letters that Excel reads as a sign (_x000B_)."""
    pieces = _SPELLED_SIGN.split(text)
    return [*(f"{piece}_" for piece in pieces[:-1]), pieces[-1]]


def letters_kept(text: str) -> str:
    """Return a text as a part of a workbook spells it whose letters Excel would read as a sign: _x005F_x000B_."""
    return "_x005F_".join(_SPELLED_SIGN.split(text))


def is_unholdable(text: str) -> bool:
    """Tell whether a text holds what no part of a workbook can spell: half a pair, U+FFFE, U+FFFF."""
    return _UNHOLDABLE.search(text) is not None


def is_unprintable(text: str) -> bool:
    """Tell whether a text holds a character that a workbook cannot hold: a control sign, half a pair."""
    return _UNPRINTABLE.search(text) is not None

"""Defined names (名前の定義) of single cells, by the sheet that they point at.

A form has hundreds, which in the returns of a round differ in the names of some sheets (タブ) alone. What they say is
worked out once for all that are alike, with a sign in the place of each such sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from types import MappingProxyType
from typing import NamedTuple

from kohyo.excel.ooxml.cell_reference import Position, position

Names = dict[str, dict[str, Position]]
"""Defined names of single cells, in lower case, by the sheet that they point at."""

Spelled = tuple[str, str, str]
"""A defined name as the workbook spells it: the name, the number of its sheet or nothing, what it stands for."""

_ANY_NAME, _NAMES_CLOSED = b"<definedName ", b"</definedNames>"
_NAME = re.compile(
    r'<definedName name="([^"&<>]*+)"(?: localSheetId="([0-9]++)")?+(?: hidden="[01]")?+>([^<&]*+)</definedName>'
)
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}")
_QUOTE, _APART, _ODD = b"'", b"<", re.compile(rb"[&<\0]")
_SIGN = "\0"
"""It begins what stands for a sheet; no XML has it."""

_KEPT, _LONGEST = 64, 100_000
"""Lists of names that are kept, and the most letters of one that is: a form's have a fifth."""


class Cut(NamedTuple):
    """The names of a workbook, plainly spelled: as they stand, and which of the lists that are kept they are."""

    spelled: bytes
    alike: Alike | None = None
    signs: Mapping[str, str] = MappingProxyType({})
    """The sign of each sheet that has one."""


class Alike:
    """Names with signs for sheets (似た名前の並び), and what was made of them for the sheets of a workbook."""

    def __init__(self, names: list[Spelled]) -> None:
        self._names = names
        self._others = tuple({_unquoted(target): None for target in map(_target, names) if target[:1] != _SIGN})

    def pointing(self, sheets: Sequence[str], signs: Mapping[str, str]) -> Names:
        """Return the names that point at a cell of a workbook's sheets, some of which are spelled with signs."""
        both = tuple([(sheet, signs[sheet]) for sheet in self._others if sheet in signs])
        found = _signed_names(self, tuple([signs.get(sheet, sheet) for sheet in sheets]), both)
        of_signs = {sign: sheet for sheet, sign in signs.items()}
        return {of_signs.get(sheet, sheet): names for sheet, names in found.items()}

    def names(self, signs: Mapping[str, str]) -> Iterator[Spelled]:
        """Yield the names; ``signs``: those of sheets that some are spelled with without their sign."""
        return (self._signed(name, signs) for name in self._names)

    def _signed(self, name: Spelled, signs: Mapping[str, str]) -> Spelled:
        sign = signs.get(_unquoted(_target(name)))
        return name if sign is None else (name[0], name[1], f"{sign}!{name[2].strip().rpartition('!')[2]}")


def cut_names(content: bytes) -> tuple[Cut | None, bytes]:
    """Return the names of a workbook's own part and the part without them; none where they are oddly spelled.

    One search takes a third of the time of a tree.
    """
    start, end = content.find(_ANY_NAME), content.rfind(_NAMES_CLOSED)
    if not 0 <= start < end or b"<!" in content:
        return None, content
    rest = content[:start] + content[end:]
    cut = _cut(content[start:end]) if _decoded(rest) is not None else None
    return (None, content) if cut is None else (cut, rest)


def names_of(cut: Cut | None, others: Sequence[Spelled], sheets: Sequence[str]) -> Names:
    """Return the names that point at a cell: those that were cut out, and then the others."""
    if cut is not None and cut.alike is not None and not others:
        return cut.alike.pointing(sheets, cut.signs)
    return pointing([*(_plain_names(cut.spelled.decode()) if cut else ()), *others], sheets)


def pointing(spelled: Iterable[Spelled], sheets: Sequence[str]) -> Names:
    """Return the names that point at a cell, a sheet's own before those of the book.

    Constants and formulas are left out. Equal names are one object: the worker's answer then spells each once.
    """
    of_book: Names = {}
    of_sheet: Names = {}
    scopes = {str(place): sheet for place, sheet in enumerate(sheets)}
    known: dict[str, str] = {}
    found: dict[tuple[str, str], dict[str, Position] | None] = {}
    for name, scope, text in spelled:
        target, _, cells = text.strip().rpartition("!")
        cell = _first_cell(cells)
        if cell is None:
            continue
        if (target, scope) not in found:
            sheet = _unquoted(target)
            is_meant = sheet and (not scope or scopes.get(scope) == sheet)
            found[target, scope] = (of_sheet if scope else of_book).setdefault(sheet, {}) if is_meant else None
        names = found[target, scope]
        if names is not None:
            lowered = name.lower()
            names[known.setdefault(lowered, lowered)] = cell
    for sheet, names in of_sheet.items():
        of_book.setdefault(sheet, {}).update(names)
    return of_book


def _cut(spelled: bytes) -> Cut | None:
    """Return names that are plainly spelled, None where one is not."""
    pieces = spelled.split(_QUOTE)
    targets = pieces[1::2]
    signs = {target: b"\0%d" % number for number, target in enumerate(dict.fromkeys(targets))}
    if len(spelled) <= _LONGEST and len(pieces) % 2 and all(signs) and not _ODD.search(b"".join(signs)):
        alike = _alike(tuple(pieces[::2]), tuple(map(signs.__getitem__, targets)))
        sheets = _decoded(_APART.join(signs))
        if alike is not None and sheets is not None:
            return Cut(
                spelled,
                alike,
                {sheet: f"{_SIGN}{number}" for number, sheet in enumerate(sheets.split("<") if signs else ())},
            )
    text = _decoded(spelled)
    return Cut(spelled) if text and _plain_names(text) else None


@lru_cache(maxsize=_KEPT)
def _alike(between: tuple[bytes, ...], signs: tuple[bytes, ...]) -> Alike | None:
    """Return names with these signs for sheets; None where they are oddly spelled, or a sign is not a whole sheet."""
    quoted = pairwise(between)
    if any(not before.endswith(b">") or not behind.startswith(b"!") for before, behind in quoted):
        return None
    text = _decoded(b"".join(chain.from_iterable(zip(between, (*signs, b""), strict=True)))) or ""
    names = _plain_names(text) if text.count(_SIGN) == len(signs) else []
    known = {sign.decode() for sign in signs}
    is_whole = all(_SIGN not in target or target in known for target in map(_target, names))
    return Alike(names) if names and is_whole else None


@lru_cache(maxsize=_KEPT)
def _signed_names(alike: Alike, sheets: tuple[str, ...], both: tuple[tuple[str, str], ...]) -> Names:
    """Return what names say of sheets, or of their signs; ``both``: sheets that are spelled in both ways."""
    return pointing(alike.names(dict(both)), sheets)


def _target(name: Spelled) -> str:
    """Return what stands before the cells that a name points at."""
    return name[2].strip().rpartition("!")[0]


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _plain_names(text: str) -> list[Spelled]:
    """Return the names that are spelled, none where some are spelled oddly."""
    names: list[Spelled] = _NAME.findall(text)
    return names if text.count("<") == 2 * len(names) else []


@lru_cache(maxsize=65_536)
def _first_cell(cells: str) -> Position | None:
    """Return the first cell of a cell or range, None for anything else."""
    first, _, last = cells.partition(":")
    if not _CELL.fullmatch(first) or (last and not _CELL.fullmatch(last)):
        return None
    return position(first)


@lru_cache(maxsize=1024)
def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet

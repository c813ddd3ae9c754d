"""A part with gaps (型紙): what is the same in every form of a shape, and between it what is each form's own.

A gap is a name between two signs that no text of a plan holds; a form that is drawn with such names in place of its
texts is a pattern. What stands in a cell as a formula's result or as a row's height is made a gap afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape

from kohyo.excel.ooxml.ready_parts import Piece, Ready, ready
from kohyo.excel.style.new_workbook import with_spelled_signs

_OPEN, _CLOSE, _FILLER = "\ue000", "\ue001", "."
_GAP = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*?){re.escape(_FILLER)}*{_CLOSE}")
SIGNS = _OPEN + _CLOSE
_FORMULA = re.compile(
    r'(?P<opens><c r="(?P<cell>[A-Z]+\d+)"(?: s="\d+")?)(?P<kind> t="str")?'
    r"(?P<formula>><f>[^<]*</f><v>)[^<]*(?=</v></c>)"
)
_ROW = re.compile(r'(?P<opens><row r="(?P<row>\d+)"(?: spans="[^"]*")?)(?: ht="[^"]*")?')
WORTH = 1024
"""Bytes from which on it is worth while to deflate a piece once; each costs some bytes, and what it could repeat."""

_PIXELS, _POINTS, _USUAL_PIXELS = 4.0 / 3.0, 0.75, 20


class NoPatternError(Exception):
    """A form cannot be a pattern: something in it is not where, or not as, every form has it."""


def gap(name: str, length: int = 0) -> str:
    """Return a gap, filled up to a ``length`` in characters."""
    return f"{_OPEN}{name}{_FILLER * (length - len(name) - 2)}{_CLOSE}"


class Pattern:
    """A text with gaps."""

    def __init__(self, text: str) -> None:
        """Take a text with gaps; long texts between two of them are deflated once."""
        self._runs: list[Ready | tuple[list[str], list[tuple[int, str]]]] = []
        pieces = _GAP.split(text)
        if any(sign in piece for sign in SIGNS for piece in pieces):
            raise NoPatternError
        self.gaps = frozenset(pieces[1::2])
        run: list[str] = []
        gaps: list[tuple[int, str]] = []
        for place, piece in enumerate(pieces):
            if place % 2:
                gaps.append((len(run), piece))
                run.append("")
            elif len(content := piece.encode()) >= WORTH:
                self._runs += ((run, gaps), ready(content)) if run else (ready(content),)
                run, gaps = [], []
            elif piece:
                run.append(piece)
        if run:
            self._runs.append((run, gaps))

    def filled(self, values: Mapping[str, str]) -> Iterator[Piece]:
        """Yield the pieces with ``values`` in the gaps, each spelled as it is to stand there."""
        for run in self._runs:
            if isinstance(run, Ready):
                yield run
                continue
            pieces, gaps = run[0].copy(), run[1]
            for place, name in gaps:
                pieces[place] = values[name]
            yield "".join(pieces).encode()


def filled_text(text: str, values: Mapping[str, str]) -> str:
    """Return a short text with ``values`` in its gaps."""
    return _GAP.sub(lambda found: values[found[1]], text)


def gaps_of(text: str) -> list[str]:
    """Return the names of the gaps of a text."""
    return _GAP.findall(text)


def spelled(text: str) -> str:
    """Return a text as it stands between two tags."""
    return escape(text, quote=False)


def result(text: str) -> str:
    """Return what a formula yields as it stands between two tags."""
    return spelled(with_spelled_signs(text))


def with_results(xml: str, cells: Mapping[str, tuple[str, str]]) -> str:
    """Return a sheet with gaps for what the formulas of ``cells`` yield now.

    Each cell has the names of two gaps, for what it yields and for its type; with no second name its type stays.
    """
    left = dict(cells)

    def opened(found: re.Match[str]) -> str:
        names = left.pop(found["cell"], None)
        if names is None:
            return found[0]
        kind = gap(names[1]) if names[1] else found["kind"] or ""
        return f"{found['opens']}{kind}{found['formula']}{gap(names[0])}"

    changed = _FORMULA.sub(opened, xml)
    if left:
        raise NoPatternError(left)
    return changed


def with_heights(xml: str, rows: Mapping[int, str]) -> str:
    """Return a sheet with gaps for the heights of rows (from 1), by name: an attribute, or nothing."""
    left = dict(rows)

    def opened(found: re.Match[str]) -> str:
        name = left.pop(int(found["row"]), None)
        return found[0] if name is None else found["opens"] + gap(name)

    changed = _ROW.sub(opened, xml)
    if left:
        raise NoPatternError(left)
    return changed


@lru_cache(maxsize=512)
def height(points: float) -> str:
    """Return the attribute of a row that tall, in whole pixels; one as tall as every row has none."""
    pixels = int(points * _PIXELS + 0.5)
    return "" if pixels == _USUAL_PIXELS else f' ht="{pixels * _POINTS:.16g}"'


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with those that are not ready put together."""
    found: list[Piece] = []
    waiting: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            waiting.append(piece)
            continue
        if waiting:
            found.append(b"".join(waiting))
            waiting = []
        found.append(piece)
    return [*found, b"".join(waiting)] if waiting else found

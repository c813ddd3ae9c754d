"""How tall a text is: real advance widths of the form's font, so that rows are as tall as their text."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

LINE_HEIGHT = 1.32
"""Height of a line as a multiple of the font's size: what Excel takes for this font, LibreOffice a little less."""

_SLACK = 1.03  # breaking rules (禁則) end some lines early
_PADDING_PX = 8  # left and right of a cell's text
_PX_PER_POINT = 96 / 72
_MAX_ROW = 409.0
_KEPT_HEIGHTS = 8192  # names, headings and short answers come again and again
_KEPT_ENDS, _SHORT = 512, 200  # a text stands in several columns of a row, and rows are written some at a time
_SURELY = 1.001  # more than sums of widths lose by rounding
_UNBREAKABLE = re.compile(r"[!-~]+|.", re.DOTALL)


@cache
def _faces() -> dict[str, Any]:
    text = (files("kohyo") / "data" / "fonts" / "biz-udpgothic.json").read_text(encoding="utf-8")
    faces: dict[str, Any] = json.loads(text)
    return faces


class _Widths(dict[str, float]):
    """Widths of characters as multiples of the size, each looked up once."""

    def __init__(self, face: dict[str, Any]) -> None:
        super().__init__()
        self._face = face
        self._width_of = self.__getitem__
        self.recent_ends = lru_cache(maxsize=_KEPT_ENDS)(self.ends)

    def ends(self, text: str) -> list[float]:
        """Return where each character of one line ends, a multiple of the size."""
        return list(accumulate(map(self._width_of, text)))

    def __missing__(self, char: str) -> float:
        width: float = self._face["widths"].get(f"{ord(char):x}", self._face["em"]) / self._face["em"]
        self[char] = width
        return width


@cache
def _widths(bold: bool) -> _Widths:  # noqa: FBT001 - a cached lookup takes plain arguments
    return _Widths(_faces()["bold" if bold else "regular"])


@cache
def _widest(bold: bool) -> float:  # noqa: FBT001 - a cached lookup takes plain arguments
    """Return the width of the widest character, a multiple of the size; what the font lacks is one em."""
    face = _faces()["bold" if bold else "regular"]
    return float(max(1.0, max(face["widths"].values()) / face["em"]))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of ``text`` in points at a font size in points."""
    return sum(map(_widths(bold).__getitem__, text)) * size


def line_room(width_px: int) -> float:
    """Return how many points of a line surely fit a cell of ``width_px`` pixels."""
    return max(1.0, (width_px - _PADDING_PX) / _PX_PER_POINT / _SLACK)


def room_px(points: float) -> int:
    """Return the width in pixels of a cell with room for ``points`` beside what is left free at its sides."""
    return int(points * _PX_PER_POINT) + _PADDING_PX


def line_count(text: str, width_px: int, size: float, *, bold: bool = False) -> int:
    """Return how many lines ``text`` takes in a cell of ``width_px`` pixels; words of letters stay whole."""
    return ruler(width_px, size, bold).lines(text)


@cache
def ruler(width_px: int, size: float, bold: bool = False) -> Ruler:  # noqa: FBT001, FBT002 - a cached lookup takes plain arguments
    """Return what measures texts in a cell of ``width_px`` pixels."""
    return Ruler(line_room(width_px), size, bold=bold)


class Ruler:
    """What measures texts of one size in one width: lines, and the height that shows them."""

    def __init__(self, room: float, size: float, *, bold: bool = False) -> None:
        """Take how many points of a line fit, and the font's size in points."""
        self._room, self._size, self._bold = room, size, bold
        self._ends, self._recent_ends = _widths(bold).ends, _widths(bold).recent_ends
        self._fits = room / size
        self._surely = self._fits / _SURELY
        self._few = self._surely / _widest(bold)
        self._narrow = _widest(bold) >= self._fits

    def lines(self, text: str) -> int:
        """Return how many lines a text takes."""
        return self._lines(text) if "\n" not in text else sum(map(self._lines, text.split("\n")))

    def height(self, text: str, padding: float) -> float:
        """Return the height in points that shows the whole ``text``, at most what Excel allows for a row."""
        return _points(self.lines(text), self._size, padding)

    def _lines(self, text: str) -> int:
        if len(text) < self._few:
            return 1
        ends = (self._recent_ends if len(text) <= _SHORT else self._ends)(text)
        if ends[-1] < self._surely:
            return 1
        if self._narrow:
            return _lines_by_piece(text, self._room, self._size, self._bold)
        fits, lines, last = self._fits, 1, len(ends)
        end = bisect_right(ends, fits)
        while end < last:
            start = end
            if "!" <= text[end] <= "~":  # it may be in a word
                start = _begin_of_word(text, end)
                if end - start and ends[end] - (ends[start - 1] if start else 0.0) > fits:  # longer than a line
                    return _lines_by_piece(text, self._room, self._size, self._bold)
            lines += 1
            end = bisect_right(ends, ends[start - 1] + fits, start)
        return lines


@lru_cache(maxsize=_KEPT_HEIGHTS)
def _points(lines: int, size: float, padding: float) -> float:
    """Return the height in points of so many lines, at most what Excel allows for a row."""
    return min(_MAX_ROW, round(lines * size * LINE_HEIGHT + padding, 1))


def _begin_of_word(text: str, place: int) -> int:
    """Return where the word of letters begins through which a line would end, ``place`` where there is none."""
    if not (_is_of_word(text[place]) and _is_of_word(text[place - 1])):
        return place
    while place and _is_of_word(text[place - 1]):
        place -= 1
    return place


def _is_of_word(char: str) -> bool:
    return "!" <= char <= "~"


def _lines_by_piece(text: str, room: float, size: float, bold: bool) -> int:  # noqa: FBT001 - private
    """Return how many lines a text takes of which one word alone may take more than one."""
    widths = _widths(bold)
    lines, used = 1, 0.0
    for piece in _UNBREAKABLE.findall(text):
        width = widths[piece] * size if len(piece) == 1 else text_width(piece, size, bold=bold)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        if width < room:
            used += width
        else:
            lines, used = lines + int(width // room), width % room
    return lines


@lru_cache(maxsize=_KEPT_HEIGHTS)
def row_height(text: str, width_px: int, size: float, *, bold: bool = False, padding: float = 8.0) -> float:
    """Return the height in points that shows the whole ``text``, at most what Excel allows for a row."""
    return ruler(width_px, size, bold).height(text, padding)

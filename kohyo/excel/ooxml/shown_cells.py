"""The two faces of a cell (見た目と値): where what is shown is not what is stored.

Styles and runs of letters are looked up for cells alone that bear a style of consequence; on a form as it went out
these are its dates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import lru_cache
from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.cell_reference import Position, position
from kohyo.excel.ooxml.cell_styles import CellStyle, is_struck
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.model.codes import Code
from kohyo.model.returned_book import Face, Look
from kohyo.text.number_format import is_hidden, is_moment, is_percent, shown

_SHARED = re.compile(rb'<c r="([A-Z]++[0-9]++)"[^<>]*? t="s"[^<>]*+><v>([0-9]++)</v>')
_INLINE = re.compile(rb'<c r="([A-Z]++[0-9]++)"[^<>]*? t="inlineStr"[^<>]*+>(<is>.*?</is>)', re.DOTALL)
_STRIKE = b"strike"
_MANY = 200  # styles that are not worth a pattern of their own


@dataclass(frozen=True)
class SheetLooks:
    """The styles of consequence by cell, and the visible rest of texts that are struck through in part."""

    styles: dict[Position, CellStyle] = field(default_factory=dict)
    visible: dict[Position, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    """How many digits there is room for in narrow columns."""

    def of_consequence(self, held: Mapping[Position, object]) -> Collection[Position]:
        """Return the cells that may show something else than they hold; a text is shown in any width."""
        styled = (self.styles.keys() | self.visible.keys()) & held.keys()
        if not self.widths:
            return styled
        return styled | {cell for cell, value in held.items() if not isinstance(value, str) and cell[1] in self.widths}

    def face(self, cell: Position, value: object) -> Face | None:
        """Return the face of a cell, None where it shows what it holds."""
        face = face_of(value, self.styles.get(cell), self.visible.get(cell))
        return _in_width(value, face, self.widths.get(cell[1], 0.0))


def looks_of(content: bytes, styles: Mapping[int, CellStyle], strings: Mapping[int, str]) -> SheetLooks:
    """Return how the cells of a sheet look, which is plainly spelled.

    ``strings`` are the shared texts that are struck through in part, by number, with what is visible of them.
    """
    styled = {
        _place(ref): styles[int(number)]
        for ref, number in (_styled(tuple(styles)).findall(content) if styles else ())
        if int(number) in styles
    }
    visible = {
        _place(ref): strings[int(number)]
        for ref, number in (_SHARED.findall(content) if strings else ())
        if int(number) in strings
    }
    for ref, text in _INLINE.findall(content) if _STRIKE in content else ():
        found = _visible(_tree(text))
        if found is not None:
            visible[_place(ref)] = found
    return SheetLooks(styled, visible)


@lru_cache(maxsize=64)
def _styled(styles: tuple[int, ...]) -> re.Pattern[bytes]:
    """Return the pattern of the filled cells that bear one of some styles, of very many that of all styled ones."""
    numbers = "|".join(map(str, styles)) if len(styles) < _MANY else "[0-9]++"
    return re.compile(rb'<c r="([A-Z]++[0-9]++)"[^<>]*? s="0*+(' + numbers.encode() + rb')"[^<>/]*+>')


@lru_cache(maxsize=65_536)
def _place(reference: bytes) -> Position:
    return position(reference.decode("ascii"))


def struck_strings(content: bytes) -> dict[int, str]:
    """Return the shared texts of which letters are struck through, by number, with what is visible of them."""
    if _STRIKE not in content:
        return {}
    texts = (node for node in _tree(content) if _local(node) == "si")
    return {number: text for number, node in enumerate(texts) if (text := _visible(node)) is not None}


def _visible(text: ET.Element) -> str | None:
    """Return what of a rich text is not struck through, None where nothing is."""
    runs = [node for node in text if _local(node) == "r"]
    struck = [is_struck(next((part for part in run if _local(part) == "rPr"), None)) for run in runs]
    if not any(struck):
        return None
    return "".join(part for run, gone in zip(runs, struck, strict=True) if not gone for part in _letters(run))


def _letters(run: ET.Element) -> Iterator[str]:
    return (part.text or "" for part in run if _local(part) == "t")


def face_of(value: object, style: CellStyle | None, visible: str | None) -> Face | None:
    """Return the face of a cell, None where it shows what it holds."""
    if visible is not None:
        return Face(Look.STRUCK if visible.strip() else Look.ERASED, visible)
    if style is None:
        return None
    face = _formatted(value, style)
    if style.struck:
        return Face(Look.ERASED, "")
    if is_hidden(style.format):
        return Face(Look.UNSEEN, "")
    return replace(face or _plain(value), unseen=True) if style.unseen else face


def _in_width(value: object, face: Face | None, width: float) -> Face | None:
    """Return a face that is marked as unseen where a number is shown as ### for want of room."""
    shown_text = None if face is None else face.text
    text = str(value) if shown_text is None else shown_text
    if isinstance(value, (str, bool)) or not 0 < width < len(text):
        return face
    return replace(face or _plain(value), unseen=True)


def _plain(value: object) -> Face:
    return Face(Look.PLAIN, str(value))


def _formatted(value: object, style: CellStyle) -> Face | None:
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float, date, time, timedelta)):
        return None
    text = shown(style.format, value)
    if not isinstance(value, (int, float)) or is_moment(style.format):
        return Face(Look.MOMENT, text)
    return Face(Look.PERCENT if is_percent(style.format) else Look.FORMATTED, text)


def _tree(content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314 - the safety pass refuses DTDs
    except ET.ParseError as error:
        raise RefusedError(Code.K143) from error


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]

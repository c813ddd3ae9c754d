"""How cells look as far as it changes what people read (見え方): number formats, strike-through, unseen letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, colour_of, contrast
from kohyo.excel.ooxml.fast_scan import MAIN
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.model.codes import Code
from kohyo.text.number_format import BUILT_IN, UNKNOWN, is_plain, moment_kind

_OFF = ("0", "false", "none")
_DAYS, _SPAN = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}), 46
"""Built-in number formats: days and times of day (27 to 36 and 50 to 58 are those of East Asia), elapsed hours."""

_SMALLEST = 3.0
"""Letters of fewer points are too small to be made out."""


class CellStyle(NamedTuple):
    """The format code of a style, whether its letters are struck through, whether they can be made out at all."""

    format: str = "General"
    struck: bool = False
    unseen: bool = False

    @property
    def matters(self) -> bool:
        """Whether a cell of this style may show something else than it holds."""
        return self.struck or self.unseen or not is_plain(self.format)


class _Font(NamedTuple):
    """What of a font decides whether its letters can be read."""

    struck: bool = False
    tiny: bool = False
    colour: Colour = BLACK


class Styles(NamedTuple):
    """The styles of a workbook by number: those that matter, and those that show days or spans of time."""

    that_matter: Mapping[int, CellStyle]
    moments: Mapping[int, str]


@lru_cache(maxsize=64)
def read_styles(content: bytes) -> Styles:
    """Return the styles of a workbook (``styles.xml``); raise RefusedError.

    Every return of a round has the same styles: what was parsed once is kept.
    """
    try:
        root = ET.fromstring(content)  # noqa: S314 - the safety pass refuses DTDs
    except ET.ParseError as error:
        raise RefusedError(Code.K143, "styles") from error
    parts = {_local(part): part for part in root if str(part.tag)[1:].partition("}")[0] in MAIN}
    formats = {_number(node, "numFmtId"): node.get("formatCode", "") for node in parts.get("numFmts", ())}
    fonts = [_font(node) for node in parts.get("fonts", ())]
    fills = [_paper(node) for node in parts.get("fills", ())]
    cells = list(parts.get("cellXfs", ()))
    styles = {
        number: style for number, node in enumerate(cells) if (style := _style(node, formats, fonts, fills)).matters
    }
    kinds = ((number, _moment_kind(_number(node, "numFmtId"), formats)) for number, node in enumerate(cells))
    return Styles(styles, {number: kind for number, kind in kinds if kind})


def _moment_kind(number: int, formats: Mapping[int, str]) -> str:
    """Return what a number is in a format; by its own code or by the number of a built-in one."""
    if number in formats:
        return moment_kind(formats[number])
    return "span" if number == _SPAN else "day" if number in _DAYS else ""


def _style(node: ET.Element, formats: Mapping[int, str], fonts: list[_Font], fills: list[Colour | None]) -> CellStyle:
    number, font, fill = (_number(node, name) for name in ("numFmtId", "fontId", "fillId"))
    code = formats.get(number) or BUILT_IN.get(number, UNKNOWN)
    letters = fonts[font] if font < len(fonts) else _Font()
    paper = fills[fill] if fill < len(fills) else WHITE
    faint = paper is not None and contrast(letters.colour, paper) < LEAST_CONTRAST
    return CellStyle(code, letters.struck, faint or letters.tiny)


def is_struck(properties: ET.Element | None) -> bool:
    """Tell whether the properties of a run of letters strike it through."""
    return properties is not None and _is_on(properties, "strike")


def _is_on(node: ET.Element, name: str) -> bool:
    return any(child.get("val", "1") not in _OFF for child in node if _local(child) == name)


def _font(node: ET.Element) -> _Font:
    size = next((part.get("val", "") for part in node if _local(part) == "sz"), "")
    tiny = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", size) is not None and float(size) < _SMALLEST
    return _Font(_is_on(node, "strike"), tiny, colour_of(_child(node, "color")) or BLACK)


def _paper(fill: ET.Element) -> Colour | None:
    """Return the colour behind the letters, None where there is no single one."""
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return None
    kind = pattern.get("patternType", "none")
    if kind == "solid":
        return colour_of(_child(pattern, "fgColor"))
    return WHITE if kind == "none" else colour_of(_child(pattern, "bgColor"))


def _child(node: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in node if _local(child) == name), None)


def _number(node: ET.Element, name: str) -> int:
    text = node.get(name, "0")
    return int(text) if text.isdecimal() else 0


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]

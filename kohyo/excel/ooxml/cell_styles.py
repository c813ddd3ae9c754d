"""How cells look as far as it changes what people read (見え方): number formats, strike-through, invisible letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.fast_scan import MAIN
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.plain_package import plain_styles
from kohyo.model.codes import Code
from kohyo.text.number_format import BUILT_IN, UNKNOWN, is_plain

_OFF = ("0", "false", "none")
_WHITE = ("FFFFFFFF", "00FFFFFF")
_PALE = 0xD8
_NO_FILL = ("", "none")


@dataclass(frozen=True)
class CellStyle:
    """The format code of a style, whether its letters are struck through, whether they are white on white."""

    format: str = "General"
    struck: bool = False
    white: bool = False

    @property
    def matters(self) -> bool:
        """Whether a cell of this style may show something else than it holds."""
        return self.struck or self.white or not is_plain(self.format)


@dataclass(frozen=True)
class Styles:
    """The styles of a workbook: those that matter by number, and all of them plainly spelled for the parser."""

    that_matter: Mapping[int, CellStyle]
    plain: bytes


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
    fonts = [(_is_on(node, "strike"), _is_white(node)) for node in parts.get("fonts", ())]
    fills = [_is_blank(node) for node in parts.get("fills", ())]
    cells = list(parts.get("cellXfs", ()))
    styles = {
        number: style for number, node in enumerate(cells) if (style := _style(node, formats, fonts, fills)).matters
    }
    return Styles(styles, plain_styles(formats, [_number(node, "numFmtId") for node in cells]))


def _style(
    node: ET.Element, formats: Mapping[int, str], fonts: list[tuple[bool, bool]], fills: list[bool]
) -> CellStyle:
    number, font, fill = (_number(node, name) for name in ("numFmtId", "fontId", "fillId"))
    code = formats.get(number) or BUILT_IN.get(number, UNKNOWN)
    struck, white = fonts[font] if font < len(fonts) else (False, False)
    return CellStyle(code, struck, white and (fill >= len(fills) or fills[fill]))


def is_struck(properties: ET.Element | None) -> bool:
    """Tell whether the properties of a run of letters strike it through."""
    return properties is not None and _is_on(properties, "strike")


def _is_on(node: ET.Element, name: str) -> bool:
    return any(child.get("val", "1") not in _OFF for child in node if _local(child) == name)


def _is_white(font: ET.Element) -> bool:
    colours = [child for child in font if _local(child) == "color"]
    return any(colour.get("rgb", "").upper() in _WHITE or colour.get("theme") == "0" for colour in colours)


def _is_blank(fill: ET.Element) -> bool:
    """Tell whether a fill leaves the paper white, or nearly so."""
    patterns = list(_patterns(fill))
    return all(
        pattern.get("patternType", "") in _NO_FILL
        or any(_local(colour) == "fgColor" and _is_pale(colour.get("rgb", "")) for colour in pattern)
        for pattern in patterns
    )


def _is_pale(rgb: str) -> bool:
    """Tell whether white letters on a colour cannot be made out."""
    if not re.fullmatch("[0-9A-Fa-f]{6,8}", rgb):
        return False
    return all(int(rgb[-6:][place : place + 2], 16) >= _PALE for place in (0, 2, 4))


def _patterns(fill: ET.Element) -> Iterator[ET.Element]:
    yield from (child for child in fill if _local(child) == "patternFill")


def _number(node: ET.Element, name: str) -> int:
    text = node.get(name, "0")
    return int(text) if text.isdecimal() else 0


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]

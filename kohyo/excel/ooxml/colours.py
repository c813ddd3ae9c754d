"""Colours of letters and fills (文字と塗りの色), as far as letters that cannot be made out are to be told.

A colour is named as RGB, by its place in the theme (lighter or darker by a tint) or in the old palette
(ECMA-376 part 1, 18.3.1.15 and 18.8.27). Of the theme the colours of every Office since 2013 are known.
"""

from __future__ import annotations

import colorsys
import re
from typing import TypeAlias
from xml.etree import ElementTree as ET

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
LEAST_CONTRAST = 1.45
"""Letters of less contrast cannot be made out: white on pale grey, yellow on white (WCAG 2, 1.4.3 asks for 4.5)."""


def _listed(digits: str) -> tuple[str, ...]:
    return tuple(re.findall("[0-9A-F]{6}", digits))


_THEME = _listed("FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72")
_PALETTE = _listed(
    2
    * "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333 "
    "000000 FFFFFF"
)
"""By number; the last two are the system's own: letters and paper."""


def colour_of(node: ET.Element | None) -> Colour | None:
    """Return the colour that an element names, None where it names none or leaves it to the program."""
    if node is None:
        return None
    found = (
        _rgb(node.get("rgb", "")[-6:]) or _at(_THEME, node.get("theme", "")) or _at(_PALETTE, node.get("indexed", ""))
    )
    return _tinted(found, node.get("tint", "")) if found else None


def contrast(one: Colour, other: Colour) -> float:
    """Return by how much two colours differ in brightness: 1 for none, 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _rgb(text: str) -> Colour | None:
    if not re.fullmatch("[0-9A-Fa-f]{6}", text):
        return None
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _at(colours: tuple[str, ...], place: str) -> Colour | None:
    return _rgb(colours[int(place)]) if place.isdecimal() and int(place) < len(colours) else None


def _tinted(colour: Colour, tint: str) -> Colour:
    """Return a colour that is lighter by a positive tint, darker by a negative one (18.3.1.15)."""
    if not re.fullmatch(r"-?[0-9]*\.?[0-9]+(?:E-?[0-9]+)?", tint, re.IGNORECASE):
        return colour
    share = max(-1.0, min(float(tint), 1.0))
    hue, light, full = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, light * (1 + share) if share < 0 else light + (1 - light) * share, full)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance (WCAG 2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""How each mark of a table (表) looks: size, weight, colours, borders; one row here per mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kohyo.excel.style import palette
from kohyo.model.table import Mark

Align = Literal["", "left", "center", "right"]

_ABOVE_CAPTION = 24.0
HAIR, THIN, DOTTED = 7, 1, 4  # Excel's numbers of border styles
FIGURES = '#,##0;"▲"#,##0;"-"'
"""Figures with thousands marks, ▲ for less; nought is a dash, so that what there is stands out."""

_TEXT = "@"
"""What is typed over a number such as 1-24 stays one: Excel would make a date of it."""

INDENT_PX = 14
"""What an indent of one takes of a cell's width: three spaces of the workbook's base font."""

_ROW_LINES = {"top": HAIR, "bottom": HAIR, "top_color": palette.LINE, "bottom_color": palette.LINE}


@dataclass(frozen=True)
class Style:
    """The look of a mark; an empty ``align`` leaves it to the column."""

    size: float = 9.0
    bold: bool = False
    color: str = palette.INK
    ground: str = ""
    align: Align = ""
    figures: bool = False
    dotted: bool = False
    underline: bool = False
    literal: bool = False


@dataclass(frozen=True)
class Look:
    """What a cell's place adds: its column's side, a line where a goal ``opens`` or the table ``closes``, a link.

    ``changed`` marks the whole text as another than before.
    """

    align: Align = ""
    opens: bool = False
    closes: bool = False
    linked: bool = False
    changed: bool = False


STYLES: Mapping[Mark, Style] = {
    "": Style(),
    "head": Style(bold=True, color=palette.WHITE, ground=palette.DEEP, align="center"),
    "subhead": Style(size=8.5, color=palette.WHITE, ground=palette.DEEP, align="center"),
    "band": Style(size=9.5, bold=True, color=palette.DEEP, ground=palette.BAND, align="left"),
    "number": Style(bold=True, color=palette.DEEP, align="center", literal=True),
    "title": Style(bold=True),
    "goal": Style(size=18.0, bold=True, color=palette.DEEP, ground=palette.BAND, align="center"),
    "headline": Style(size=13.0, bold=True, color=palette.DEEP, ground=palette.BAND, align="left"),
    "label": Style(bold=True, ground=palette.LABEL),
    "count": Style(align="right", figures=True),
    "total": Style(bold=True, ground=palette.LABEL, align="right", figures=True),
    "yes": Style(size=8.5, bold=True, color=palette.WHITE, ground=palette.TICKED, align="center"),
    "no": Style(size=8.5, color=palette.PALE, ground=palette.LABEL, align="center"),
    "unknown": Style(size=8.5, color=palette.MUTED, align="center", dotted=True),
    "muted": Style(size=8.5, color=palette.MUTED),
    "caption": Style(size=12.0, bold=True, color=palette.DEEP, align="left"),
    "note": Style(size=palette.HINT, color=palette.MUTED, align="left"),
    "changed": Style(bold=True, color=palette.MISSING_TEXT, underline=True, literal=True),
}

TITLE = Style(size=palette.TITLE, bold=True, color=palette.DEEP, align="left")
SUBTITLE = Style(size=palette.HINT, color=palette.MUTED, align="right")
NOTE = Style(size=palette.HINT, color=palette.MUTED, align="left")


def padding(style: Style) -> float:
    """Return the room above and below a text, in points, both together."""
    if style == STYLES["caption"]:
        return _ABOVE_CAPTION
    return 6.0 if style.ground == palette.DEEP else 7.0


def text_room(width: int, style: Style, align: Align = "") -> int:
    """Return how many of a cell's pixels its text may take; ``align`` is its column's."""
    indented = (style.align or align or "left") == "left" and not is_outside(style)
    return max(1, width - INDENT_PX) if indented else width


def is_outside(style: Style) -> bool:
    """Tell whether a text stands beside its table: titles and notes, which keep to the margin and have no lines."""
    return style in (STYLES["caption"], NOTE)


def plain_format(style: Style, font: str, *, wrapped: bool = False) -> dict[str, Any]:
    """Return the properties of a format without borders, for title, subtitle and notes."""
    return {**_text(style, font, style.align or "left"), "text_wrap": wrapped or style is NOTE}


def cell_format(style: Style, font: str, look: Look) -> dict[str, Any]:
    """Return the properties of a cell's format."""
    side = style.align or look.align or "left"
    properties = {**_text(style, font, side), "text_wrap": True, **_borders(style)}
    if style == STYLES["caption"]:
        properties["valign"] = "bottom"
    if side == "left" and not is_outside(style):
        properties["indent"] = 1
    if style.ground:
        properties["bg_color"] = style.ground
    if style.figures:
        properties["num_format"] = FIGURES
    if style.literal:
        properties["num_format"] = _TEXT
    if look.opens:
        properties |= {"top": THIN, "top_color": palette.DEEP}
    if look.closes:
        properties |= {"bottom": THIN, "bottom_color": palette.DEEP}
    if look.changed:
        properties |= _letters(STYLES["changed"], font, style.size)
    if look.linked:
        properties |= {"underline": 1, "font_color": palette.DEEP}
    return properties


def _text(style: Style, font: str, align: str) -> dict[str, Any]:
    return {**_letters(style, font, style.size), "align": align, "valign": "vcenter"}


def run_format(style: Style, font: str, *, changed: bool) -> dict[str, Any]:
    """Return the properties of a part of a cell's text; what changed keeps the size of the text around it."""
    return _letters(STYLES["changed"] if changed else style, font, style.size)


def _letters(style: Style, font: str, size: float) -> dict[str, Any]:
    letters: dict[str, Any] = {"font_name": font, "font_size": size, "bold": style.bold, "font_color": style.color}
    return {**letters, "underline": 1} if style.underline else letters


def _borders(style: Style) -> dict[str, Any]:
    """Return the lines around a cell: none but hairlines between rows, except where dots mean 不明."""
    if is_outside(style):
        return {}
    if style.dotted:
        dots = {"left": DOTTED, "right": DOTTED, "left_color": palette.PALE, "right_color": palette.PALE}
        return {**dots, **_ROW_LINES}
    if style.ground == palette.DEEP:
        return {"border": HAIR, "border_color": palette.WHITE}
    if style in (STYLES["yes"], STYLES["no"]):
        gaps = {"left": THIN, "right": THIN, "left_color": palette.WHITE, "right_color": palette.WHITE}
        return {**gaps, **_ROW_LINES}
    return _ROW_LINES

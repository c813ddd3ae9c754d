"""Formulas of the secretariat's own around the cells that a save writes: what they lean on must not go away."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape, unescape

from openpyxl.formula.translate import Translator

from kohyo.excel.ooxml.cell_reference import row_column
from kohyo.excel.ooxml.package import attributes

_FORMULA = re.compile(r"<c\b([^>]*)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
_SHARED = b't="shared"'


def released(xml: bytes, cells: Mapping[int, Collection[int]]) -> bytes:
    """Return the sheet in which no formula leans on a cell that is about to be overwritten: columns by row, from 0.

    Excel writes a formula that was filled down once, in its first cell, and has the others refer to that cell.
    """
    if _SHARED not in xml:
        return xml
    text = xml.decode("utf-8")
    firsts: dict[str, tuple[str, str]] = {}
    for found in _FORMULA.finditer(text):
        reference, formula = attributes(found[1]).get("r", ""), attributes(found[2])
        row, column = row_column(reference)
        if formula.get("t") == "shared" and found[3] and column in cells.get(row, ()):
            firsts[formula["si"]] = (reference, unescape(found[3]))
    return _FORMULA.sub(lambda found: _own(found, firsts), text).encode() if firsts else xml


def _own(found: re.Match[str], firsts: dict[str, tuple[str, str]]) -> str:
    """Return a cell's formula written out where it was shared from one of ``firsts``, else as it is."""
    formula = attributes(found[2])
    first, text = firsts.get(formula.get("si", ""), ("", ""))
    if not first or formula.get("t") != "shared":
        return found[0]
    translated = Translator(f"={text}", origin=first).translate_formula(attributes(found[1])["r"])
    return f"<c{found[1]}><f>{escape(translated.removeprefix('='), quote=False)}</f>"

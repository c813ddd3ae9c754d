"""Formulas of the secretariat's own around the cells that a save writes: what they lean on must not go away."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape, unescape

from kohyo.excel.ooxml.cell_reference import row_column
from kohyo.excel.ooxml.package import attributes

_FORMULA = re.compile(r"<c\b([^>]*)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
_SHARED = b't="shared"'
_SPANNING = re.compile(rb't="(?:array|dataTable)"')
_SPAN = re.compile(r'(<c\b[^>]*)>\s*<f\b([^>]*?\bt="(?:array|dataTable)"[^>]*?)(?:/>|>[^<]*</f>)')
_META = re.compile(r'\s+cm="[^"]*"')


def released(xml: bytes, cells: Mapping[int, Collection[int]]) -> bytes:
    """Return the sheet in which no formula leans on a cell that is about to be overwritten: columns by row, from 0.

    Excel writes a formula that was filled down once, in its first cell, and has the others refer to that cell.
    A formula that fills several cells (配列数式, データ テーブル) would fill them again over what is written; where one
    of them is written, the others keep the values that they show.
    """
    if _SPANNING.search(xml):
        xml = _SPAN.sub(lambda found: _unspanned(found, cells), xml.decode("utf-8")).encode()
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


def _unspanned(found: re.Match[str], cells: Mapping[int, Collection[int]]) -> str:
    """Return a cell without its formula where that fills a cell of ``cells``, else as it is."""
    first, _, last = attributes(found[2]).get("ref", "").partition(":")
    if not first:
        return found[0]
    (top, left), (bottom, right) = row_column(first), row_column(last or first)
    held = any(top <= row <= bottom and any(left <= at <= right for at in columns) for row, columns in cells.items())
    return _META.sub("", found[1]) + ">" if held else found[0]


def _own(found: re.Match[str], firsts: dict[str, tuple[str, str]]) -> str:
    """Return a cell's formula written out where it was shared from one of ``firsts``, else as it is."""
    formula = attributes(found[2])
    first, text = firsts.get(formula.get("si", ""), ("", ""))
    if not first or formula.get("t") != "shared":
        return found[0]
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - few have shared formulas, every start would wait

    translated = Translator(f"={text}", origin=first).translate_formula(attributes(found[1])["r"])
    return f"<c{found[1]}><f>{escape(translated.removeprefix('='), quote=False)}</f>"

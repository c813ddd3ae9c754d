"""Headings of a table that a save renews (テーブルの見出しの変更): what a person's formulas and slicers call them by.

A formula names a column of a table (構造化参照: ``テーブル1[番号]``), a slicer its source. Excel repairs a workbook,
and throws the formula away, where it names a column that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

_FORMULA = re.compile(
    r"(<(?:xm:|c:)?(?:f|formula[12]?|calculatedColumnFormula|totalsRowFormula|definedName)\b[^>]*(?<!/)>)([^<]*)(?=</)"
)
_WITHIN = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_SOURCE = re.compile(r'(\bsourceName=")([^"]*)(")')
_TABLE_CACHE = "tableSlicerCache"
PLACES = ("xl/worksheets/", "xl/tables/", "xl/slicerCaches/", "xl/charts/")
"""Folders of the parts in which formulas or slicers name columns; the workbook's own part holds its names."""

Renamed = Mapping[str, Mapping[str, str]]
"""The new headings by the old ones, by the name of the table."""


def with_new_names(part: str, renamed: Renamed) -> str:
    """Return a part in which formulas and slicers call the columns of tables by their new headings."""
    for table, headings in renamed.items():
        naming = _Renaming(table, headings)
        if table in part:
            part = _FORMULA.sub(naming.in_formula, part)
        if _TABLE_CACHE in part:
            part = _SOURCE.sub(naming.in_slicer, part)
    return part


class _Renaming:
    """Calls the columns of one table by their new headings."""

    def __init__(self, table: str, headings: Mapping[str, str]) -> None:
        self._headings = headings
        self._spelled = {escape(old, quote=False): escape(new, quote=False) for old, new in headings.items()}
        self._reference = re.compile(rf"(?<![\w.]){re.escape(escape(table, quote=False))}{_WITHIN}")
        self._column = re.compile(rf"(?<=[\[@])(?:{'|'.join(map(re.escape, self._spelled))})(?=\])")

    def in_formula(self, found: re.Match[str]) -> str:
        """Return the beginning of a formula's element with its formula."""
        return found[1] + self._reference.sub(self._renamed, found[2])

    def in_slicer(self, found: re.Match[str]) -> str:
        """Return what a slicer's source is called."""
        name = unescape(found[2])
        return f"{found[1]}{escape(self._headings.get(name, name))}{found[3]}"

    def _renamed(self, reference: re.Match[str]) -> str:
        return self._column.sub(lambda column: self._spelled[column[0]], reference[0])


def is_place(name: str) -> bool:
    """Tell whether formulas or slicers may stand in a part."""
    return name.endswith(".xml") and name.startswith(PLACES)


def renamed_between(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each table whose part names columns otherwise than before, and the new headings by the old."""
    for name, old in before.items():
        pairs = zip(_columns(old), _columns(after.get(name, old)), strict=True)
        if headings := {was: becomes for was, becomes in pairs if was != becomes}:
            yield _display(old), headings


_COLUMN = re.compile(r'<(?:\w+:)?tableColumn\b[^>]*?\bname="([^"]*)"')
_DISPLAY = re.compile(r'<(?:\w+:)?table\b[^>]*?\bdisplayName="([^"]*)"')


def _columns(table: str) -> list[str]:
    return [unescape(name) for name in _COLUMN.findall(table)]


def _display(table: str) -> str:
    found = _DISPLAY.search(table)
    return unescape(found[1]) if found else ""

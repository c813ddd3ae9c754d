"""Tabs that a save renames (シートの名前の変更): what a person's formulas, names, links and charts call them by.

Excel repairs a workbook, and throws away what it cannot follow, where a formula names a sheet that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

PLACES = (
    "xl/worksheets/",
    "xl/chartsheets/",
    "xl/tables/",
    "xl/charts/",
    "xl/drawings/",
    "xl/pivotCache/",
    "docProps/app.xml",
)
"""Parts that may name a sheet; the workbook's own part holds the tabs and the names."""

_FORMULA = re.compile(
    r"(<(?:\w+:)?(?:f|sqref|formula[12]?|calculatedColumnFormula|totalsRowFormula|definedName)\b[^>]*(?<!/)>)"
    r"([^<]*)(?=</)"
)
_LINK = re.compile(r"(\b(?:location|textlink)=\")([^\"]*)(\")")
_TARGET = re.compile(r"(\bTarget=\"#)([^\"]*)(\")")
_SOURCE = re.compile(r"(<(?:\w+:)?worksheetSource\b[^>]*?\bsheet=\")([^\"]*)(\")")
_TAB = re.compile(r"(<(?:\w+:)?sheet\b[^>]*?\bname=\")([^\"]*)(\")")
_TITLE = re.compile(r"(<vt:lpstr>)([^<]*)(</vt:lpstr>)")
_PREFIX = re.compile(r"(?<![\w.\]'])('(?:[^']|'')+'|[\w.]+(?::[\w.]+)?)!")

_REFERENCE = "&#"  # some write every letter of a title by its number

Tabs = Mapping[str, str]
"""The new titles by the old ones."""


def is_place(name: str) -> bool:
    """Tell whether a sheet may be named in a part."""
    return name.startswith(PLACES) and name.endswith((".xml", ".rels"))


def with_new_tabs(part: str, tabs: Tabs) -> str:
    """Return a part in which sheets are called by their new titles, wherever a formula, a link or a list names one."""
    if _REFERENCE not in part and not any(escape(old, quote=False) in part or escape(old) in part for old in tabs):
        return part
    known = {title.casefold(): new for title, new in tabs.items()}

    def in_formula(found: re.Match[str]) -> str:
        return found[1] + escape(_PREFIX.sub(in_prefix, unescape(found[2])), quote=False)

    def in_attribute(found: re.Match[str]) -> str:
        return found[1] + escape(_PREFIX.sub(in_prefix, unescape(found[2]))) + found[3]

    def in_prefix(found: re.Match[str]) -> str:
        titles = found[1].strip("'").replace("''", "'").split(":")
        if not any(title.casefold() in known for title in titles):
            return found[0]
        new = ":".join(known.get(title.casefold(), title) for title in titles)
        return f"""'{new.replace("'", "''")}'!"""

    def in_name(found: re.Match[str]) -> str:
        title = unescape(found[2])
        return found[1] + escape(known.get(title.casefold(), title)) + found[3]

    part = _FORMULA.sub(in_formula, part)
    for pattern in (_LINK, _TARGET):
        part = pattern.sub(in_attribute, part)
    for pattern in (_SOURCE, _TAB, _TITLE):
        part = pattern.sub(in_name, part)
    return part

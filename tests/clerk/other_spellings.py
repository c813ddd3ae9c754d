"""Workbooks that are spelled otherwise from end to end: Strict Open XML, dates that are counted from 1904."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.clerk.package import MAIN, OFFICE, WORKBOOK, Touched

_ISO = "http://purl.oclc.org/ooxml"
_USUAL = "http://schemas.openxmlformats.org"
SPELLED = (
    (f"{OFFICE}/extended-properties", f"{_ISO}/officeDocument/relationships/extendedProperties"),
    (f"{OFFICE}/custom-properties", f"{_ISO}/officeDocument/relationships/customProperties"),
    (OFFICE, f"{_ISO}/officeDocument/relationships"),
    (MAIN, f"{_ISO}/spreadsheetml/main"),
    (f"{_USUAL}/officeDocument/2006/extended-properties", f"{_ISO}/officeDocument/extendedProperties"),
    (f"{_USUAL}/officeDocument/2006/custom-properties", f"{_ISO}/officeDocument/customProperties"),
    (f"{_USUAL}/officeDocument/2006/docPropsVTypes", f"{_ISO}/officeDocument/docPropsVTypes"),
    (f"{_USUAL}/drawingml/2006/main", f"{_ISO}/drawingml/main"),
    (f"{_USUAL}/drawingml/2006/spreadsheetDrawing", f"{_ISO}/drawingml/spreadsheetDrawing"),
    (f"{_USUAL}/drawingml/2006/chart", f"{_ISO}/drawingml/chart"),
)
"""The usual names and the strict ones, the longer before those that they begin with."""

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones


def strict(book: Touched) -> None:
    """Save the workbook as Strict Open XML, in which a date is a text; old drawings (VML) stay as they are."""
    _respell_dates(book, _iso)
    for name in book.parts:
        if name.endswith((".xml", ".rels")):
            text = book.text(name)
            for usual, iso in SPELLED:
                text = text.replace(f'"{usual}', f'"{iso}')
            book.put(name, text)
    text = book.text(WORKBOOK)
    text = text.replace("<workbook ", '<workbook conformance="strict" ', 1)
    book.put(WORKBOOK, text.replace("<workbookPr ", '<workbookPr dateCompatibility="0" ', 1))


def counted_from_1904(book: Touched) -> None:
    """Hold every date as a workbook does that was begun on a Macintosh."""
    _respell_dates(book, lambda days: f"><v>{float(days) - 1462:.10g}</v>")
    book.swap(WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" ')


def _iso(days: str) -> str:
    moment = _FIRST_DAY + timedelta(days=float(days))
    rounded = (moment + timedelta(seconds=0.5)).replace(microsecond=0)
    return f' t="d"><v>{rounded.isoformat()}.000</v>'


def _respell_dates(book: Touched, spelled: Callable[[str], str]) -> None:
    styles = book.text("xl/styles.xml")
    formats = re.findall(r'<numFmt numFmtId="(\d+)" formatCode="[^"]*yyyy[^"]*"', styles)
    looks = re.findall(r"<xf\b[^>]*>", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    dated = "|".join(str(n) for n, look in enumerate(looks) if any(f'numFmtId="{one}"' in look for one in formats))
    cell = re.compile(rf'(<c r="[A-Z]+\d+" s="(?:{dated or "none"})")><v>([\d.]+)</v>')
    for name in book.parts:
        if name.startswith("xl/worksheets/"):
            book.put(name, cell.sub(lambda found: found[1] + spelled(found[2]), book.text(name)))

"""The quick look over a part's XML (速い点検): searches at C speed, sure of themselves or not used.

A part spelled as Excel, LibreOffice and the usual libraries spell it is looked over by a few regular
expressions; each count is compared with a looser one, and any difference means that something is spelled in
another way. Then ``scan_slowly`` reads the part event by event. Notes are what calamine hides: errors and formulas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kohyo.excel.read.limits import CELLS, DEPTH, STRINGS, TEXT, RefusedError
from kohyo.excel.read.references import Position, column_number, refuse_far, refuse_huge_merges, row_number

READ_KINDS = frozenset({"worksheet", "sst", "workbook", "stylesheet", "relationships", "comments", "properties"})
"""Roots (in lower case) of the parts that are read; of all others only size, nesting and DTDs matter."""

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=\"1\.[01]\"(?: encoding=\"(?i:utf-8)\")?(?: standalone=\"\w+\")?\s*\?>)?\s*"
    rb"<(\w+)[\s/>]"
)
_REBOUND = re.compile(
    rb"xmlns:\w+\s*=\s*[\"'](?:http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main"
    rb"|purl\.oclc\.org/ooxml/spreadsheetml/main)[\"']|[^\"'<]*&)"
)
_CELL = re.compile(rb'<c(?: r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]+="[^"<>]*")*(/?)>|(?=[\s/>]))')
_ROW = re.compile(rb'<row(?: r="([0-9]+)"|(?=[\s/>]))')
_MERGE = re.compile(rb'<mergeCell(?: ref="([A-Z0-9:]+)"|(?=[\s/>]))')
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)><f(?=[\s/>])(.*?)</c>', re.DOTALL)
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="e"[^<>]*>(.*?)</c>', re.DOTALL)
_STORED = re.compile(rb"<v>([^<]*)</v>")
_VALUE = re.compile(rb"<v>[^<]|<t[ >]")
_STRING = re.compile(rb"<si[\s/>]")
_BLOCK = 4096
_ODD_CELL = (b"", b"", b"")


@dataclass
class Scan:
    """What was noted in a part: its root, and for a sheet what its cells hide."""

    kind: str = ""
    cells: int = 0
    has_values: bool = False
    formulas: dict[Position, bool] = field(default_factory=dict)
    """Cells with a formula, and whether a result is stored."""
    errors: dict[Position, str] = field(default_factory=dict)
    """Cells with an error value, as it is spelled."""


def scan_quickly(data: bytes) -> Scan | None:
    """Return what a part holds, or None when only ``scan_slowly`` can tell; raise RefusedError."""
    head = _HEAD.match(data)
    if head is None or b"<!" in data:
        return None
    scan = Scan(head[1].decode("ascii").lower())
    _refuse_depth(data)
    if scan.kind not in READ_KINDS:
        return scan
    if _REBOUND.search(data):
        return None
    if len(data) > TEXT and max(map(len, data.split(b"<"))) > TEXT:
        raise RefusedError("K134")
    if scan.kind == "sst" and len(_STRING.findall(data)) > STRINGS:
        raise RefusedError("K133", STRINGS)
    return _scan_sheet(data, scan) if scan.kind == "worksheet" else scan


def _refuse_depth(data: bytes) -> None:
    """Refuse deep nesting, seen at every 4 KiB: more than DEPTH open elements where a block ends."""
    depth = 0
    for start in range(0, len(data), _BLOCK):
        end = start + _BLOCK
        depth += (
            data.count(b"<", start, end) - 2 * data.count(b"</", start, end + 1) - data.count(b"/>", start, end + 1)
        )
        if depth > DEPTH:
            raise RefusedError("K135", DEPTH)


def _scan_sheet(data: bytes, scan: Scan) -> Scan | None:
    cells, rows, merges = _CELL.findall(data), _ROW.findall(data), _MERGE.findall(data)
    if _ODD_CELL in cells or b"" in rows or b"" in merges:
        return None
    scan.cells = len(cells)
    if scan.cells > CELLS:
        raise RefusedError("K140", CELLS)
    _check_places(cells, rows)
    refuse_huge_merges(ref.decode("ascii") for ref in merges)
    scan.has_values = _VALUE.search(data) is not None
    return scan if _note_hidden(data, scan) else None


def _check_places(cells: list[tuple[bytes, bytes, bytes]], rows: list[bytes]) -> None:
    """Refuse places beyond the sheet, the same place twice, and cells far apart (empty ones do not count)."""
    letters, digits, marks = map(set, zip(*cells, strict=True)) if cells else (set(), set(), set())
    for number in digits.union(rows):
        row_number(number.decode("ascii"))
    for column in letters:
        column_number(column.decode("ascii"))
    if len({cell[:2] for cell in cells}) != len(cells):
        raise RefusedError("K143")
    if b"/" in marks:
        filled = [cell for cell in cells if not cell[2]]
        letters, digits = {cell[0] for cell in filled}, {cell[1] for cell in filled}
    refuse_far(map(int, digits), (column_number(column.decode("ascii")) for column in letters))


def _note_hidden(data: bytes, scan: Scan) -> bool:
    """Note formulas and errors; tell whether all of them were found."""
    formula_count, error_count = len(_ANY_FORMULA.findall(data)), data.count(b't="e"')
    formulas = _FORMULA.findall(data) if formula_count else []
    errors = _ERROR.findall(data) if error_count else []
    for letters, digits, attributes, body in formulas:
        stored = _STORED.search(body)
        text = b't="str"' in attributes and stored is not None
        scan.formulas[_place(letters, digits)] = text or bool(stored and stored[1])
    for letters, digits, body in errors:
        stored = _STORED.search(body)
        scan.errors[_place(letters, digits)] = stored[1].decode("utf-8", "replace") if stored else ""
    return (len(formulas), len(errors)) == (formula_count, error_count)


def _place(letters: bytes, digits: bytes) -> Position:
    return int(digits) - 1, column_number(letters.decode("ascii"))

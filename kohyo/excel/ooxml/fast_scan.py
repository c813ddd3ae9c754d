"""The quick look over a part's XML (速い点検): searches at C speed, sure of themselves or not used.

A part spelled as Excel, LibreOffice and the usual libraries spell it is looked over by a few regular
expressions; each count is compared with a looser one, and any difference means that something is spelled in
another way. Then ``scan_slowly`` reads the part event by event. Notes are what calamine hides: errors and formulas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kohyo.excel.ooxml.cell_reference import Position, position, refuse_huge_merges
from kohyo.excel.ooxml.limits import CELLS, DEPTH, STRINGS, TEXT, RefusedError
from kohyo.model.codes import Code

READ_KINDS = frozenset({"worksheet", "sst", "workbook", "stylesheet", "relationships", "comments", "properties"})
"""Roots (in lower case) of the parts that are read; of all others only size, nesting and DTDs matter."""

_TREE_KINDS = READ_KINDS - {"worksheet", "sst", "stylesheet"}

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=\"1\.[01]\"(?: encoding=\"(?i:utf-8)\")?(?: standalone=\"\w+\")?\s*\?>)?\s*"
    rb"<(\w+:)?(\w+)[\s/>]"
)
_REBOUND = re.compile(
    rb"xmlns:\w+\s*=\s*[\"'](?:http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main"
    rb"|purl\.oclc\.org/ooxml/spreadsheetml/main)[\"']|[^\"'<]*&)"
)
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z]{1,2}+[1-9][0-9]{0,3}+"(?: [a-z]++="[^"<>]*+")*+/?>)[\s/>]')
"""A cell far out, or spelled in another way; all others lie within an area that can be kept in memory."""
_ODD_ROW = re.compile(rb'<row(?=[\s/>])(?! r="[1-9][0-9]{0,5}")')
_ANY_MERGE = re.compile(rb"<mergeCell[\s/>]")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_FORMULA = re.compile(
    rb'<c r="([A-Z]++[0-9]++)"([^<>]*+)><f(?:[^<>]*/>|[^<>]*+>[^<]*+</f>|[^<>]*+>)(?:<v>([^<])|(<v></v>|<v/>))?'
)
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]* t="e"[^<>]*>(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))?(?:<v>([^<]*)</v>)?')
_VALUE = re.compile(rb"<v>[^<]|<t[ >]")
_STRING = re.compile(rb"<si[\s/>]")
_CELLS_OPENED, _CELLS_CLOSED = b"<sheetData", b"</sheetData>"
_BLOCK = 4096
_CLOSING_PER_CELL, _CLOSING_SPARE = 6, 1000  # more end tags than an ordinary sheet has: it may be nested deep


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
    plain: bool = field(default=False, compare=False)
    """Whether it is spelled as the usual programs spell it."""


def scan_quickly(data: bytes) -> Scan | None:
    """Return what a part holds, or None when only ``scan_slowly`` can tell; raise RefusedError.

    Up to where its cells end, the part has no ``<!``: comments, CDATA and DTDs are for the slow look.
    Nesting is measured where a tree is built, and slowly in a sheet with more end tags than its cells explain.
    """
    head = _HEAD.match(data)
    if head is None:
        return None
    scan = Scan(head[2].decode("ascii").lower(), plain=True)
    if scan.kind not in READ_KINDS:
        return scan
    if head[1] or _REBOUND.search(data):
        return None
    if scan.kind in _TREE_KINDS:
        _refuse_depth(data)
    if len(data) > TEXT and max(map(len, data.split(b"<"))) > TEXT:
        raise RefusedError(Code.K134)
    if scan.kind == "sst" and len(_STRING.findall(data)) > STRINGS:
        raise RefusedError(Code.K133, STRINGS)
    return _scan_sheet(data, scan) if scan.kind == "worksheet" else scan


def _refuse_depth(data: bytes) -> None:
    """Refuse deep nesting, seen at every 4 KiB: more than DEPTH open elements where a block ends."""
    depth = 0
    for start in range(0, len(data), _BLOCK):
        end = start + _BLOCK
        closed = 2 * data.count(b"</", start, end + 1) + data.count(b"/>", start, end + 1)
        depth += data.count(b"<", start, end) - closed
        if depth > DEPTH:
            raise RefusedError(Code.K135, DEPTH)


def cells_end(data: bytes) -> int:
    """Return where the cells of a sheet end (half of its XML is rules for them), of another part where it ends."""
    end = data.rfind(_CELLS_CLOSED)
    return len(data) if end < 0 or data.find(_CELLS_OPENED, end) >= 0 else end


def _scan_sheet(data: bytes, scan: Scan) -> Scan | None:
    end = cells_end(data)
    if _ODD_CELL.search(data, 0, end) or _ODD_ROW.search(data, 0, end):
        return None
    scan.cells = data.count(b"<c r=", 0, end)
    if scan.cells > CELLS:
        raise RefusedError(Code.K140, CELLS)
    closing = _CLOSING_SPARE + _CLOSING_PER_CELL * scan.cells
    if data.count(b"/") > closing and data.count(b"</") > closing:  # one byte is counted much faster than two
        return None
    scan.has_values = _VALUE.search(data, 0, end) is not None
    return scan if _check_merges(data) and _note_hidden(data, end, scan) else None


def _check_merges(data: bytes) -> bool:
    """Refuse merges too many or too large; tell whether all of them were found."""
    start = data.find(b"<mergeCell")
    if start < 0:
        return True
    merges = _MERGE.findall(data, start)
    refuse_huge_merges(ref.decode("ascii") for ref in merges)
    return len(merges) == len(_ANY_MERGE.findall(data, start))


def _note_hidden(data: bytes, end: int, scan: Scan) -> bool:
    """Note formulas and errors among the cells; tell whether all of them were found."""
    formula_count, error_count = len(_ANY_FORMULA.findall(data, 0, end)), data.count(b't="e"', 0, end)
    formulas = _FORMULA.findall(data, 0, end) if formula_count else []
    errors = _ERROR.findall(data, 0, end) if error_count else []
    scan.formulas = {
        _place(ref): bool(stored or (empty and b't="str"' in attributes)) for ref, attributes, stored, empty in formulas
    }
    scan.errors = {_place(ref): error.decode("utf-8", "replace") for ref, error in errors}
    return (len(formulas), len(errors)) == (formula_count, error_count)


@lru_cache(maxsize=65_536)
def _place(reference: bytes) -> Position:
    return position(reference.decode("ascii"))

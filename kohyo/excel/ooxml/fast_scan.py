"""The quick look over a part's XML (速い点検): searches at C speed, for parts that are spelled plainly alone.

What is not spelled as ``plain_spelling`` knows it is read event by event (``scan_slowly``) and spelled anew. Notes are
what the parser hides: errors and formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from kohyo.excel.ooxml.cell_reference import Position, position, refuse_huge_merges
from kohyo.excel.ooxml.hidden_lines import hidden_rows, narrow_columns
from kohyo.excel.ooxml.limits import CELLS, DEPTH, STRINGS, TEXT, RefusedError
from kohyo.excel.ooxml.plain_spelling import highest_shared, is_plain_text_list, plain_rows
from kohyo.model.codes import Code

READ_KINDS = frozenset({"worksheet", "sst", "workbook", "stylesheet", "relationships", "comments", "properties"})
"""Roots (in lower case) of the parts that are read; of all others only size, nesting and DTDs matter."""

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of workbooks, the usual one and the strict one."""

_TREE_KINDS = READ_KINDS - {"worksheet", "sst", "stylesheet"}
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=\"1\.[01]\"(?: encoding=\"(?i:utf-8)\")?(?: standalone=\"\w+\")?\s*\?>)?\s*"
    rb"<(\w+:)?(\w+)[\s/>]"
)
_MAIN_ROOT = re.compile(
    rb"\w+(?:\s+(?!xmlns=)[\w:.-]+=\"[^\"<>]*\")*+\s+xmlns=\"(?:"
    + b"|".join(re.escape(name.encode()) for name in MAIN)
    + rb')"'
)
_ANY_MERGE = re.compile(rb"<mergeCell[\s/>]")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]++[0-9]++)"([^<>]*+)><f(?:[^<>]*/>|[^<>]*+>[^<]*+</f>|[^<>]*+>)(?:<v>([^<])|(<v></v>|<v/>))?'
)
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]* t="e"[^<>]*>(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))?(?:<v>([^<]*)</v>)?')
_VALUE = re.compile(rb"<v>[^<]|<t[ >]")
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
    strings: int = 0
    """Shared texts: how many there are, in a sheet how many there must be."""
    hidden_rows: frozenset[int] = frozenset()
    columns: dict[int, float] = field(default_factory=dict)
    """Columns of a width of their own in which numbers may not be seen: none where they are hidden."""
    content: bytes = field(default=b"", compare=False)
    """The rows of a sheet and what is merged, or the shared texts, spelled plainly."""


def scan_quickly(data: bytes) -> Scan | None:
    """Return what a part holds, or None when only ``scan_slowly`` can tell; raise RefusedError.

    Nesting is measured where a tree is built, and slowly in a sheet with more end tags than its cells explain.
    """
    head = _HEAD.match(data)
    if head is None:
        return None
    scan = Scan(head[2].decode("ascii").lower())
    if scan.kind not in READ_KINDS:
        return scan
    if head[1]:
        return None
    if scan.kind in _TREE_KINDS:
        _refuse_depth(data)
    if len(data) > TEXT and max(map(len, data.split(b"<"))) > TEXT:
        raise RefusedError(Code.K134)
    if scan.kind not in ("worksheet", "sst"):
        return scan
    if not _MAIN_ROOT.match(data, head.start(2)) or not _is_text(data):
        return None
    return _scan_sheet(data, scan) if scan.kind == "worksheet" else _scan_texts(data, head.start(2) - 1, scan)


def _refuse_depth(data: bytes) -> None:
    """Refuse deep nesting, seen at every 4 KiB: more than DEPTH open elements where a block ends."""
    depth = 0
    for start in range(0, len(data), _BLOCK):
        end = start + _BLOCK
        closed = 2 * data.count(b"</", start, end + 1) + data.count(b"/>", start, end + 1)
        depth += data.count(b"<", start, end) - closed
        if depth > DEPTH:
            raise RefusedError(Code.K135, DEPTH)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _scan_texts(data: bytes, start: int, scan: Scan) -> Scan | None:
    scan.strings = data.count(b"<si>", start) + data.count(b"<si/>", start)
    if scan.strings > STRINGS:
        raise RefusedError(Code.K133, STRINGS)
    if not is_plain_text_list(data, start):
        return None
    scan.content = data
    return scan


def _scan_sheet(data: bytes, scan: Scan) -> Scan | None:
    scan.cells = data.count(b"<c r=")
    if scan.cells > CELLS:
        raise RefusedError(Code.K140, CELLS)
    closing = _CLOSING_SPARE + _CLOSING_PER_CELL * scan.cells
    if data.count(b"/") > closing and data.count(b"</") > closing:  # one byte is counted much faster than two
        return None
    merges = _merges(data)
    place = plain_rows(data)
    if place is None or merges is None:
        return None
    rows = data[place[0] : place[1]]
    scan.has_values = _VALUE.search(rows) is not None
    scan.strings = highest_shared(rows) + 1
    scan.hidden_rows, scan.columns = hidden_rows(rows), narrow_columns(data[: place[0]])
    scan.content = sheet_part(rows, merges)
    return scan if _note_hidden(rows, scan) else None


def sheet_part(rows: bytes, merges: Iterable[str]) -> bytes:
    """Return a worksheet part of the rows (``<sheetData>``) and the merged ranges alone."""
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return b"".join(
        (f'<worksheet xmlns="{MAIN[0]}">'.encode(), rows, f"<mergeCells>{merged}</mergeCells></worksheet>".encode())
    )


def _merges(data: bytes) -> list[str] | None:
    """Return the merged ranges, None where they are spelled unusually; raise RefusedError: too many or too large."""
    start = data.find(b"<mergeCell")
    if start < 0:
        return []
    merges = [ref.decode("ascii") for ref in _MERGE.findall(data, start)]
    refuse_huge_merges(merges)
    return merges if len(merges) == len(_ANY_MERGE.findall(data, start)) else None


def _note_hidden(rows: bytes, scan: Scan) -> bool:
    """Note formulas and errors among the cells; tell whether all of them were found."""
    error_count = rows.count(b't="e"')
    formula_count = sum(map(rows.count, (b"<f ", b"<f>", b"<f/>"))) if b"<f" in rows else 0
    formulas = _FORMULA.findall(rows) if formula_count else []
    errors = _ERROR.findall(rows) if error_count else []
    scan.formulas = {
        _place(ref): bool(stored or (empty and b't="str"' in attributes)) for ref, attributes, stored, empty in formulas
    }
    scan.errors = {_place(ref): unescape(error.decode("utf-8")) for ref, error in errors}
    return (len(formulas), len(errors)) == (formula_count, error_count)


@lru_cache(maxsize=65_536)
def _place(reference: bytes) -> Position:
    return position(reference.decode("ascii"))

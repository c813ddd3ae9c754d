"""The quick look over a part's XML (速い点検): searches at C speed, for parts that are spelled plainly alone.

What is not spelled as ``plain_spelling`` knows it is read event by event (``scan_slowly``) and spelled anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kohyo.excel.ooxml.around_rows import count_closings, read_before, read_merges, split_before_footer
from kohyo.excel.ooxml.limits import CELLS, DEPTH, STRINGS, TEXT, RefusedError
from kohyo.excel.ooxml.plain_rows import read_rows
from kohyo.excel.ooxml.plain_spelling import is_plain_text_list, place_of_rows
from kohyo.excel.ooxml.row_tags import Spelled
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
_BLOCK = 4096
_CLOSING_SPARE, _LETTERS_PER_CLOSING = 1000, 16  # more end tags than stand around the rows of an ordinary sheet
_SHORTEST_CELL = len('<c r="A1"/>')


class Scan:
    """What was noted in a part: its root, and what it holds where it is a sheet or the list of shared texts."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        self.cells = 0
        self.strings = 0
        """Shared texts: how many there are."""
        self.hidden_rows: frozenset[int] = frozenset()
        self.columns: dict[int, float] = {}
        """Columns of a width of their own in which numbers may not be seen: none where they are hidden."""
        self.merges: tuple[str, ...] = ()
        self.spelled: Sequence[Spelled] = ()
        """The cells of a sheet that hold something, in order."""
        self.content = ""
        """The shared texts, spelled plainly."""


def scan_quickly(data: bytes) -> Scan | None:
    """Return what a part holds, or None when only ``scan_slowly`` can tell; raise RefusedError.

    Nesting is measured where a tree is built, and slowly in a sheet with more end tags around its rows than is usual.
    """
    head = _HEAD.match(data)
    if head is None:
        return None
    scan = Scan(head[2].decode("ascii").lower())
    if scan.kind == "worksheet":
        return _scan_sheet(data, head, scan)
    if b"<!" in data:
        return None
    if scan.kind not in READ_KINDS:
        return scan
    if head[1]:
        return None
    if scan.kind in _TREE_KINDS:
        _refuse_depth(data)
    _refuse_long_texts(data)
    return _scan_texts(data, head, scan) if scan.kind == "sst" else scan


def _refuse_long_texts(data: bytes) -> None:
    if len(data) > TEXT and max(map(len, data.split(b"<"))) > TEXT:
        raise RefusedError(Code.K134)


def _refuse_depth(data: bytes) -> None:
    """Refuse deep nesting, seen at every 4 KiB: more than DEPTH open elements where a block ends."""
    depth = 0
    for start in range(0, len(data), _BLOCK):
        end = start + _BLOCK
        closed = 2 * data.count(b"</", start, end + 1) + data.count(b"/>", start, end + 1)
        depth += data.count(b"<", start, end) - closed
        if depth > DEPTH:
            raise RefusedError(Code.K135, DEPTH)


def _decoded(data: bytes) -> str | None:
    """Return the letters of a part, None where their encoding is unusual."""
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _scan_texts(data: bytes, head: re.Match[bytes], scan: Scan) -> Scan | None:
    text = None if head[1] or not _MAIN_ROOT.match(data, head.start(2)) else _decoded(data)
    if text is None:
        return None
    scan.strings = text.count("<si>") + text.count("<si/>")
    if scan.strings > STRINGS:
        raise RefusedError(Code.K133, STRINGS)
    scan.content = text
    return scan if is_plain_text_list(text, text.find("<sst")) else None


def _scan_sheet(data: bytes, head: re.Match[bytes], scan: Scan) -> Scan | None:
    place = place_of_rows(data)
    if place is None or head[1] or not _MAIN_ROOT.match(data, head.start(2)):
        return None
    start, end = place
    behind = split_before_footer(data[end:])
    columns, closings = read_before(data[:start]), count_closings(behind)
    text = _decoded(data[start:end])
    if columns is None or closings is None or text is None:
        return None
    if closings > _CLOSING_SPARE + len(text) // _LETTERS_PER_CLOSING:
        return None
    _refuse_long_texts(data)
    _refuse_many(text)
    merges, rows = read_merges(behind), read_rows(text)
    if merges is None or rows is None:
        return None
    scan.cells, scan.spelled, scan.hidden_rows = rows.total, rows.cells, rows.hidden
    scan.merges, scan.columns = merges, dict(columns)
    return scan


def _refuse_many(rows: str) -> None:
    """Refuse too many cells before any of them is kept."""
    if len(rows) > CELLS * _SHORTEST_CELL and rows.count("<c ") > CELLS:
        raise RefusedError(Code.K140, CELLS)

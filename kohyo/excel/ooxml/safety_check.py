"""The safety pass (安全点検) over an untrusted file, before any library touches it.

By content, not by suffix; within 512 MiB and 10 seconds; every way in which a file can be refused is a code
of its own. What it leaves behind is all that reading needs, and nothing else is read: the parts that are parsed as
trees, and sheets and shared texts in a spelling that can be read one way only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kohyo.excel.ooxml.fast_scan import Scan, scan_quickly
from kohyo.excel.ooxml.file_type import require_workbook, require_zip
from kohyo.excel.ooxml.known_parts import KnownParts
from kohyo.excel.ooxml.limits import CELLS, FAST_SIZE, FILE_SIZE, STRUCTURE_SIZE, RefusedError
from kohyo.excel.ooxml.zip_entries import Entry, inflate, inflate_whole, open_package
from kohyo.model.codes import Code

_TREE_KINDS = frozenset({"workbook", "relationships", "comments", "properties", "wsdr"})
_STYLES = "stylesheet"
_PARSED = _TREE_KINDS | {_STYLES}
_DTD = ("<!DOCTYPE", "<!ENTITY")
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
_UTF16_STARTS = (b"\xff\xfe<", b"\xfe\xff\x00<", b"<\x00", b"\x00<")
_XML_STARTS = (b"<", *_UTF16_STARTS)
_BLANK = b"\xef\xbb\xbf \r\n\t"


class Inspected(NamedTuple):
    """A file that may be read, by the names of its parts: those parsed as trees, sheets, shared texts and styles."""

    trees: dict[str, bytes]
    sheets: dict[str, Scan]
    has_macros: bool
    texts: dict[str, Scan]
    styles: dict[str, bytes]


def inspect(data: bytes) -> Inspected:
    """Look over a whole file; raise RefusedError (K101 to K143) when it must not be read."""
    if len(data) > FILE_SIZE:
        raise RefusedError(Code.K103, FILE_SIZE >> 20)
    require_zip(data)
    entries = open_package(data)
    require_workbook(entries)
    found = Inspected({}, {}, any(name.endswith("vbaproject.bin") for name in entries), {}, {})
    for entry in entries.values():
        _inspect_part(data, entry, found)
    if not found.sheets:
        raise RefusedError(Code.K141)
    if sum(scan.cells for scan in found.sheets.values()) > CELLS:
        raise RefusedError(Code.K140, CELLS)
    return found


def _inspect_part(data: bytes, entry: Entry, found: Inspected) -> None:
    if entry.size > FAST_SIZE:
        _inspect_large(data, entry, found)
        return
    known = _known.get(data, entry)
    if known is None:
        known = _look_over(inflate_whole(data, entry), entry.name)
        _known.keep(data, entry, known)
    scan, content = known
    if scan is not None:
        _keep(scan, entry.name, content, found)


def _look_over(content: bytes, name: str) -> tuple[Scan | None, bytes]:
    """Return what a part holds, with its content where that is parsed later; nothing of what is no XML."""
    if not _is_xml(content):
        return None, b""
    scan = _scan(content, name)
    return scan, content if scan.kind in _PARSED else b""


def _scan(content: bytes, name: str) -> Scan:
    quick = None if content.startswith(_UTF16_STARTS) else scan_quickly(content)
    if quick is not None:
        return quick
    if b"<!" in content or content.startswith(_UTF16_STARTS):
        _refuse_dtd(content, name)
    return _scan_slowly([content], name)


def _scan_slowly(blocks: Iterable[bytes], name: str) -> Scan:
    """Read a part event by event."""
    from kohyo.excel.ooxml.slow_scan import scan_slowly  # noqa: PLC0415 - few returns need it, every worker would load it

    return scan_slowly(blocks, name)


def _refuse_dtd(content: bytes, name: str) -> None:
    if any(text.encode(encoding) in content for text in _DTD for encoding in _ENCODINGS):
        raise RefusedError(Code.K136, name)


def _inspect_large(data: bytes, entry: Entry, found: Inspected) -> None:
    """Stream a part that is too large to be held; what is no XML is only inflated and counted."""
    blocks = inflate(data, entry)
    first = next(blocks, b"")
    if not _is_xml(first):
        for _ in blocks:
            pass
        return
    scan = _scan_slowly(_chained(first, blocks), entry.name)
    _keep(scan, entry.name, None, found)


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _keep(scan: Scan, name: str, content: bytes | None, found: Inspected) -> None:
    if scan.kind == "worksheet":
        found.sheets[name] = scan
    elif scan.kind == "sst":
        found.texts[name] = scan
    elif scan.kind in _PARSED:
        if content is None or len(content) > STRUCTURE_SIZE:
            raise RefusedError(Code.K131, STRUCTURE_SIZE >> 20)
        (found.styles if scan.kind == _STYLES else found.trees)[name] = content


def _is_xml(content: bytes) -> bool:
    return content[:64].lstrip(_BLANK).startswith(_XML_STARTS)


_known: KnownParts[tuple[Scan | None, bytes]] = KnownParts()

"""What a file is by its content (中身の種類), never by its suffix."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from kohyo.excel.ooxml.limits import RefusedError
from kohyo.model.codes import Code

if TYPE_CHECKING:
    from kohyo.model.raised import Plain

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # directory entries of a compound file begin at multiples of this
_OLD_XLS = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 4096
_BOOK = "workbook"


def require_zip(data: bytes) -> None:
    """Raise RefusedError, saying what the file is, unless its content begins as a zip package does."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return
    if not data:
        raise RefusedError(Code.K101)
    if not data.strip(b"\0"):
        raise RefusedError(Code.K102)
    if data.startswith(_OLE):
        raise RefusedError(_inside_compound_file(data))
    if b"PK\x05\x06" in data:
        raise RefusedError(Code.K105)
    raise RefusedError(_by_first_bytes(data))


def require_workbook(names: Collection[str]) -> None:
    """Raise RefusedError, saying what the package is, unless its entries are those of an Excel workbook."""
    if "mimetype" in names and "content.xml" in names:
        raise RefusedError(Code.K122)
    if any(name.endswith("xl/workbook.bin") for name in names):
        raise RefusedError(Code.K121)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        raise RefusedError(Code.K113)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") or _BOOK in name for name in names):
        raise RefusedError(Code.K114)


def _inside_compound_file(data: bytes) -> Plain:
    """Tell a locked workbook, an .xls and anything else apart by the names of the streams."""
    if _has_stream(data, "EncryptedPackage"):
        return Code.K123
    return Code.K120 if _has_stream(data, "Workbook") or _has_stream(data, "Book") else Code.K115


def _has_stream(data: bytes, name: str) -> bool:
    spelled = re.escape((name + "\0").encode("utf-16-le"))
    return any(found.start() % _OLE_ENTRY == 0 for found in re.finditer(spelled, data))


def _by_first_bytes(data: bytes) -> Plain:
    head = data[:_HEAD]
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith(_HTML):
        return Code.K111
    if _XML_2003 in head:
        return Code.K112
    if head.startswith(_OLD_XLS):
        return Code.K120
    return Code.K110 if head.startswith(_UTF16) or b"\0" not in head else Code.K115

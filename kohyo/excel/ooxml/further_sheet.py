"""A further sheet like one that is full (続きのシート): its columns, headings and print set-up, nothing else of it."""

from __future__ import annotations

import re

from kohyo.errors import FileError

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_ROW = re.compile(rb'<row\b[^>]*? r="([0-9]+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_OWN = re.compile(rb'\s(?:codeName|tabSelected|r:id)="[^"]*"')
_AFTER = re.compile(rb"<(autoFilter|printOptions|pageMargins|pageSetup|headerFooter)\b(?:[^>]*/>|.*?</\1>)", re.DOTALL)
_DIMENSION = re.compile(rb"<dimension\b[^>]*/>")


def further_sheet(xml: bytes, header: int) -> bytes:
    """Return the part of a sheet that holds what stands on another down to its headings, a row counted from 0.

    Raises FileError where the other is not as Excel and its likes write it.
    """
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if start < 0 or end < 0:
        raise FileError("register_strange")
    rows: list[bytes] = []
    for found in _ROW.finditer(xml, start, end):
        if int(found[1]) > header + 1:
            break
        rows.append(found[0])
    head = _DIMENSION.sub(b"", _OWN.sub(b"", xml[:start]))
    tail = b"".join(_OWN.sub(b"", found[0]) for found in _AFTER.finditer(xml, end))
    return b"".join((head, _OPEN, *rows, _CLOSE, tail, b"</worksheet>"))

"""Cells and rows that do not say where they stand (位置の省略): legal, and each is the next one; here they say it.

Whoever reads or patches a sheet's XML after this finds an ``r`` on every row and cell.
"""

from __future__ import annotations

import re

from kohyo.excel.ooxml.cell_reference import a1, row_column

_UNSAID = re.compile(rb"<(?:row|c)(?=[\s/>])(?![^>]*\sr=)")
_DOUBTFUL = re.compile(rb"<(?:c|row)(?=[\s/>])(?! r=)")
"""Tags that do not begin with their place: many times faster to look for, and hardly a sheet has one."""

_TAG = re.compile(rb"<(row|c)(?=[\s/>])([^>]*)")
_PLACE = re.compile(rb"\sr=[\"']([^\"']*)")


def with_places(xml: bytes) -> bytes:
    """Return a sheet's XML in which every row and cell says where it stands; as it is where all do."""
    return _TAG.sub(_Places().said, xml) if _DOUBTFUL.search(xml) and _UNSAID.search(xml) else xml


class _Places:
    """Where the next row and the next cell stand, counted from 0."""

    def __init__(self) -> None:
        self._row = -1
        self._column = -1

    def said(self, tag: re.Match[bytes]) -> bytes:
        """Return the beginning of a tag with its place in it."""
        known = _PLACE.search(tag[2])
        if tag[1] == b"row":
            self._row, self._column = int(known[1]) - 1 if known else self._row + 1, -1
            place = str(self._row + 1)
        else:
            self._column = row_column(known[1].decode())[1] if known else self._column + 1
            place = a1(self._row, self._column)
        return tag[0] if known else b"<" + tag[1] + f' r="{place}"'.encode() + tag[2]

"""A sheet of a workbook as plain texts, read with the standard library alone (独立した読み取り).

It shares nothing with the readers that the register is loaded with, so that a fault of theirs is found as well.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from kohyo.errors import FileError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = (
    (b'"http://purl.oclc.org/ooxml/spreadsheetml/', b'"http://schemas.openxmlformats.org/spreadsheetml/2006/'),
    (b'"http://purl.oclc.org/ooxml/officeDocument/', b'"http://schemas.openxmlformats.org/officeDocument/2006/'),
)
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HEADING_ROWS = 20

Cells = Mapping[str, str]
"""Column letters → text of one row."""


class PlainBook:
    """A workbook's sheets by title; raises FileError for what is none."""

    def __init__(self, path: Path) -> None:
        """Open the workbook at ``path``."""
        try:
            with ZipFile(path) as package:
                names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
                self._parts = {name: _usual(package.read(name)) for name in names}
            self._strings = [_text(entry) for entry in self._root("xl/sharedStrings.xml").iter(f"{_MAIN}si")]
            self._sheets = dict(self._places())
        except (OSError, BadZipFile, KeyError, ET.ParseError) as error:
            raise FileError("unreadable", path=path) from error

    @property
    def day_0(self) -> date:
        """The day that the workbook counts as 0."""
        settings = self._root("xl/workbook.xml").find(f"{_MAIN}workbookPr")
        since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        return date(1904, 1, 1) if since_1904 else date(1899, 12, 30)

    def rows(self, title: str) -> list[tuple[int, Cells]]:
        """Return the rows of a sheet that hold anything, with their numbers; none where there is no such sheet.

        Rows of totals (集計行) of a table that somebody made say nothing of their own.
        """
        part = self._sheets.get(title)
        if part is None:
            return []
        totals = {row for table in self._tables(part) for row in _totals(table)}
        found = ((int(row.get("r", 0)), dict(self._cells(row))) for row in self._root(part).iter(f"{_MAIN}row"))
        return [(number, cells) for number, cells in found if cells and number not in totals]

    def table(self, title: str, key: str) -> Iterator[tuple[int, Mapping[str, tuple[str, str]]]]:
        """Yield the rows below the heading ``key``: number, and by heading the column's letters and the text."""
        rows = self.rows(title)
        head = next((at for at, (_, cells) in enumerate(rows[:_HEADING_ROWS]) if key in cells.values()), None)
        if head is None:
            return
        columns = {heading: letters for letters, heading in reversed(list(rows[head][1].items()))}
        for number, cells in rows[head + 1 :]:
            yield number, {heading: (letters, cells.get(letters, "")) for heading, letters in columns.items()}

    def _tables(self, sheet: str) -> Iterator[ET.Element]:
        """Yield the tables (Ctrl+T) of a sheet's part."""
        folder, name = posixpath.split(sheet)
        for entry in self._root(f"{folder}/_rels/{name}.rels"):
            if entry.get("Type", "").endswith("/table"):
                yield self._root(_placed(entry.get("Target", ""), folder))

    def _places(self) -> Iterator[tuple[str, str]]:
        targets = {entry.get("Id"): entry.get("Target", "") for entry in self._root("xl/_rels/workbook.xml.rels")}
        for sheet in self._root("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            yield sheet.get("name", ""), _placed(targets[sheet.get(_RELATION)], "xl")

    def _cells(self, row: ET.Element) -> Iterator[tuple[str, str]]:
        for cell in row.iter(f"{_MAIN}c"):
            place = _CELL.match(cell.get("r", ""))
            text = self._value(cell)
            if place and text:
                yield place[1], text

    def _value(self, cell: ET.Element) -> str:
        if cell.get("t") == "inlineStr":
            return "".join(_text(inline) for inline in cell.iter(f"{_MAIN}is"))
        value = cell.findtext(f"{_MAIN}v") or ""
        return self._strings[int(value)] if cell.get("t") == "s" and value else value

    def _root(self, part: str) -> ET.Element:
        return ET.fromstring(self._parts[part]) if part in self._parts else ET.Element("none")  # noqa: S314 - our own register, opened by every command


def _placed(target: str, folder: str) -> str:
    """Return where a part lies that a part of ``folder`` leads to."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _totals(table: ET.Element) -> range:
    """Return the rows of totals of a table: the last of its reach."""
    places = [int(row) for _, row in _CELL.findall(table.get("ref", ""))]
    return range(places[-1] - int(table.get("totalsRowCount", "0")) + 1, places[-1] + 1) if places else range(0)


def _usual(part: bytes) -> bytes:
    """Return a part under the usual names, where the workbook was saved as Strict Open XML."""
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


def _text(entry: ET.Element) -> str:
    """Return the text of a string, in one run or in several; the reading of Japanese names beside it is none of it."""
    spoken = {id(text) for phonetic in entry.iter(f"{_MAIN}rPh") for text in phonetic.iter(f"{_MAIN}t")}
    text = "".join(text.text or "" for text in entry.iter(f"{_MAIN}t") if id(text) not in spoken)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)

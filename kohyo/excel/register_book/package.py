"""The workbook as a package of parts (zip): which part is which sheet, and a copy with some parts exchanged.

The register is updated by exchanging the sheets that changed and copying every other part byte for byte: so
pictures, charts, pivots, comments and whatever else the secretariat added stay. openpyxl would lose some of
them, and took 33 s and 830 MiB for 10,000 items with 100,000 changes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import TypeAlias

from kohyo.errors import FileError

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_STYLES = "xl/styles.xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_XF = re.compile(r"<xf\b[^>]*>")
_FORMAT = re.compile(r"<numFmt\b[^>]*>")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILT_IN_DATES = {14, 15, 16, 17, 22, 27, 30, 31, 36, 50, 57, 58}


Pieces: TypeAlias = Sequence[bytes]


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag by name without prefix."""
    return {name.rpartition(":")[2]: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


class Package:
    """The parts of one workbook on disk; every problem with them is a FileError that names the file."""

    def __init__(self, path: Path) -> None:
        """Open the package and find its sheets; raise FileError when it is no workbook that can be updated."""
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self._names = archive.namelist()
                self._workbook = archive.read(WORKBOOK).decode("utf-8")
                self._relations = archive.read(_RELATIONS).decode("utf-8")
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise FileError("register_unreadable", path=path) from error
        self._parts = dict(self._sheet_parts())
        if not self._parts:
            raise FileError("register_unreadable", path=path)

    def has(self, title: str) -> bool:
        """Tell whether the workbook has a sheet of this title."""
        return title in self._parts

    def sheet_xml(self, title: str) -> bytes:
        """Return a sheet's part; raise FileError when it is not there."""
        return self._bytes(self._parts[title])

    def date_styles(self) -> frozenset[int]:
        """Return the cell styles that show a number as a date."""
        styles = self._read(_STYLES) if _STYLES in self._names else ""
        own = {int(found["numFmtId"]): found["formatCode"] for found in map(attributes, _FORMAT.findall(styles))}
        dates = {number for number, code in own.items() if re.search("[yd]", _QUOTED.sub("", code), re.IGNORECASE)}
        formats = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
        found = enumerate(int(attributes(tag).get("numFmtId", "0")) for tag in _XF.findall(formats))
        return frozenset(style for style, number in found if number in dates | _BUILT_IN_DATES)

    def copy(self, target: Path, sheets: Mapping[str, Pieces]) -> None:
        """Write a copy to ``target`` in which some sheets, by title, hold something else; a new title is added."""
        new = [title for title in sheets if title not in self._parts]
        changed = {self._parts[title]: pieces for title, pieces in sheets.items() if title in self._parts}
        if new:
            changed |= self._with_new(new, sheets)
        with zipfile.ZipFile(self.path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in old.infolist():
                pieces = changed.pop(entry.filename, None)
                _put(archive, entry, [old.read(entry)] if pieces is None else pieces)
            for name, pieces in changed.items():
                _put(archive, zipfile.ZipInfo(name), pieces)

    def _with_new(self, titles: list[str], sheets: Mapping[str, Pieces]) -> dict[str, Pieces]:
        """Return the parts that a new sheet needs: its own, and the three that name it."""
        workbook, relations, types = self._workbook, self._relations, self._read(_TYPES)
        highest = max(int(attributes(tag)["sheetId"]) for tag in re.findall(r"<sheet\b[^>]*>", workbook))
        changed: dict[str, Pieces] = {}
        for number, title in enumerate(titles, start=highest + 1):
            name = f"worksheets/kohyo{number}.xml"
            relation = f"rIdKohyo{number}"
            tag = f'<sheet name="{escape(title)}" sheetId="{number}" r:id="{relation}"/></sheets>'
            workbook = workbook.replace("</sheets>", tag)
            tag = f'<Relationship Id="{relation}" Type="{_SHEET_RELATION}" Target="{name}"/></Relationships>'
            relations = relations.replace("</Relationships>", tag)
            tag = f'<Override PartName="/xl/{name}" ContentType="{_SHEET_TYPE}"/></Types>'
            types = types.replace("</Types>", tag)
            changed[f"xl/{name}"] = sheets[title]
        named = {WORKBOOK: workbook, _RELATIONS: relations, _TYPES: types}
        return changed | {name: [text.encode()] for name, text in named.items()}

    def _read(self, name: str) -> str:
        try:
            return self._bytes(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FileError("register_unreadable", path=self.path) from error

    def _bytes(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise FileError("register_unreadable", path=self.path) from error

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        targets = {
            found["Id"]: found["Target"]
            for found in map(attributes, re.findall(r"<Relationship\b[^>]*>", self._relations))
        }
        for tag in re.findall(r"<sheet\b[^>]*>", self._workbook):
            found = attributes(tag)
            target = posixpath.normpath(posixpath.join("/xl", targets.get(found.get("id", ""), "")))
            yield found.get("name", ""), target.removeprefix("/")


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, pieces: Pieces) -> None:
    """Write one part, piece by piece, under the name and time that it had."""
    part = zipfile.ZipInfo(entry.filename, entry.date_time)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = entry.external_attr
    with archive.open(part, "w") as stream:
        for piece in pieces:
            stream.write(piece)

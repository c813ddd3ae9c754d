"""The workbook as a package of parts (zip): which part is which sheet, and a copy with some parts exchanged.

The register is updated by exchanging the sheets that changed and copying every other part byte for byte: so
pictures, charts, pivots, comments and whatever else the secretariat added stay. openpyxl would lose some of
them, and took 33 s and 830 MiB for 10,000 items with 100,000 changes.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TypeAlias

from kohyo.errors import FileError
from kohyo.excel.ooxml.cell_places import with_places
from kohyo.excel.ooxml.strict_names import in_strict_names, is_strict
from kohyo.excel.ooxml.well_formed import require_well_formed
from kohyo.excel.ooxml.zip_writing import PackageWriter
from kohyo.text.excel_dates import DAYS_TO_1904

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_STYLES = "xl/styles.xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_RELATION = f"{_OFFICE}/worksheet"
_TABLE_RELATION = "/relationships/table"
_CHAIN_RELATION = "/relationships/calcChain"
_FORMULA = re.compile(rb"<f[ />]")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_SHEET = re.compile(r"<sheet\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_DATE1904 = re.compile(r'<workbookPr\b[^>]*\bdate1904="(?:1|true)"')
_XF = re.compile(r"<xf\b[^>]*>")
_FORMAT = re.compile(r"<numFmt\b[^>]*>")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BLOCK = 1 << 16
BROKEN = (
    OSError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What reading an archive ends in whose bytes are not what they were."""

_BUILT_IN_DATES = {14, 15, 16, 17, 22, 27, 30, 31, 36, 50, 57, 58}

Pieces: TypeAlias = Iterable[bytes]
"""A part's content from its beginning to its end, which may be made as it is written."""


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag by name without prefix."""
    return {name.rpartition(":")[2]: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


@dataclass(frozen=True)
class Dates:
    """How a workbook holds dates: the cell styles that show a number as one, and how many days it counts less.

    Excel for Macintosh began to count in 1904 (1904年から計算する), and a workbook keeps that wherever it goes.
    """

    styles: frozenset[int] = frozenset()
    less: int = 0


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
                self._parts = dict(self._sheet_parts())
                self._require_sound(archive)
        except BROKEN as error:
            raise FileError("register_unreadable", path=path) from error
        if not self._parts:
            raise FileError("register_unreadable", path=path)

    def has(self, title: str) -> bool:
        """Tell whether the workbook has a sheet of this title."""
        return title in self._parts

    def sheet_xml(self, title: str) -> bytes:
        """Return a sheet's part, every cell with its place; raise FileError when it is not there."""
        return with_places(self._bytes(self._parts[title]))

    def sheet_sha256(self, title: str) -> str:
        """Return the SHA-256 of a sheet's part as it lies on the disk; raise FileError when it cannot be read."""
        digest = hashlib.sha256()
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self._parts[title]) as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except BROKEN as error:
            raise FileError("register_unreadable", path=self.path) from error
        return digest.hexdigest()

    def styles_xml(self) -> bytes:
        """Return the part of the styles; raise FileError when it is not there."""
        return self._bytes(_STYLES)

    def tables(self, title: str) -> dict[str, str]:
        """Return the tables (テーブル) that a person made on a sheet: their parts by name."""
        folder, _, file = self._parts[title].rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        tags = _RELATION.findall(self._read(relations)) if relations in self._names else []
        targets = (attributes(tag).get("Target", "") for tag in tags if f'{_TABLE_RELATION}"' in tag)
        names = (posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/") for target in targets)
        return {name: self._read(name) for name in names if name in self._names}

    def read_where(self, wanted: Callable[[str], bool]) -> dict[str, str]:
        """Return the texts of the parts whose names are ``wanted``, the workbook's own among them."""
        return {name: self._read(name) for name in self._names if name == WORKBOOK or wanted(name)}

    def part_of(self, title: str) -> str:
        """Return the name of a sheet's part."""
        return self._parts[title]

    def dates(self) -> Dates:
        """Return how the workbook holds dates."""
        less = DAYS_TO_1904 if _DATE1904.search(self._workbook) else 0
        return Dates(self._date_styles(), less)

    def _date_styles(self) -> frozenset[int]:
        styles = self._read(_STYLES) if _STYLES in self._names else ""
        own = {int(found["numFmtId"]): found["formatCode"] for found in map(attributes, _FORMAT.findall(styles))}
        dates = {number for number, code in own.items() if re.search("[yd]", _QUOTED.sub("", code), re.IGNORECASE)}
        formats = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
        found = enumerate(int(attributes(tag).get("numFmtId", "0")) for tag in _XF.findall(formats))
        return frozenset(style for style, number in found if number in dates | _BUILT_IN_DATES)

    def copy(
        self,
        target: Path,
        sheets: Mapping[str, Pieces],
        parts: Mapping[str, str] | None = None,
        seen: Collection[str] = (),
    ) -> None:
        """Write a copy to ``target`` in which some sheets, by title, hold something else; a new title is added.

        ``parts`` are others that hold something else, by name; of the sheets with the titles ``seen`` it is known
        that what was put into them is well-formed. Raises UsageError when a part that was written is not
        well-formed.
        """
        new = [title for title in sheets if title not in self._parts]
        changed = {self._parts[title]: pieces for title, pieces in sheets.items() if title in self._parts}
        chain = self._chain(changed)
        others = dict(parts or {})
        named = {
            name: others.pop(name, "") or self._read(name) for name in (WORKBOOK, _RELATIONS, _TYPES) if new or chain
        }
        for number, title in enumerate(new, start=self._highest() + 1):
            changed[_add_sheet(named, number, title)] = self._spelled(sheets[title])
        if new and self._strict:
            named = {name: in_strict_names(part) for name, part in named.items()}
        if chain:
            _drop(named, chain)
        changed |= {name: [text.encode()] for name, text in {**named, **others}.items()}
        written = frozenset(changed)
        with zipfile.ZipFile(self.path) as old, target.open("wb") as file:
            writer = PackageWriter(file)
            for entry in old.infolist():
                if entry.filename != chain:
                    pieces = changed.pop(entry.filename, None)
                    blocks = [self._bytes(entry.filename)] if pieces is None else _blocks(pieces)
                    writer.add(entry.filename, blocks, date_time=entry.date_time, attributes=entry.external_attr)
            for name, pieces in changed.items():
                writer.add(name, _blocks(pieces))
            writer.close()
        require_well_formed(target, written - {self._parts[title] for title in seen if title in self._parts})

    @property
    def _strict(self) -> bool:
        return is_strict(self._workbook)

    def _spelled(self, pieces: Pieces) -> Pieces:
        """Return a new sheet under the names that the workbook uses."""
        return [in_strict_names(b"".join(pieces).decode()).encode()] if self._strict else pieces

    def _require_sound(self, archive: zipfile.ZipFile) -> None:
        """Raise one of BROKEN where a part is not what its checksum says; a sheet is looked at when it is read.

        The parser stops at a part's last tag, before it could see that the texts it gave out are not those written.
        """
        for name in set(self._names) - set(self._parts.values()):
            with archive.open(name) as stream:
                while stream.read(_BLOCK):
                    pass

    def _highest(self) -> int:
        return max(int(attributes(tag)["sheetId"]) for tag in _SHEET.findall(self._workbook))

    def _chain(self, changed: Collection[str]) -> str:
        """Return the part that lists the formulas in order, empty where it stays true.

        Excel calls a workbook broken whose list names a cell that has no formula any more, and makes a new list
        where there is none.
        """
        parts = (self._target(tag) for tag in _RELATION.findall(self._relations) if _CHAIN_RELATION in tag)
        chain = next((name for name in parts if name in self._names), "")
        return chain if chain and any(_FORMULA.search(self._bytes(name)) for name in changed) else ""

    def _target(self, tag: str) -> str:
        target = posixpath.normpath(posixpath.join("/xl", attributes(tag).get("Target", "")))
        return target.removeprefix("/")

    def _read(self, name: str) -> str:
        try:
            return self._bytes(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FileError("register_unreadable", path=self.path) from error

    def _bytes(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except BROKEN as error:
            raise FileError("register_unreadable", path=self.path) from error

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        targets = {attributes(tag)["Id"]: self._target(tag) for tag in _RELATION.findall(self._relations)}
        for tag in _SHEET.findall(self._workbook):
            found = attributes(tag)
            yield found.get("name", ""), targets.get(found.get("id", ""), "")


def _add_sheet(named: dict[str, str], number: int, title: str) -> str:
    """Name a new sheet in the three parts that must; return its own part's name."""
    name, relation = f"worksheets/kohyo{number}.xml", f"rIdKohyo{number}"
    tags = {
        WORKBOOK: f'<sheet xmlns:r="{_OFFICE}" name="{escape(title)}" sheetId="{number}" r:id="{relation}"/></sheets>',
        _RELATIONS: f'<Relationship Id="{relation}" Type="{_SHEET_RELATION}" Target="{name}"/></Relationships>',
        _TYPES: f'<Override PartName="/xl/{name}" ContentType="{_SHEET_TYPE}"/></Types>',
    }
    for part, tag in tags.items():
        named[part] = named[part].replace(f"</{tag.rpartition('</')[2]}", tag)
    return f"xl/{name}"


def _drop(named: dict[str, str], part: str) -> None:
    """Take a part's name out of the relations and the list of types."""
    named[_RELATIONS] = _RELATION.sub(lambda found: "" if _CHAIN_RELATION in found[0] else found[0], named[_RELATIONS])
    override = re.compile(rf'<Override\b[^>]*PartName="/{re.escape(part)}"[^>]*>')
    named[_TYPES] = override.sub("", named[_TYPES])


def _blocks(pieces: Pieces) -> Iterator[bytes]:
    """Yield the pieces in larger ones, for a hundred thousand rows are as many calls."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)

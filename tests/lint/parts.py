"""A workbook as its parts, for the lint: every part that is XML parsed, relations followed, cells listed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote
from xml.etree import ElementTree as ET

Tree: TypeAlias = ET.Element
"""One element with what stands in it."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
USUAL, STRICT = (
    rb'"http://schemas\.openxmlformats\.org/(?:spreadsheetml|officeDocument)/',
    rb'"http://purl\.oclc\.org/ooxml/',
)
_SPELLED = (
    (b'"http://purl.oclc.org/ooxml/spreadsheetml/', b'"http://schemas.openxmlformats.org/spreadsheetml/2006/'),
    (b'"http://purl.oclc.org/ooxml/officeDocument/', b'"http://schemas.openxmlformats.org/officeDocument/2006/'),
)
TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
_XML = (".xml", ".rels", ".vml")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Relation:
    """Where one part leads to: the kind's last word, the target as a part's name, empty where it leads outside."""

    id: str
    kind: str
    target: str


@dataclass
class Parts:
    """The parts of one workbook; ``broken`` are those that are not well-formed, with what the parser says."""

    content: bytes
    names: list[str] = field(default_factory=list)
    raw: dict[str, bytes] = field(default_factory=dict)
    """Each part that is XML as it is."""
    trees: dict[str, Tree] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    spelled: dict[str, frozenset[bytes]] = field(default_factory=dict)
    """Under which names each part stands, the usual or those of Strict Open XML."""

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            self.names = archive.namelist()
            for name in filter(lambda name: name.endswith(_XML), self.names):
                self.raw[name] = archive.read(name)
                try:
                    self.trees[name] = self._parsed(name, self.raw[name])
                except ET.ParseError as error:
                    self.broken.append(f"{name}: not well-formed, {error}")

    def _parsed(self, name: str, content: bytes) -> Tree:
        """Return a part's tree under the usual names, and remember under which it stands."""
        names = {kind: found for kind in (STRICT, USUAL) if (found := re.search(kind, content))}
        if names and not name.endswith(".vml"):
            self.spelled[name] = frozenset(names)
        for strict, usual in _SPELLED:
            content = content.replace(strict, usual)
        return ET.fromstring(content)  # noqa: S314 - files of our own making

    @cached_property
    def relations(self) -> dict[str, list[Relation]]:
        """The relations of each part by its name, of the package under an empty name."""
        return {_owner(name): list(_relations(name, tree)) for name, tree in self.trees.items() if ".rels" in name}

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The parts of the worksheets by title."""
        targets = {relation.id: relation.target for relation in self.relations.get(WORKBOOK, [])}
        found = self.trees[WORKBOOK].iter(f"{MAIN}sheet") if WORKBOOK in self.trees else iter(())
        return {sheet.get("name", ""): targets.get(sheet.get(RELATION_ID, ""), "") for sheet in found}

    @cached_property
    def shared(self) -> list[str]:
        """The shared texts."""
        tree = self.trees.get("xl/sharedStrings.xml")
        return [] if tree is None else [text_of(entry) for entry in tree.findall(f"{MAIN}si")]

    def cell_text(self, cell: Tree) -> str:
        """Return what a cell holds as text."""
        if cell.get("t") == "inlineStr":
            return text_of(cell)
        value = cell.findtext(f"{MAIN}v") or ""
        return self.shared[int(value)] if cell.get("t") == "s" else value


def opened(book: Path | bytes) -> Parts:
    """Return the parts of a workbook; raise BadZipFile for what is none."""
    return Parts(book if isinstance(book, bytes) else book.read_bytes())


def text_of(entry: Tree) -> str:
    """Return a text with its runs joined, without its readings (ふりがな), escaped signs as Excel shows them."""
    runs = (run.findtext(f"{MAIN}t") or "" for run in entry.iter() if run.tag in {f"{MAIN}r", f"{MAIN}is", f"{MAIN}si"})
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(runs)).replace("\r\n", "\n")


@cache
def area(reference: str) -> tuple[int, int, int, int]:
    """Return first column, first row, last column and last row of a reference such as A1 or A1:C3, from 1."""
    first, _, last = reference.replace("$", "").partition(":")
    return (*_place(first), *_place(last or first))


def _place(cell: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])


def _owner(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels")).removeprefix("/")


def _relations(name: str, tree: Tree) -> Iterator[Relation]:
    folder = posixpath.dirname(_owner(name))
    for relation in tree.iter(RELATION):
        target = unquote(relation.get("Target", ""))
        inside = relation.get("TargetMode") != "External"
        place = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/") if inside else ""
        yield Relation(relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], place)

"""What a workbook's small parts say (ブックの構造): sheets, defined names, relationships, properties, comments.

Trees are built only of parts that the safety pass let through: no DTD, at most 8 MiB.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.cell_reference import Position, position
from kohyo.excel.ooxml.defined_names import Names, Spelled, cut_names, names_of
from kohyo.excel.ooxml.fast_scan import MAIN
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.model.codes import Code

_RELATIONSHIP_ID = re.compile(r"officeDocument(/2006)?/relationships\}id$")
_PACKAGE_LINKS, _USUAL_PART = "_rels/.rels", "xl/workbook.xml"
_TRUE = ("1", "true", "on")
_KEPT, _LONGEST = 64, 20_000
"""Lists of relationships that are kept, and the most bytes of one that is."""


_Target = tuple[str, str]
"""The kind of a relationship, and the part that it points at."""

_NO_TARGETS: Mapping[str, _Target] = MappingProxyType({})


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it; its visibility is ``visible``, ``hidden`` or ``veryHidden``."""

    name: str
    visibility: str
    part: str
    kind: str


class Drawing(NamedTuple):
    """Something drawn over cells (図形・画像): first and last cell that it covers, its words; a picture has none."""

    first: Position
    last: Position
    text: str

    def covers(self, cell: Position) -> bool:
        """Tell whether a cell lies under it."""
        (top, left), (bottom, right) = self.first, self.last
        return top <= cell[0] <= bottom and left <= cell[1] <= right


class Structure(NamedTuple):
    """What the workbook's own part says; ``texts`` and ``styles`` are the parts of that kind, nothing without them."""

    sheets: tuple[SheetEntry, ...]
    names: Names
    date1904: bool
    texts: str = ""
    styles: str = ""


def read_structure(trees: Mapping[str, bytes]) -> Structure:
    """Return sheets and names; raise RefusedError when there is no workbook or a part is broken."""
    part = _workbook_part(trees)
    if part not in trees:
        raise RefusedError(Code.K141)
    cut, rest = cut_names(trees[part])
    root = _tree(rest, part)
    targets = _relationships(trees, part)
    sheets = tuple(_sheets(root, targets))
    if not sheets:
        raise RefusedError(Code.K141)
    date1904 = any(node.get("date1904") in _TRUE for node in root if _is(node, "workbookPr"))
    return Structure(
        sheets,
        names_of(cut, list(_parsed_names(root)), [sheet.name for sheet in sheets]),
        date1904,
        _only(targets, "sharedStrings"),
        _only(targets, "styles"),
    )


def _workbook_part(trees: Mapping[str, bytes]) -> str:
    """Return the part that the package says to be its workbook."""
    if _PACKAGE_LINKS not in trees:
        return _USUAL_PART
    return _only(_relationships(trees, ""), "officeDocument")


def _only(targets: Mapping[str, _Target], kind: str) -> str:
    """Return the one part of a kind, nothing without one; raise RefusedError where there are several."""
    parts = {part for found, part in targets.values() if found == kind}
    if len(parts) > 1:
        raise RefusedError(Code.K144)
    return next(iter(parts), "")


def read_comments(trees: Mapping[str, bytes], sheet_part: str) -> dict[Position, str]:
    """Return the comments (コメント) beside the cells of a sheet; those of the new kind come as the old."""
    comments: dict[Position, str] = {}
    for kind, target in _relationships(trees, sheet_part).values():
        if kind == "comments" and target in trees:
            for node in _tree(trees[target], target).iter():
                if _local(node) == "comment":
                    comments[position(node.get("ref", ""))] = _text(node)
    return comments


def read_drawings(trees: Mapping[str, bytes], sheet_part: str) -> tuple[Drawing, ...]:
    """Return what is drawn over the cells of a sheet: text boxes and shapes with their words, pictures without."""
    found: list[Drawing] = []
    for kind, target in _relationships(trees, sheet_part).values():
        if kind == "drawing" and target in trees:
            anchors = (node for node in _shown(_tree(trees[target], target)) if _local(node).endswith("Anchor"))
            found += [drawing for node in anchors if (drawing := _drawing(node))]
    return tuple(found)


def _drawing(anchor: ET.Element) -> Drawing | None:
    """Return what one anchor holds; a chart, and a shape without words, say nothing."""
    corners = {_local(child): child for child in anchor}
    is_picture = any(_local(node) == "pic" for node in _shown(anchor))
    lines = ("".join(_runs(node)) for node in _shown(anchor) if _local(node) == "p")
    text = "\n".join(line for line in lines if line.strip())
    if "from" not in corners or not (text or is_picture):
        return None
    first, last = _corner(corners["from"]), _corner(corners["to"], ends=True) if "to" in corners else (0, 0)
    return Drawing(first, (max(first[0], last[0]), max(first[1], last[1])), text)


def _shown(node: ET.Element) -> Iterator[ET.Element]:
    """Yield a node and what stands in it, without what is there for programs that do not know the rest.

    Check boxes and buttons (フォームコントロール) stand in such a choice.
    """
    yield node
    for child in node:
        if _local(child) != "Fallback":
            yield from _shown(child)


def _corner(node: ET.Element, *, ends: bool = False) -> Position:
    """Return the cell of a corner; one that ``ends`` right at the edge of a cell does not reach into it."""
    numbers = {_local(child): int(child.text) for child in node if (child.text or "").isdecimal() and child.text}
    row, column = (
        numbers.get(name, 0) - (ends and not numbers.get(offset, 0))
        for name, offset in (("row", "rowOff"), ("col", "colOff"))
    )
    return row, column


def read_properties(trees: Mapping[str, bytes]) -> dict[str, str]:
    """Return the custom properties (ユーザー設定のプロパティ) by name."""
    content = trees.get("docprops/custom.xml")
    if content is None:
        return {}
    root = _tree(content, "docprops/custom.xml")
    return {node.get("name", ""): "".join(node.itertext()) for node in root if _local(node) == "property"}


def _sheets(root: ET.Element, targets: Mapping[str, _Target]) -> Iterator[SheetEntry]:
    for node in _within(root, "sheets"):
        id_ = next((value for key, value in node.items() if _RELATIONSHIP_ID.search(key)), "")
        kind, part = targets.get(id_, ("worksheet", ""))
        yield SheetEntry(node.get("name", ""), node.get("state", "visible"), part, kind)


def _parsed_names(root: ET.Element) -> Iterator[Spelled]:
    """Yield the names that are left in the tree."""
    for node in _within(root, "definedNames"):
        yield node.get("name", ""), node.get("localSheetId", ""), node.text or ""


def _within(root: ET.Element, parts: str) -> Iterator[ET.Element]:
    """Yield what stands in the parts of a workbook that are called so."""
    return (child for part in root if _is(part, parts) for child in part if _is(child, parts.removesuffix("s")))


def _relationships(trees: Mapping[str, bytes], part: str) -> Mapping[str, _Target]:
    """Return the relationships of a part within the package, those of the package itself for ``part`` empty, by id."""
    folder, _, name = part.rpartition("/")
    content = trees.get(f"{folder}/_rels/{name}.rels".removeprefix("/"))
    if content is None:
        return _NO_TARGETS
    return (_kept_targets if len(content) <= _LONGEST else _targets)(content, part)


def _targets(content: bytes, part: str) -> Mapping[str, _Target]:
    """Return the relationships that the part of a part says."""
    folder = part.rpartition("/")[0]
    found: dict[str, _Target] = {}
    for node in _tree(content, part):
        id_, kind = node.get("Id", ""), node.get("Type", "").rpartition("/")[2]
        if id_ in found:
            raise RefusedError(Code.K144)
        if node.get("TargetMode") != "External":
            target = node.get("Target", "").replace("\\", "/")
            found[id_] = (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower())
    return found


_kept_targets = lru_cache(maxsize=_KEPT)(_targets)
"""Those of the package and of the workbook are the same in the returns of a round."""


def _tree(content: bytes, part: str) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314 - see the module's first lines
    except ET.ParseError as error:
        raise RefusedError(Code.K143, part) from error


def _text(comment: ET.Element) -> str:
    """Return a comment's text, without furigana."""
    return "".join(_runs(comment)).strip()


def _runs(node: ET.Element) -> Iterator[str]:
    for child in node:
        if _local(child) == "t":
            yield child.text or ""
        elif _local(child) != "rPh":
            yield from _runs(child)


def _is(node: ET.Element, name: str) -> bool:
    """Tell whether a node is the workbook's own of that name, and none of another namespace."""
    space, _, local = str(node.tag).rpartition("}")
    return local == name and space[1:] in MAIN


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]

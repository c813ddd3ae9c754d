"""What a save took from a person's workbook: every part, relation, type, element and cell that is not ours to write."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from tests.clerk.package import Touched
from tests.lint.parts import MAIN, RELATION, TYPES, WORKBOOK, Parts, Tree

_CHAIN = "xl/calcChain.xml"
_OURS = ("sheetData", "dimension")
_GROWS = ("spans", "ht", "customHeight")


def losses(before: bytes, after: bytes) -> list[str]:
    """Return what the workbook had and has no more, empty when nothing is lost.

    Excel makes the chain of formulas anew; our cells, the heights of their rows and the reach of a table are ours.
    """
    old, new = Parts(before), Parts(after)
    return list(_lost(old, new, Touched.of(before).parts, Touched.of(after).parts))


def _lost(old: Parts, new: Parts, was: dict[str, bytes], now: dict[str, bytes]) -> Iterator[str]:
    sheets = {name: title for title, name in old.sheets.items()}
    for name, content in was.items():
        if name == _CHAIN or content == now.get(name):
            continue
        if name not in now:
            yield f"{name}: gone"
        elif name in sheets:
            yield from (f"{sheets[name]}: {lost}" for lost in _sheet(old, new, name))
        elif name.startswith("xl/tables/"):
            yield from _same(name, _reaching(old.trees[name]), _reaching(new.trees[name]))
        elif name in (WORKBOOK, TYPES) or name.endswith(".rels"):
            yield from (f"{name}: {lost}" for lost in sorted(_entries(old.trees[name]) - _entries(new.trees[name])))
        else:
            yield f"{name}: changed"


def _entries(tree: Tree) -> set[str]:
    """Return what a list of things lists: relations, types, sheets, names, whatever it nests."""
    leaves = (_spelled(node) for node in tree.iter() if not len(node))
    return {leaf for leaf in leaves if "calcChain" not in leaf}


def _spelled(node: Tree) -> str:
    if node.tag == RELATION:
        target = posixpath.normpath(node.get("Target", "")).removeprefix("/xl/")
        return f"{node.get('Id')} {node.get('Type')} {target}"
    return ET.canonicalize(ET.tostring(node, encoding="unicode"), strip_text=True)


def _same(name: str, one: Tree, other: Tree) -> Iterator[str]:
    if ET.canonicalize(ET.tostring(one, encoding="unicode")) != ET.canonicalize(ET.tostring(other, encoding="unicode")):
        yield f"{name}: changed"


def _reaching(table: Tree) -> Tree:
    """Return a table without its reach and the names of its columns, which follow the cells."""
    copy = ET.fromstring(ET.tostring(table))  # noqa: S314 - our own
    for node in copy.iter():
        for name in ("ref", "name"):
            if node.tag.endswith(("}table", "}autoFilter", "}tableColumn", "}sortState")):
                node.attrib.pop(name, None)
    return copy


def _sheet(old: Parts, new: Parts, name: str) -> Iterator[str]:
    before, after = old.trees[name], new.trees[name]
    if before.attrib != after.attrib:
        yield "attributes of the sheet"
    kept = {tag: _others(after, tag) for tag in {node.tag for node in after}}
    for tag in dict.fromkeys(node.tag for node in before):
        if tag.rpartition("}")[2] not in _OURS and _others(before, tag) != kept.get(tag):
            yield tag.rpartition("}")[2]
    rows = {row.get("r"): row for row in after.iter(f"{MAIN}row")}
    ours = _our_columns(old, before)
    for row in before.iter(f"{MAIN}row"):
        now = rows.get(row.get("r"))
        if now is None or _attributes(row) != _attributes(now):
            yield f"row {row.get('r')}"
        else:
            kept_cells = {cell.get("r"): _held(new, cell) for cell in now}
            yield from _cells({cell.get("r", ""): _held(old, cell) for cell in row}, kept_cells, ours)


_Held = tuple[str | None, ...]
"""What a cell holds: its format, its text or value, its formula."""


def _cells(before: dict[str, _Held], after: Mapping[str | None, _Held], ours: set[str]) -> Iterator[str]:
    """Yield the cells that are no more what they were; of a cell of ours the format alone must stay."""
    for place, held in before.items():
        now = after.get(place, ())
        end = 1 if place.rstrip("0123456789") in ours else None
        if now[:end] != held[:end]:
            yield f"cell {place}"


def _others(tree: Tree, tag: str) -> list[str]:
    return [ET.canonicalize(ET.tostring(node, encoding="unicode")) for node in tree if node.tag == tag]


def _attributes(row: Tree) -> dict[str, str]:
    return {name: value for name, value in row.attrib.items() if name not in _GROWS}


def _our_columns(parts: Parts, sheet: Tree) -> set[str]:
    """Return the columns of the heading row up to the first gap: what is right of it is the clerk's."""
    ours: set[str] = set()
    last = 0
    heading = next(iter(sheet.iter(f"{MAIN}row")), None)
    for cell in heading if heading is not None else ():
        letters = cell.get("r", "").rstrip("0123456789")
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        if number != last + 1 or not parts.cell_text(cell):
            break
        last = number
        ours.add(letters)
    return ours


def _held(parts: Parts, cell: Tree) -> _Held:
    """Return what a cell holds: text or value, formula as it is spelled where it does not lean on another cell."""
    formula = cell.find(f"{MAIN}f")
    leans = formula is not None and formula.get("t") == "shared" and not formula.text
    return (cell.get("s"), parts.cell_text(cell), "shared" if leans else None if formula is None else formula.text)

"""What Excel refuses in the package: parts that are not XML, twice there, of no type, or led to and not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.lint.parts import MAIN, RELATION_ID, STRICT, TYPES, USUAL, WORKBOOK, Parts

_TAB_FORBIDDEN = re.compile(r"[:\\/?*\[\]\x00-\x1f]")
_RESERVED = {"history", "履歴"}
_LONGEST_TAB = 31
_NAME = re.compile(r"[^\W\d]\w*(?:[.?\\\w]*)|\\[\w.]*|_xlnm\.\w+", re.UNICODE)
_CELL_LIKE = re.compile(r"(?i:[a-z]{1,3}[0-9]{1,7}|r[0-9]*c[0-9]*|r|c)")
_NAMED_ID = re.compile(rb":\0?i\0?d")
"""An attribute of a name like r:id as a part spells it, in UTF-16 too; most parts have none."""
_MOST_STYLES, _MOST_FONTS = 65_490, 1_024


def package_rules(parts: Parts) -> Iterator[str]:
    """Yield what is wrong with the package, the workbook's list of sheets, its names, its styles."""
    yield from parts.broken
    yield from (
        f"{name}: there {count} times" for name, count in Counter(map(str.lower, parts.names)).items() if count > 1
    )
    yield from _spelling(parts)
    yield from _types(parts)
    yield from _relations(parts)
    yield from _tabs(list(parts.sheets))
    yield from _names(parts)
    yield from _styles(parts)
    yield from _calculation(parts)


def _spelling(parts: Parts) -> Iterator[str]:
    """Yield the parts that are not spelled as the workbook is: Strict Open XML in all of them or in none."""
    strict = STRICT in parts.spelled.get(WORKBOOK, ())
    for name, spelled in parts.spelled.items():
        if spelled != {STRICT if strict else USUAL}:
            yield f"{name}: the names of Strict Open XML and the usual ones, one beside the other"


def _types(parts: Parts) -> Iterator[str]:
    tree = parts.trees.get(TYPES)
    if tree is None:
        yield f"{TYPES}: missing"
        return
    named = [entry.get("PartName", "").removeprefix("/") for entry in tree if entry.tag.endswith("Override")]
    endings = {entry.get("Extension", "").lower() for entry in tree if entry.tag.endswith("Default")}
    yield from (f"{TYPES}: names {name}, which is not there" for name in named if name not in parts.names)
    yield from (f"{TYPES}: names {name} {count} times" for name, count in Counter(named).items() if count > 1)
    for name in parts.names:
        if name != TYPES and name not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"{name}: has no content type"


def _relations(parts: Parts) -> Iterator[str]:
    led_to = {TYPES}
    for owner, relations in parts.relations.items():
        if owner and owner not in parts.names:
            yield f"{owner}: has relations and is not there"
        for name, count in Counter(relation.id for relation in relations).items():
            if count > 1:
                yield f"{owner}: {count} relations named {name}"
        for relation in relations:
            led_to.add(relation.target)
            if relation.target and relation.target not in parts.names:
                yield f"{owner}: leads to {relation.target}, which is not there"
    for name, tree in parts.trees.items():
        if not _NAMED_ID.search(parts.raw[name]):
            continue
        known = {relation.id for relation in parts.relations.get(name, [])}
        used = {found for entry in tree.iter() if (found := entry.get(RELATION_ID))}
        yield from (f"{name}: uses the relation {found}, which is not there" for found in sorted(used - known))


def _tabs(titles: list[str]) -> Iterator[str]:
    for title in titles:
        if not 0 < len(title.encode("utf-16-le")) // 2 <= _LONGEST_TAB:
            yield f"sheet {title}: the name's length"
        if _TAB_FORBIDDEN.search(title) or title != title.strip("'"):
            yield f"sheet {title}: a sign that a name cannot have"
        if title.casefold() in _RESERVED:
            yield f"sheet {title}: a name that Excel keeps for itself"
    yield from (
        f"sheet {name}: {count} times" for name, count in Counter(map(str.casefold, titles)).items() if count > 1
    )


def _names(parts: Parts) -> Iterator[str]:
    tree = parts.trees.get(WORKBOOK)
    entries = [] if tree is None else list(tree.iter(f"{MAIN}definedName"))
    for key, count in Counter(
        (entry.get("name", "").casefold(), entry.get("localSheetId")) for entry in entries
    ).items():
        if count > 1:
            yield f"name {key[0]}: {count} times"
    for entry in entries:
        name = entry.get("name", "")
        if _NAME.fullmatch(name) is None or _CELL_LIKE.fullmatch(name) or len(name) > 255:
            yield f"name {name}: looks like a cell or has a sign that a name cannot have"
        if int(entry.get("localSheetId", "0")) >= len(parts.sheets):
            yield f"name {name}: of a sheet that is not there"


def _styles(parts: Parts) -> Iterator[str]:
    tree = parts.trees.get("xl/styles.xml")
    if tree is None:
        return
    for group, most in (("cellXfs", _MOST_STYLES), ("fonts", _MOST_FONTS), ("cellStyleXfs", _MOST_STYLES)):
        found = tree.find(f"{MAIN}{group}")
        if found is not None and len(found) > most:
            yield f"styles: {len(found)} {group}"
    counts = {
        group: len(found)
        for group in ("fonts", "fills", "borders")
        if (found := tree.find(f"{MAIN}{group}")) is not None
    }
    for look in tree.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        for group, count in counts.items():
            if int(look.get(f"{group.removesuffix('s')}Id", "0")) >= count:
                yield f"styles: a cell format of a {group} that is not there"


def _calculation(parts: Parts) -> Iterator[str]:
    tree = parts.trees.get(WORKBOOK)
    told = None if tree is None else tree.find(f"{MAIN}calcPr")
    if told is not None and told.get("fullCalcOnLoad") in {"1", "true"}:
        sheets = (parts.trees[name] for name in parts.sheets.values() if name in parts.trees)
        if not any(True for sheet in sheets for _ in sheet.iter(f"{MAIN}f")):
            yield "workbook: recalculated at every opening, and has no formula: Excel asks to save at every closing"

"""What Excel repairs on a sheet: cells, rows, validations, hyperlinks, headers and footers, merges, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from tests.lint.formula_rules import formula_rules, units
from tests.lint.parts import MAIN, RELATION_ID, WORKBOOK, Parts, Tree, area

_CELL_TEXT, _LINES, _HEIGHT, _WIDTH = 32_767, 253, 409.5, 255
_VALIDATION_FORMULA, _PROMPT, _TITLE, _FOOTER, _LINK, _TIP = 255, 255, 32, 255, 2_079, 255
_MOST_LINKS, _MOST_VALIDATIONS = 65_530, 65_534


def sheet_rules(parts: Parts, title: str, tree: Tree) -> Iterator[str]:
    """Yield what is wrong with one sheet, with its title."""
    found = (_cells, _rows, _columns, _validations, _rules, _links, _feet, _merges, _tables)
    name = parts.sheets[title]
    return (f"{title}: {wrong}" for rule in found for wrong in rule(parts, name, tree))


def _cells(parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    styles = parts.trees.get("xl/styles.xml")
    looks = None if styles is None else styles.find(f"{MAIN}cellXfs")
    seen: set[str] = set()
    for cell in tree.iter(f"{MAIN}c"):
        place = cell.get("r", "")
        if place in seen:
            yield f"{place} stands twice"
        seen.add(place)
        if looks is not None and int(cell.get("s", "0")) >= len(looks):
            yield f"{place} has a style that is not there"
        kind = cell.get("t")
        if len(cell) or kind == "s":  # most are empty, for their borders
            yield from (f"{place} {wrong}" for wrong in _held(parts, cell, kind))


def _held(parts: Parts, cell: Tree, kind: str | None) -> Iterator[str]:
    """Yield what is wrong with a cell's text and its formula."""
    if kind == "s" and not 0 <= int(cell.findtext(f"{MAIN}v") or "-1") < len(parts.shared):
        yield "has a shared text that is not there"
    elif kind in {"s", "str", "inlineStr"}:
        yield from _text(parts.cell_text(cell))
    formula = cell.findtext(f"{MAIN}f")
    if formula:
        yield from formula_rules(formula)


@lru_cache(maxsize=4096)
def _text(text: str) -> tuple[str, ...]:
    """Return what is wrong with a text; the same one stands in many workbooks."""
    lines = text.count("\n")
    return (
        *([f"holds {units(text)} signs"] if units(text) > _CELL_TEXT else []),
        *([f"holds {lines} line feeds"] if lines > _LINES else []),
    )


def _rows(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    last = 0
    for row in tree.iter(f"{MAIN}row"):
        number = int(row.get("r", "0"))
        if number <= last:
            yield f"row {number} after row {last}"
        last = number
        if float(row.get("ht", "0")) > _HEIGHT:
            yield f"row {number} is {row.get('ht')} points tall"
        places = [area(cell.get("r", ""))[:2] for cell in row]
        if places != sorted(places) or any(place[1] != number for place in places):
            yield f"row {number} has cells out of order"


def _columns(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    last = 0
    for column in tree.iter(f"{MAIN}col"):
        if int(column.get("min", "0")) <= last:
            yield f"column {column.get('min')} is described twice"
        last = int(column.get("max", "0"))
        if float(column.get("width", "0")) > _WIDTH:
            yield f"column {last} is {column.get('width')} wide"


def _validations(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    entries = list(tree.iter(f"{MAIN}dataValidation"))
    if len(entries) > _MOST_VALIDATIONS:
        yield f"{len(entries)} validations"
    for entry in entries:
        where = f"validation of {entry.get('sqref')}"
        for kind in ("formula1", "formula2"):
            formula = entry.findtext(f"{MAIN}{kind}") or ""
            literal = formula[1:-1] if formula.startswith('"') else formula
            if units(literal) > _VALIDATION_FORMULA:
                yield f"{where}: a formula of {units(literal)} signs"
            yield from (f"{where}: {wrong}" for wrong in formula_rules(formula if literal == formula else ""))
        lengths = {"promptTitle": _TITLE, "errorTitle": _TITLE, "prompt": _PROMPT, "error": _PROMPT}
        for name, most in lengths.items():
            if units(entry.get(name, "")) > most:
                yield f"{where}: a {name} of {units(entry.get(name, ''))} signs"
    areas = [area(place) for entry in entries for place in entry.get("sqref", "").split()]
    yield from ("validations that overlap" for _ in range(_overlap(areas)))


def _rules(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    for rule in tree.iter(f"{MAIN}cfRule"):
        for formula in rule.findall(f"{MAIN}formula"):
            yield from (f"conditional format: {wrong}" for wrong in formula_rules(formula.text or ""))


def _links(parts: Parts, name: str, tree: Tree) -> Iterator[str]:
    links = list(tree.iter(f"{MAIN}hyperlink"))
    if len(links) > _MOST_LINKS:
        yield f"{len(links)} hyperlinks"
    names = {entry.get("name") for entry in parts.trees[WORKBOOK].iter(f"{MAIN}definedName")}
    for link in links:
        where = f"link of {link.get('ref')}"
        place = link.get("location", "")
        if units(place) > _LINK or units(link.get("tooltip", "")) > _TIP or units(link.get("display", "")) > _LINK:
            yield f"{where}: too long"
        sheet = place.rpartition("!")[0].removeprefix("#")
        known = {title.casefold() for title in parts.sheets}
        if sheet and link.get(RELATION_ID) is None and _unquoted(sheet).casefold() not in known:
            yield f"{where}: leads to the sheet {sheet}, which is not there"
        if place and not sheet and place not in names:
            yield f"{where}: leads to the name {place}, which is not there"
        if not place and link.get(RELATION_ID) not in {relation.id for relation in parts.relations.get(name, [])}:
            yield f"{where}: leads nowhere"


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _feet(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    for entry in tree.iterfind(f"{MAIN}headerFooter/*"):
        if units(entry.text or "") > _FOOTER:
            yield f"a header or footer of {units(entry.text or '')} signs"


def _merges(_parts: Parts, _name: str, tree: Tree) -> Iterator[str]:
    areas = [area(entry.get("ref", "")) for entry in tree.iter(f"{MAIN}mergeCell")]
    yield from ("merged cells that overlap" for _ in range(_overlap(areas)))


def _tables(parts: Parts, name: str, tree: Tree) -> Iterator[str]:
    """Tables name their columns as their headings do, overlap nothing, and are told on the sheet."""
    related = [relation.target for relation in parts.relations.get(name, []) if relation.kind == "table"]
    told = list(tree.iter(f"{MAIN}tablePart"))
    if len(told) != len(related):
        yield f"{len(told)} tables told, {len(related)} there"
    texts = {cell.get("r", ""): parts.cell_text(cell) for cell in tree.iter(f"{MAIN}c")} if related else {}
    areas = []
    for table in (parts.trees[target] for target in related if target in parts.trees):
        where, (left, top, right, bottom) = f"table {table.get('displayName')}", area(table.get("ref", ""))
        areas.append((left, top, right, bottom))
        columns = [column.get("name", "") for column in table.iter(f"{MAIN}tableColumn")]
        if len(columns) != right - left + 1 or len({column.casefold() for column in columns}) != len(columns):
            yield f"{where}: {len(columns)} columns named for {right - left + 1}"
        if table.get("headerRowCount", "1") != "0":
            headings = [texts.get(f"{_letters(left + place)}{top}", "") for place in range(len(columns))]
            pairs = zip(columns, headings, strict=True)
            yield from (f"{where}: column {one} under the heading {other}" for one, other in pairs if one != other)
        if bottom <= top:
            yield f"{where}: no rows"
        filtered = table.find(f"{MAIN}autoFilter")
        totals = int(table.get("totalsRowCount", "0"))
        if filtered is not None and area(filtered.get("ref", "")) != (left, top, right, bottom - totals):
            yield f"{where}: filters {filtered.get('ref')}"
    if areas and tree.find(f"{MAIN}autoFilter") is not None:
        own = area(tree.find(f"{MAIN}autoFilter").get("ref", ""))  # type: ignore[union-attr]
        areas.append(own)
    yield from ("tables or filters that overlap" for _ in range(_overlap(areas)))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _overlap(areas: Sequence[tuple[int, int, int, int]]) -> int:
    """Return how many pairs of areas share a cell."""
    if len(areas) > 2_000:
        return len(areas) - len(set(areas))
    return sum(
        one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
        for one, other in combinations(areas, 2)
    )

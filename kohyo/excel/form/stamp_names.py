"""The names of a stamped form (定義された名前): in the workbook's part, and in the part that tells of the document.

They are in Excel's order, by name and then by sheet, and each item's sheet has the names of the one that was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kohyo.excel.form.stamp_pattern import NoPatternError, Pattern, gap
from kohyo.excel.form.stamp_sheet import Stamped

_NAME = re.compile(r"<definedName [^>]*>[^<]*</definedName>")
_PARTS = re.compile(r'<definedName name="([^"]*)"(?: localSheetId="(\d+)")?((?: hidden="1")?)>([^<]*)</definedName>')
_NAMES = re.compile("<definedNames>(.*)</definedNames>", re.DOTALL)
_TITLES = re.compile(r'<TitlesOfParts><vt:vector size="\d+" baseType="lpstr">(.*)</vt:vector></TitlesOfParts>')
_TITLE = re.compile("<vt:lpstr>[^<]*</vt:lpstr>")
_RANGES = re.compile(r"(<vt:lpstr>Named Ranges</vt:lpstr></vt:variant><vt:variant><vt:i4>)\d+")
_FILTER = "_xlnm._FilterDatabase"


@dataclass(frozen=True)
class _Entry:
    """A name: what stands before and after a sheet's name in both parts; of a fixed one everything stands before."""

    name: str
    title: str
    after_name: str = ""
    after_title: str = ""


@dataclass(frozen=True)
class _Leading:
    """A name of the whole workbook; ``item`` is the place among the items of the one to whose first answer it leads."""

    entry: _Entry
    item: int = -1


@dataclass(frozen=True)
class _Local:
    """The names of sheets that are called the same, by sheet: of other sheets, and of the items' by their variant."""

    fixed: dict[int, _Entry]
    items: tuple[dict[int, _Entry], ...]


class Names:
    """The names of a shape of forms."""

    def __init__(self, workbook: str, about: str, tabs: Sequence[str], items: range, variants: int) -> None:
        """Take two parts of a pattern and the names of its sheets, gaps for the ``items`` among them.

        The first of the items are the ``variants`` that were drawn.
        """
        self._tabs, self._items, self._variants = tabs, items, variants
        found, listed = _NAMES.search(workbook), _TITLES.search(about)
        if found is None or listed is None:
            raise NoPatternError
        names, titles = _NAME.findall(found[1]), _TITLE.findall(listed[1])
        hidden = sum(f'"{_FILTER}"' in name for name in names)
        shown = titles[: len(titles) - len(names) + hidden]
        rest = iter(titles[len(shown) :])
        self._groups = list(self._grouped([(name, "" if f'"{_FILTER}"' in name else next(rest)) for name in names]))
        self._own = [place for place in range(len(tabs)) if place not in items]
        _, ranges = self.listed([Stamped([], "", "A1", frozenset(), 0, 0)] * len(items), [""] * len(items))
        count = ranges.count("<vt:lpstr>")
        self.workbook = Pattern(_NAMES.sub(f"<definedNames>{gap('names')}</definedNames>", workbook))
        sized = _RANGES.sub(rf"\g<1>{count}", about, count=1)
        inner = f'<vt:vector size="{len(shown) + count}" baseType="lpstr">{"".join(shown)}{gap("ranges")}</vt:vector>'
        self.about = Pattern(_TITLES.sub(lambda _: f"<TitlesOfParts>{inner}</TitlesOfParts>", sized, count=1))

    def _grouped(self, pairs: Sequence[tuple[str, str]]) -> Iterator[_Leading | _Local]:
        """Yield the names in order: each of the workbook, and those of sheets that are called the same together."""
        parsed = [(found, title) for name, title in pairs if (found := _PARTS.fullmatch(name))]
        if len(parsed) != len(pairs):
            raise NoPatternError
        for _, group in groupby(parsed, lambda pair: (pair[0][1], pair[0][2] is None)):
            local = _Local({}, tuple({} for _ in range(self._variants)))
            for found, title in group:
                if found[2] is None:
                    yield self._leading(found, title)
                elif (sheet := int(found[2])) not in self._items:
                    local.fixed[sheet] = _Entry(found[0], title)
                else:
                    self._add(local, found, title)
            if local.fixed or any(local.items):
                yield local

    def _leading(self, found: re.Match[str], title: str) -> _Leading:
        for item, place in enumerate(self._items):
            before, tab, _ = found[0].partition(self._tabs[place])
            if tab:
                return _Leading(_Entry(before, title, "'!", "</definedName>"), item)
        return _Leading(_Entry(found[0], title))

    def _add(self, local: _Local, found: re.Match[str], title: str) -> None:
        """Add a name of an item's sheet that was drawn, as the one of every item's sheet of its variant."""
        variant = int(found[2]) - self._items.start
        if variant >= self._variants:
            raise NoPatternError
        tab = self._tabs[int(found[2])]
        before, _, after = found[4].partition(tab)
        opens, _, closes = title.partition(tab)
        if not after or (title and not closes):
            raise NoPatternError
        for place in self._items:
            opening = f'<definedName name="{found[1]}" localSheetId="{place}"{found[3]}>{before}'
            local.items[variant][place] = _Entry(opening, opens, f"{after}</definedName>", closes)

    def listed(self, sheets: Sequence[Stamped], tabs: Sequence[str]) -> tuple[str, str]:
        """Return the names of both parts for the items' ``sheets``, which are called ``tabs``."""
        called = dict(zip(self._items, tabs, strict=True))
        variants = {place: sheet.variant for place, sheet in zip(self._items, sheets, strict=True)}
        order = sorted((*called, *self._own), key=lambda place: f"{called.get(place) or self._tabs[place]}'".lower())
        names: list[str] = []
        ranges: list[str] = []
        for group in self._groups:
            if isinstance(group, _Leading):
                names.append(_led(group, sheets, tabs))
                ranges.append(group.entry.title)
                continue
            for place in order:
                tab = called.get(place, "")
                if entry := (group.items[variants[place]] if place in variants else group.fixed).get(place):
                    names += (entry.name, tab, entry.after_name)
                    ranges += (entry.title, tab, entry.after_title)
        return "".join(names), "".join(ranges)


def _led(leading: _Leading, sheets: Sequence[Stamped], tabs: Sequence[str]) -> str:
    """Return a name of the whole workbook, which leads to the first answer of an item's sheet or to a fixed place."""
    entry = leading.entry
    if leading.item < 0:
        return entry.name
    first = sheets[leading.item].first_answer
    return f"{entry.name}{tabs[leading.item]}{entry.after_name}${first[0]}${first[1:]}{entry.after_title}"

"""Whatever happened to tabs, titles, numbers, texts and control numbers, in any combination, on up to four sheets.

1. A sheet is read, as an item's answer or as a copy, or a finding that must be mended names it; never both.
2. It is an item's answer only if what tells where it comes from names the item, nothing on it is surely another's,
   and its tab or its title is still the item's or tabs were only exchanged; no item has two answers.
3. The order of the sheets does not matter.
4. A sheet on which nothing but answers changed is read, whatever happened to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.load import shipped
from kohyo.messages import severity
from kohyo.model.finding import Severity
from kohyo.model.returned_book import RawSheet
from kohyo.model.value import RawValue
from tests.returns.known_items import OWN, SAID, TEXTS, back, content, returned, taken, told, without_control

PLAN = shipped("setagaya-r6")
NUMBERS = tuple(SAID)
NAMES = ("title", *TEXTS)
KEPT, NEW, GONE = "kept", "new", "gone"
TABS = ("2-1 (2)", "2-4_2", "Sheet1", "新規案", "最終版", "3-5")
REFUSED = {"K322", "K323", "K324", "K332", "K333", "K334"}


@dataclass(frozen=True)
class Made:
    """A sheet made from an item's: each mark is kept, new, gone, or another item's (its number)."""

    item: str
    tab: str
    control: str
    number: str
    texts: tuple[str, ...]
    """The title and the other texts."""

    @property
    def origin(self) -> str:
        """What tells where it comes from: control number, else item number."""
        for mark in (self.control, self.number):
            if mark not in (GONE, NEW):
                return self.item if mark == KEPT else mark
        return ""

    @property
    def said(self) -> tuple[str, ...]:
        """Whose each text is."""
        return tuple(self.item if mark == KEPT else mark for mark in self.texts)

    @property
    def numbered(self) -> str:
        """Whose number stands on it, nothing for nobody's."""
        return {KEPT: self.item, NEW: "", GONE: ""}.get(self.number, self.number)

    def sheet(self) -> RawSheet:
        """Return it as it comes back."""
        changes: dict[str, RawValue] = {}
        for place, (name, mark) in enumerate(zip(NAMES, self.texts, strict=True)):
            if mark != KEPT:
                changes[name] = content(mark)[name] if mark in SAID else _other_text(mark, self.tab, place)
        if self.number != KEPT:
            changes["number"] = {NEW: "2-77", GONE: None}.get(self.number, self.number)
        sheet = back(PLAN, self.item, self.tab, self.control if self.control in SAID else "", **changes)
        return without_control(sheet) if self.control == GONE else sheet


def _other_text(mark: str, tab: str, place: int) -> RawValue:
    return None if mark == GONE else f"{tab}で新しく始めることの{'一二三四'[place]}つ目の説明をここに書く"


def _mark(*more: str) -> st.SearchStrategy[str]:
    """Return a mark that is mostly kept."""
    return st.one_of(st.just(KEPT), st.sampled_from([KEPT, *more, *NUMBERS]))


def _texts() -> st.SearchStrategy[tuple[str, ...]]:
    """Return the marks of title and texts: each its own, or the texts all alike beside a title of its own."""
    marks = [KEPT, NEW, GONE, *NUMBERS]
    alike = st.tuples(st.sampled_from(marks), st.sampled_from(marks)).map(lambda two: (two[0], *[two[1]] * len(TEXTS)))
    return st.one_of(st.tuples(*[_mark(NEW, GONE)] * len(NAMES)), alike)


@st.composite
def _made(draw: st.DrawFn) -> Made:
    item = draw(st.sampled_from(OWN))
    tab = draw(st.one_of(st.just(item), st.sampled_from([*OWN, *TABS])))
    control = draw(st.one_of(st.just(KEPT), st.sampled_from([KEPT, GONE, *OWN])))
    return Made(item, tab, control, draw(_mark(NEW, GONE)), draw(_texts()))


BOOKS = st.lists(_made(), min_size=1, max_size=4, unique_by=lambda made: made.tab)
SETTINGS = settings(max_examples=200, derandomize=True, database=None)


@SETTINGS
@given(BOOKS)
def test_no_sheet_vanishes(book: Sequence[Made]) -> None:
    """Each sheet is read or refused in so many words, and a refusal is an error (1)."""
    pairs, findings = returned(PLAN, *(made.sheet() for made in book))
    refused = [finding.place.sheet for finding in findings if finding.code in REFUSED]
    assert sorted([*taken(pairs), *refused]) == sorted(made.tab for made in book)
    assert len(pairs) + len(refused) == len(book)
    assert all(severity(code) is Severity.ERROR for code in REFUSED)


@SETTINGS
@given(BOOKS)
def test_no_sheet_is_taken_against_evidence(book: Sequence[Made]) -> None:
    """An answer's marks say so, and none says otherwise (2)."""
    read = taken(returned(PLAN, *(made.sheet() for made in book))[0])
    answers = [item for item in read.values() if item != "copy"]
    assert len(answers) == len(set(answers))
    for made in book:
        if read.get(made.tab, "copy") != "copy":
            assert _speaks_for(made, read[made.tab], book)


def _speaks_for(made: Made, item: str, book: Sequence[Made]) -> bool:
    exchanged = made.tab in NUMBERS and any(other.tab == item for other in book if other is not made)
    return (
        made.origin == item
        and made.numbered in ("", item)
        and (made.said[0] == item or made.said[0] not in SAID)
        and all(made.said.count(other) < made.said.count(item) + 2 for other in NUMBERS if other != item)
        and (made.tab == item or made.said[0] == item or exchanged)
    )


@SETTINGS
@given(BOOKS, st.randoms(use_true_random=False))
def test_the_order_of_sheets_does_not_matter(book: list[Made], dice: Random) -> None:
    """The same sheets in another order are read the same (3)."""
    sheets = [made.sheet() for made in book]
    shuffled = dice.sample(sheets, len(sheets))
    first, second = returned(PLAN, *sheets), returned(PLAN, *shuffled)
    assert taken(first[0]) == taken(second[0])
    assert told(first[1]) == told(second[1])


@SETTINGS
@given(BOOKS, st.sampled_from(OWN))
def test_an_untouched_sheet_is_read(book: Sequence[Made], item: str) -> None:
    """A sheet with all that it went out with is the item's answer beside any copies and strangers (4)."""
    others = [made for made in book if made.tab != item]
    read = taken(returned(PLAN, back(PLAN, item), *(made.sheet() for made in others))[0])
    assert read[item] == item

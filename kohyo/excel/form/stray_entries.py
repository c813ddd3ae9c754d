"""What somebody wrote where the form asks for nothing: on the cover (表紙) and on the example (記入例)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

from kohyo.definition.fields import goal_choice, item_fields, year_words
from kohyo.definition.load import shipped_data
from kohyo.errors import TextError
from kohyo.excel.form.form_vocabulary import printed
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.messages import section, wording
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.value import RawValue
from kohyo.text.dates import parse_date
from kohyo.text.normalise import Key, key
from kohyo.text.ticks import parse_tick, show_tick

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_LETTERS = re.compile(r"\w")
_FILLED = ".{0,60}?"
_HEAD_ROWS = 3
_EXAMPLE = "example.toml"
_RECURRING = 200
"""Letters of a text of which it is kept what it is."""

_ASKS, _HOW = "asks.band", "cover.how"


def written_on_cover(
    book: RawBook, grid: RawGrid, plan: Plan, taken: Collection[Position | None] = ()
) -> Iterator[Position]:
    """Yield cells of the cover that hold a text which neither the form prints nor a formula yields.

    Those that are ``taken`` are spoken of elsewhere: answers, its control number.
    """
    asked = _rows_of_asks(grid)
    elsewhere = _Elsewhere(book, grid)
    for cell, text in _texts(grid, plan, elsewhere.spelled):
        if cell in taken or cell[0] in asked or _is_printed(text):
            continue
        if not (key(text) in _heading(plan) or _is_day(text) or elsewhere.says(text)):
            yield cell


def _rows_of_asks(grid: RawGrid) -> range:
    """Return the rows in which the cover of a correction (差戻し) says what is to be mended, whatever the reasons."""
    rows = {band: row for (row, _), value in grid.cells.items() if isinstance(value, str) and (band := _band(value))}
    return range(rows[_ASKS], rows[_HOW]) if len(rows) == len(_bands()) else range(0)


def _band(text: str) -> str:
    """Return which heading of the cover a text is, nothing for any other."""
    return (_heading_of if len(text) <= _RECURRING else _heading_of.__wrapped__)(text)


@lru_cache(maxsize=2048)
def _heading_of(text: str) -> str:
    return _bands().get(key(text), "")


@cache
def _bands() -> Mapping[Key, str]:
    return {key(wording(f"form.{name}")): name for name in (_ASKS, _HOW)}


def written_on_example(grid: RawGrid, plan: Plan) -> Iterator[Position]:
    """Yield cells of the example that hold what neither the form nor the example itself says."""
    for cell, text in _texts(grid, plan):
        if key(text) not in _example_says(plan):
            yield cell


def written_on_overview(book: RawBook, grid: RawGrid, plan: Plan) -> Iterator[Position]:
    """Yield cells of the overview (記入状況) that hold what neither it nor the item sheets say."""
    elsewhere = _Elsewhere(book, grid)
    for cell, text in _texts(grid, plan, elsewhere.spelled):
        if key(text) not in _overview_says() and not elsewhere.says(text):
            yield cell


@cache
def _overview_says() -> frozenset[Key]:
    return frozenset(map(key, section("form")["overview"].values()))


def _texts(grid: RawGrid, plan: Plan, known: Collection[RawValue] = ()) -> Iterator[tuple[Position, str]]:
    """Yield what neither the form prints nor a formula yields, but for what is ``known``."""
    is_typed, notes = printed(plan).is_typed, grid.notes
    for cell, value in grid.cells.items():
        if isinstance(value, str) and cell not in notes and value not in known and is_typed(value):
            yield cell, value


class _Elsewhere:
    """What the other sheets are called and what they are about, which the cover repeats: mostly letter by letter."""

    def __init__(self, book: RawBook, cover: RawGrid) -> None:
        self._heads: list[RawValue] = []
        for grid in book.grids:
            if grid is not cover:
                self._heads += grid.cells.values() if grid.hidden else _head_of(grid)
        self._names = [grid.name for grid in book.grids]
        self.spelled = {*self._heads, *self._names}
        """All of it letter by letter."""

    def says(self, value: RawValue) -> bool:
        """Tell whether another sheet says the same."""
        return value in self.spelled or key(value) in self._keys

    @cached_property
    def _keys(self) -> frozenset[Key]:
        return frozenset(map(key, (*self._names, *self._heads)))


def _head_of(grid: RawGrid) -> Iterator[RawValue]:
    """Yield what stands in the first rows of a sheet."""
    for (row, _), value in grid.cells.items():
        if row >= _HEAD_ROWS:
            return
        yield value


@lru_cache(maxsize=KEPT_PLANS)
def _heading(plan: Plan) -> frozenset[Key]:
    """Return the lines at the top of a cover, of the survey form's and of every open form's."""
    words = {**plan.plan.model_dump(), **year_words(plan.cycle.year), "plan": plan.plan.name}
    forms = (plan.plan.survey_form_name, *(form.name for form in plan.forms))
    titles = (wording("form.cover.title", **words, form=form, department="") for form in forms)
    owner = wording("form.cover.owner", **words, form="", department="")
    return frozenset(map(key, (owner, *titles, *plan.plan.model_dump().values())))


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except TextError:
        return False
    return True


def _is_printed(text: str) -> bool:
    return (_is_of_cover if len(text) <= _RECURRING else _is_of_cover.__wrapped__)(text)


@lru_cache(maxsize=2048)
def _is_of_cover(text: str) -> bool:
    """Tell whether the cover prints a text; what was said of one is kept, for it stands on every return."""
    return _cover_says().fullmatch(key(text)) is not None


@cache
def _cover_says() -> re.Pattern[str]:
    """Return a pattern of every text of the cover."""
    catalogue = section("form")
    texts = {str(text) for text in _leaves((catalogue["cover"], catalogue["legend"]))}
    patterns = [_pattern(text) for text in texts if len(_LETTERS.findall(_PLACEHOLDER.sub("", text))) > 1]
    return re.compile(f"(?:{'|'.join(patterns)}|[0-9]+|-)")


def _pattern(text: str) -> str:
    pieces = _PLACEHOLDER.sub("\0", text).split("\0")
    return _FILLED.join(re.escape(key(piece)) for piece in pieces)


def _leaves(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        node = tuple(node.values())
    if isinstance(node, (list, tuple)):
        for child in node:
            yield from _leaves(child)
    else:
        yield node


@lru_cache(maxsize=KEPT_PLANS)
def _example_says(plan: Plan) -> frozenset[Key]:
    """Return the made-up answers of the example that ships with the plan, as its sheet shows them."""
    data = shipped_data(plan, _EXAMPLE)
    types = {field.name: field.type for field in item_fields(plan)}
    return frozenset(key(_shown(plan, types.get(name, ""), value)) for name, value in data.items())


def _shown(plan: Plan, type_: str, value: Any) -> str:  # noqa: ANN401 - whatever the example holds
    if type_ == "goal":
        return goal_choice(plan, int(value))
    return show_tick(parse_tick(value)) if type_ == "tick" else str(value)

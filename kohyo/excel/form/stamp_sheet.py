"""Stamping one item's sheet (個票): its rows as they were drawn once, the answered ones with their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kohyo.definition.ends import end_words
from kohyo.excel.form.form_head import HEAD_ROWS, title_height
from kohyo.excel.form.form_layout import ANSWER, LAST_YEAR
from kohyo.excel.form.form_remarks import State
from kohyo.excel.form.form_sheet import Drawn
from kohyo.excel.form.form_status import Tally, done, told
from kohyo.excel.form.sheet_content import TITLE_FIELD
from kohyo.excel.form.stamp_pattern import (
    WORTH,
    NoPatternError,
    Pattern,
    gap,
    gaps_of,
    height,
    joined,
    result,
    with_heights,
    with_results,
)
from kohyo.excel.form.stamp_row import TEXT, Row, RowStamp
from kohyo.excel.form.stamp_texts import FormTexts, SharedTexts
from kohyo.excel.ooxml.cell_reference import a1, row_column
from kohyo.excel.ooxml.ready_parts import Piece, ready
from kohyo.messages import wording
from kohyo.model.value import RawValue

_ROW = re.compile(r'<row r="(\d+)".*?</row>', re.DOTALL)
_SELECTION = re.compile(r'activeCell="B\d+" sqref="B\d+"')
_NEXT = re.compile(r'(<c r="C3" s="\d+" t="str"><f>)[^<]*(</f><v>)[^<]*(</v></c>)')
_LAST = re.compile(r'(<c r="D\d+"( s="\d+")) t="s"><v>[^<]*</v></c>')
_EMPTY_LAST = re.compile(r'(<c r="D\d+" s="\d+")/>')
_LAST_COLUMN = '<c r="D'
_ROWS_OF_A_SPAN, _FAR, _NEAR = 16, 'spans="1:4"', 'spans="1:3"'
_KEPT = 1024


@dataclass(frozen=True)
class Stamped:
    """A sheet that was stamped, as cover, overview and names tell of it."""

    pieces: list[Piece]
    title: str
    first_answer: str
    missing: frozenset[str]
    wrong: int
    texts: int
    """How many of its cells hold texts."""
    variant: int = 0
    """Which of the shape's variants of an item's sheet it is."""


class SheetStamp:
    """The stamp of a variant of an item's sheet: with last year's answers beside the new ones, or without."""

    def __init__(self, xml: str, drawn: Drawn, texts: SharedTexts, variant: int) -> None:
        """Take the sheet of a pattern, what was drawn on it and the texts it shares."""
        self._drawn, self._variant = drawn, variant
        head, _, rest = _with_gaps(xml, drawn).partition("<sheetData>")
        body, _, tail = rest.partition("</sheetData>")
        found = list(_ROW.finditer(texts.with_gaps(body)))
        rows = [row[0] for row in found]
        if [int(row[1]) for row in found] != list(range(1, len(rows) + 1)):
            raise NoPatternError
        self._head, self._tail = Pattern(f"{head}<sheetData>"), Pattern(f"</sheetData>{tail}")
        self._heads = [Pattern(row) for row in rows[:HEAD_ROWS]]
        self._places = {name: row_column(cell)[0] for name, cell in drawn.cells.items()}
        self._lines = dict(self._stamps(rows))
        self._base = {name: line.line.value for name, line in drawn.lines.items()}
        self._ends = {name: end_words(line.line.field) for name, line in drawn.lines.items()}
        self._behind = {name for name, line in drawn.lines.items() if line.answered.ended}
        self._states = {name: self._lines[name].row(value).state for name, value in self._base.items()}
        self._rows = self._without_last_year(rows)
        if any(map(gaps_of, self._rows[HEAD_ROWS:])):
            raise NoPatternError
        self._loose = self._loose_spans()
        self._bands = self._told_bands(texts.fixed.get(wording("form.last_year.head"), ""))
        self._texts = {place: row.count(TEXT) for place, row in enumerate(self._rows)}
        self._all_texts = sum(self._texts.values())
        self._run = lru_cache(_KEPT)(self._ready_rows)

    def _stamps(self, rows: list[str]) -> Iterator[tuple[str, RowStamp]]:
        """Yield the stamps of the rows of answers by name."""
        lines = set(self._places.values())
        styles = {found[2] for place in lines for found in _LAST.finditer(rows[place])}
        if len(styles) != (len(self._drawn.widths) > LAST_YEAR):
            raise NoPatternError
        for name, line in self._drawn.lines.items():
            place = self._places[name]
            last_year = "".join(f'<c r="{a1(place, LAST_YEAR)}"{style}' for style in styles)
            yield name, RowStamp(line, self._drawn.widths, rows[place], last_year)

    def _without_last_year(self, rows: list[str]) -> list[str]:
        """Return the rows as they stand where nothing was answered last year: without a cell for it in a line."""
        if len(self._drawn.widths) <= LAST_YEAR:
            return rows
        lines = set(self._places.values())
        return [
            _LAST.sub("", row) if place in lines else _LAST.sub(r"\1/>", row) if place >= HEAD_ROWS else row
            for place, row in enumerate(rows)
        ]

    def _loose_spans(self) -> list[range]:
        """Return the rows that tell together how far they reach, and reach less where nobody answered last year."""
        if len(self._drawn.widths) <= LAST_YEAR:
            return []
        starts = range(0, len(self._rows), _ROWS_OF_A_SPAN)
        blocks = (range(start, min(start + _ROWS_OF_A_SPAN, len(self._rows))) for start in starts)
        return [block for block in blocks if not any(_LAST_COLUMN in self._rows[place] for place in block)]

    def _with_spans(self, changed: dict[int, str]) -> dict[int, str]:
        """Return the changed rows with those that reach less than they were drawn."""
        for block in self._loose:
            if not any(_LAST_COLUMN in changed.get(place, "") for place in block):
                changed |= {place: changed.get(place, self._rows[place]).replace(_FAR, _NEAR, 1) for place in block}
        return changed

    def _told_bands(self, heading: str) -> dict[int, tuple[int, str]]:
        """Return the band above each line, by the line's row: its row, and how it stands where last year is told of.

        ``heading`` is the place of what it says then. The band is the nearest row above that holds no answer.
        """
        lines = set(self._places.values())
        bands: dict[int, tuple[int, str]] = {}
        band = HEAD_ROWS
        for place in range(HEAD_ROWS, len(self._rows)):
            band = band if place in lines else place
            bands[place] = (band, _EMPTY_LAST.sub(rf"\1 {TEXT}><v>{heading}</v></c>", self._rows[band]))
        return bands

    def stamped(
        self,
        shown: Mapping[str, RawValue],
        last_year: Mapping[str, str],
        about: Mapping[str, str],
        texts: FormTexts,
    ) -> Stamped:
        """Return the sheet with answers as they are ``shown``, ``last_year``'s, and what its head tells ``about`` it.

        Raises NoStampError for a value that cannot stand there.
        """
        rows, states = self._answered(shown, last_year)
        changed = {place: row.xml(texts) for place, row in rows.items()}
        for name in last_year:
            band, told_band = self._bands[self._places[name]]
            changed[band] = told_band
        changed = self._with_spans(changed)
        written = str(shown.get(TITLE_FIELD) or "")
        title = written if written.strip() else self._drawn.title
        missing = [name for name, state in states.items() if state is State.MISSING]
        wrong = sum(state is State.WRONG for state in states.values())
        first = self._drawn.cells[missing[0]] if missing else self._drawn.first_fillable
        values = {
            **about,
            "title": result(title),
            "title_height": height(title_height(title, self._drawn.widths[ANSWER])),
            "status": status(len(missing), wrong),
            "first": first,
        }
        pieces = [*self._head.filled(values), *(piece for head in self._heads for piece in head.filled(values))]
        pieces += [*self._body(changed), *self._tail.filled(values)]
        more = sum(xml.count(TEXT) - self._texts[place] for place, xml in changed.items())
        counted = self._all_texts + more
        return Stamped(joined(pieces), title, first, frozenset(missing), wrong, counted, self._variant)

    def _answered(
        self, shown: Mapping[str, RawValue], last_year: Mapping[str, str]
    ) -> tuple[dict[int, Row], dict[str, State]]:
        """Return the rows that are not as they were drawn, and the states of all answers."""
        rows: dict[int, Row] = {}
        states = dict(self._states)
        ended = any(shown.get(name) in words for name, words in self._ends.items())
        for name, value in shown.items():
            base, last = self._base[name], last_year.get(name, "")
            behind = ended and name in self._behind
            if last or behind or value != base or type(value) is not type(base):
                rows[self._places[name]] = row = self._lines[name].row(value, last, ended=behind)
                states[name] = row.state
        return rows, states

    def _body(self, changed: Mapping[int, str]) -> Iterator[Piece]:
        start = len(self._heads)
        for place in sorted(changed):
            if place > start:
                yield self._run(start, place)
            yield changed[place].encode()
            start = place + 1
        if start < len(self._rows):
            yield self._run(start, len(self._rows))

    def _ready_rows(self, start: int, end: int) -> Piece:
        content = "".join(self._rows[start:end]).encode()
        return ready(content) if len(content) >= WORTH else content


def _with_gaps(xml: str, drawn: Drawn) -> str:
    """Return an item's sheet with gaps for what its head tells of its answers, and for where one begins to write."""
    xml, count = _SELECTION.subn(f'activeCell="{gap("first")}" sqref="{gap("first")}"', xml, count=1)
    xml, links = _NEXT.subn(rf"\1{gap('next')}\2{gap('next_said')}\3", xml, count=1)
    if not (count and links and drawn.fillable):
        raise NoPatternError
    for cell, name in (("C1", "control_place"), ("A2", "number_place")):
        xml, texts = re.subn(rf'(<c r="{cell}" s="\d+" {TEXT}><v>)\d+', rf"\1{gap(name)}", xml, count=1)
        if not texts:
            raise NoPatternError(cell)
    xml = xml.replace(drawn.control, gap("control"))
    return with_heights(with_results(xml, {"B2": ("title", ""), "C2": ("status", "")}), {2: "title_height"})


@lru_cache(maxsize=_KEPT)
def status(missing: int, wrong: int) -> str:
    """Return what is said when so many answers are missing and wrong, as it stands between tags."""
    return result(told(Tally("", missing), Tally("", wrong), done()).now)

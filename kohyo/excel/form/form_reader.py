"""Reading a survey form (調査票) out of a workbook: which sheets are ours, and the raw answers on them.

What was recovered is said, what cannot be read surely is a finding and never a guess, and nothing that
anyone wrote on a sheet of ours is passed over in silence. Conventions: ``form_identifiers``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kohyo.definition.fields import FormField, cover_fields, form_fields, year_words
from kohyo.excel.form.familiar_sheet import REPEATED, familiar_sheet
from kohyo.excel.form.field_locator import NO_ANSWERS, Located, Locator, count_blocks, wanted_fields
from kohyo.excel.form.form_grid import FormGrid, label_key
from kohyo.excel.form.form_identifiers import (
    COVER_PREFIX,
    HIDDEN_SHEET,
    LIST_SHEET,
    MARK_PROPERTY,
    NAME_PREFIX,
    PROPERTY,
)
from kohyo.excel.form.form_vocabulary import printed
from kohyo.excel.form.origin_sheet import beside_origins, is_origin_sheet
from kohyo.excel.form.outside_answers import OutsideAnswers
from kohyo.excel.form.printed_controls import control_of, is_cover, numbered_kind, parsed_control, printed_controls
from kohyo.excel.form.raw_answers import cell_reader
from kohyo.excel.form.spoken_marks import EXAMPLE, OVERVIEW, REST, spoken
from kohyo.excel.form.stray_answers import leftovers
from kohyo.excel.form.stray_entries import written_on_cover, written_on_example, written_on_overview
from kohyo.excel.ooxml.cell_reference import Position, a1
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.messages import wording
from kohyo.model.answer_name import field_of
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.note import Note
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import Found, RawAnswer, RawReturn, RawSheet
from kohyo.text.normalise import Key, key

_MAGIC = "kohyo"


def find_answers(book: RawBook, plan: Plan, file: str) -> tuple[RawReturn, tuple[Finding, ...]]:
    """Return what a book holds as a form of ``plan``, and what must be said about finding it.

    ``file`` names the book in places. A sheet is ours by its control number, else by at least half the labels
    of a kind; the cover is a sheet without a kind. Raises nothing: what is wrong is a finding.
    """
    sheets: list[RawSheet] = []
    others: list[str] = []
    findings: list[Finding] = []
    notes: list[Note] = []
    cover: dict[str, RawAnswer] = {}
    all_ticks = False
    for grid in book.grids:
        if grid.name in (HIDDEN_SHEET, LIST_SHEET):
            continue
        place = Place(file, grid.name)
        outside = OutsideAnswers(grid, place, findings, notes)
        familiar = familiar_sheet(book, grid, plan, place)
        if familiar is not None:
            sheets.append(familiar[0])
            outside.written(familiar[1])
            continue
        marks = spoken(grid)
        nothing_asked = _asking_nothing(book, grid, plan, marks)
        if nothing_asked is not None:
            outside.written(nothing_asked)
            outside.comments()
            continue
        control, cell = control_of(book, grid, plan)
        kind = _kind(book, control, grid, plan)
        if kind is not None:
            rest = marks.get(REST)
            sheets.append(_SheetReader(book, grid, plan, kind, (control, cell), outside, rest).read())
        elif control:
            sheets.append(RawSheet(place, control, "", {}, hidden=grid.hidden))
            if not is_cover(control, plan):
                findings.append(finding_of(Code.K259, place))
                continue
            answered = dict(_once(book, grid, plan))
            read = cell_reader(book, grid, place)
            cover |= {field.name: read(field, at, grid.cells[at]) for at, field in answered.items()}
            rest = marks.get(REST)
            taken = {cell, rest, *answered}
            all_ticks = all_ticks or rest is not None
            outside.written(written_on_cover(book, grid, plan, taken))
            outside.comments()
        else:
            others.append(grid.name)
            outside.page()
    control, mark = _hidden(book)
    identity = (str(book.properties.get(PROPERTY, "")), control)
    mark = str(book.properties.get(MARK_PROPERTY, "")) or mark
    raw = RawReturn(file, *identity, tuple(sheets), tuple(others), tuple(notes), cover, all_ticks, mark)
    return raw, tuple(findings)


def _asking_nothing(book: RawBook, grid: RawGrid, plan: Plan, marks: Collection[str]) -> Iterable[Position] | None:
    """Return what somebody wrote on a sheet that asks for nothing; None of any other sheet."""
    if EXAMPLE in marks:
        return written_on_example(grid, plan)
    if OVERVIEW in marks:
        return written_on_overview(book, grid, plan)
    return beside_origins(grid) if is_origin_sheet(grid) else None


def _once(book: RawBook, grid: RawGrid, plan: Plan) -> Iterator[tuple[Position, FormField]]:
    """Yield where the cover answers which field once: by its name, else right of its label."""
    asked = [(field, book.names_on(grid.name).get(f"{COVER_PREFIX}{field.name}")) for field in cover_fields(plan)]
    labels = {} if all(named for _, named in asked) else _labels(grid)
    for field, named in asked:
        label = None if named else labels.get(label_key(field.label))
        cell = named or (label and (label[0], label[1] + 1))
        if cell and cell in grid.cells:
            yield cell, field


def _labels(grid: RawGrid) -> dict[Key, Position]:
    """Return where each text stands first, by its key as a label."""
    texts = [(cell, value) for cell, value in grid.cells.items() if isinstance(value, str)]
    return {label_key(value): cell for cell, value in reversed(texts)}


def _hidden(book: RawBook) -> tuple[str, str]:
    """Return the control number and the mark on the hidden sheet, empty where there is none."""
    for grid in book.grids:
        if grid.name == HIDDEN_SHEET and grid.cells.get((0, 0)) == _MAGIC:
            return str(grid.cells.get((0, 1), "")), str(grid.cells.get((0, 2), ""))
    return "", ""


def _kind(book: RawBook, control: str, grid: RawGrid, plan: Plan) -> SheetKind | None:
    """Return the kind of a sheet by its control number, without one by the names and labels it bears."""
    number = parsed_control(control, plan)
    return _kind_by_fields(book, grid, plan) if number is None else numbered_kind(number, plan)


def _kind_by_fields(book: RawBook, grid: RawGrid, plan: Plan) -> SheetKind | None:
    """Return the kind of which most names or labels stand on a sheet, at least half; among equals the titled one."""
    texts = {label_key(value) for value in grid.cells.values() if isinstance(value, str)}
    names = {field_of(name.removeprefix(NAME_PREFIX)) for name in book.names_on(grid.name)}
    scores: dict[str, int] = {}
    for kind in plan.sheets:
        fields = form_fields(plan, kind.key)
        found = sum(1 for field in fields if field.name in names or label_key(field.label) in texts)
        if found and found * 2 >= len(fields):
            scores[kind.key] = found
    best = [kind for kind in plan.sheets if scores.get(kind.key) == max(scores.values(), default=0)]
    if len(best) > 1:
        best = [kind for kind in best if _is_titled(grid, kind, plan)]
    return best[0] if len(best) == 1 else None


def _is_titled(grid: RawGrid, kind: SheetKind, plan: Plan) -> bool:
    """Tell whether tab or head of a sheet speak of a kind."""
    words = year_words(plan.cycle.year)
    title, tab = key(kind.title.format(**words)), key(kind.tab.format(**words, number=""))
    line = key(wording("form.head.line", cycle=words["cycle"], plan=plan.plan.name, title=title))
    texts = {key(value) for value in grid.cells.values() if isinstance(value, str)}
    return bool(texts & {title, line}) or (bool(tab) and key(grid.name).startswith(tab))


@dataclass(frozen=True)
class _SheetReader:
    """Reads one sheet of a known kind."""

    book: RawBook
    grid: RawGrid
    plan: Plan
    kind: SheetKind
    control: tuple[str, Position | None]
    outside: OutsideAnswers
    rest: Position | None
    """The cell that answers all ticks left open, wherever it stands by now."""

    @property
    def place(self) -> Place:
        """Which sheet it is."""
        return self.outside.place

    def read(self) -> RawSheet:
        """Return the sheet's answers; how they were found, and what stands beside them, is collected."""
        wanted = wanted_fields(self.plan, self.kind.key, 0)
        sheet = FormGrid(self.grid, {sought.label for sought in wanted}, printed(self.plan))
        if self.kind.per == "block":
            wanted = wanted_fields(self.plan, self.kind.key, count_blocks(sheet, wanted, self.kind.copies))
        located = Locator(sheet, self.book.names_on(self.grid.name), wanted).locate()
        read = cell_reader(self.book, self.grid, self.place)
        answers = {hit.wanted.name: self._answer(hit, read) for hit in located}
        hidden = [finding_of(Code.K265, self.place)] if self.grid.hidden else []
        self.outside.findings += [*hidden, *self._about_fields(located)]
        self.outside.written(cell for cell in self._leftovers(sheet, located) if cell != self.rest)
        self.outside.comments(located)
        self.outside.unread(sheet, located)
        return RawSheet(
            place=self.place,
            control=self.control[0],
            kind=self.kind.key,
            answers=answers,
            hidden=self.grid.hidden,
            rest=self.rest is not None,
            other_controls=tuple(sorted(printed_controls(self.grid, self.plan).keys() - {self.control[0]})),
        )

    def _answer(self, hit: Located, read: Callable[..., RawAnswer]) -> RawAnswer:
        if hit.said is None:
            return RawAnswer(self.place, None, Found.NOT_FOUND)
        cell, value = hit.said
        if not hit.apart:
            return read(hit.wanted.field, cell, value, hit.found)
        held = self.grid.cells
        apart = {a1(*other): str(held[other]) for other in hit.apart if other in held}
        return read(hit.wanted.field, cell, value, hit.found, apart)

    def _about_fields(self, located: Sequence[Located]) -> list[Finding]:
        """Say what was not found, field by field, and in one sentence what was recovered by its label."""
        unread = [hit for hit in located if hit.found is Found.NOT_FOUND]
        if len(unread) == len(located):
            told = [hit for hit in unread if hit.cells and hit.problem != NO_ANSWERS]
            return [finding_of(Code.K259, self.place), *(self._unread(hit) for hit in told)]
        findings = [self._unread(hit) for hit in unread]
        findings += [self._covered(hit) for hit in located if hit.covered]
        recovered = [hit.wanted.field.label for hit in located if hit.found is Found.BY_LABEL]
        if len(recovered) == len(located):
            findings.append(finding_of(Code.K263, self.place, value=str(len(recovered))))
        elif recovered:
            labels = wording("text.list.joiner").join(dict.fromkeys(recovered))
            findings.append(finding_of(Code.K261, self.place, value=labels))
        return findings

    def _covered(self, hit: Located) -> Finding:
        cell = hit.said.cell if hit.said else hit.cells[0]
        return finding_of(Code.K266, self._at(cell), field=hit.wanted.field.label, value=str(self.grid.cells[cell]))

    def _unread(self, hit: Located) -> Finding:
        cells = [a1(*cell) for cell in hit.cells]
        place = self._at(hit.cells[0]) if hit.cells else self.place
        values = [str(value) for cell in hit.cells if (value := self.grid.cells.get(cell)) is not None]
        label, joiner = hit.wanted.field.label, wording("text.list.joiner")
        match hit.problem:
            case Code.K251 | Code.K253 | Code.K254 | Code.K264:
                return finding_of(hit.problem, place, label, joiner.join(values), cells=joiner.join(cells))
            case _:
                return finding_of(hit.problem, place, label, joiner.join(values))

    def _leftovers(self, sheet: FormGrid, located: Sequence[Located]) -> Iterable[Position]:
        """Return what stands outside the answers and is not spoken of yet."""
        said = [hit.said for hit in located if hit.said is not None]
        used = {cell: False for hit in located for cell in hit.cells}
        used |= {cell_said.cell: cell_said.value is not None for cell_said in said}
        if self.control[1] is not None:
            used[self.control[1]] = False
        return leftovers(sheet, used, {key(self.grid.name), *self._repeated(located)}, len(located))

    def _repeated(self, located: Sequence[Located]) -> Iterator[Key]:
        """Yield the answers that the head repeats, read or not."""
        for hit in located:
            if hit.wanted.name in REPEATED:
                cells = (*hit.cells, *((hit.said.cell,) if hit.said else ()))
                yield from (key(self.grid.cells[cell]) for cell in cells if cell in self.grid.cells)

    def _at(self, cell: Position) -> Place:
        return Place(self.place.file, self.place.sheet, a1(*cell))

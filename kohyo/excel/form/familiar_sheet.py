"""A familiar sheet (見慣れた個票): nothing differs from sheets seen before but what a respondent or a formula says.

Nearly every sheet of a return is one. Its labels and headings are looked over once for all sheets that bear the same;
answers, remarks and the head are looked at on each. What is read is what ``form_reader`` reads of any sheet, at much
more work; where anything may be otherwise there is no reading here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from kohyo.definition.fields import FormField
from kohyo.excel.form.field_locator import Locator, Wanted, count_blocks, wanted_fields
from kohyo.excel.form.form_grid import FormGrid, label_key
from kohyo.excel.form.form_identifiers import CONTROL_NAME, NAME_PREFIX
from kohyo.excel.form.form_vocabulary import printed
from kohyo.excel.form.origin_sheet import is_origin_sheet
from kohyo.excel.form.printed_controls import controls_among, may_open, numbered_kind, parsed_control, printed_controls
from kohyo.excel.form.raw_answers import answers_by_name
from kohyo.excel.form.spoken_marks import mark_of, may_open_mark
from kohyo.excel.form.stray_answers import leftovers
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import FORMULA, UNCALCULATED, RawBook, RawGrid
from kohyo.model.finding import Place
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.returned_book import RawSheet
from kohyo.model.value import RawValue
from kohyo.text.normalise import Key, key

REPEATED = ("number", "title")
"""Fields that the head of a sheet repeats."""

_KEPT, _CELLS, _LETTERS = 512, 1_000, 20_000
"""Sheets that are kept, the most cells of one that is, and the most letters of its labels and headings."""

_TEXTS, _NOTES = frozenset({str}), frozenset({FORMULA, UNCALCULATED})
_ANSWERED = 0
"""What stands for an answer while labels and headings are looked over: nothing that could be one of them."""

_Filled = tuple[Position, RawValue]


class _Asked(NamedTuple):
    """What a sheet of a kind asks, as it is printed: the defined names of the answers, their fields, the labels."""

    names: tuple[str, ...]
    fields: tuple[tuple[str, FormField], ...]
    labels: frozenset[Key]


class _Regions(NamedTuple):
    """The cells of a sheet by where they stand, each by its place among all: only the body is nobody's and no head's.

    The head ends where the first answer stands. Beside the answers stand remarks.
    """

    first: int
    """The row of the first answer."""
    head: tuple[Position, ...]
    others: tuple[int, ...]
    """All but the body."""
    beside: tuple[int, ...]
    body: tuple[int, ...]
    body_cells: tuple[Position, ...]
    below: tuple[Position, ...]
    """The cells right below answers that are no answers themselves."""
    filled: bool
    """Whether any answer is given."""


def familiar_sheet(
    book: RawBook, grid: RawGrid, plan: Plan, place: Place
) -> tuple[RawSheet, Sequence[Position]] | None:
    """Return what a familiar sheet answers and the cells of its head in which somebody wrote; None for any other."""
    names = book.names_on(grid.name)
    numbered = names.get(CONTROL_NAME)
    number = None if numbered is None else parsed_control(str(grid.cells.get(numbered, "")), plan)
    kind = numbered_kind(number, plan) if number else None
    if number is None or kind is None or not _is_bare(grid):
        return None
    asked = _asked(plan, kind.key)
    cells = tuple([cell for name in asked.names if (cell := names.get(name)) is not None])
    is_whole = len(cells) == len(asked.names) and len(grid.cells) <= _CELLS
    regions = _regions(tuple(grid.cells), cells) if is_whole else None
    if regions is None or not _is_as_printed(grid, plan, kind, cells, regions):
        return None
    values = list(grid.cells.values())
    others = [value for at in regions.others if isinstance(value := values[at], str) and _may_speak(value[:1])]
    head = [(cell, grid.cells[cell]) for cell in regions.head]
    if any(map(mark_of, others)) or is_origin_sheet(grid) or _bears_label(head, asked.labels):
        return None
    control = str(number)
    sheet = RawSheet(
        place=place,
        control=control,
        kind=kind.key,
        answers=answers_by_name(book, grid, place, asked.fields, cells),
        other_controls=_other_controls(grid, plan, others, control),
    )
    repeated = {key(answer.value) for name in REPEATED if (answer := sheet.answers.get(name)) and answer.value}
    return sheet, list(_strays(grid, plan, head, {key(grid.name), *repeated}, numbered))


def _is_bare(grid: RawGrid) -> bool:
    """Tell whether a sheet is seen, and neither is anything over its cells nor an error in them."""
    return not (grid.hidden or grid.comments or grid.drawings) and _NOTES.issuperset(grid.notes.values())


@lru_cache(maxsize=KEPT_PLANS * KEPT_PARTS)
def _asked(plan: Plan, kind: str) -> _Asked:
    wanted = _wanted(plan, plan.sheet_kind(kind))
    return _Asked(
        tuple(NAME_PREFIX + sought.name for sought in wanted),
        tuple((sought.name, sought.field) for sought in wanted),
        frozenset(sought.label for sought in wanted),
    )


def _wanted(plan: Plan, kind: SheetKind) -> tuple[Wanted, ...]:
    return wanted_fields(plan, kind.key, kind.copies if kind.per == "block" else 0)


@lru_cache(maxsize=_KEPT)
def _regions(places: tuple[Position, ...], answers: tuple[Position, ...]) -> _Regions | None:
    """Return where cells stand; None unless the answers stand in one column, each in its own row."""
    asked, rows = set(answers), {row for row, _ in answers}
    if len({column for _, column in answers}) != 1 or len(rows) != len(answers):
        return None
    first, column = min(rows), answers[0][1]
    head = [at for at, (row, _) in enumerate(places) if row < first]
    below = range(len(head), len(places))
    filled = [at for at in below if places[at] in asked]
    beside = [at for at in below if places[at][0] in rows and places[at][1] > column]
    body = sorted({*below} - {*filled, *beside})
    return _Regions(
        first=first,
        head=tuple(places[at] for at in head),
        others=(*head, *filled, *beside),
        beside=tuple(beside),
        body=tuple(body),
        body_cells=tuple(places[at] for at in body),
        below=tuple((row + 1, column) for row in rows if row + 1 not in rows),
        filled=bool(filled),
    )


def _is_as_printed(
    grid: RawGrid, plan: Plan, kind: SheetKind, answers: tuple[Position, ...], regions: _Regions
) -> bool:
    """Tell whether labels, headings and remarks stand as they were printed, and nothing else does."""
    if any(bottom >= regions.first for _, (bottom, _) in grid.merges):
        return False
    if any(grid.notes.get(cell) == UNCALCULATED for cell in regions.below):
        return False
    values: list[Any] = list(grid.cells.values())
    remarks = [values[at] for at in regions.beside]
    texts = tuple([values[at] for at in regions.body])
    if not (_TEXTS.issuperset(map(type, remarks)) and _TEXTS.issuperset(map(type, texts))):
        return False
    says = printed(plan)
    if any(map(says.is_foreign, remarks)) or not (regions.filled or all(map(says.is_remark, remarks))):
        return False
    if sum(map(len, texts)) > _LETTERS:
        return False
    return _stands_as_printed(plan, kind.key, answers, regions.filled, regions.body_cells, texts)


@lru_cache(maxsize=_KEPT)
def _stands_as_printed(
    plan: Plan,
    kind: str,
    answers: tuple[Position, ...],
    filled: bool,  # noqa: FBT001 - a key of what is kept
    cells: tuple[Position, ...],
    texts: tuple[str, ...],
) -> bool:
    """Tell of labels and headings whether all is where it was printed, as it is told of any sheet."""
    body = dict(zip(cells, texts, strict=True))
    held: dict[Position, RawValue] = {**body, **dict.fromkeys(answers if filled else (), _ANSWERED)}
    grid = RawGrid("", "visible", dict(sorted(held.items())), (), {}, {})
    found = plan.sheet_kind(kind)
    single, wanted = wanted_fields(plan, kind, 0), _wanted(plan, found)
    sheet = FormGrid(grid, {sought.label for sought in single}, printed(plan))
    if found.per == "block" and count_blocks(sheet, single, found.copies) != found.copies:
        return False
    if any(map(mark_of, texts)) or controls_among(body.items(), plan):
        return False
    names = {NAME_PREFIX + sought.name: cell for sought, cell in zip(wanted, answers, strict=True)}
    if not Locator(sheet, names, wanted).at_one_look:
        return False
    return not leftovers(sheet, dict.fromkeys(answers, filled), ())


@lru_cache(maxsize=4096)
def _may_speak(letter: str) -> bool:
    """Tell whether a text that begins so may be a control number or one of the form's marks."""
    return may_open(letter) or may_open_mark(letter)


def _bears_label(head: Iterable[_Filled], labels: frozenset[Key]) -> bool:
    """Tell whether a label stands in the head."""
    return any(isinstance(value, str) and label_key(value) in labels for _, value in head)


def _other_controls(grid: RawGrid, plan: Plan, texts: Iterable[str], own: str) -> tuple[str, ...]:
    """Return the control numbers of other sheets among texts."""
    opened = [text for text in texts if may_open(text[:1])]
    if all(value == own for value in opened):
        return ()
    return tuple(sorted(printed_controls(grid, plan).keys() - {own}))


def _strays(
    grid: RawGrid, plan: Plan, head: Iterable[_Filled], own: set[Key], control: Position | None
) -> Iterator[Position]:
    """Yield the cells of the head that hold what neither the form prints nor a formula yields nor an answer says."""
    is_typed = printed(plan).is_typed
    for cell, value in head:
        if cell != control and cell not in grid.notes and key(value) not in own and is_typed(str(value)):
            yield cell

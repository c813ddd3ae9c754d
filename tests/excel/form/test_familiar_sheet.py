"""A familiar sheet (見慣れた個票) is read as any other sheet is, at less work.

1. Whatever stands in its cells, over them and in its names: the same answers, the same findings, the same notes.
2. A return as people send it is read so but for the sheets on which nothing is answered.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kohyo.excel.form import form_reader
from kohyo.excel.form.form_identifiers import CONTROL_NAME
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.excel.ooxml.workbook_structure import Drawing
from kohyo.messages import wording
from kohyo.model.face import Face, Look
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from tests.benchmarks.common import made_up, write_returns

FILE = "回答.xlsx"
_TRIED = 400
_LOOK = "familiar_sheet"
_Bend = Callable[[random.Random, RawGrid, Plan], RawGrid]


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, RawBook]:
    """Return a whole return as it is sent, and its plan."""
    survey = made_up(2)
    first, _ = write_returns(survey, tmp_path_factory.mktemp("returned"))
    book = read_file(Path(first)).book
    assert book is not None
    return survey.plan, book


def _cell(chance: random.Random, grid: RawGrid) -> tuple[int, int]:
    row, column = chance.choice(list(grid.cells))
    return row + chance.choice((0, 0, 0, 1)), column + chance.choice((0, 0, 0, 1, 2))


def _value(chance: random.Random, grid: RawGrid) -> RawValue:
    """Return what somebody may write: words of the form in the wrong place, marks, numbers, nothing that is seen."""
    marks = [wording(f"form.{name}") for name in ("rest.choice", "example.mark", "overview.title")]
    others = [value for value in grid.cells.values() if isinstance(value, str)]
    own: tuple[RawValue, ...] = (
        "書き込み",
        " ",
        "\u200b",
        "r6-00-x",
        "項目名",
        5,
        0,
        True,
        1.0,
        *marks,
        wording("scale.origin.title"),
    )
    return chance.choice(own if chance.random() < 0.5 else others)


def _ordered(grid: RawGrid, cells: dict[tuple[int, int], RawValue]) -> RawGrid:
    return grid._replace(cells=dict(sorted(cells.items())))


def _written(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    return _ordered(grid, {**grid.cells, _cell(chance, grid): _value(chance, grid)})


def _taken_out(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    gone = chance.choice(list(grid.cells))
    return _ordered(grid, {cell: value for cell, value in grid.cells.items() if cell != gone})


def _emptied(_chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    return _ordered(grid, {cell: value for cell, value in grid.cells.items() if cell[1] != 1 or cell[0] < 3})


def _noted(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    note = chance.choice(("formula", "uncalculated", "error"))
    return grid._replace(notes={**grid.notes, _cell(chance, grid): note})


def _merged(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    row, column = _cell(chance, grid)
    return grid._replace(merges=(*grid.merges, ((row, column), (row + chance.randrange(2), column + 1))))


def _covered(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    cell = _cell(chance, grid)
    return chance.choice(
        (
            grid._replace(comments={cell: "見てください"}),
            grid._replace(drawings=(Drawing(cell, cell, "図の言葉"),)),
            grid._replace(faces={cell: Face(Look.STRUCK, "残り")}),
            grid._replace(hidden_rows=frozenset({cell[0]}), hidden_columns=frozenset({cell[1]})),
            grid._replace(visibility="hidden"),
        )
    )


def _renamed(chance: random.Random, grid: RawGrid, _plan: Plan) -> RawGrid:
    return grid._replace(name=chance.choice(("1-1", "控え", "広報・広聴機能の強化", grid.name + " (2)")))


_BENDS: tuple[_Bend, ...] = (_written, _written, _written, _taken_out, _noted, _merged, _covered, _renamed, _emptied)


def _bent(chance: random.Random, book: RawBook, plan: Plan) -> RawBook:
    """Return the book with one of its sheets bent in up to three ways, and its names now and then."""
    grid = chance.choice([grid for grid in book.grids if CONTROL_NAME in book.names_on(grid.name)])
    names = dict(book.names_on(grid.name))
    for _ in range(chance.randrange(4)):
        grid = chance.choice(_BENDS)(chance, grid, plan)
    if chance.random() < 0.2:
        one, other = chance.sample(list(names), 2)
        names[one], names[other] = names[other], names[one]
    if chance.random() < 0.1:
        del names[chance.choice(list(names))]
    return book._replace(grids=(grid,), names={grid.name: names})


def test_a_familiar_sheet_is_read_as_any_other(returned: tuple[Plan, RawBook], monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the look at what is familiar a bent sheet says the same, and is told the same of (1)."""
    plan, book = returned
    chance = random.Random(17)  # noqa: S311 - which sheets are tried
    cases = [_bent(chance, book, plan) for _ in range(_TRIED)]
    looked: list[object] = []
    look = getattr(form_reader, _LOOK)

    def noted(*about: object) -> object:
        looked.append(look(*about))
        return looked[-1]

    monkeypatch.setattr(form_reader, _LOOK, noted)
    quick = [find_answers(case, plan, FILE) for case in cases]
    monkeypatch.setattr(form_reader, _LOOK, lambda *_: None)
    for case, found in zip(cases, quick, strict=True):
        assert find_answers(case, plan, FILE) == found, case
    assert len(looked) / 8 < sum(one is not None for one in looked) < len(looked)


def test_what_people_send_is_familiar(returned: tuple[Plan, RawBook], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every item's sheet of a return is read at one look, and as without it (1, 2)."""
    plan, book = returned
    quick = find_answers(book, plan, FILE)
    read: list[str] = []
    look = getattr(form_reader, _LOOK)

    def noted(*about: object) -> object:
        found = look(*about)
        read.extend([found[0].kind] if found else ())
        return found

    monkeypatch.setattr(form_reader, _LOOK, noted)
    assert find_answers(book, plan, FILE) == quick
    assert read.count("item") == sum(sheet.kind == "item" for sheet in quick[0].sheets) == 5
    monkeypatch.setattr(form_reader, _LOOK, lambda *_: None)
    assert find_answers(book, plan, FILE) == quick

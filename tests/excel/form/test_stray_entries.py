"""What somebody wrote on a sheet that asks for nothing is found however much of it is known already.

1. A text of the cover and of the overview that another sheet says letter by letter is passed over at one look: the
   same is found without it. What is spoken of elsewhere is left out, whatever it says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kohyo.excel.form import stray_entries
from kohyo.excel.form.stray_entries import written_on_cover, written_on_overview
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from tests.benchmarks.common import made_up, write_returns

_TRIED = 300
_TEXTS = "_texts"


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, RawBook]:
    """Return a whole return as it is sent, and its plan."""
    survey = made_up(2)
    first, _ = write_returns(survey, tmp_path_factory.mktemp("returned"))
    book = read_file(Path(first)).book
    assert book is not None
    return survey.plan, book


def _bent(chance: random.Random, book: RawBook, grid: RawGrid) -> RawGrid:
    """Return a sheet with some other texts: somebody's, those of other sheets, those that are no text."""
    said: list[RawValue] = [value for other in book.grids for value in other.cells.values()]
    own: tuple[RawValue, ...] = ("書き込み", "２－１", " 2-1", "2-1", "6月3日", 12, True, 1.0, "○")
    cells = dict(grid.cells)
    for _ in range(chance.randrange(6)):
        row, column = chance.choice(list(grid.cells))
        cells[row + chance.randrange(2), column] = chance.choice(own if chance.random() < 0.5 else said)
    return grid._replace(cells=dict(sorted(cells.items())))


def test_what_is_known_letter_by_letter_changes_nothing(
    returned: tuple[Plan, RawBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without the look the same cells are told, the taken ones left out (1)."""
    plan, book = returned
    chance = random.Random(5)  # noqa: S311 - which sheets are tried
    cases = [_bent(chance, book, grid) for grid in book.grids[:2] for _ in range(_TRIED)]
    taken = [set(chance.sample(list(grid.cells), 2)) for grid in cases]

    def told(grid: RawGrid, without: set[Position]) -> list[list[Position]]:
        return [list(written_on_cover(book, grid, plan, without)), list(written_on_overview(book, grid, plan))]

    quick = [told(grid, without) for grid, without in zip(cases, taken, strict=True)]
    look = getattr(stray_entries, _TEXTS)

    def every(grid: RawGrid, plan: Plan, _known: object = ()) -> Iterator[tuple[Position, str]]:
        yield from look(grid, plan)

    monkeypatch.setattr(stray_entries, _TEXTS, every)
    for grid, without, found in zip(cases, taken, quick, strict=True):
        cover, overview = told(grid, set())
        assert found == [[cell for cell in cover if cell not in without], overview]
    assert any(cover for cover, _ in quick)
    assert any(overview for _, overview in quick)

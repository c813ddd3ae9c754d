"""What LibreOffice shows in a cell is what was read there, or a finding names the cell (独立した目).

1. Forms whose cells, parts or archives are spelled in other ways.
2. Forms with random answers, bent at random.

Every way, and more random forms: set ``KOHYO_EYES`` to the number of random forms.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kohyo.excel.ooxml.worker import Reader
from tests.bends.answers import fill
from tests.bends.bend import dice
from tests.bends.every import BENDS
from tests.bends.forms import as_sent, issue, the_plan
from tests.bends.opening import saved, settle
from tests.bends.plain import DEPARTMENT, answered
from tests.bends.spelled_forms import spelled_form
from tests.bends.spellings import ways
from tests.bends.truth import understood
from tests.office.eye import compared, disagreements
from tests.office.office import Office

pytestmark = pytest.mark.office

_MORE = os.environ.get("KOHYO_EYES", "")
_WAYS = dict(ways())
_CHOSEN = sorted(_WAYS)[:: 1 if _MORE else 6]
_SEEDS = range(int(_MORE or 6))
_BENT = "土木部"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for all files."""
    with Reader() as one:
        yield one


@pytest.mark.parametrize("way", _CHOSEN)
def test_a_cell_in_another_spelling(way: str, office: Office, reader: Reader, tmp_path: Path) -> None:
    """1: Where another program shows something, nothing else was read."""
    path = tmp_path / "調査票.xlsx"
    path.write_bytes(spelled_form(answered(), _WAYS[way], tmp_path))
    found = understood(path, reader, the_plan(), issue(DEPARTMENT))
    assert found.refused or disagreements(found, office, path) == []


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_form_bent_at_random(seed: int, office: Office, reader: Reader, tmp_path: Path) -> None:
    """2: Whatever was typed and bent, both show the same."""
    book = as_sent(_BENT)
    fill(book, the_plan(), dice(f"eye {seed}"))
    for place, bend in enumerate(dice(f"bends {seed}").sample(BENDS, 3)):
        bend(book, dice(f"eye {seed} {place}"))
    settle(book)
    path = tmp_path / "調査票.xlsx"
    path.write_bytes(saved(book))
    found = understood(path, reader, the_plan(), issue(_BENT))
    assert found.refused or disagreements(found, office, path) == []


def test_most_of_what_was_chosen_iscompared(office: Office, reader: Reader, tmp_path: Path) -> None:
    """1: A form in its usual spelling is read and compared cell by cell."""
    path = tmp_path / "調査票.xlsx"
    path.write_bytes(spelled_form(answered(), lambda cell: cell.plain, tmp_path))
    found = understood(path, reader, the_plan(), issue(DEPARTMENT))
    assert len(list(compared(found))) > 90
    assert disagreements(found, office, path) == []

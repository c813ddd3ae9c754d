"""However a form comes back bent, no answer is read wrong and none is lost without a word.

1. A form that nobody bent is read as the file that went out.
2. Random answers on a form of the real plan, bent at random, several bends at once: every answer that stands in
   the book is read exactly, or a finding that asks a person to look names its cell (or its sheet, or the file,
   where the whole is refused).
3. What holds (2) to account sees a wrong value, a lost answer and a lost memo.
4. Every bend finds something to bend.

More and other examples: set ``KOHYO_BENDS`` to their number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kohyo.excel.form.form_identifiers import NAME_PREFIX
from kohyo.excel.ooxml.raw_book import RawBook
from kohyo.excel.ooxml.worker import Reader
from tests.bends.answers import fill
from tests.bends.bend import MEMO, Bend, dice
from tests.bends.book import Book, Cell
from tests.bends.every import BENDS
from tests.bends.forms import as_sent, form_of, issue, the_plan
from tests.bends.opening import saved
from tests.bends.truth import Understood, faults, read_back

DEPARTMENTS = ("区長室", "庁舎整備担当部", "土木部")
"""Departments with 3, 4 and 8 items."""

MORE = os.environ.get("KOHYO_BENDS", "")
SETTINGS = settings(
    max_examples=int(MORE or 150),
    derandomize=not MORE,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for all examples."""
    with Reader() as one:
        yield one


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that bent files are put into, one after another."""
    return tmp_path_factory.mktemp("回収")


def answered(department: str, seed: int) -> Book:
    """Return a department's form with random answers."""
    book = as_sent(department)
    fill(book, the_plan(), dice(seed))
    return book


def bent(book: Book, bends: list[Bend], seed: int) -> list[str]:
    """Bend a book and return what was done to it."""
    return [said for place, bend in enumerate(bends) if (said := bend(book, dice(f"{seed} {place}")))]


@SETTINGS
@given(
    department=st.sampled_from(DEPARTMENTS),
    bends=st.lists(st.sampled_from(BENDS), max_size=7),
    seed=st.integers(0, 2**32),
)
def test_nothing_is_read_wrong_and_nothing_is_lost(
    reader: Reader, folder: Path, department: str, bends: list[Bend], seed: int
) -> None:
    """Whatever was done to the form, each answer is read exactly or named (2)."""
    book = answered(department, seed)
    done = bent(book, bends, seed)
    found = read_back(book, folder, reader, the_plan(), issue(department))
    assert faults(book, found) == [], done


def test_the_unbent_book_is_the_form_that_went_out(reader: Reader, folder: Path) -> None:
    """What is bent holds the cells, names, merges and sheets of the real file (1)."""
    real, made = folder / "本物.xlsx", folder / "写し.xlsx"
    real.write_bytes(form_of(DEPARTMENTS[0]))
    made.write_bytes(saved(as_sent(DEPARTMENTS[0])))
    one, other = (reader.read(path).book for path in (real, made))
    assert one is not None
    assert other is not None
    assert _facts(one) == _facts(other)


def _facts(book: RawBook) -> list[object]:
    grids = [(grid.name, grid.visibility, grid.cells, set(grid.merges), grid.notes) for grid in book.grids]
    names = [
        {name: cell for name, cell in book.names_on(grid.name).items() if name.startswith(NAME_PREFIX)}
        for grid in book.grids
    ]
    return [grids, names, dict(book.properties)]


def test_an_unbent_form_has_no_faults(reader: Reader, folder: Path) -> None:
    """Answers in their own cells are all read (2)."""
    book = answered(DEPARTMENTS[0], 1)
    found = read_back(book, folder, reader, the_plan(), issue(DEPARTMENTS[0]))
    assert faults(book, found) == []
    assert sum(len(answers.values) for _, answers in found.trusted) > 90


@pytest.fixture
def honest(reader: Reader, folder: Path) -> tuple[Book, Understood]:
    """Return an answered form with a memo, and what was understood of it."""
    book = answered(DEPARTMENTS[0], 2)
    book.issued()[0].cells[60, 7] = Cell("課長に確認", meant=MEMO)
    return book, read_back(book, folder, reader, the_plan(), issue(DEPARTMENTS[0]))


def test_a_memo_that_is_not_named_is_seen(honest: tuple[Book, Understood]) -> None:
    """Without its finding, the memo is lost (3)."""
    book, found = honest
    silent = replace(found, findings=tuple(one for one in found.findings if one.code != "K256"))
    assert faults(book, found) == []
    assert any("memo" in fault for fault in faults(book, silent))


def test_an_answer_that_is_not_read_is_seen(honest: tuple[Book, Understood]) -> None:
    """Where a whole sheet is passed over, its answers are lost (3)."""
    book, found = honest
    assert any("is lost" in fault for fault in faults(book, replace(found, trusted=found.trusted[1:])))


def test_an_answer_read_wrong_is_seen(honest: tuple[Book, Understood]) -> None:
    """A single letter that differs is a wrong value (3)."""
    book, found = honest
    pair, answers = found.trusted[0]
    name, answer = next((name, one) for name, one in answers.values.items() if isinstance(one.value, str))
    wrong = replace(answers, values={**answers.values, name: answer._replace(value=f"{answer.value}。")})
    assert any("instead of" in fault for fault in faults(book, replace(found, trusted=((pair, wrong),))))


def test_an_answer_of_another_sheet_is_seen(honest: tuple[Book, Understood]) -> None:
    """An answer that is taken for another item's is wrong (3)."""
    book, found = honest
    (first, answers), (second, _) = found.trusted[:2]
    mixed = replace(first, base=second.base)
    assert any("another sheet" in fault for fault in faults(book, replace(found, trusted=((mixed, answers),))))


@pytest.mark.parametrize("bend", BENDS, ids=lambda bend: bend.__name__)
def test_every_bend_bends(bend: Bend) -> None:
    """Among some forms, each bend finds one that it can bend (4)."""
    assert any(bend(answered(DEPARTMENTS[0], seed), dice(seed)) for seed in range(8))

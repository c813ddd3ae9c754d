"""Last year's answers beside the new ones.

1. After a rollover the form shows what the department answered last year, beside the field that asks again.
2. What is carried stands in the answer itself and is not shown twice; a form without a last year is as it was.
3. Reading takes nothing of it for an answer, nor for something that somebody wrote beside the answers.
4. What somebody does write there is told.
5. The same forms go out again without a new round.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.model.outcome import Outcome
from kohyo.workspace.folder import Workspace
from tests.usecases.small import NOW, Small, codes, opened, tab_of

LATER = NOW + timedelta(days=300)


@pytest.fixture(scope="module")
def next_year_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace a year later, its new forms out; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("next_year"))
    made.send("企画財政局", {"1-1": {"saving": 120, "state": "遅れ", "schedule_2031": "広げる。"}})
    made.consolidate()
    kohyo.rollover(made.root, now=LATER, anyway=True)
    made.distribute()
    return made


@pytest.fixture
def next_year(next_year_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return next_year_origin.copied(tmp_path)


def _last_year(sheet: Worksheet) -> dict[str, str]:
    """Return what stands in the fourth column, by label."""

    def rows() -> Iterator[tuple[str, str]]:
        for row in sheet.iter_rows(min_row=4, max_col=4, values_only=True):
            if row[3] and str(row[3]).startswith("【前年度】"):
                yield str(row[0]).strip("＊ "), str(row[3])

    return dict(rows())


def test_last_year_stands_beside(next_year: Small) -> None:
    """Only what is asked again (1, 2); nobody can write there."""
    with opened(next_year.form("企画財政局")) as book:
        sheet = book[tab_of("1-1")]
        told = _last_year(sheet)
        cells = [cell for (cell,) in sheet.iter_rows(min_row=4, min_col=4, max_col=4)]
        assert all(cell.protection.locked for cell in cells)
        assert sheet.print_area.endswith(f"$D${sheet.max_row}")
    assert told == {"令和13年度の削減額": "【前年度】120", "進み具合": "【前年度】遅れ"}


def test_a_form_without_a_last_year(small: Small) -> None:
    """Three columns, as ever (2)."""
    with opened(small.form("企画財政局")) as book:
        assert {sheet.max_column for sheet in book.worksheets if sheet.title.startswith("カード")} == {3}


def test_nothing_of_it_is_read(next_year: Small) -> None:
    """Neither as an answer nor as a remark by hand (3)."""
    next_year.send("企画財政局", {"1-1": {"state": "順調"}})
    found = next_year.consolidate(LATER)
    plan = read_definition(next_year.workspace.definition)
    register = load_register(next_year.workspace.register, plan).register
    assert [row.outcome for row in register.receipts if row.file] == [Outcome.ACCEPTED]
    assert (register.items[0].values["state"], register.items[0].values.get("saving")) == ("順調", None)
    assert [code for code in codes(found) if code.startswith("K2")] == []


def test_what_somebody_writes_there_is_told(next_year: Small) -> None:
    """Nothing that a person wrote is lost in silence (4)."""
    path = next_year.send("企画財政局")
    with opened(path) as book:
        sheet = book[tab_of("1-1")]
        (cell,) = [row[3] for row in sheet.iter_rows(min_row=4) if row[3].value == "【前年度】遅れ"]
        cell.value = "去年とは数え方が違います"
    found = next_year.consolidate(LATER)
    assert "去年とは数え方が違います" in [finding.value for finding in found.findings]


def test_the_same_forms_again(next_year: Small) -> None:
    """Twice is once (5)."""
    before = next_year.form("企画財政局").read_bytes()
    next_year.distribute()
    assert next_year.form("企画財政局").read_bytes() == before

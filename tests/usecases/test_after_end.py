"""A department that ends an item plans nothing behind it, and is asked when the item goes on after all.

1. Its form is taken as it is; what it left empty, or emptied, is no question to anybody.
2. A declined end is told as a step; the next consolidation sends the form back for the empty years, and for nothing
   else. What was answered then ends it.
3. Of an end that is adopted nothing is asked.
4. What another owner has planned is not missed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kohyo
from kohyo.model.outcome import Outcome
from tests.usecases.corrections import issue, send_correction
from tests.usecases.ending import LEAD, decide_ending, new_ending
from tests.usecases.small import NOW, Small, codes

FORM = f"調査票_{LEAD}.xlsx"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace once."""
    return new_ending(tmp_path_factory.mktemp("終わる") / "作業")


@pytest.fixture
def ending(origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it in which 企画財政局 has ended 1-1, and 2-1, which 市民局 leads."""
    return origin.copied(tmp_path)


def _steps(small: Small) -> list[str]:
    return [step.key for step in kohyo.next_steps(small.root, date(2030, 6, 2)).steps]


def test_an_end_that_is_declined(ending: Small) -> None:
    """It is taken, then asked for the one year, then answered (1, 2)."""
    assert ending.outcomes()[FORM] in (Outcome.ACCEPTED, Outcome.CONFLICT)
    assert not list(ending.workspace.sent_back.glob("*"))
    decide_ending(ending, "不採用")
    assert "after_all" in _steps(ending)
    assert codes(ending.consolidate()).count("K220") == 1
    (asked,) = (ask for ask in issue(ending).asks if ask.must)
    assert asked.fields == ("schedule_2031",)
    assert "after_all" not in _steps(ending)
    send_correction(ending, {"1-1": {"schedule_2031": "続ける。"}})
    assert not {"K201", "K220"} & set(codes(ending.consolidate()))
    assert (ending.item("1-1").text("schedule_2031"), "after_all" in _steps(ending)) == ("続ける。", False)
    assert not kohyo.verify(ending.root).needs_person


def test_an_end_that_is_adopted(ending: Small) -> None:
    """Nobody is asked (3)."""
    decide_ending(ending, "採用")
    assert "after_all" not in _steps(ending)
    assert not {"K201", "K220"} & set(codes(ending.consolidate()))


def test_what_another_owner_planned(ending: Small) -> None:
    """The lead goes on with the item and plans it: who wanted to end it is asked for nothing more (4)."""
    ending.send("市民局", {"2-1": {"next_step": "継続", "schedule_2031": "広げる。"}})
    ending.consolidate()
    row = next(at for at, row in enumerate(ending.register().conflicts, 1) if row.field == "next_step")
    ending.decide(row, 採用="台帳", 決めた人="係")
    kohyo.resolve(ending.root, now=NOW)
    assert ending.item("2-1").text("next_step") == "継続"
    assert not {"K201", "K220"} & set(codes(ending.consolidate()))

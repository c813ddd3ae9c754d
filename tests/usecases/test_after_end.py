"""A department that ends an item plans nothing behind it, and is asked when the item goes on after all.

1. Its form is taken as it is; what it left empty, or emptied, is no question to anybody.
2. A declined end is told as a step; the next consolidation sends the form back for the empty years, and for nothing
   else. What was answered then ends it.
3. Of an end that is adopted nothing is asked.
4. What another owner has planned is not missed.
5. A later survey of the year that asks for plans and not whether an item ends knows what the first one was told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.messages import wording
from kohyo.model.outcome import Outcome
from kohyo.model.plan_years import Survey
from kohyo.usecases.bases_anew import proved_bases
from kohyo.usecases.consolidate import Consolidated
from kohyo.workspace.issued_forms import load_bases
from tests.usecases.corrections import issue, send_correction
from tests.usecases.ending import LEAD, InSurvey, decide_ending, new_ending
from tests.usecases.small import NOW, Small, cell_of, codes, opened, tab_of

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


SURVEYS = (
    Survey(key="first", name="前期", issued=date(2030, 5, 7), closes=date(2030, 6, 28)),
    Survey(
        key="second",
        name="後期",
        issued=date(2031, 1, 15),
        closes=date(2031, 2, 14),
        asks=("state", "schedule", "view"),
    ),
)
WINTER = datetime(2031, 1, 20, 9)  # noqa: DTZ001 - the register knows no time zones


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> InSurvey:
    """Return the workspace whose first survey was told that 1-1 ends, and whose second is out."""
    small = new_ending(tmp_path_factory.mktemp("二回") / "作業", SURVEYS)
    kohyo.distribute(small.root, now=WINTER)
    return InSurvey(small.workspace, "後期")


def test_a_later_survey_that_does_not_ask(halves: InSurvey, tmp_path: Path) -> None:
    """It misses no plan behind the end of 1-1, says so beside the field, and asks when the end is declined (5)."""
    small = replace(halves, workspace=halves.copied(tmp_path).workspace)
    unplanned, may_be_left = {"schedule_2031": None}, wording("form.remark.after_end")
    with opened(small.send(LEAD, {"1-1": unplanned, "3-1": unplanned})) as book:
        assert {number for number in ("1-1", "3-1") if may_be_left in _beside(book[tab_of(number)])} == {"1-1"}
    assert _missed(small.consolidate(WINTER), "K201") == ["カード3-1"]
    decide_ending(small, "不採用")
    assert set(_missed(small.consolidate(WINTER), "K220")) == {"カード1-1"}
    assert not kohyo.verify(small.root).needs_person


def test_its_form_can_be_made_anew(halves: InSurvey, tmp_path: Path) -> None:
    """From the register, where what was kept of it is gone (5)."""
    small = halves.copied(tmp_path)
    kept = load_bases(small.workspace)
    ending = sorted(sheet.tab for form in kept.values() for sheet in form.sheets if sheet.ends)
    assert ending == ["カード1-1", "カード2-1", "カード2-1"]
    for path in small.workspace.bases.glob("*"):
        path.unlink()
    anew = "".join(base.decode() for base in proved_bases(small.workspace).values())
    assert all(form.control in anew for form in kept.values() if any(sheet.ends for sheet in form.sheets))


def _beside(sheet: Worksheet) -> str:
    """Return what stands beside the plan of the later year, on a sheet that asks nothing about an end."""
    assert "k_next_step" not in sheet.defined_names
    return str(sheet[cell_of(sheet, "schedule_2031").replace("B", "C")].value)


def _missed(done: Consolidated, code: str) -> list[str]:
    return [found.place.sheet for found in done.findings if found.code == code]

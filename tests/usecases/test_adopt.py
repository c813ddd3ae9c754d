"""Proposals that become items: by a decision in the register's 提案 sheet, applied by resolve.

1. Adopted: a new item with a new id, the next number of its goal, the owners, values and ticks of the proposal.
2. Its origin is kept: the proposal says which item it became, the item's lineage and history say where it comes from.
3. Declined or undecided: nothing happens; twice is the same as once.
4. What an item needs and the proposal does not say is asked for (K541, K542), and nothing is made of it.
5. From then on the item is one like all others: its department's next form holds it, a comparison calls it added.
6. What is proposed for the next year begins in it: no item, number or table of this year's has it; the rollover
   makes the item, and 開始年度 says the year, unless the secretariat wrote another.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.model.comparison import Difference
from kohyo.model.register import Adoption, ChangeKind
from kohyo.model.tick import Evidence, Tick
from kohyo.workspace.folder import Workspace
from kohyo.workspace.versions import load_version
from tests.usecases.small import NOW, Small, codes, made_up_plan, numbers_in, opened, type_into

IDEA = "新規"


@pytest.fixture(scope="module")
def proposed_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after 市民局 proposed something new; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("proposed"))
    path = made.workspace.returns / "市民局.xlsx"
    shutil.copy(made.form("市民局"), path)
    with opened(path) as book:
        tab = next(name for name in book.sheetnames if IDEA in name)
        type_into(
            book[tab], {"title": "夜間の窓口", "overview": "夜も開ける。", "tick_online": "○", "tick_staff": "－"}
        )
    made.consolidate()
    return made


@pytest.fixture
def proposed(proposed_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return proposed_origin.copied(tmp_path)


def _decide(small: Small, **columns: object) -> None:
    """Decide on the proposal, which the office lets begin at once."""
    columns = {"開始年度": made_up_plan().cycle.year, **columns}
    with small.by_hand() as book:
        for heading, value in columns.items():
            column = next(cell.column for cell in book["提案"][1] if cell.value == heading)
            book["提案"].cell(2, column).value = value  # type: ignore[assignment]


def test_adopted(proposed: Small) -> None:
    """The proposal's own words, under the goal that the secretariat wrote beside them (1)."""
    _decide(proposed, 採用="採用", 目標=3)
    result = kohyo.resolve(proposed.root, now=NOW)
    assert (result.adopted, result.undecided, codes(result)) == (("3-2",), 0, [])
    item = proposed.item("3-2")
    assert (item.id, item.goal, item.title, item.overview, item.owners) == (
        "K0005",
        3,
        "夜間の窓口",
        "夜も開ける。",
        "市民局",
    )
    assert (item.values["tick_online"], item.evidence["tick_online"]) == (Tick.YES, Evidence.ANSWER)
    assert (item.values["tick_staff"], item.values["tick_partners"]) == (Tick.NO, Tick.UNKNOWN)


def test_its_origin_is_kept(proposed: Small) -> None:
    """Both ways, and in the history with file, sheet and department (2)."""
    _decide(proposed, 採用="採用", 目標=3)
    kohyo.resolve(proposed.root, now=NOW)
    (entry,) = proposed.register().submissions
    item = proposed.item("3-2")
    assert (entry.decision, entry.item, item.origins) == (Adoption.ADOPTED, item.id, (entry.id,))
    told = next(row for row in proposed.register().changes if row.kind is ChangeKind.CREATED and row.item == item.id)
    assert (told.kind, told.item, told.number, told.new, told.by) == (
        ChangeKind.CREATED,
        item.id,
        "3-2",
        "夜間の窓口",
        "市民局",
    )
    assert (told.place.file, IDEA in told.place.sheet) == ("市民局.xlsx", True)


def test_twice_is_once(proposed: Small) -> None:
    """What became an item does not become another, and an id is never given again (3)."""
    _decide(proposed, 採用="採用", 目標=3)
    kohyo.resolve(proposed.root, now=NOW)
    assert kohyo.resolve(proposed.root, now=NOW).adopted == ()
    assert len(proposed.register().items) == 5


@pytest.mark.parametrize(("word", "undecided"), [("不採用", 0), (None, 1)])
def test_declined_or_undecided(proposed: Small, word: str | None, undecided: int) -> None:
    """It stays a proposal (3)."""
    _decide(proposed, 採用=word, 目標=3)
    result = kohyo.resolve(proposed.root, now=NOW)
    assert (result.adopted, result.undecided, len(proposed.register().items)) == ((), undecided, 4)


@pytest.mark.parametrize(
    ("columns", "code", "field"),
    [
        ({}, "K541", "目標"),
        ({"目標": 3, "取組名": None}, "K541", "取組名"),
        ({"目標": 3, "担当局": "どこかの局"}, "K542", "どこかの局"),
    ],
)
def test_what_is_missing_is_asked_for(proposed: Small, columns: dict[str, object], code: str, field: str) -> None:
    """Named by field and proposal (4)."""
    _decide(proposed, 採用="採用", **columns)
    result = kohyo.resolve(proposed.root, now=NOW)
    found = [one for one in result.findings if one.code == code]
    (entry,) = proposed.register().submissions
    assert [(one.field, one.value) for one in found] == [(field, entry.id)]
    assert (result.adopted, result.needs_person) == ((), True)


def test_an_item_like_all_others(proposed: Small) -> None:
    """In the next form and in the comparison (5)."""
    kohyo.freeze(proposed.root, "素案", now=NOW)
    _decide(proposed, 採用="採用", 目標=3)
    kohyo.resolve(proposed.root, now=NOW)
    kohyo.distribute(proposed.root)
    with opened(proposed.form("市民局")) as book:
        assert "3-2" in numbers_in(book)
    assert dict(kohyo.diff(proposed.root, "素案", now=NOW).counts) == {Difference.ADDED: 1}


def test_the_command_line_names_the_new_numbers(proposed: Small) -> None:
    """One line (1)."""
    _decide(proposed, 採用="採用", 目標=3)
    done = CliRunner().invoke(app, ["resolve", str(proposed.root)])
    assert done.exit_code == 0
    assert "3-2" in done.stdout


def test_what_is_proposed_for_the_next_year_begins_in_it(proposed: Small) -> None:
    """Its number is that year's (6)."""
    _decide(proposed, 採用="採用", 目標=3, 開始年度=None)
    result = kohyo.resolve(proposed.root, now=NOW)
    (entry,) = proposed.register().submissions
    assert (result.adopted, result.later, entry.year, entry.first_year, entry.item) == ((), 1, 2030, 2031, "")
    assert len(proposed.register().items) == 4
    rolled = kohyo.rollover(proposed.root, now=NOW, anyway=True)
    (entry,) = proposed.register().submissions
    item = proposed.item("3-2")
    assert (rolled.begun, entry.item, item.origins, entry.year) == (("3-2",), item.id, (entry.id,), 2030)
    old = load_version(proposed.workspace, made_up_plan(), rolled.version).register
    assert [str(one.number) for one in old.items if one.title == item.title] == []
    kohyo.undo(proposed.root, now=NOW)
    (entry,) = proposed.register().submissions
    assert (entry.item, entry.first_year, len(proposed.register().items)) == ("", 2031, 4)

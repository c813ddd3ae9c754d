"""The project teams (ＰＴ一覧).

1. The plan's own 12 teams, letter by letter: item numbers, topics, secretariat, members with 「など」.
2. Joint numbers stand one below the other, topics are numbered ①②, a note follows the secretariat.
3. Numbers are spelled as numbers are, and belong to the version that is named.
4. What was typed with ① before it is not numbered twice.
5. No team yet is said in words; machines have one value a cell.
6. A team belongs to its fiscal year; an earlier year's stand in a list of their own.
7. One that tells when it began goes on, and stands in every year's list until it tells when it ended.
"""

from __future__ import annotations

import pytest

from kohyo.model.plan import Plan
from kohyo.model.register import Register, Team
from kohyo.model.table import Table
from kohyo.register.initial import first_register
from kohyo.tables.teams import team_list, team_tables
from kohyo.text.numbers import circled
from tests.golden import facts
from tests.tables.reading import assert_sound, body, column


@pytest.fixture(scope="module")
def shipped(plan: Plan) -> Table:
    """Return the list of the teams that ship with the plan."""
    return team_list(plan, first_register(plan).teams)


def test_the_plans_own_teams(shipped: Table) -> None:
    """All 12 rows say what the documents say (1)."""
    teams = facts("teams")
    assert len(teams) == 12
    assert column(shipped, "numbers") == ["\n".join(team["item_numbers"]) for team in teams]
    assert column(shipped, "title") == [team["title"] for team in teams]
    topics = ["\n".join(f"{circled(at)}{topic}" for at, topic in enumerate(team["topics"], 1)) for team in teams]
    assert column(shipped, "topics") == topics
    members = [" ".join(filter(None, ["\n".join(team["members"]), team["members_suffix"]])) for team in teams]
    assert column(shipped, "members") == members
    secretariats = ["\n".join(team["secretariat"]) for team in teams]
    assert [said.partition("\n※")[0] for said in column(shipped, "secretariat")] == secretariats


def test_joint_numbers_and_notes(shipped: Table) -> None:
    """3-12 with 3-13; what the document notes of 5-13 (2, 3)."""
    rows = {row[0]: row for row in body(shipped)}
    assert len(rows) == 12
    assert rows["3-12\n3-13"][2] == "①補助金等業務集約化の円滑な実施\n②対象業務拡大の検討"
    assert rows["5-13"][3].startswith("玉川総合支所\n※既存の検討部会を活用し")
    assert rows["5-13"][4].endswith("政策企画課 など")
    assert shipped.subtitle == "番号は令和6年度のもの"


def test_a_team_belongs_to_its_year(plan: Plan) -> None:
    """This year's and every year's stand in the list, an earlier year's in one of its own (6)."""
    teams = tuple(Team(title=title, year=year) for title, year in (("毎年", 0), ("今年", 2024), ("前年", 2023)))
    tables = team_tables(plan, Register(teams=teams))
    assert [table.name for table in tables] == ["ＰＴ一覧", "ＰＴ一覧（令和5年度）"]
    assert [column(table, "title") for table in tables] == [["毎年", "今年"], ["前年"]]
    assert [record["year"] for table in tables for record in table.records] == [2024, 2024, 2023]
    assert {team.year for team in first_register(plan).teams} == {plan.cycle.year}


def test_as_people_type(plan: Plan) -> None:
    """U+2010 in a number, ① typed before a topic, no version: that of the plan in force (3, 4)."""
    table = team_list(plan, [Team("２‐24、3-1", "", "相談", "①甲\n\n② 乙", "課", "部")])
    assert body(table) == [["2-24\n3-1", "相談", "①甲\n②乙", "課", "部"]]
    assert table.records[0]["version"] == plan.plan.version


def test_more_topics_than_there_are_circles(plan: Plan) -> None:
    """After ⑳ the figure stands in parentheses (2)."""
    topics = "\n".join(f"その{at}" for at in range(1, 22))
    (row,) = body(team_list(plan, [Team("1-1", "", "相談", topics, "", "")]))
    assert row[2].splitlines()[19:] == ["⑳その20", "(21)その21"]


def test_nobody_yet(plan: Plan) -> None:
    """An empty list says so (5)."""
    assert body(team_list(plan, [])) == [["プロジェクトチームはまだありません。"]]


def test_twin(shipped: Table) -> None:
    """Numbers joined, version beside them, topics without circles (5)."""
    record = next(one for one in shipped.records if "3-13" in str(one["numbers"]))
    assert (record["numbers"], record["version"]) == ("3-12、3-13", "令和6年度")
    assert record["topics"] == "補助金等業務集約化の円滑な実施、対象業務拡大の検討"
    assert_sound(shipped)


def test_a_team_that_began_goes_on(plan: Plan) -> None:
    """It stands in every list from the year in which it began, or for which it is written, to that of its end (7)."""
    later = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": 2027})})
    teams = (
        Team(title="続く", year=2025, started="令和7年9月1日"),
        Team(title="終わる", started="R6.9.2", ended="令和8年2月1日"),
        Team(title="その年", year=2025),
        Team(title="秋から", year=2026, started="秋ごろ"),
    )
    lists = {table.name: column(table, "title") for table in team_tables(later, Register(teams=teams))}
    assert lists == {
        "ＰＴ一覧": ["続く"],
        "ＰＴ一覧（令和8年度）": ["続く", "秋から"],
        "ＰＴ一覧（令和7年度）": ["続く", "終わる", "その年"],
        "ＰＴ一覧（令和6年度）": ["終わる"],
    }

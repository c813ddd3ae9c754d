"""The report to the plan's headquarters (推進本部報告).

1. By goal, perspective and department: how many items there are and what each year brings anew, by choice.
2. 延べ counts an item wherever it stands, 実数 once; what is ticked nowhere is counted apart; all adds up.
3. Items that say nothing are counted as such, a word that is no choice has a column of its own.
4. A chart reads the lines that are no sums.
5. The outline counts what was sent by kind and what waits for a decision.
6. Any plan has its own choices; a plan without any has the numbers of items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kohyo.definition.load import load_toml
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Scalar, Table
from kohyo.tables.headquarters import headquarters_tables
from tests.definition.plans import MADEUP
from tests.tables.reading import assert_sound, body, texts
from tests.tables.small_plan import conflict, item
from tests.tables.test_sent import sent


def _item(plan: Plan, number: str, ticks: str, owners: str = "土木部", **values: str) -> Item:
    made = item(plan, number, ticks, owners=owners)
    return replace(made, values={**made.values, **values})


@pytest.fixture(scope="module")
def items(plan: Plan) -> list[Item]:
    """Return four items: two perspectives on one, none on another, nothing known of a third."""
    return [
        _item(plan, "1-1", "oo----", progress="遅れ", direction="継続"),
        _item(plan, "1-2", "------", "土木部、総務部", progress="遅れ", direction="廃止"),
        _item(plan, "2-1", "o?????", "総務部", progress="完了"),
        _item(plan, "4-1", "??????", "謎の部"),
    ]


@pytest.fixture(scope="module")
def tables(plan: Plan, items: list[Item]) -> tuple[Table, ...]:
    """Return the report: outline, by goal, by perspective, by department."""
    return headquarters_tables(plan, Register(items=tuple(items)))


def _line(table: Table, name: str) -> dict[str, Scalar]:
    (record,) = (record for record in table.records if str(record["name"]).startswith(name))
    return dict(record)


def _figures(table: Table, name: str, keys: Sequence[str]) -> list[Scalar]:
    record = _line(table, name)
    return [record[key] for key in keys]


PROGRESS = [f"progress_{at}" for at in range(6)]  # 前倒し, 予定どおり, 遅れ, 未着手, 完了, 未記入


def test_by_goal(tables: tuple[Table, ...]) -> None:
    """Each goal's items by progress, the total beneath (1, 3)."""
    goals = tables[1]
    assert _figures(goals, "到達点1", ["items", *PROGRESS]) == [2, 0, 0, 2, 0, 0, 0]
    assert _figures(goals, "到達点4", ["items", *PROGRESS]) == [1, 0, 0, 0, 0, 0, 1]
    assert _figures(goals, "合計", ["items", *PROGRESS]) == [4, 0, 0, 2, 0, 1, 1]


def test_by_perspective(tables: tuple[Table, ...]) -> None:
    """1-1 counts twice in 延べ and once in 実数; every item is one of 実数, 視点不明, 該当なし (2)."""
    views = tables[2]
    named = ("組織", "人材育成", "協働", "延べ", "実数", "視点不明", "該当なし", "項目数")
    assert {name: _line(views, name)["items"] for name in named} == {
        "組織": 2,
        "人材育成": 1,
        "協働": 0,
        "延べ": 3,
        "実数": 2,
        "視点不明": 1,
        "該当なし": 1,
        "項目数": 4,
    }
    assert _figures(views, "延べ", PROGRESS) == [0, 0, 2, 0, 1, 0]
    assert _figures(views, "実数", PROGRESS) == [0, 0, 1, 0, 1, 0]


def test_by_department(tables: tuple[Table, ...]) -> None:
    """A shared item counts for both owners and once in all; whom nobody knows has a line (2)."""
    departments = tables[3]
    assert [row[:2] for row in body(departments)] == [
        ["総務部", "2"],
        ["土木部", "2"],
        ["所管部不明", "1"],
        ["延べ", "5"],
        ["実数", "4"],
    ]
    assert _figures(departments, "土木部", PROGRESS) == [0, 0, 2, 0, 0, 0]


def test_every_line_adds_up(tables: tuple[Table, ...]) -> None:
    """The choices of a measure and those who say nothing are all the items of a line (2, 3)."""
    for table in tables[1:]:
        assert_sound(table)
    records = [record for table in tables[1:4] for record in table.records]
    assert len(records) > 10
    for record in records:
        for measure in ("progress", "direction"):
            assert sum(int(str(record[f"{measure}_{at}"])) for at in range(6)) == record["items"]


def test_a_word_that_is_no_choice(plan: Plan) -> None:
    """What somebody wrote by hand is counted under its own word (3)."""
    goals = headquarters_tables(plan, Register(items=(_item(plan, "1-1", "o?????", progress="順調"),)))[1]
    assert texts(goals.head[1])[:2] == ["順調", "未記入"]
    assert [column.label for column in goals.record_columns[2:9]] == [
        f"進捗：{word}" for word in ("前倒し", "予定どおり", "遅れ", "未着手", "完了", "順調", "未記入")
    ]
    assert _figures(goals, "合計", ["progress_5", "progress_6"]) == [1, 0]


def test_chart(plan: Plan, tables: tuple[Table, ...]) -> None:
    """Perspectives without the sums below them, one colour a choice, the pale one for nothing said (4)."""
    chart = tables[2].chart
    assert chart is not None
    assert chart.rows == len(plan.perspectives)
    assert [key for key, _ in chart.series] == PROGRESS
    tones = [tone for _, tone in chart.series]
    assert len(set(tones)) == len(tones)
    assert (tones[-1], tones[PROGRESS.index("progress_2")]) == ("pale", "alarm")


def test_the_items_behind_the_figures(plan: Plan, tables: tuple[Table, ...]) -> None:
    """What is late by name with what it says, then the others under headings of their own; the twin has all (1)."""
    late, others = tables[4:]
    assert [row[0] for row in body(late)] == ["遅れ　2件", "1-1", "1-2"]
    assert texts(others.head[0]) == ["番号", "項目名"] * 2
    assert body(others)[1] == ["2-1", "項目2-1", "", ""]
    assert [record["choice"] for record in late.records] == ["遅れ", "遅れ", "完了"]
    assert (others.record_columns, others.records) == ((), ())
    assert not headquarters_tables(plan, Register())[4].records


def test_where_nothing_is_late(plan: Plan) -> None:
    """One table, with the twin; no table of what is late (1)."""
    calm = _item(plan, "1-1", "oo----", progress="完了"), _item(plan, "1-2", "oo----", progress="完了")
    (table,) = headquarters_tables(plan, Register(items=calm))[4:]
    assert body(table)[1] == ["1-1", "項目1-1", "1-2", "項目1-2"]
    assert len(table.records) == 2


def test_outline(plan: Plan, items: list[Item]) -> None:
    """Items, answers, what was sent by kind, open conflicts (5)."""
    came = [sent("issue", name="P1"), sent("issue", name="P2"), sent("item", name="P3"), sent("team", name="P4")]
    register = Register(tuple(items), submissions=tuple(came), conflicts=(conflict(items[0].id), conflict(items[1].id)))
    outline = dict(body(headquarters_tables(plan, register)[0]))
    assert outline["項目数"] == "4"
    assert outline["うち「進捗」の回答がある項目"] == "3"
    assert (outline["課題"], outline["好事例"], outline["個票の写し"]) == ("2", "0", "1")
    assert outline["提案型プロジェクトチームの提案"] == "1"
    assert outline["決まっていない回答（競合）"] == "2"


def test_any_plan() -> None:
    """The made-up plan's own choices under their labels: those that any item holds; the twin has all (6)."""
    plan = load_toml(MADEUP)
    known = [_item(plan, "1-1", "o-?o", "市民局", state="遅れ"), _item(plan, "1-2", "o-?o", "市民局", state="順調")]
    table = headquarters_tables(plan, Register(items=tuple(known)))[1]
    assert texts(table.head[0]) == ["到達点", "項目数", "進み具合", "来年度の扱い"]
    assert texts(table.head[1]) == ["順調", "遅れ", "未記入"]
    words = ["順調", "やや遅れ", "遅れ", "未記入", "続ける", "見直す", "やめる", "未記入"]
    assert [column.label.split("：")[-1] for column in table.record_columns[2:]] == words


def test_a_plan_without_choices(plan: Plan, items: list[Item]) -> None:
    """There is nothing to chart, and the numbers of items are told (6)."""
    fields = tuple(rule for rule in plan.fields if rule.type != "select_one")
    tables = headquarters_tables(plan.model_copy(update={"fields": fields}), Register(items=tuple(items)))
    assert [texts(row) for table in tables[1:2] for row in table.head] == [["到達点", "項目数"]]
    assert [table.chart for table in tables] == [None] * 4
    for table in tables:
        assert_sound(table)

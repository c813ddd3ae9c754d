"""Papers for the hearings (ヒアリング資料).

1. One page a division: departments in the order of the organisation, an item with several divisions on each of theirs.
2. A shared item is its lead's; where no division is named the department has one page for that.
3. A page tells plan, indicator and result of each item, what is undecided, what was sent.
4. What names a division stands on its page alone, what names none on every page of the department; nothing is lost.
5. The contents count and lead to the pages; the twin has a record for each value of each row.
6. A plan without divisions has a page per department.
7. What stood on a page already is 再掲 on the next: its name, and where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kohyo.definition.load import load_toml
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Conflict, Register, Submission
from kohyo.model.table import Table
from kohyo.model.value import FieldValue
from kohyo.tables.hearing import hearing_tables
from tests.definition.plans import MADEUP
from tests.tables.reading import assert_sound, body, cells, texts
from tests.tables.small_plan import conflict, item
from tests.tables.test_sent import sent


def _item(plan: Plan, number: str, division: str, owners: str = "土木部", **values: FieldValue) -> Item:
    made = item(plan, number, "?" * len(plan.perspectives), owners=owners)
    return replace(made, values={**made.values, "division": division, **values})


def _pages(
    plan: Plan, items: Sequence[Item], came: Sequence[Submission] = (), conflicts: Sequence[Conflict] = ()
) -> tuple[Table, ...]:
    register = Register(items=tuple(items), submissions=tuple(came), conflicts=tuple(conflicts))
    tables = hearing_tables(plan, register)
    for table in tables:
        assert_sound(table)
    return tables


def _whose(tables: Sequence[Table]) -> list[str]:
    return [texts(table.head[0])[0] for table in tables[1:]]


def test_a_page_a_division(plan: Plan) -> None:
    """By department, then as the items are numbered; 「工事課、管理課」 is two (1)."""
    items = [
        _item(plan, "4-8", "工事課、管理課"),
        _item(plan, "1-1", "管理課"),
        _item(plan, "5-1", "人事課", "総務部、政策経営部"),
        _item(plan, "2-1", ""),
    ]
    tables = _pages(plan, items)
    assert _whose(tables) == [
        "総務部　人事課",
        "土木部　管理課",
        "土木部　工事課",
        "土木部　（所管課の記入なし）",
    ]
    managing = [row[0] for row in body(tables[2])]
    assert [number for number in managing if "-" in number] == ["1-1", "4-8"]


def test_what_stood_before(plan: Plan) -> None:
    """An item of two divisions is told once, with what its other owners report; then only where (7)."""
    one = _item(plan, "4-8", "工事課、管理課", plan_2024="調べる。", progress="遅れ")
    first, second = (body(table) for table in _pages(plan, [one], [sent("issue", issue_text="遅い。")])[1:])
    assert "調べる。" in str(first)
    assert [row[1:] for row in second if len(row) > 1] == [
        ["項目4-8【再掲】", "「工事課」の資料に載せています。", ""],
        ["課題【再掲】", "「工事課」の資料に載せています。", ""],
    ]


def test_collective_and_unknown_owners(plan: Plan) -> None:
    """各部 is heard at its lead; a department that nobody knows stands last and is not lost (2)."""
    items = [_item(plan, "1-1", "企画課", "各部"), _item(plan, "1-2", "謎課", "謎の部")]
    assert _whose(_pages(plan, items)) == ["政策経営部　企画課", "謎の部　謎課"]


def test_what_a_page_tells(plan: Plan) -> None:
    """Overview and plan of the year, indicator, result and choices; bands without anything are left out (3)."""
    told = _item(plan, "4-8", "工事課", plan_2024="調べる。", indicator_target=30, progress="遅れ", result="調べた。")
    page = body(_pages(plan, [told])[1])
    assert page == [
        ["取組み項目"],
        [
            "4-8",
            "項目4-8",
            "4-8の概要。\n令和6年度の計画：調べる。",
            "目標値：30\n進捗：遅れ\n実績：調べた。",
        ],
    ]


def test_conflicts(plan: Plan) -> None:
    """Both values of what is undecided stand on the page of the item; an empty value is called so (3)."""
    one = _item(plan, "4-8", "工事課")
    other = _item(plan, "4-9", "管理課")
    found = conflict(one.id, "effect_finance", None, -300)
    first, second = _pages(plan, [one, other], conflicts=[found])[1:]
    assert ["4-8", "項目4-8\n【効果：財政（千円）】", "台帳：（空欄）", "土木部の回答：▲300"] in body(first)
    assert not any("台帳" in text for row in body(second) for text in row)


def test_what_was_sent(plan: Plan) -> None:
    """A proposal of a division is on its page, an issue of the department on all; a new division has a page (4, 7)."""
    items = [_item(plan, "4-8", "工事課"), _item(plan, "4-9", "管理課")]
    came = [
        sent("issue", name="P0001", issue_text="人が足りない。"),
        sent("addition", name="P0002", title="予約", division="工事課", situation="遅い。"),
        sent("addition", name="P0003", title="見回り", division="公園課"),
        sent("practice", "北沢総合支所", name="P0004", practice_title="工夫"),
        sent("practice", "", name="P0005", practice_title="紹介"),
    ]
    tables = _pages(plan, items, came)
    said = {
        whose: {text.partition("\n")[2] or text for row in body(table) for text in row[1:2]}
        for whose, table in zip(_whose(tables), tables[1:], strict=True)
    }
    assert list(said) == ["北沢総合支所　（所管課の記入なし）", "土木部　工事課", "土木部　管理課", "土木部　公園課"]
    assert {"予約", "課題"} <= said["土木部　工事課"]
    assert "予約" not in said["土木部　管理課"]
    assert {"見回り", "課題【再掲】"} <= said["土木部　公園課"]


def test_what_was_decided_is_asked_no_more(plan: Plan) -> None:
    """An adopted proposal is on its page as the item that it became, a declined one nowhere (4)."""
    items = [_item(plan, "4-8", "工事課")]
    decided = [
        replace(sent("addition", name="P0001", title="予約", division="工事課"), decision=Adoption.ADOPTED, item="4-8"),
        replace(sent("addition", name="P0002", title="見回り", division="公園課"), decision=Adoption.DECLINED),
    ]
    tables = _pages(plan, items, decided)
    assert _whose(tables) == ["土木部　工事課"]
    assert not any(word in text for row in body(tables[1]) for text in row for word in ("予約", "見回り"))


def test_contents(plan: Plan) -> None:
    """Counts per page, a link to each, and a record per value of the pages (5)."""
    one = _item(plan, "4-8", "工事課")
    tables = _pages(plan, [one], [sent("issue", issue_text="遅い。")], [conflict(one.id)])
    (row,) = tables[0].body
    assert texts(row) == ["土木部", "工事課", "1", "1", "1"]
    assert cells(row)[1].link == f"internal:'{tables[1].name}'!A1"
    assert [(record["section"], record["label"]) for record in tables[0].records] == [
        ("取組み項目", "概要"),
        ("決まっていない回答", "台帳"),
        ("決まっていない回答", "土木部の回答"),
        ("課題・提案など", "課題の内容"),
    ]
    assert tables[1].record_columns == ()


def test_nobody(plan: Plan) -> None:
    """Without items there are contents that say so (5)."""
    (contents,) = _pages(plan, [])
    assert body(contents) == [["ありません。"]]


def test_a_plan_without_divisions() -> None:
    """Each department that leads an item has its page (6)."""
    plan = load_toml(MADEUP)
    items = [item(plan, number, "????", owners=owners) for number, owners in (("1-1", "市民局"), ("2-1", "全局"))]
    assert _whose(_pages(plan, items)) == ["企画財政局　全体", "市民局　全体"]

"""Tables from data alone (データの表), as their documents print them.

D1  every shipped table tells its facts letter by letter, row by row
D2  repeated cells become one tall cell, and never across a cell to their left
D3  flags, cross-listing, lists and spellings follow the columns' rules
D4  figures that contradict each other are told with their place, and nothing is changed
D6  items stand under the row that they chose
D8  tables may share a book
D7  what the documents leave open (成果指標) has its columns, and no table until somebody fills it in; columns that no
    row fills are not printed
D5  a value that no column shows is refused; another plan has none of these tables
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kohyo.definition.load import load_toml, shipped
from kohyo.messages import describe
from kohyo.model.data_table import DataTable
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Table
from kohyo.tables.from_data import data_table, with_items
from kohyo.tables.sum_check import sum_findings
from kohyo.tables.table_books import table_books
from tests.golden import facts
from tests.tables.small_plan import item

MADEUP = Path(__file__).parents[1] / "plans" / "madeup.toml"


def named(plan: Plan, name: str) -> DataTable:
    """Return a shipped table by its name."""
    return next(data for data in plan.tables if data.name == name)


def printed(table: Table, column: str) -> list[str]:
    """Return what a column prints, covered cells repeated from above."""
    place = [entry.key for entry in table.columns].index(column)
    found: list[str] = []
    for row in table.body:
        cell = row.cells[place]
        found.append(found[-1] if cell is None else str(cell.text))
    return found


def test_pillars(plan: Plan) -> None:
    """D1: 19 measures under four pillars, numbered as printed."""
    table = data_table(named(plan, "政策の柱と施策"))
    known = [
        (pillar["pillar"], f"施策{measure['no']}", measure["name"])
        for pillar in facts("pillars")
        for measure in pillar["measures"]
    ]
    found = zip(printed(table, "pillar"), printed(table, "no"), printed(table, "name"), strict=True)
    assert list(found) == known
    assert len(known) == 19


def test_viewpoints(plan: Plan) -> None:
    """D1, D3: 35 initiatives, 14 of them DX, one cross-listed."""
    table = data_table(named(plan, "行政経営改革10の視点"))
    known = [
        (row["policy"], row["viewpoint"], "DX" if row["dx"] else "", row["initiative"] + "【再掲】" * row["reposted"])
        for row in facts("viewpoints")
    ]
    columns = ("policy", "viewpoint", "dx", "initiative")
    found = list(zip(*(printed(table, name) for name in columns), strict=True))
    assert found == known
    assert (len(found), [row[2] for row in found].count("DX")) == (35, 14)
    assert sum("【再掲】" in row[3] for row in found) == 1


def test_dx_policy(plan: Plan) -> None:
    """D1: Nine rows under three policies."""
    table = data_table(named(plan, "DX推進方針"))
    known = [(row["policy"], row["redesign"]) for row in facts("dx_policy")]
    assert list(zip(printed(table, "policy"), printed(table, "redesign"), strict=True)) == known
    assert len(known) == 9


def test_steps_to_redesign(plan: Plan) -> None:
    """D1: Four groups of initiatives, those of three numbered as printed."""
    table = data_table(named(plan, "DXの取組み"))
    groups = printed(table, "group")
    assert [groups.count(name) for name in dict.fromkeys(groups)] == [6, 4, 5, 3]
    assert [row["no"] for row in table.records] == [*range(1, 7), *range(1, 5), *range(1, 6), None, None, None]


def test_policies_of_bodies_and_buildings(plan: Plan) -> None:
    """D1: Five for affiliated bodies, three for public buildings."""
    fields = printed(data_table(named(plan, "外郭団体と公共施設の方針")), "field")
    assert [fields.count(name) for name in dict.fromkeys(fields)] == [5, 3]


def test_tables_that_share_a_book(plan: Plan) -> None:
    """D8: Behind the book's own tables, in a book that is made for them, and what has no rows nowhere."""
    (teams,) = [book for book in table_books(plan) if book.name == "ＰＴ一覧"]
    assert [table.name for table in teams.build(plan, Register())] == ["ＰＴ一覧", "提案型ＰＴの視点と構成"]
    names = ["政策の柱と施策", "外郭団体と公共施設の方針", "施策と成果指標"]
    tables = tuple(named(plan, name).model_copy(update={"book": "つながるプラン"}) for name in names)
    books = table_books(plan.model_copy(update={"tables": tables}))
    assert [table.name for table in books[-1].build(plan, Register())] == names[:2]
    assert books[-1].name == "つながるプラン"


@pytest.mark.documents
def test_names_are_those_of_the_document(plan: Plan, documents: Sequence[Path]) -> None:
    """D1: Every group, initiative and policy is in the document letter by letter, white space aside."""
    said = "".join("".join(path.read_text(encoding="utf-8").split()) for path in documents)
    names = {
        str(row[key])
        for name, keys in (("DXの取組み", ("group", "name")), ("外郭団体と公共施設の方針", ("policy",)))
        for row in named(plan, name).rows
        for key in keys
        if key in row
    }
    assert len(names) == 4 + 15 + 8
    assert [
        name for name in names if "".join(name.removeprefix(name[:2] if name[1] == " " else "").split()) not in said
    ] == []


def test_indicators_wait_for_their_values(plan: Plan) -> None:
    """D7: No book as shipped; a policy with two indicators is one tall cell, and what nobody said is not printed."""
    data = named(plan, "施策と成果指標")
    (book,) = [book for book in table_books(plan) if book.name == data.name]
    assert book.build(plan, Register()) == ()
    first = {"no": 1, "name": "甲の施策", "vision": "安心して暮らせる。", "projects": ("事業一", "事業二")}
    rows: tuple[dict[str, Any], ...] = (
        {
            **first,
            "indicator": "参加者",
            "unit": "人",
            "r4_target": "1,200",
            "r4_result": "1,150",
            "r5_target": "1,300",
        },
        {**first, "indicator": "満足", "unit": "％", "r4_target": "70", "r4_result": "72", "r5_target": "75"},
    )
    table = data_table(DataTable.model_validate({**data.model_dump(), "rows": rows}))
    assert [column.key for column in table.columns] == [
        "no", "name", "vision", "projects", "indicator", "unit", "r4_target", "r4_result", "r5_target",
    ]  # fmt: skip
    assert [cell.down if cell else 0 for cell in (row.cells[1] for row in table.body)] == [2, 0]
    assert table.body[0].cells[3] is not None
    assert table.body[0].cells[3].text == "・事業一\n・事業二"
    assert [record["r4_target"] for record in table.records] == [1200, 70]
    assert {"direction", "action", "r5_result"} <= set(table.records[0])
    assert [cell.text for cell in table.head[0].cells[-3:] if cell] == ["令和4年度", "令和5年度"]


def test_priority_themes(plan: Plan) -> None:
    """D1, D3: Seven themes, each example on a line of its own."""
    table = data_table(named(plan, "重点的取組み項目"))
    known = [
        (theme["mark"], theme["name"], "\n".join(f"・{one}" for one in theme["examples"]))
        for theme in facts("priority_themes")
    ]
    found = zip(printed(table, "mark"), printed(table, "theme"), printed(table, "examples"), strict=True)
    assert list(found) == known
    assert len(known) == 7


def test_fiscal_outlook(plan: Plan) -> None:
    """D1: 17 rows as printed, the last without changes under a heading of two columns; the twin holds figures."""
    table = data_table(named(plan, "財政見通し"))
    known = [row[1:] for row in facts("fiscal_outlook")]
    closing = table.body[-1].cells
    assert next((cell.text, cell.across, cell.down) for cell in table.head[0].cells if cell) == ("区分", 2, 2)
    assert closing[0] is not None
    assert (closing[0].text, closing[0].across, closing[1]) == (known[-1][0], 2, None)
    known[-1][0] = known[-2][0]
    columns = [column.key for column in table.columns[1:]]
    found = [list(row) for row in zip(*(printed(table, name) for name in columns), strict=True)]
    assert found == known
    assert len(known) == 17
    assert table.records[2] == {
        "kind": "歳入", "item": "特別区交付金", "r4": 48780, "r4_change": 500, "r4_rate": 1.0,
        "r5": 49380, "r5_change": 600, "r5_rate": 1.2,
    }  # fmt: skip


def _lost_in(plan: Plan, field: str) -> dict[str, Mapping[str, str]]:
    findings = sum_findings(named(plan, "財政見通し"))
    return {str(one.context["row"]): one.context for one in findings if one.code == "K421" and one.field == field}


def test_what_the_outlook_contradicts_is_told(plan: Plan) -> None:
    """D4: Lost ▲ are found by the sums they break and the difference they turn round; the table stays as it was."""
    found = {
        (finding.code.value, finding.field, finding.context["row"]): describe(finding)
        for finding in sum_findings(named(plan, "財政見通し"))
    }
    assert set(found) == {
        ("K421", "令和4年度増減額", "歳入合計（A）"),
        ("K421", "令和4年度増減額", "行政運営費"),
        ("K421", "令和4年度増減額", "歳出合計（B）"),
        ("K421", "令和5年度増減額", "行政運営費"),
        ("K422", "令和5年度増減額", "公債費"),
    }
    lost = {row: context["lines"] for row, context in _lost_in(plan, "令和4年度増減額").items()}
    assert lost == {
        "歳入合計（A）": "歳入合計（A）、国庫・都支出金、特別区債、その他",
        "行政運営費": "行政運営費、公債費、その他行政運営費",
        "歳出合計（B）": "歳出合計（B）、人件費、行政運営費",
    }
    assert [context["lines"] for context in _lost_in(plan, "令和5年度増減額").values()] == ["公債費"]
    assert "（▲447）" in found["K422", "令和5年度増減額", "公債費"]


DATA: dict[str, Any] = {
    "name": "表",
    "title": "表",
    "columns": [
        {"key": "a", "label": "甲", "width": 5, "merge": True},
        {"key": "b", "label": "乙", "width": 5, "merge": True},
        {"key": "c", "label": "丙", "width": 5},
        {"key": "d", "label": "額", "width": 5, "kind": "figure"},
    ],
    "rows": [
        {"a": "一", "b": "同", "c": "い", "d": "10"},
        {"a": "一", "b": "同", "c": "ろ", "d": "▲3"},
        {"a": "二", "b": "同", "c": "計", "d": "8"},
    ],
}


def test_a_tall_cell_ends_where_the_cell_to_its_left_ends() -> None:
    """D2: The second column says the same thrice, but begins anew under another cell of the first."""
    body = data_table(DataTable.model_validate(DATA)).body
    assert [[cell.down if cell else 0 for cell in row.cells[:2]] for row in body] == [[2, 2], [0, 0], [1, 1]]
    assert [row.keep_with_next for row in body] == [True, False, False]


def test_a_sum_that_no_sign_mends_is_told() -> None:
    """D4: 10 and ▲3 are no 9, whatever the signs."""
    data = DataTable.model_validate({**DATA, "sums": [{"row": "計", "parts": ["い", "ろ"]}]})
    assert not sum_findings(data)
    wrong = {**DATA, "rows": [*DATA["rows"][:2], {"a": "二", "b": "同", "c": "計", "d": "9"}]}
    (finding,) = sum_findings(DataTable.model_validate({**wrong, "sums": [{"row": "計", "parts": ["い", "ろ"]}]}))
    assert (finding.code, finding.value) == ("K420", "9")


def test_a_value_without_a_column_is_refused() -> None:
    """D5: What would not be printed is no part of the data."""
    with pytest.raises(ValidationError):
        DataTable.model_validate({**DATA, "rows": [{"a": "一", "e": "余り"}]})


def test_another_plan_has_tables_of_its_own() -> None:
    """D5: The documents of one ward are not another's."""
    assert not {data.name for data in load_toml(MADEUP).tables} & {data.name for data in shipped("setagaya-r6").tables}


def test_the_items_under_a_theme(plan: Plan) -> None:
    """D6: By what the items chose, however it is spaced, one a line; where they chose nothing there is no column."""
    themes = named(plan, "重点的取組み項目")
    chosen = [_chose(plan, "2-10", "② 審査業務"), _chose(plan, "2-9", "②審査業務"), _chose(plan, "1-1", "")]
    table = data_table(with_items(plan, themes, chosen))
    told = [[cell.text if cell else None for cell in row.cells[-2:]] for row in table.body[:3]]
    assert told == [["", None], ["2-9 項目2-9", "2-10 項目2-10"], ["", None]]
    assert [record["items"] for record in table.records][:3] == [None, "2-9 項目2-9\n2-10 項目2-10", None]
    assert (table.head[0].cells[-2], table.head[0].cells[-1]) == (Cell("取組み項目", "head", across=2), None)
    assert "items" not in {column.key for column in data_table(with_items(plan, themes, chosen[2:])).columns}


def _chose(plan: Plan, number: str, theme: str) -> Item:
    made = item(plan, number, "------")
    return made.with_value("theme", theme)

"""The printed item sheets (個票集).

1. A contents page lists every item under its goal, in the order of the numbers; a click leads to the item's sheet.
2. One sheet an item, headed by number and title; every band of the definition with every field that says anything;
   what is empty takes no row, and a band of nothing else is left out.
3. Long values have a row of their own, short ones share one; figures, dates and goals are told as printed.
4. Perspectives stand side by side, marked as the list marks them: what nobody answered is 不明.
5. What the office needs for itself (who, where) is not printed, for people or machines.
6. The one twin holds all items with one value a cell: figures as figures, dates as 2024-06-03 beside the Japanese.
7. Any plan has its own fields and perspectives.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kohyo.definition.fields import item_fields
from kohyo.definition.load import load_toml
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.tables.item_sheets import item_sheet_tables
from tests.definition.plans import MADEUP
from tests.tables.reading import assert_sound, body, cells, texts
from tests.tables.small_plan import item

VALUES = {
    "situation": "遅い。",
    "indicator_unit": "件",
    "indicator_baseline": 0,
    "indicator_target": 1500.5,
    "effect_finance": -12000,
    "person": "見本三郎",
    "filled_on": date(2024, 6, 3),
}


def _item(plan: Plan, number: str, **values: object) -> Item:
    made = item(plan, number, "o-???" + "?" * (len(plan.perspectives) - 5), owners="土木部")
    return replace(made, values={**made.values, **values})  # type: ignore[dict-item]


def _tables(plan: Plan, *items: Item) -> tuple[Table, ...]:
    return item_sheet_tables(plan, Register(items=items))


def _sheet(plan: Plan, **values: object) -> Table:
    return _tables(plan, _item(plan, "2-1", **values))[1]


def test_contents(plan: Plan) -> None:
    """Items stand under their goals by number; the number leads to the sheet (1)."""
    contents, *sheets = _tables(plan, *(_item(plan, number) for number in ("1-10", "5-1", "1-2")))
    assert [row[0] for row in body(contents)] == [
        "到達点1　新たな仕組みづくり",
        "1-2",
        "1-10",
        "到達点2　業務改善による区民サービス向上",
        "項目はありません。",
        "到達点3　職員の時間の効果的活用",
        "項目はありません。",
        "到達点4　業務量増に対するの効率的対応",
        "項目はありません。",
        "到達点5　組織力の向上・人材の育成（専門性の向上）",
        "5-1",
    ]
    assert [cells(row)[0].link for row in contents.body if cells(row)[0].link] == [
        f"internal:'{sheet.name}'!A1" for sheet in sheets
    ]
    assert [sheet.name for sheet in sheets] == ["1-2", "1-10", "5-1"]


def test_two_items_with_one_number_have_a_sheet_each(plan: Plan) -> None:
    """A number that stands twice does not make one sheet overwrite the other (1)."""
    twin = replace(_item(plan, "1-1"), id=_item(plan, "1-2").id)
    contents, *sheets = _tables(plan, _item(plan, "1-1"), twin)
    assert len({sheet.name for sheet in sheets}) == 2
    assert len({cells(row)[0].link for row in contents.body[1:3]}) == 2


def test_every_field_has_a_place(plan: Plan) -> None:
    """Head and body name every filled field of the item sheet but those of the office's band (2, 5)."""
    filled = {field.name: 1 for field in item_fields(plan) if field.type not in ("tick", "goal")}
    made = _item(plan, "2-1")
    sheet = _tables(plan, replace(made, values={**filled, **made.values}))[1]
    assert texts(sheet.head[0]) == ["2-1", "項目2-1"]
    said = {text for row in body(sheet) for text in row}
    for field in item_fields(plan):
        shown = field.name in ("number", "title") or field.label in said
        assert shown is (field.group != "contact"), field.name


def test_what_is_empty_takes_no_row(plan: Plan) -> None:
    """No field that is empty is named, nor a band of such fields; what stands alone in its row takes all of it (2)."""
    sheet = _sheet(plan)
    assert texts(sheet.head[0]) == ["2-1", "項目2-1"]
    assert [row[0] for row in body(sheet)] == ["基本", "到達点", "概要", "所管部", "改善の視点"]
    assert all(all(row) for row in body(_sheet(plan, **VALUES)))


def test_short_values_share_a_row(plan: Plan) -> None:
    """Figures stand two a row, a text alone; ▲ and thousands marks as printed (3)."""
    rows = body(_sheet(plan, **VALUES))
    assert ["単位", "件", "現状値", "0"] in rows
    assert ["目標値", "1,500.5"] in rows
    assert ["財政効果（千円）", "▲12,000"] in rows
    assert ["現状・課題", "遅い。"] in rows
    assert ["到達点", "2 業務改善による区民サービスの向上"] in rows


def test_perspectives(plan: Plan) -> None:
    """Labels of the list, each marked by its tick (4)."""
    (row,) = (row for row in _sheet(plan).body if texts(row)[0] == "改善の視点")
    assert texts(row)[1:] == [entry.list_label for entry in plan.perspectives]
    assert [cell.mark for cell in cells(row)[1:]] == ["yes", "no", "unknown", "unknown", "unknown", "unknown"]


def test_who_answered_is_not_printed(plan: Plan) -> None:
    """Neither the sheet nor the twin names the person (5)."""
    tables = _tables(plan, _item(plan, "2-1", **VALUES))
    printed = [text for table in tables for row in body(table) for text in row]
    told = [str(value) for value in tables[0].records[0].values()]
    assert "遅い。" in printed
    assert "遅い。" in told
    assert not any("見本三郎" in text for text in (*printed, *told))


def test_twin(plan: Plan) -> None:
    """One record an item, figures as figures, the goal's code beside its name; the sheets have no twins (6)."""
    contents, sheet = _tables(plan, _item(plan, "2-1", **VALUES))
    (record,) = contents.records
    assert (record["effect_finance"], record["indicator_target"], record["indicator_actual"]) == (-12000, 1500.5, None)
    assert (record["goal"], record["goal_shown"]) == (2, "2 業務改善による区民サービスの向上")
    assert (record["tick_organisation"], record["tick_people"], record["tick_digital"]) == ("○", "－", "不明")
    assert sheet.record_columns == ()


def test_any_plan() -> None:
    """The made-up plan's bands, fields and four perspectives (7)."""
    plan = load_toml(MADEUP)
    made = item(plan, "3-1", "o-?o", owners="市民局")
    contents, sheet = _tables(plan, replace(made, values={**made.values, "ratio": 12.5, "state": "順調"}))
    rows = body(sheet)
    assert ["改善の視点", "財源", "オンライン", "職員", "連携"] in rows
    assert ["達成率", "12.5", "進み具合", "順調"] in rows
    assert [text for row in rows for text in row if text in ("取組の基本", "取組の中身")] == [
        "取組の基本",
        "取組の中身",
    ]
    for table in (contents, sheet):
        assert_sound(table)

"""The item sheets by fiscal year (年度別個票).

1. One table per fiscal year of the plan; each item has the plan of that year.
2. The surveyed year shows what it brought: the bands with results, its choices in columns of their own.
3. Other years show of a band what is planned, and no result; notes say where results are, and what the year is for.
   What nobody says anything of has no column on paper.
4. The twin has the year as a figure and as printed, and one column a field.
5. Any plan has its own years, bands and choices.
6. A year that is over shows the items that existed in it, with what it planned and brought, under its own numbers.
"""

from __future__ import annotations

from dataclasses import replace

from kohyo.definition.lives import plan_of_year
from kohyo.definition.load import load_toml
from kohyo.model.finding import Place
from kohyo.model.item import Standing
from kohyo.model.plan import Plan
from kohyo.model.register import Register, Submission
from kohyo.model.table import Table
from kohyo.model.value import FieldValue
from kohyo.tables.yearly_sheets import sheets_over_years, yearly_sheet_tables
from tests.definition.plans import MADEUP
from tests.tables.reading import assert_sound, column, texts
from tests.tables.small_plan import CAME, item

VALUES: dict[str, FieldValue] = {
    "plan_2024": "調べる。",
    "plan_2025": "始める。",
    "indicator_name": "申請の数",
    "indicator_unit": "件",
    "indicator_target": 1500,
    "indicator_actual": 120,
    "progress": "遅れ",
    "result": "案をまとめた。",
    "direction": "継続",
}


def _tables(plan: Plan) -> tuple[Table, ...]:
    made = item(plan, "2-1", "o?????", owners="土木部")
    return yearly_sheet_tables(plan, Register(items=(replace(made, values={**made.values, **VALUES}),)))


def test_a_table_a_year(plan: Plan) -> None:
    """Four years, each with its plan (1)."""
    tables = _tables(plan)
    assert [table.name for table in tables] == ["令和6年度個票", "令和7年度個票", "令和8年度個票", "令和9年度個票"]
    assert [column(table, "plan") for table in tables] == [["調べる。"], ["始める。"], [""], [""]]
    for table in tables:
        assert_sound(table)


def test_the_surveyed_year_shows_results(plan: Plan) -> None:
    """Indicator and result as lines under their bands, progress and direction alone (2)."""
    (table, *_) = _tables(plan)
    (row,) = (row for row in table.body if texts(row)[0] == "2-1")
    assert texts(row)[3:] == [
        "調べる。",
        "指標名：申請の数\n単位：件　目標値：1,500　実績値：120",
        "実績：案をまとめた。",
        "遅れ",
        "継続",
    ]
    assert texts(table.head[0])[4:] == ["指標", "進捗と今後", "進捗", "今後の方向性"]


def test_other_years_show_no_results(plan: Plan) -> None:
    """What 2024 brought is not told of 2025; the reader is told where it stands (3)."""
    (_, table, *_) = _tables(plan)
    (row,) = (row for row in table.body if texts(row)[0] == "2-1")
    assert texts(row)[3:] == ["始める。", "指標名：申請の数\n単位：件　目標値：1,500"]
    assert any("令和6年度" in note for note in table.notes)
    assert "indicator_actual" not in table.records[0]


def test_the_last_year_verifies(plan: Plan) -> None:
    """令和9年度 is for 効果検証 (3)."""
    assert [sum("効果検証" in note for note in table.notes) for table in _tables(plan)] == [0, 0, 0, 1]


def test_twin(plan: Plan) -> None:
    """Figures stay figures, each field has its column (4)."""
    (record,) = _tables(plan)[0].records
    said = ("year", "year_shown", "number", "plan_2024", "indicator_target", "progress", "result")
    assert [record[name] for name in said] == [2024, "令和6年度", "2-1", "調べる。", 1500, "遅れ", "案をまとめた。"]


def test_any_plan() -> None:
    """Three years of the made-up plan; its choices are columns in the surveyed one (5)."""
    plan = load_toml(MADEUP)
    made = item(plan, "1-1", "o-?o", owners="市民局")
    values = {**made.values, "schedule_2030": "検討する。", "state": "順調", "ratio": 12.5}
    tables = yearly_sheet_tables(plan, Register(items=(replace(made, values=values),)))
    assert [table.name for table in tables] == ["令和12年度個票", "令和13年度個票", "令和14年度個票"]
    for table in tables:
        assert_sound(table)
    assert column(tables[0], "state") == ["順調"]
    assert "達成率：12.5" in column(tables[0], "report0")[0]


def test_a_year_that_is_over(plan: Plan) -> None:
    """What ended since stands in it, what began later does not (6)."""
    later = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": 2026})})
    old, ended, new = (item(plan, number, "??????") for number in ("1-1", "1-2", "1-3"))
    then = Register(items=tuple(replace(one, values={**one.values, **VALUES}) for one in (old, ended)))
    begun = Submission("P1", "proposal", "", {}, Place(), "", CAME, item=new.id, first_year=2026)
    gone = replace(ended, standing=Standing.COMPLETED)
    now = Register(items=(old, gone, replace(new, values={**new.values, **VALUES})), submissions=(begun,))
    version = plan.plan.model_copy(update={"version": "令和6年度", "version_note": ""})
    plans = {2024: plan_of_year(later, plan.model_copy(update={"plan": version}), 2024)}
    first, second, third, _ = sheets_over_years(later, {2024: then, 2026: now}, plans)
    assert [record["number"] for record in first.records] == ["1-1", "1-2"]
    assert {record["progress"] for record in first.records} == {"遅れ"}
    assert first.subtitle == "令和6年度"
    assert not [note for note in first.notes if "実績" in note]
    assert [record["number"] for record in second.records] == ["1-1"]
    assert [note for note in second.notes if "令和8年度" in note]
    assert [record["number"] for record in third.records] == ["1-1", "1-3"]


def test_what_nobody_says_has_no_column(plan: Plan) -> None:
    """Without any answer there are number, name, owners and plan; the twin keeps all its columns (3)."""
    (bare, *_), (full, *_) = (
        yearly_sheet_tables(plan, Register(items=(item(plan, "2-1", "o?????", owners="土木部"),))),
        _tables(plan),
    )
    assert [entry.key for entry in bare.columns] == ["number", "title", "owners", "plan"]
    assert len(full.columns) > len(bare.columns)
    assert bare.record_columns == full.record_columns

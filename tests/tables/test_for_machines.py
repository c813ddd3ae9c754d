"""What a machine-readable table says besides.

M1  area code and name stand first in every record, where the plan says them, and nowhere else
M2  beside a name stands its code; a total and a name that nobody knows have none
M3  headings name units and western years; what people wrote is left letter by letter
M4  every record has a value for each heading, and no heading stands twice, in every table of a plan
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Column, Names, Table
from kohyo.tables.for_machines import for_machines
from kohyo.tables.table_books import table_books
from kohyo.text.open_data import with_western_years
from tests.tables import real_plan
from tests.tables.reading import assert_sound


def _named(plan: Plan, names: Names, *said: str) -> list[object]:
    columns = (Column("who", "だれ", 5, names=names),)
    table = Table("表", "表", columns, (), (), columns, tuple({"who": text} for text in said))
    return [record.get("who_code") for record in for_machines(plan, table).records]


def test_whose_table_it_is(plan: Plan) -> None:
    """M1: With a code there are two columns, without none."""
    columns = (Column("a", "甲", 5),)
    table = Table("表", "表", columns, (), (), columns, ({"a": "一"},))
    (record,) = for_machines(plan, table).complete_records
    assert list(record.items()) == [("area_code", "131121"), ("area_name", plan.plan.organisation), ("a", "一")]
    nameless = plan.model_copy(update={"plan": plan.plan.model_copy(update={"area_code": ""})})
    assert for_machines(nameless, table).complete_records == [{"a": "一"}]


def test_codes_beside_names(plan: Plan) -> None:
    """M2: Departments by number, goals by code, perspectives by sign, groups of any kind with their kind."""
    assert _named(plan, "department", "政策経営部", "ＤⅩ推進担当部", "計", "") == ["01", "02", None, None]
    assert _named(plan, "owners", "総務部、政策経営部") == ["03"]
    assert _named(plan, "goal", "到達点1　新たな仕組みづくり", plan.goals[1].name) == ["1", "2"]
    assert _named(plan, "perspective", "組織", "組織体制", "実数") == ["organisation", "organisation", None]
    assert _named(plan, "group", "令和6年度", "政策経営部", "組織") == [
        "year_2024",
        "department_01",
        "perspective_organisation",
    ]


def test_headings(plan: Plan) -> None:
    """M3: Unit and western year once, also where the heading says the unit already."""
    columns = (
        Column("a", "令和6年度の額", 5, unit="千円"),
        Column("b", "効果（千円）", 5, unit="千円"),
        Column("c", "令和7年度（2025年度）", 5, ours=True),
    )
    table = Table("表", "表", columns, (), (), columns, ({"a": 1, "b": 2, "c": "令和元年度"},))
    made = for_machines(plan, replace(table, records=({"a": "令和6年度に行う", "b": 2, "c": "令和元年度"},)))
    assert [column.label for column in made.record_columns[2:]] == [
        "令和6年度（2024年度）の額（千円）",
        "効果（千円）",
        "令和7年度（2025年度）",
    ]
    assert [made.records[0][key] for key in ("a", "c")] == ["令和6年度に行う", "令和元年度（2019年度）"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("令和6年6月17日", "令和6年（2024年）6月17日"),
        ("平成元年度", "平成元年度（1989年度）"),
        ("昭和６３年度", "昭和６３年度（1988年度）"),
        ("令和6年度（2024年度）", "令和6年度（2024年度）"),
        ("令和6年(2024年)度", "令和6年(2024年)度"),
        ("2024年度", "2024年度"),
        ("大正の町", "大正の町"),
    ],
)
def test_western_years(text: str, shown: str) -> None:
    """M3: Era years get one, and whoever has one keeps it."""
    assert with_western_years(text) == shown
    assert with_western_years(shown) == shown


def test_every_table_stays_sound(plan: Plan) -> None:
    """M4: All tables of the plan's own items."""
    register = Register(items=tuple(real_plan.items(plan)), entries=tuple(real_plan.entries(plan)))
    made = [for_machines(plan, table) for book in table_books(plan) for table in book.build(plan, register)]
    assert len(made) > len(register.items)
    for table in made:
        assert_sound(table)

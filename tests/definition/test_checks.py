"""Contradictions: the made-up plan, bent in one place at a time.

1. The made-up plan itself is sound.
2. Each contradiction is refused, with its place and a sentence of its own.
3. Every sentence that the catalogue holds can be provoked: none is left over.
"""

from __future__ import annotations

from typing import Any

import pytest

from kohyo.definition.checks import contradictions, is_time_span
from kohyo.definition.load import load_toml, plan_from_data
from kohyo.definition.problems import data_place
from kohyo.errors import DefinitionError
from kohyo.messages import describe_problem, section
from kohyo.model.plan import Plan
from tests.definition.plans import MADEUP, Bend, bent

Data = dict[str, Any]


def _set(part: str, place: int, **values: object) -> Bend:
    """Return a bend that replaces values of one entry."""
    return lambda data: data[part][place].update(values)


def _copy(part: str, place: int, **values: object) -> Bend:
    """Return a bend that adds a copy of an entry, changed."""
    return lambda data: data[part].append({**data[part][place], **values})


def _drop_field(name: str) -> Bend:
    def bend(data: Data) -> None:
        data["fields"] = [rule for rule in data["fields"] if rule["name"] != name]

    return bend


def _former(**changes: Any) -> Bend:  # noqa: ANN401 - any value of the definition
    """Add a department that is no more, bent."""
    entry = {"code": "ZZ", "name": "税務局", "successors": ["企画財政局"], **changes}
    return lambda data: data.update(former=[entry])


def _empty(part: str) -> Bend:
    return lambda data: data.update({part: []})


def _column(table: int, place: int, **values: object) -> Bend:
    """Return a bend that replaces values of a column of a printed table."""

    def bend(data: Data) -> None:
        data["tables"][table]["rows"] = [] if place == 4 else data["tables"][table].get("rows", [])
        data["tables"][table]["columns"][place].update(values)

    return bend


CASES: list[tuple[str, str, Bend]] = [
    ("repeated", "goals.4.code", _copy("goals", 0, name="四", list_name="四")),
    ("repeated", "perspectives.5.key", _copy("perspectives", 0, label="五", list_label="五")),
    ("repeated", "departments.6.code", _copy("departments", 0, name="六局", aliases=[])),
    ("repeated", "departments.6.name", _copy("departments", 1, code="66", name="市 民 局")),
    ("repeated", "departments.6.aliases", _copy("departments", 1, code="66", name="七局", aliases=["企画局"])),
    ("repeated", "expansions.3.name", _copy("expansions", 1, name="東区役所")),
    ("repeated", "affiliates.2.aliases", _copy("affiliates", 0, name="別の協会")),
    ("repeated", "years.4.year", _copy("years", 0)),
    ("repeated", "choices.3.name", _copy("choices", 0)),
    ("repeated", "choices.1.values.4", lambda data: data["choices"][0]["values"].append("順 調")),
    ("repeated", "sheets.5.key", _copy("sheets", 2, tab="別")),
    ("repeated", "groups.4.key", _copy("groups", 0)),
    ("repeated", "fields.16.name", _copy("fields", 10, label="別")),
    ("repeated", "sheets.3.tab", _set("sheets", 2, tab="Ｒ１３新規 (20)")),
    ("unknown", "cycle.year", lambda data: data["cycle"].update(year=2040)),
    ("unknown", "expansions.2.members", lambda data: data["expansions"][1]["members"].append("北区役所")),
    ("unknown", "expansions.1.lead", _set("expansions", 0, lead="無い局")),
    ("unknown", "fields.3.group", _set("fields", 2, group="tail")),
    ("unknown", "fields.3.sheets", _set("fields", 2, sheets=["card", "note"])),
    ("unknown", "fields.10.choices", _set("fields", 9, choices="colour")),
    ("repeated", "former.1.name", _former(name="市民局")),
    ("repeated", "former.1.code", _former(code="10")),
    ("unknown", "former.1.successors", _former(successors=["無い局"])),
    ("empty", "former.1.successors", _former(successors=[])),
    ("separator", "former.1.name", _former(name="税務、財務局")),
    ("missing_field", "fields", _drop_field("owners")),
    ("empty", "departments", _empty("departments")),
    ("empty", "sheets", _empty("sheets")),
    ("empty", "groups", _empty("groups")),
    ("empty", "choices.1.values", _set("choices", 0, values=[])),
    ("empty", "fields.12.sheets", _set("fields", 11, sheets=[])),
    ("repeated", "seats.2.post", _set("seats", 1, post="市長")),
    ("repeated_day", "hearings.2.day", lambda data: data["hearings"].append(dict(data["hearings"][0]))),
    ("repeated", "hearings.1.rooms", _set("hearings", 0, rooms=["一", "１", "1"])),
    ("empty", "hearings.1.slots", _set("hearings", 0, slots=[])),
    ("slot", "hearings.1.slots", _set("hearings", 0, slots=["朝"])),
    ("slots", "hearings.1.slots", _set("hearings", 0, slots=["9:30～10:10", "10:00～10:40"])),
    ("area_code", "plan.area_code", lambda data: data["plan"].update(area_code="131120")),
    ("structural_survey", "fields.3.surveys", _set("fields", 2, surveys=["a"])),
    ("dates", "cycle.closes", lambda data: data["cycle"].update(closes="2030-05-06")),
    ("when", "cycle.milestones.1.date", lambda data: data["cycle"]["milestones"][0].update(date="5月7日")),
    ("not_printable", "plan.name", lambda data: data["plan"].update(name="計\x0b画")),
    ("not_printable", "choices.1.values.1", _set("choices", 0, values=["順\r調"])),
    ("too_long", "sheets.1.guide", _set("sheets", 0, guide="案" * 32768)),
    ("too_long", "fields.12.hint", _set("fields", 11, hint="案" * 256)),
    ("too_long", "fields.12.verification_hint", _set("fields", 11, verification_hint="𠮷" * 128)),
    ("font", "plan.font", lambda data: data["plan"].update(font="明朝" * 16)),
    ("font", "plan.font", lambda data: data["plan"].update(font="明朝,太字")),
    ("font", "plan.font", lambda data: data["plan"].update(font='"明朝"')),
    ("font", "plan.font", lambda data: data["plan"].update(font=" 明朝")),
    ("not_one_line", "goals.1.aliases", _set("goals", 0, aliases=["一\n二"])),
    ("not_one_line", "affiliates.1.aliases", _set("affiliates", 0, aliases=[" 前の空白"])),
    ("not_one_line", "affiliates.1.aliases", _set("affiliates", 0, aliases=[""])),
    ("not_one_line", "affiliates.1.name", _set("affiliates", 0, name="協会 ")),
    ("separator", "departments.2.name", _set("departments", 1, name="市民、区民局")),
    ("separator", "departments.2.aliases", _set("departments", 1, aliases=["市民/区民局"])),
    ("separator", "expansions.1.name", _set("expansions", 0, name="全局；")),
    ("blank_wording", "matrix.open", lambda data: data["matrix"].update(open=" ")),
    ("blank_wording", "matrix.cross_listed", lambda data: data["matrix"].update(cross_listed="　")),
    ("same_brackets", "matrix.close", lambda data: data["matrix"].update(close="〔")),
    ("no_member", "expansions.2.members", _set("expansions", 1, members=[])),
    ("all_and_members", "expansions.1.members", _set("expansions", 0, members=["市民局"])),
    ("itself", "expansions.2.members", lambda data: data["expansions"][1]["members"].append("各区役所")),
    ("lead_outside", "expansions.2.lead", _set("expansions", 1, lead="市民局")),
    ("item_kinds", "sheets", _set("sheets", 0, per="blank", tab="カード")),
    ("item_kinds", "sheets", _set("sheets", 1, per="item", tab="新規{number}")),
    ("structural_internal", "fields.1.internal", _set("fields", 0, internal=True)),
    ("item_form", "sheets.1.form", _set("sheets", 0, form="letter")),
    ("no_sheet", "forms.1.key", lambda data: (data["sheets"].pop(3), data["fields"].__delitem__(slice(13, None)))),
    ("unknown", "sheets.2.form", _set("sheets", 1, form="postcard")),
    ("repeated", "forms.1.code", _set("forms", 0, code="01")),
    ("repeated", "forms.1.name", _set("forms", 0, name="市民局")),
    ("template", "fields.12.label", _set("fields", 11, label="{month}の声")),
    ("template", "fields.12.label", _set("fields", 11, label="{perspective}の声")),
    ("template", "fields.12.label", _set("fields", 11, label="{}の声")),
    ("template", "fields.12.label", _set("fields", 11, label="{year:>10}の声")),
    ("template", "fields.12.label", _set("fields", 11, label="{year!r}の声")),
    ("template", "fields.12.register_label", _set("fields", 11, register_label="{year.x}")),
    ("template", "sheets.3.tab", _set("sheets", 2, tab="声{number}")),
    ("template", "sheets.1.title", _set("sheets", 0, title="{number}")),
    ("braces", "fields.12.label", _set("fields", 11, label="{year の声")),
    ("same_label", "fields.5.label", _set("fields", 4, label="取組 名")),
    ("same_label", "fields.13.label", _set("fields", 12, label="取組の中身")),
    ("same_label", "fields.7.label", _set("fields", 6, label="予定")),
    ("same_register_label", "fields.9.register_label", _set("fields", 8, register_label="取組名")),
    ("numbering", "plan.numbering", lambda data: data["plan"].update(numbering="{goal}")),
    ("numbering_goal", "plan.numbering", lambda data: data.update(goals=[])),
    ("same_alias", "fields.5.aliases", _set("fields", 4, aliases=["取組 名"])),
    ("same_name", "fields.16.name", _copy("fields", 11, name="schedule_2031", label="別")),
    ("same_wording", "goals.3", _set("goals", 2, aliases=["持続可能な 財政運営"])),
    ("same_wording", "perspectives.2", _set("perspectives", 1, list_label="財源")),
    ("same_wording", "perspectives.2", _set("perspectives", 1, label="財源")),
    ("former_choice", "choices.1.former.1", _set("choices", 0, former=[{"value": "順調", "names": ["やや 遅れ"]}])),
    ("year", "fields.1.minimum", _set("fields", 0, type="date", minimum=12.0)),
    ("tick_repeat", "fields.6.repeat", _set("fields", 5, repeat="", label="視点")),
    ("tick_type", "fields.6.type", _set("fields", 5, type="text")),
    ("needs_choices", "fields.10.choices", _set("fields", 9, choices="")),
    ("no_use_of_choices", "fields.12.choices", _set("fields", 11, choices="state")),
    ("choice_type", "fields.2.type", _set("fields", 1, type="text")),
    ("not_on_item", "fields.5.sheets", _set("fields", 4, sheets=["idea"])),
    ("structural_repeat", "fields.3.repeat", _set("fields", 2, repeat="year", label="{year}の名")),
    ("limits", "fields.8.minimum", _set("fields", 7, minimum=10, maximum=9)),
    ("too_fine", "fields.8.maximum", _set("fields", 7, maximum=0.1234567890123456789)),
    ("tab_length", "sheets.3.tab", _set("sheets", 2, tab="声" * 32)),
    ("tab_length", "sheets.2.tab", _set("sheets", 1, tab="新" * 28)),
    ("tab_characters", "sheets.3.tab", _set("sheets", 2, tab="市民/声")),
    ("tab_characters", "sheets.3.tab", _set("sheets", 2, tab="'市民の声'")),
    ("tab_characters", "sheets.3.tab", _set("sheets", 2, tab="　")),
    ("tab", "tables.1.name", _set("tables", 0, name="財源/見込み")),
    ("tab", "tables.2.name", _set("tables", 1, name="財源の 見込み")),
    ("no_columns", "tables.2.name", _set("tables", 1, columns=[])),
    ("repeated", "tables.2.columns.2.key", _column(1, 1, key="no")),
    ("repeated", "tables.1.columns.5.key", _column(0, 4, key="total")),
    ("not_one_line", "tables.2.columns.2.label", _column(1, 1, label="用語\n")),
    ("not_one_line", "tables.1.notes", _set("tables", 0, notes=["端数 "])),
    ("shown", "tables.2.columns.1.shown", _column(1, 0, shown="第{no}")),
    ("unknown", "tables.1.sums.1.parts", lambda data: data["tables"][0]["sums"][0].update(parts=["県税"])),
    ("tab_number", "sheets.1.tab", _set("sheets", 0, tab="カード")),
]


def test_the_madeup_plan_is_sound() -> None:
    """A plan of another organisation passes every check (1)."""
    assert contradictions(load_toml(MADEUP)) == ()


@pytest.mark.parametrize(("code", "place", "bend"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_a_contradiction_is_refused_where_it_stands(code: str, place: str, bend: Bend) -> None:
    """The plan is found to contradict itself at that place, and there for that reason (2)."""
    found = contradictions(Plan.model_validate(bent(bend)))
    assert (f"contradiction.{code}", place) in {(problem.key, data_place(problem.loc)) for problem in found}


@pytest.mark.parametrize(("code", "place", "bend"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_a_contradiction_is_said_in_full(code: str, place: str, bend: Bend) -> None:
    """The sentence begins with the place, leaves nothing unfilled, and ends as a sentence does (2)."""
    assert section("definition")["contradiction"][code].rstrip("）").endswith("。")
    with pytest.raises(DefinitionError) as caught:
        plan_from_data(bent(bend), "架空")
    said = describe_problem(caught.value)
    assert f"{place}：" in said
    assert "{value}" not in said


def test_every_contradiction_is_proven() -> None:
    """The catalogue holds no sentence that nothing raises (3)."""
    assert {code for code, _, _ in CASES} == set(section("definition")["contradiction"])


@pytest.mark.parametrize("text", ["2024-04-17", "2024-04", "2024-10/2025-01", "2024-04-01/2024-04-30"])
def test_times_of_a_schedule(text: str) -> None:
    """A day, a month and spans of either are times (2)."""
    assert is_time_span(text)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-13", "2024-02-30", "2025-01/2024-10", "2024/4/17", "2024-04/", "4月"]
)
def test_what_is_no_time_of_a_schedule(text: str) -> None:
    """A month that does not exist, a span that ends before it begins, a day without a year are none (2)."""
    assert not is_time_span(text)

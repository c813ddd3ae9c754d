"""Fields, expanded from the definition's rules.

1. A repeated rule becomes a field per perspective or per year, with names and labels of its own.
2. A form lists the fields of its kind in the order of the groups.
3. Choices, hints and what must be filled follow from the rule and the year's phase.
4. A field is found by its name, also within a block; a name that nobody bears is refused.
5. The same holds for a plan of another organisation.
"""

from __future__ import annotations

import pytest

from kohyo.definition.fields import (
    all_fields,
    field_named,
    form_fields,
    goal_choice,
    item_fields,
    item_kind,
    tick_name,
    year_words,
)
from kohyo.definition.load import load_toml
from kohyo.model.plan import Plan
from tests.definition.plans import MADEUP


@pytest.fixture(scope="module")
def madeup() -> Plan:
    """Return the made-up plan."""
    return load_toml(MADEUP)


def test_ticks_are_repeated_per_perspective(plan: Plan, madeup: Plan) -> None:
    """Six perspectives make six ticks, four make four (1, 5)."""
    assert [field.label for field in all_fields(plan) if field.type == "tick"] == [
        "組織",
        "人材育成",
        "協働",
        "デジタル",
        "公共施設",
        "外郭団体",
    ]
    ticks = [field for field in all_fields(madeup) if field.type == "tick"]
    assert [field.name for field in ticks] == [tick_name(entry) for entry in madeup.perspectives]
    assert ticks[1].label == "視点「オンライン」"
    assert ticks[1].perspective == "online"


def test_plans_are_repeated_per_year(plan: Plan, madeup: Plan) -> None:
    """Each year has its field, its label, and its column in the register (1, 5)."""
    assert [field.register_label for field in all_fields(plan) if field.year] == [
        "計画：令和6年度",
        "計画：令和7年度",
        "計画：令和8年度",
        "計画：令和9年度",
    ]
    assert [(field.name, field.register_label) for field in all_fields(madeup) if field.year] == [
        ("schedule_2030", "予定：R12"),
        ("schedule_2031", "予定：R13"),
        ("schedule_2032", "予定：R14"),
    ]


def test_the_year_of_verification_is_asked_otherwise(plan: Plan) -> None:
    """In a year of 効果検証 a plan may stay empty and has a hint of its own (3)."""
    last, first = field_named(plan, "plan_2027"), field_named(plan, "plan_2024")
    assert (first.required, last.required) == (True, False)
    assert first.hint != last.hint


def test_labels_may_name_the_survey_year(plan: Plan, madeup: Plan) -> None:
    """{cycle} is the year of the survey, whatever the year of the field (1, 5)."""
    assert field_named(plan, "cycle_issue").label == "令和6年度の課題"
    assert field_named(madeup, "saving").label == "令和12年度の削減額"
    assert year_words(2030)["next_year_short"] == "R13"


def test_a_form_lists_the_fields_of_its_kind_by_group(plan: Plan, madeup: Plan) -> None:
    """Groups follow one another and none is torn apart (2, 5)."""
    for one in (plan, madeup):
        order = [group.key for group in one.groups]
        for kind in one.sheets:
            fields = form_fields(one, kind.key)
            places = [order.index(field.group) for field in fields]
            assert places == sorted(places)
            assert all(kind.key in field.sheets for field in fields)
    assert [field.name for field in form_fields(madeup, "voice")] == ["heard", "heard_on"]


def test_the_item_sheet_is_the_register(plan: Plan, madeup: Plan) -> None:
    """Its kind is the one that stands once per item (2, 5)."""
    assert (item_kind(plan), item_kind(madeup)) == ("item", "card")
    assert item_fields(madeup) == form_fields(madeup, "card")


def test_choices_come_from_lists_and_goals(plan: Plan, madeup: Plan) -> None:
    """A goal is chosen by code and name, other choices as the list spells them (3, 5)."""
    assert field_named(plan, "direction").choices == ("継続", "修正", "統合", "完了", "廃止")
    assert field_named(madeup, "goal").choices[0] == "1 持続可能な財政運営" == goal_choice(madeup, 1)
    assert field_named(madeup, "heard").choices == ()


def test_a_field_is_found_by_name(plan: Plan) -> None:
    """A block's suffix is no part of the name, and a name that nobody bears is refused (4)."""
    assert field_named(plan, "issue_text.2").name == "issue_text"
    with pytest.raises(KeyError):
        field_named(plan, "issue_txt")


def test_names_are_unique(plan: Plan, madeup: Plan) -> None:
    """No two fields share a name after repetition (1, 5)."""
    for one in (plan, madeup):
        names = [field.name for field in all_fields(one)]
        assert len(names) == len(set(names))

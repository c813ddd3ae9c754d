"""What ships with the plan besides its definition, and the made-up answers of the demo.

1. The shipped list holds the plan's 93 items; numbers, goals, names and owners are the printed ones.
2. Its overviews are sentences of our own, and name an affiliate exactly where the printed ones do.
3. The curated entries are the printed matrix's, cell by cell; another version or plan has none.
4. Demo answers fill every required field, fit the fields, and are the same every time.
5. Every made-up text says so.
6. Demo answers keep what the item already holds; printed ticks stay.
7. A plan that nobody wrote demo sentences for is answered by field type alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from kohyo.definition.demo import demo_values
from kohyo.definition.fields import FormField, field_named, item_fields
from kohyo.definition.seed import shipped_entries, shipped_list
from kohyo.errors import DefinitionError
from kohyo.messages import section
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import Choices, FieldRule
from kohyo.model.register import Register
from kohyo.model.tick import Evidence, Tick
from kohyo.register.plan_list.import_rows import import_rows
from kohyo.register.plan_list.list_values import affiliate_named
from kohyo.register.plan_list.read_list import read_list, text_lines
from tests.golden import facts, printed_items

NAME = "setagaya-r6"


@pytest.fixture(scope="module")
def items(plan: Plan) -> tuple[Item, ...]:
    """Return the shipped items as a first import makes them."""
    rows, _ = read_list(plan, text_lines("items.tsv", enumerate(shipped_list(NAME), 1)))
    now = datetime(2024, 4, 1, 9, 0)  # noqa: DTZ001 - the register keeps local time
    return import_rows(Register(), plan, rows, shipped_entries(plan), now, Place("items.tsv")).register.items


def test_the_shipped_list_has_every_item_once() -> None:
    """93 items under one heading, each number once (1)."""
    heading, *rows = shipped_list(NAME)
    assert len(heading) == 5
    assert len({row[0] for row in rows}) == len(rows) == 93


def test_facts_of_the_shipped_list_are_the_printed_ones() -> None:
    """Number, goal, name and owners are letter by letter what the plan prints (1)."""
    ours = [(row[0], int(row[1]), row[2], row[4]) for row in shipped_list(NAME)[1:]]
    assert ours == [(item.number, item.goal, item.title, item.owners) for item in printed_items()]


def test_overviews_are_short_sentences() -> None:
    """Each overview has 30 to 90 characters and is a sentence of its own (2)."""
    overviews = [row[3] for row in shipped_list(NAME)[1:]]
    assert [text for text in overviews if not 30 <= len(text) <= 90] == []
    assert len(set(overviews)) == 93


def test_overviews_name_the_affiliates(plan: Plan) -> None:
    """Each overview names the affiliate that the printed one names (2)."""
    named = {row[0]: affiliate_named(plan, row[3]) for row in shipped_list(NAME)[1:]}
    printed = {item.number: item.affiliate for item in printed_items()}
    assert named == printed
    assert sum(body != "" for body in printed.values()) == 7


@pytest.mark.documents
def test_overviews_are_not_the_printed_ones(documents: Sequence[Path]) -> None:
    """No overview repeats a sentence of the documents (2)."""
    said = "".join(path.read_text(encoding="utf-8") for path in documents)
    assert sum(item.title in said for item in printed_items()) == 93
    overviews = [row[3] for row in shipped_list(NAME)[1:]]
    assert [text for text in overviews if text in said] == []


def test_no_list_ships_with_an_unknown_plan() -> None:
    """Asking for the list of a plan that does not ship is an error that says so (1)."""
    with pytest.raises(DefinitionError) as raised:
        shipped_list("elsewhere")
    assert raised.value.key == "unknown_plan"


def test_entries_are_the_printed_cells(plan: Plan) -> None:
    """The entries are those of the printed matrix, in its order (3)."""
    keys = {perspective.label: perspective.key for perspective in plan.perspectives}
    printed = [
        (cell["goal"], keys[cell["perspective"]], entry.get("heading", ""), entry.get("members") or [entry])
        for cell in facts("matrix_entries")
        for entry in cell["entries"]
    ]
    ours = [
        (entry.goal, entry.perspective, entry.heading, [(m.label, [str(n) for n in m.numbers]) for m in entry.members])
        for entry in shipped_entries(plan)
    ]
    assert ours == [(goal, key, head, [(m["label"], m["items"]) for m in found]) for goal, key, head, found in printed]


def test_entries_name_goals_and_perspectives_of_the_plan(plan: Plan) -> None:
    """Every entry stands under a goal and a perspective that the definition knows (3)."""
    entries = shipped_entries(plan)
    assert len(entries) == 56
    assert {entry.goal for entry in entries} == {goal.code for goal in plan.goals}
    assert {entry.perspective for entry in entries} == {perspective.key for perspective in plan.perspectives}


@pytest.mark.parametrize("change", [{"version": "令和6年度"}, {"code": "elsewhere"}])
def test_entries_of_another_version_or_plan_say_nothing(plan: Plan, change: dict[str, str]) -> None:
    """Numbers mean something only within their version: with another in force there are no entries (3)."""
    heading = plan.plan.model_copy(update=change)
    assert shipped_entries(plan.model_copy(update={"plan": heading})) == ()


def test_demo_answers_fill_every_required_field(plan: Plan, items: tuple[Item, ...]) -> None:
    """No required field of any item sheet stays empty (4)."""
    required = {field.name for field in item_fields(plan) if field.required and not field.readonly}
    assert (len(items), len(required) > 5) == (93, True)
    for item in items:
        values = demo_values(plan, item, "")
        assert {name for name in required if values.get(name) in (None, "", Tick.UNKNOWN)} == set()


def test_demo_answers_fit_their_fields(plan: Plan, items: tuple[Item, ...]) -> None:
    """Every answer is one that the field may hold: its type, its length, its choices (4)."""
    answers = [answer for item in items for answer in demo_values(plan, item, "").items()]
    assert len(answers) > 93 * 5
    for name, value in answers:
        _assert_fits(field_named(plan, name), value)


def _assert_fits(field: FormField, value: object) -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "tick": Tick,
        "date": date,
        "integer": int,
        "decimal": (int, float),
    }
    assert isinstance(value, kinds.get(field.type, str))
    assert not field.readonly
    if isinstance(value, str):
        assert value.strip()
        assert not field.max_length or len(value) <= field.max_length
        assert not field.choices or value in field.choices


def test_demo_answers_are_the_same_every_time(plan: Plan, items: tuple[Item, ...]) -> None:
    """Owners of an item say the same but for what each answers for itself, and in its own words; items differ (4)."""
    shared = next(item for item in items if item.owners == "各部")
    every = [demo_values(plan, shared, entry.name) for entry in plan.departments]
    assert every == [demo_values(plan, shared, entry.name) for entry in plan.departments]
    own = {field.name for field in item_fields(plan) if field.each or (field.type == "multiline" and not field.year)}
    assert {name for name in every[0] if len({str(values[name]) for values in every}) > 1} <= own
    assert len({str(values["cycle_issue"]) for values in every}) > 1
    assert len({str(demo_values(plan, item, "")["situation"]) for item in items}) > 10


def test_demo_answers_are_dated_within_the_survey(plan: Plan, items: tuple[Item, ...]) -> None:
    """The day of filling in lies between sending out and closing (4)."""
    days = [demo_values(plan, item, "")["filled_on"] for item in items]
    assert len(days) == 93
    for day in days:
        assert isinstance(day, date)
        assert plan.cycle.issued <= day <= plan.cycle.closes


def test_every_made_up_text_says_so(plan: Plan, items: tuple[Item, ...]) -> None:
    """A made-up text ends with the mark; only known values, choices and words too short for it do not (5)."""
    texts = [
        str(value)
        for item in items
        for name, value in demo_values(plan, item, "").items()
        if _may_be_marked(field_named(plan, name)) and item.values.get(name) is None
    ]
    assert len(texts) > 93
    assert [text for text in texts if not text.endswith(section("demo")["mark"])] == []


def _may_be_marked(field: FormField) -> bool:
    return field.type in ("text", "multiline") and not 0 < field.max_length < 20


def test_known_values_stay(plan: Plan, items: tuple[Item, ...]) -> None:
    """Title, overview, affiliate and ticks of the matrix are answered as they are known (6)."""
    assert sum(Evidence.MATRIX in item.evidence.values() for item in items) == 56
    for item in items:
        values = demo_values(plan, item, "")
        assert values["title"] == item.title
        assert values.get("affiliate") == item.values.get("affiliate")
        proven = [name for name, evidence in item.evidence.items() if evidence is Evidence.MATRIX]
        assert all(values[name] is Tick.YES for name in proven)


def test_every_item_falls_under_some_perspective(plan: Plan, items: tuple[Item, ...]) -> None:
    """A demo item has at least one tick, but an answered no is not turned into yes (6)."""
    for item in items:
        assert Tick.YES in demo_values(plan, item, "").values()
    names = [f"tick_{perspective.key}" for perspective in plan.perspectives]
    refused = Item(ItemId("K0999"), ItemNumber(1, 99), dict.fromkeys(names, Tick.NO))
    assert Tick.YES not in demo_values(plan, refused, "").values()


def _foreign(plan: Plan) -> Plan:
    """Return a plan of another name with required fields that no sentence was written for."""
    common = {"group": "basic", "sheets": ("item",), "required": True}
    rules = [
        FieldRule.model_validate({"name": "wish", "label": "望み", "type": "multiline", "max_length": 60, **common}),
        FieldRule.model_validate({"name": "word", "label": "一語", "type": "text", "max_length": 3, **common}),
        FieldRule.model_validate({"name": "share", "label": "割合", "type": "decimal", "maximum": 0.5, **common}),
        FieldRule.model_validate({"name": "people", "label": "人数", "type": "integer", "minimum": 200, **common}),
        FieldRule.model_validate({"name": "grade", "label": "段階", "type": "select_one", "choices": "abc", **common}),
        FieldRule.model_validate({"name": "day", "label": "日", "type": "date", **common}),
        FieldRule.model_validate({"name": "aim", "label": "目当て", "type": "goal", **common}),
        FieldRule.model_validate({"name": "helpers", "label": "手伝う部", "type": "departments", **common}),
    ]
    return plan.model_copy(
        update={
            "plan": plan.plan.model_copy(update={"code": "elsewhere"}),
            "fields": (*(rule for rule in plan.fields if rule.name in ("number", "title", "tick")), *rules),
            "choices": (*plan.choices, Choices(name="abc", values=("甲", "乙"))),
        }
    )


def test_a_plan_without_sentences_is_answered_by_type(plan: Plan) -> None:
    """Each required field of an unknown plan gets a value of its type, within its limits (7)."""
    foreign = _foreign(plan)
    item = Item(ItemId("K0007"), ItemNumber(2, 3), {"number": "2-3", "goal": 2, "title": "項目", "owners": "なぞの部"})
    values = demo_values(foreign, item, "世田谷保健所")
    assert set(values) >= {field.name for field in item_fields(foreign) if field.required}
    assert str(values["wish"]).endswith(section("demo")["mark"])
    assert len(str(values["word"])) <= 3
    assert values["share"] == 0.5
    assert values["people"] == 200
    assert values["grade"] in ("甲", "乙")
    assert isinstance(values["day"], date)
    assert values["aim"] == 2
    assert values["helpers"] == "世田谷保健所"

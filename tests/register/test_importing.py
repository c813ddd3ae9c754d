"""Taking the plan's list into the register.

1. Items are new by number, get the next free id, and an id of the past is never given again.
2. A list says number, goal, title, overview, owners, and the affiliate in parentheses; ticks it cannot say.
3. The printed matrix proves 63 ticks on 56 items, with its evidence.
4. Importing the same again changes nothing; what differs is changed and told, old and new, with its place.
5. What a person answered, decided or edited stays and is said.
6. An item that the list lacks stays and is said.
7. Entries are stored by identity, once; one that names a number that does not exist is said and left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kohyo.definition.fields import tick_name
from kohyo.definition.seed import SeedEntry, SeedMember, shipped_entries, shipped_list
from kohyo.messages import describe, severity
from kohyo.model.finding import Place, Severity
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.register.plan_list.import_rows import ImportResult, import_rows
from kohyo.register.plan_list.list_row import ListRow
from kohyo.register.plan_list.list_values import affiliate_named
from kohyo.register.plan_list.read_list import read_list, text_lines

NOW = datetime(2024, 4, 1, 9, 0)  # noqa: DTZ001 - the register keeps local time
LATER = datetime(2024, 5, 1, 9, 0)  # noqa: DTZ001 - likewise
SOURCE = Place("一覧.tsv")
ROW = ListRow(ItemNumber(1, 1), 1, "広報", "広く知らせる。", "政策経営部", Place("一覧.tsv", "", "3行目"))
SECOND = replace(ROW, number=ItemNumber(1, 2), title="見直し", place=Place("一覧.tsv", "", "4行目"))
ENTRY = SeedEntry(1, "digital", "", (SeedMember("広報", (ItemNumber(1, 1),)),))


def _import(plan: Plan, register: Register, *rows: ListRow, entries: tuple[SeedEntry, ...] = ()) -> ImportResult:
    return import_rows(register, plan, rows, entries, LATER if register.items else NOW, SOURCE)


@pytest.fixture(scope="module")
def shipped_rows(plan: Plan) -> tuple[ListRow, ...]:
    """Return the rows of the list that ships with the plan."""
    return read_list(plan, text_lines("items.tsv", enumerate(shipped_list(plan.plan.code), 1))).rows


def _ticks(item: Item) -> list[Tick]:
    return [value for value in item.values.values() if isinstance(value, Tick)]


def test_new_items_get_ids_in_sequence(plan: Plan) -> None:
    """The first item of an empty register is K0001 (1)."""
    result = _import(plan, Register(), ROW, SECOND)
    assert [item.id for item in result.register.items] == ["K0001", "K0002"]
    assert result.added == result.register.items
    assert result.changed == result.unchanged == ()


def test_an_id_of_the_past_is_not_given_again(plan: Plan) -> None:
    """An id that only the history of changes still knows is not reused (1)."""
    gone = Change(NOW, ChangeKind.CREATED, "K0041", "9-9", "title", None, "昔の項目")
    result = _import(plan, Register(changes=(gone,)), ROW)
    assert result.added[0].id == "K0042"


def test_a_new_item_holds_what_the_list_says(plan: Plan) -> None:
    """Values are the list's; every tick is unknown and rests on nothing (2)."""
    item = _import(plan, Register(), ROW).added[0]
    ticks = {tick_name(perspective): Tick.UNKNOWN for perspective in plan.perspectives}
    said = {"number": "1-1", "goal": 1, "title": "広報", "overview": "広く知らせる。", "owners": "政策経営部"}
    assert item.values == {**said, **ticks}
    assert item.evidence == dict.fromkeys(ticks, Evidence.NONE)


def test_a_new_item_is_told_in_the_history(plan: Plan) -> None:
    """One row says when, which item, its title and where it stood in the list (4)."""
    (change,) = _import(plan, Register(), ROW).register.changes
    assert change == Change(NOW, ChangeKind.CREATED, "K0001", "1-1", "title", None, "広報", ROW.place)


@pytest.mark.parametrize(
    ("overview", "affiliate"),
    [
        ("備える。(世田谷区保健センター)", "世田谷区保健センター"),
        ("備える。（世田谷区保健センター）\n", "世田谷区保健センター"),
        ("備える。(なぞの団体)", ""),
        ("(世田谷区保健センター)が備える。", ""),
    ],
)
def test_an_affiliate_closes_the_overview(plan: Plan, overview: str, affiliate: str) -> None:
    """Only a known affiliate in parentheses at the very end counts (2)."""
    assert affiliate_named(plan, overview) == affiliate
    item = _import(plan, Register(), replace(ROW, overview=overview)).added[0]
    assert item.values.get("affiliate", "") == affiliate


def test_a_plan_without_that_field_has_no_affiliates(plan: Plan) -> None:
    """Where the definition has no such field, nothing is filled (2)."""
    without = plan.model_copy(update={"fields": tuple(rule for rule in plan.fields if rule.name != "affiliate")})
    row = replace(ROW, overview="備える。(世田谷区保健センター)")
    assert "affiliate" not in _import(without, Register(), row).added[0].values


def test_the_matrix_proves_its_ticks_and_no_others(plan: Plan, shipped_rows: tuple[ListRow, ...]) -> None:
    """63 ticks on 56 items, all by the matrix; every other tick is unknown (3)."""
    result = _import(plan, Register(), *shipped_rows, entries=shipped_entries(plan))
    items = result.register.items
    assert (len(items), len(result.register.entries), result.findings) == (93, 56, ())
    assert sum(_ticks(item).count(Tick.YES) for item in items) == 63
    assert sum(Tick.YES in _ticks(item) for item in items) == 56
    assert sum(_ticks(item).count(Tick.UNKNOWN) for item in items) == 93 * 6 - 63
    for item in items:
        assert all((item.values[name] is Tick.YES) == (why is Evidence.MATRIX) for name, why in item.evidence.items())


def test_affiliates_of_the_shipped_list(plan: Plan, shipped_rows: tuple[ListRow, ...]) -> None:
    """The shipped list names its affiliates at the end of seven overviews (2)."""
    items = _import(plan, Register(), *shipped_rows).added
    assert [str(item.number) for item in items if item.values.get("affiliate")] == [
        "1-22", "1-23", "1-24", "1-25", "2-31", "5-7", "5-8",
    ]  # fmt: skip


def test_importing_again_changes_nothing(plan: Plan, shipped_rows: tuple[ListRow, ...]) -> None:
    """The second import leaves the register as it is, without a row in the history (4)."""
    first = _import(plan, Register(), *shipped_rows, entries=shipped_entries(plan)).register
    again = _import(plan, first, *shipped_rows, entries=shipped_entries(plan))
    assert again == ImportResult(first, unchanged=first.items)


@pytest.mark.parametrize(("name", "value"), [("title", "広聴"), ("overview", "聞く。"), ("owners", "総務部、区長室")])
def test_a_changed_text_is_taken_and_told(plan: Plan, name: str, value: str) -> None:
    """Old and new stand in the history with the line of the list (4)."""
    first = _import(plan, Register(), ROW, SECOND).register
    result = _import(plan, first, replace(ROW, **{name: value}), SECOND)  # type: ignore[arg-type] # all are texts
    old = first.items[0].values[name]
    change = Change(LATER, ChangeKind.IMPORTED, "K0001", "1-1", name, old, value, ROW.place)
    assert result.register.changes == (*first.changes, change)
    assert [item.values[name] for item in result.changed] == [value]
    assert [item.id for item in result.unchanged] == ["K0002"]


@pytest.mark.parametrize(("name", "value"), [("owners", "総務部, 区長室"), ("overview", " ")])
def test_another_spelling_or_an_empty_cell_is_no_change(plan: Plan, name: str, value: str) -> None:
    """Owners joined otherwise are the same owners; an empty overview says nothing (4)."""
    row = replace(ROW, owners="総務部、区長室")
    first = _import(plan, Register(), row).register
    changed = replace(row, **{name: value})  # type: ignore[arg-type] # all are texts
    assert _import(plan, first, changed).register == first


@pytest.mark.parametrize("kind", [ChangeKind.ANSWERED, ChangeKind.DECIDED, ChangeKind.EDITED])
def test_what_a_person_wrote_stays_and_is_said(plan: Plan, kind: ChangeKind) -> None:
    """An answer, a decision or an edit is not overwritten; the finding names item, field and the list's value (5)."""
    first = _import(plan, Register(), ROW).register
    answered = replace(
        first,
        items=(first.items[0].with_value("overview", "部の文"),),
        changes=(*first.changes, Change(NOW, kind, "K0001", "1-1", "overview", ROW.overview, "部の文")),
    )
    result = _import(plan, answered, replace(ROW, overview="新しい一覧の文"))
    assert result.register == answered
    (finding,) = result.findings
    assert (finding.code, finding.value, finding.place) == ("K312", "新しい一覧の文", ROW.place)
    assert severity("K312") is Severity.CHECK
    assert "1-1" in describe(finding)


def test_a_refused_answer_does_not_hold_the_field(plan: Plan) -> None:
    """A value that a decision did not take was never in the register: the list still rules (5)."""
    first = _import(plan, Register(), ROW).register
    refused = Change(NOW, ChangeKind.REFUSED, "K0001", "1-1", "overview", ROW.overview, "部の文")
    result = _import(plan, replace(first, changes=(*first.changes, refused)), replace(ROW, overview="新しい文"))
    assert result.register.items[0].overview == "新しい文"


def test_a_refusal_after_an_answer_does_not_free_the_field(plan: Plan) -> None:
    """An answer that was taken holds the field though a later one was refused (5)."""
    first = _import(plan, Register(), ROW).register
    told = [
        Change(NOW, kind, "K0001", "1-1", "overview", ROW.overview, "部の文")
        for kind in (ChangeKind.ANSWERED, ChangeKind.REFUSED)
    ]
    held = replace(first, changes=(*first.changes, *told))
    assert _import(plan, held, replace(ROW, overview="新しい文")).register == held


def test_a_tick_written_without_evidence_stays(plan: Plan) -> None:
    """A no that somebody wrote into the register by hand is not overruled by the matrix (5)."""
    first = _import(plan, Register(), ROW).register
    edited = replace(first, items=(first.items[0].with_value("tick_digital", Tick.NO),))
    assert _import(plan, edited, ROW, entries=(ENTRY,)).register.items == edited.items


def test_other_answers_are_never_touched(plan: Plan) -> None:
    """Fields that a list does not have keep what they hold (5)."""
    first = _import(plan, Register(), ROW).register
    item = first.items[0].with_value("situation", "困っている").with_value("tick_digital", Tick.NO, Evidence.ANSWER)
    result = _import(plan, replace(first, items=(item,)), replace(ROW, title="広聴"), entries=(ENTRY,))
    assert result.register.items[0].values == {**item.values, "title": "広聴"}


def test_many_items_that_the_list_lacks_are_told_in_one_sentence(plan: Plan) -> None:
    """A list of a part of the plan is no reason for a line an item (6)."""
    rows = [replace(ROW, number=ItemNumber(1, serial)) for serial in range(1, 14)]
    first = _import(plan, Register(), *rows).register
    assert {finding.code for finding in _import(plan, first, *rows[:3]).findings} == {"K311"}
    result = _import(plan, first, *rows[:2])
    (finding,) = result.findings
    assert result.register == first
    assert (finding.code, finding.context["count"], severity("K314")) == ("K314", "11", Severity.CHECK)
    assert finding.value.split("、") == [f"1-{serial}" for serial in range(3, 14)]


def test_an_item_that_the_list_lacks_stays_and_is_said(plan: Plan) -> None:
    """Nothing is deleted by an import (6)."""
    first = _import(plan, Register(), ROW, SECOND).register
    result = _import(plan, first, ROW)
    (finding,) = result.findings
    assert result.register == first
    assert (finding.code, finding.value, severity("K311")) == ("K311", "1-2", Severity.CHECK)
    assert "見直し" in describe(finding)


def test_no_rows_say_nothing(plan: Plan) -> None:
    """A list that could not be read does not make every item a finding (6)."""
    first = _import(plan, Register(), ROW).register
    assert _import(plan, first, entries=(ENTRY,)) == ImportResult(first, unchanged=first.items)


def test_entries_are_stored_by_identity(plan: Plan) -> None:
    """Numbers become ids, and what an entry proves of a known item is a change like any other (7)."""
    first = _import(plan, Register(), ROW).register
    register = _import(plan, first, ROW, entries=(ENTRY,)).register
    assert [member.items for entry in register.entries for member in entry.members] == [(ItemId("K0001"),)]
    assert register.items[0].values["tick_digital"] is Tick.YES
    change = register.changes[-1]
    assert (change.kind, change.field, change.place) == (ChangeKind.IMPORTED, "tick_digital", SOURCE)
    assert (change.old, change.new) == (Tick.UNKNOWN, Tick.YES)


def test_entries_are_taken_only_once(plan: Plan) -> None:
    """Once the register has entries, they are the secretariat's and the shipped ones do not come back (7)."""
    first = _import(plan, Register(), ROW, SECOND, entries=(ENTRY,)).register
    other = replace(ENTRY, members=(SeedMember("見直し", (ItemNumber(1, 2),)),))
    assert _import(plan, first, ROW, SECOND, entries=(other,)).register == first


def test_an_entry_without_its_item_is_said_and_left_out(plan: Plan) -> None:
    """Half an entry would print a wrong cell: the whole entry is left out, each missing number named (7)."""
    half = replace(ENTRY, members=(*ENTRY.members, SeedMember("ない項目", (ItemNumber(4, 7),))))
    result = _import(plan, Register(), ROW, entries=(half, ENTRY))
    (finding,) = result.findings
    assert len(result.register.entries) == 1
    assert (finding.code, finding.value, severity("K313")) == ("K313", "4-7", Severity.CHECK)
    assert "ない項目" in describe(finding)

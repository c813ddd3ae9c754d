"""Requirements of the merge: the register is the sum of what everybody said, whoever said it first.

1. In any order, any split into runs, any repetition and under any file names, the same register.
2. Of a shared field the lead's answer counts; anybody else's change is a proposal, and nothing of it is taken.
3. A field that each owner answers for itself is held per department, and departments never contradict in it.
4. A question has one row for each distinct value, and names who said it, who stands by the register, who is silent.
5. What was decided stays decided until a new value comes; a return that did not know an edit by hand asks.
6. Later rounds take the place of earlier ones; two files of one round that differ are a contradiction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.model.answer import AnswerState, FieldAnswer
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Conflict, ConflictKind, Decision, Register
from kohyo.model.returned_file import ReturnedFile
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.conflict_resolution import decided_by_edits, resolve
from tests.register.builders import ITEM, NOW, OWNERS, answer, files_of, merged, register_with

LEAD, SECOND, THIRD = OWNERS
LATER = NOW + timedelta(days=3)
TICK = "tick_digital"
VALUES: dict[str, tuple[FieldValue, ...]] = {
    "measures": ("前", "あ", "い", None),
    TICK: (Tick.UNKNOWN, Tick.YES, Tick.NO),
    "person": (None, "甲", "乙"),
}
BEFORE: dict[str, FieldValue] = {"measures": "前", TICK: Tick.UNKNOWN}


def other(value: FieldValue, base: FieldValue = "前", department: str = SECOND, **changes: Any) -> FieldAnswer:  # noqa: ANN401 - whatever an answer holds
    """Return the answer of an owner who does not lead."""
    return answer(value, base, department=department, leads=False, **changes)


def take(plan: Plan, *answers: FieldAnswer, before: Register | None = None, now: datetime = NOW) -> Register:
    """Return the register of one item with these answers taken in."""
    return merged(before or register_with(measures="前"), plan, files_of(*answers), now)


def value(register: Register, field: str = "measures") -> FieldValue:
    """Return what the item holds."""
    item = register.item(ITEM)
    assert item is not None
    return item.values.get(field)


def told(rows: tuple[Conflict, ...]) -> list[tuple[ConflictKind, FieldValue, str]]:
    """Return of each row why it waits, the value and who says it."""
    return [(row.kind, row.theirs, row.department) for row in rows]


def decide(register: Register, plan: Plan, decision: Decision) -> Register:
    """Decide every row that waits in the same way, and apply it."""
    rows = tuple(row if row.decided_at else replace(row, decision=decision) for row in register.conflicts)
    return resolve(replace(register, conflicts=rows), plan, LATER, "事務局").register


@st.composite
def returns(draw: st.DrawFn) -> list[ReturnedFile]:
    """Draw up to six files of three owners in two rounds, with any answers."""
    files: list[ReturnedFile] = []
    forms = {(name, field): draw(st.sampled_from(values)) for name in OWNERS for field, values in VALUES.items()}
    for number in range(draw(st.integers(1, 6))):
        department = draw(st.sampled_from(OWNERS))
        form = draw(st.integers(1, 2))
        answers = [
            answer(
                draw(st.sampled_from(values)),
                BEFORE.get(field) if form == 1 else forms[department, field],
                field,
                department=department,
                leads=department == LEAD,
                round=form,
                sha256=f"{number}",
                issued_after=form - 1,
            )
            for field, values in VALUES.items()
            if draw(st.booleans())
        ]
        files += files_of(*answers)
    return files


def said(register: Register) -> tuple[object, ...]:
    """Return the register's data: items, contributions, the questions that wait, without the moments of runs."""
    waiting = {
        (row.id, row.kind, row.ours, row.theirs, row.department, row.agreed, row.silent) for row in register.conflicts
    }
    items = [
        ({name: held for name, held in item.values.items() if held is not None}, item.evidence)
        for item in register.items
    ]
    return items, register.contributions, waiting


@settings(max_examples=300, deadline=None)
@given(files=returns(), data=st.data())
def test_any_order_split_and_repetition(plan: Plan, files: list[ReturnedFile], data: st.DataObject) -> None:
    """However the files arrive, the register is the one that they make together (1)."""
    start = register_with(**BEFORE)
    start = replace(start, items=(replace(start.items[0], evidence={TICK: Evidence.NONE}),))
    together = merged(start, plan, files)
    order = data.draw(st.permutations(files))
    register, arrived = start, list[ReturnedFile]()
    for run, file in enumerate(order):
        arrived.append(file)
        if data.draw(st.booleans()) or run == len(order) - 1:
            register = merged(register, plan, arrived, NOW + timedelta(days=10, minutes=run))
    assert said(register) == said(together)
    again = merged(register, plan, [*arrived, *arrived], NOW + timedelta(days=20))
    assert (said(again), again.changes) == (said(register), register.changes)


def test_the_leads_answer_counts(plan: Plan) -> None:
    """The lead's text is taken, with evidence of where it stood (2)."""
    register = take(plan, answer("あ", "前"), answer(Tick.YES, Tick.UNKNOWN, TICK))
    assert (value(register), value(register, TICK), register.conflicts) == ("あ", Tick.YES, ())
    assert register.items[0].evidence[TICK] is Evidence.ANSWER
    (change,) = (change for change in register.changes if change.field == "measures")
    assert (change.old, change.new, change.by, change.place.cell) == ("前", "あ", LEAD, "B18")


def test_anothers_change_is_a_proposal(plan: Plan) -> None:
    """It waits for the lead or the secretariat; the register stays (2, 4)."""
    register = take(plan, other("い"), answer("前", "前"))
    assert value(register) == "前"
    (row,) = register.conflicts
    assert (row.kind, row.ours, row.theirs, row.department) == (ConflictKind.DEPARTMENTS, "前", "い", SECOND)
    assert (row.agreed, row.silent, row.places) == (LEAD, THIRD, f"{SECOND}-1.xlsx／1-1／B18")


def test_an_empty_field_takes_what_all_who_answer_agree_upon(plan: Plan) -> None:
    """Where the lead says nothing and nothing stood there, one value is no contradiction; two are (2)."""
    empty = register_with()
    assert value(take(plan, other("い", None), before=empty)) == "い"
    register = take(plan, other("い", None), other("う", None, THIRD), before=empty)
    assert (value(register), {row.theirs for row in register.conflicts}) == (None, {"い", "う"})
    register = take(plan, other("い", None), answer("あ", None), before=empty)
    assert (value(register), told(register.conflicts)) == ("あ", [(ConflictKind.DEPARTMENTS, "い", SECOND)])


@pytest.mark.parametrize("who", OWNERS)
def test_one_no_among_many_yes_is_a_question(plan: Plan, who: str) -> None:
    """Of a tick, an owner who left it as sent says that it is right, also against the lead (4)."""
    yes = register_with(**{TICK: Tick.YES})
    voices = [
        answer(Tick.NO if name == who else Tick.YES, Tick.YES, TICK, department=name, leads=name == LEAD)
        for name in OWNERS
    ]
    register = take(plan, *voices, before=yes)
    (row,) = register.conflicts
    assert value(register, TICK) is Tick.YES
    assert {row.department, *row.agreed.split("、")} == set(OWNERS)
    assert (row.theirs, row.department) == (Tick.NO, who)


def test_each_owner_answers_for_itself(plan: Plan) -> None:
    """Who is asked, and how it goes, each says for its own; the item holds the lead's (3)."""
    said_by = [answer(f"{name}の係", None, "person", department=name, leads=name == LEAD) for name in OWNERS]
    register = take(plan, *said_by)
    assert register.conflicts == ()
    assert {row.department: row.values["person"] for row in register.contributions} == {
        name: f"{name}の係" for name in OWNERS
    }
    assert value(register, "person") == f"{LEAD}の係"
    assert "担当者（総務部）" in {change.field for change in register.changes}


def test_one_row_a_value(plan: Plan) -> None:
    """Whoever says the same stands on one row (4)."""
    register = take(plan, answer("前", "前"), other("い"), other("い", department=THIRD))
    assert [(row.theirs, set(row.department.split("、"))) for row in register.conflicts] == [("い", {SECOND, THIRD})]


@pytest.mark.parametrize(("decision", "taken"), [(Decision.REGISTER, "前"), (Decision.ANSWER, "い")])
def test_what_was_decided_stays_decided(plan: Plan, decision: Decision, taken: str) -> None:
    """The same answers do not reopen it, a new value does, under a name of its own (5)."""
    answers = (answer("前", "前"), other("い"))
    decided = decide(take(plan, *answers), plan, decision)
    again = take(plan, *answers, before=decided, now=LATER + timedelta(days=1))
    assert (value(again), again.open_conflicts) == (taken, ())
    third = take(plan, *answers, other("う", department=THIRD), before=again, now=LATER + timedelta(days=2))
    (row,) = third.open_conflicts
    assert (value(third), row.theirs, row.group) == (taken, "う", "C0001-取組内容(2)")


def test_a_lead_that_answers_after_a_decision_is_heard(plan: Plan) -> None:
    """A form that went out after the decision may say what was refused before (5)."""
    decided = decide(take(plan, answer("前", "前"), other("い")), plan, Decision.REGISTER)
    later = answer("い", "前", round=2, issued_after=99)
    assert value(take(plan, answer("前", "前"), later, before=decided)) == "い"


def test_a_return_that_did_not_know_an_edit_asks(plan: Plan) -> None:
    """What the secretariat wrote since stays; an answer that knew it is taken; one left as sent says nothing (5)."""
    edit = Change(LATER, ChangeKind.EDITED, ITEM, "1-1", "measures", "前", "事務局の文")
    edited = replace(register_with(measures="事務局の文"), changes=(edit,))
    asked = take(plan, answer("あ", "前"), before=edited)
    assert (value(asked), told(asked.conflicts)) == ("事務局の文", [(ConflictKind.REGISTER, "あ", LEAD)])
    assert said(take(plan, answer("前", "前"), before=edited))[2] == set()
    knew = answer("あ", "事務局の文", issued_after=99)
    assert value(take(plan, knew, before=edited)) == "あ"


def test_an_edit_by_hand_settles_the_question(plan: Plan) -> None:
    """Whoever writes the value himself has decided: the question is closed, its values are kept (5)."""
    asked = take(plan, answer("前", "前"), other("い"))
    edit = Change(LATER, ChangeKind.EDITED, ITEM, "1-1", "measures", "前", "両方の文")
    edited = decided_by_edits(
        replace(asked, items=register_with(measures="両方の文").items, changes=(*asked.changes, edit)), plan, (edit,)
    )
    again = take(plan, answer("前", "前"), other("い"), before=edited, now=LATER + timedelta(days=1))
    assert (value(again), again.open_conflicts) == ("両方の文", ())
    (row,) = again.conflicts
    assert (row.decision, row.other) == (Decision.OTHER, "両方の文")


def test_a_later_round_stands(plan: Plan) -> None:
    """Whenever it comes, the correction is what the department says (6)."""
    first, second = answer("あ", "前"), answer("い", "あ", round=2, issued_after=1)
    assert value(take(plan, first, second)) == "い"
    assert value(take(plan, first, before=take(plan, second))) == "い"


def test_two_files_of_one_round(plan: Plan) -> None:
    """That differ are a question to the department itself; a sheet left as sent beside a filled one is none (6)."""
    first, second = answer("あ", "前", sha256="1"), answer("い", "前", sha256="2")
    register = take(plan, first, second)
    assert (value(register), told(register.conflicts)) == (
        "前",
        [(ConflictKind.RETURNS, "あ", LEAD), (ConflictKind.RETURNS, "い", LEAD)],
    )
    untouched = answer("前", "前", sha256="2")
    assert value(take(plan, first, untouched)) == "あ"


def test_an_emptied_field_is_asked_about(plan: Plan) -> None:
    """What stood there stays until a person decides (5)."""
    register = take(plan, answer(None, "前"))
    assert (value(register), told(register.conflicts)) == ("前", [(ConflictKind.EMPTIED, None, LEAD)])


def test_an_answer_of_a_file_that_nobody_has_stands(plan: Plan) -> None:
    """A register from before answers were kept loses nothing (1)."""
    old = Change(NOW, ChangeKind.ANSWERED, ITEM, "1-1", "measures", "前", "あ", answer("あ").place)
    register = replace(register_with(measures="あ"), changes=(old,))
    assert value(merged(register, plan, (), LATER)) == "あ"


def test_what_the_lead_emptied_stands_as_its_form_showed_it(plan: Plan) -> None:
    """Emptying is asked about; until then the field holds what the lead was shown (4, 6)."""
    first, second = answer("あ", "前"), answer(None, "あ", round=2, issued_after=1)
    for answers in ((first, second), (second, first), (second,)):
        register = take(plan, *answers)
        assert (value(register), told(register.conflicts)) == ("あ", [(ConflictKind.EMPTIED, None, LEAD)])


def test_where_the_lead_changed_the_form_that_went_out_last_speaks(plan: Plan) -> None:
    """Two departments led the item in one year; a sheet left blank by the later one says nothing (2, 6)."""
    old, new = answer("あ", "前", issued_after=None), answer("い", "前", department=SECOND, issued_after=3)
    assert [value(take(plan, *answers)) for answers in ((old, new), (new, old))] == ["い", "い"]
    blank = new._replace(state=AnswerState.BLANK, value=None)
    assert value(take(plan, old, blank)) == "あ"


def test_an_empty_text_is_nothing(plan: Plan) -> None:
    """Whether a field was never filled or holds an empty text is one and the same (2)."""
    empty = register_with(measures="")
    register = take(plan, answer(None, ""), other("い", ""), before=empty)
    assert (value(register), register.conflicts) == ("い", ())
    assert take(plan, answer("", None), before=register_with()).changes == ()


def test_a_choice_that_others_stand_by_is_not_taken_from_the_lead_alone(plan: Plan) -> None:
    """A text that the lead changes is taken though others left it; a choice waits until somebody decides (2, 4)."""
    direction = register_with(direction="継続", measures="前")
    text = take(plan, answer("あ", "前"), other("前"), before=direction)
    assert (value(text), text.conflicts) == ("あ", ())
    choice = [answer("廃止", "継続", "direction"), other("継続", "継続", field="direction")]
    register = take(plan, *choice, before=direction)
    assert value(register, "direction") == "継続"
    assert told(register.conflicts) == [(ConflictKind.DEPARTMENTS, "廃止", LEAD)]
    alone = take(plan, choice[0], other("廃止", "継続", field="direction"), before=direction)
    assert (value(alone, "direction"), alone.conflicts) == ("廃止", ())


def test_evidence_of_a_tick_is_what_it_rests_on(plan: Plan) -> None:
    """A ○ of the printed matrix that nobody answered rests on the matrix; one that was answered on the answer (2)."""
    yes = register_with(**{TICK: Tick.YES})
    yes = replace(yes, items=(replace(yes.items[0], evidence={TICK: Evidence.MATRIX}),))
    silent = take(plan, answer("あ", "前"), before=yes)
    assert silent.items[0].evidence[TICK] is Evidence.MATRIX
    assert take(plan, answer(Tick.YES, Tick.YES, TICK), before=yes).items[0].evidence[TICK] is Evidence.ANSWER
    assert take(plan, answer(Tick.NO, Tick.YES, TICK), before=yes).items[0].evidence[TICK] is Evidence.ANSWER


def test_contributions_stand_in_the_order_of_the_organisation(plan: Plan) -> None:
    """Whoever answers first (3)."""
    order = [entry.name for entry in plan.departments if entry.name in OWNERS]
    for names in (OWNERS, OWNERS[::-1]):
        answers = [answer("係", None, "person", department=name, leads=name == LEAD) for name in names]
        assert [row.department for row in take(plan, *answers).contributions] == order

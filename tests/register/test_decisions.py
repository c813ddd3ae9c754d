"""Decisions on conflicts: applied as written, refused when half-filled, and the refused value is never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Decision, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.conflict_resolution import Resolved, decided_by_edits, resolve
from tests.register.builders import ITEM, NOW, OWNERS, answer, files_of, merged, register_with

TICK = "tick_digital"


def disputed(plan: Plan) -> Register:
    """Return a register in which two owners propose different values and the lead says nothing."""
    said = [
        answer(value, "前", department=name, leads=False) for value, name in (("あ", "総務部"), ("い", "政策経営部"))
    ]
    register = merged(register_with(measures="前"), plan, files_of(*said))
    return replace(register, conflicts=tuple(sorted(register.conflicts, key=lambda row: str(row.theirs))))


def decide(plan: Plan, *decisions: tuple[Decision | None, FieldValue]) -> Resolved:
    """Write one decision a row into the disputed register and resolve it."""
    register = disputed(plan)
    rows = [
        replace(row, decision=decision, other=other, decided_by="事務局")
        for row, (decision, other) in zip(register.conflicts, decisions, strict=True)
    ]
    return resolve(replace(register, conflicts=tuple(rows)), plan, NOW)


def measures(resolved: Resolved) -> object:
    """Return what the register holds afterwards."""
    item = resolved.register.item(ITEM)
    assert item is not None
    return item.values["measures"]


def test_an_answer_that_was_chosen_is_taken_and_the_other_kept(plan: Plan) -> None:
    """The chosen answer becomes the value; the refused one stays in the history with who decided."""
    resolved = decide(plan, (Decision.ANSWER, None), (None, None))
    assert (measures(resolved), resolved.settled, resolved.waiting) == ("あ", 1, 0)
    told = [(change.kind, change.old, change.new, change.by) for change in resolved.register.changes]
    assert told == [(ChangeKind.DECIDED, "前", "あ", "事務局"), (ChangeKind.REFUSED, "前", "い", "事務局")]


def test_another_value_is_taken_and_both_answers_kept(plan: Plan) -> None:
    """A value of the secretariat's own is taken; both answers stay in the history."""
    resolved = decide(plan, (Decision.OTHER, "折衷"), (Decision.REGISTER, None))
    assert measures(resolved) == "折衷"
    refused = [change.new for change in resolved.register.changes if change.kind is ChangeKind.REFUSED]
    assert refused == ["あ", "い"]


def test_the_register_may_stay_as_it_is(plan: Plan) -> None:
    """When every row says 台帳 the value stays and the matter is closed."""
    resolved = decide(plan, (Decision.REGISTER, None), (Decision.REGISTER, None))
    assert (measures(resolved), resolved.waiting) == ("前", 0)


def test_what_is_not_decided_waits(plan: Plan) -> None:
    """One row of two that says 台帳 decides nothing yet."""
    resolved = decide(plan, (Decision.REGISTER, None), (None, None))
    assert (measures(resolved), resolved.settled, resolved.waiting) == ("前", 0, 1)


@pytest.mark.parametrize(
    ("decisions", "code"),
    [
        (((Decision.ANSWER, None), (Decision.ANSWER, None)), "K407"),
        (((Decision.OTHER, None), (None, None)), "K408"),
        (((Decision.ANSWER, "書いたまま"), (None, None)), "K409"),
    ],
)
def test_half_filled_decisions_are_refused(
    plan: Plan, decisions: tuple[tuple[Decision | None, FieldValue], ...], code: str
) -> None:
    """Two choices, a missing value or an unused one is a finding and changes nothing."""
    resolved = decide(plan, *decisions)
    assert [finding.code for finding in resolved.findings] == [code]
    assert (measures(resolved), resolved.settled) == ("前", 0)


def test_resolving_again_changes_nothing(plan: Plan) -> None:
    """A decision is applied once."""
    once = decide(plan, (Decision.ANSWER, None), (None, None)).register
    assert resolve(once, plan, NOW).register == once


def test_a_decision_about_an_item_that_is_gone_is_told_and_waits(plan: Plan) -> None:
    """Nothing can be applied, so nothing is called settled; with its row back, the same decision counts."""
    register = disputed(plan)
    taken = replace(register.conflicts[0], decision=Decision.ANSWER, decided_by="事務局")
    decided = replace(register, conflicts=(taken, *register.conflicts[1:]))
    resolved = resolve(replace(decided, items=()), plan, NOW)
    assert (resolved.settled, resolved.waiting) == (0, 1)
    assert [(finding.code, finding.value) for finding in resolved.findings] == [("K411", taken.group)]
    assert resolve(replace(resolved.register, items=decided.items), plan, NOW).settled == 1
    alone = resolve(replace(decided, items=(), conflicts=(taken,)), plan, NOW)
    assert [(finding.code, finding.field) for finding in alone.findings] == [("K411", "取組内容")]


def test_a_question_that_nobody_touched_waits_as_it_is(plan: Plan) -> None:
    """Without a decision nothing is applied, told or found, be the item there or gone."""
    for items in (disputed(plan).items, ()):
        register = replace(disputed(plan), items=items)
        resolved = resolve(register, plan, NOW)
        assert (resolved.register, resolved.settled, resolved.findings) == (register, 0, ())


def test_a_half_decision_names_what_is_open(plan: Plan) -> None:
    """台帳 on one row of two: the finding names the other row, and nothing is changed."""
    resolved = decide(plan, (Decision.REGISTER, None), (None, None))
    (second,) = [row.id for row in resolved.register.conflicts if row.decision is None]
    assert [(found.code, found.value) for found in resolved.findings] == [("K410", second)]
    assert measures(resolved) == "前"


def test_who_decided_alone_decides_nothing(plan: Plan) -> None:
    """A name without a decision is asked about."""
    register = disputed(plan)
    named = tuple(replace(row, decided_by="係") for row in register.conflicts)
    assert [found.code for found in resolve(replace(register, conflicts=named), plan, NOW).findings] == ["K410"]


@pytest.mark.parametrize(
    ("names", "by"),
    [
        (("甲", "乙"), ("甲", "乙")),
        (("", "乙"), ("乙", "乙")),
        (("甲", ""), ("甲", "甲")),
        (("", ""), ("机の人", "机の人")),
    ],
)
def test_who_decided(plan: Plan, names: tuple[str, str], by: tuple[str, str]) -> None:
    """Each row keeps its own name; a row without one takes that of the row taken, of any other, of who is at the PC."""
    register = disputed(plan)
    rows = [
        replace(row, decided_by=name, decision=decision)
        for row, name, decision in zip(register.conflicts, names, (Decision.ANSWER, None), strict=True)
    ]
    resolved = resolve(replace(register, conflicts=tuple(rows)), plan, NOW, "机の人")
    assert tuple(row.decided_by for row in resolved.register.conflicts) == by
    assert [row.decision for row in resolved.register.conflicts] == [Decision.ANSWER, Decision.REGISTER]


def test_whoever_is_named_on_the_row_taken_decided_before_others(plan: Plan) -> None:
    """A row without a name takes that name, wherever the row stands."""
    said = [
        answer(value, "前", department=name, leads=False, sha256=value)
        for value, name in (("あ", "総務部"), ("い", "政策経営部"), ("う", "財務部"))
    ]
    rows = merged(register_with(measures="前"), plan, files_of(*said)).conflicts
    decided = {"あ": (Decision.REGISTER, "甲"), "い": (Decision.ANSWER, "乙"), "う": (None, "")}
    for order in (rows, rows[::-1]):
        written = [
            replace(row, decision=decided[str(row.theirs)][0], decided_by=decided[str(row.theirs)][1]) for row in order
        ]
        resolved = resolve(replace(register_with(measures="前"), conflicts=tuple(written)), plan, NOW)
        assert {row.theirs: row.decided_by for row in resolved.register.conflicts} == {
            "あ": "甲",
            "い": "乙",
            "う": "乙",
        }


@pytest.mark.parametrize("department", OWNERS[:2])
def test_a_decision_on_what_an_owner_answers_for_itself(plan: Plan, department: str) -> None:
    """It changes that owner's own answer; only the lead's stands in the item as well."""
    leads = department == OWNERS[0]
    said = [answer(name, None, "person", department=department, leads=leads, sha256=name) for name in ("係長", "課長")]
    register = merged(register_with(), plan, files_of(*said))
    rows = tuple(replace(row, decision=Decision.ANSWER if row.theirs == "課長" else None) for row in register.conflicts)
    resolved = resolve(replace(register, conflicts=rows), plan, NOW).register
    item = resolved.item(ITEM)
    assert item is not None
    (own,) = [row.values.get("person") for row in resolved.contributions if row.department == department] or [None]
    assert (item.values.get("person"), own) == (("課長", own) if leads else (None, "課長"))
    fields = {change.field for change in resolved.changes if change.kind is ChangeKind.DECIDED}
    assert fields == ({"person"} if leads else {f"担当者（{department}）"})


def test_what_an_owner_said_for_itself_stays_where_that_is_decided(plan: Plan) -> None:
    """台帳 on every row keeps the owner's own answer, not the lead's, and the history tells it."""
    own = {"department": OWNERS[1], "leads": False}
    before = merged(register_with(person="主管"), plan, files_of(answer("前任", None, "person", **own)))
    said = [answer(name, "前任", "person", round=2, issued_after=1, sha256=name, **own) for name in ("係長", "課長")]
    register = merged(before, plan, files_of(*said))
    rows = tuple(replace(row, decision=Decision.REGISTER) for row in register.conflicts)
    resolved = resolve(replace(register, conflicts=rows), plan, NOW).register
    assert resolved.contributions == before.contributions
    told = {(change.kind, change.old, change.new) for change in resolved.changes[len(register.changes) :]}
    assert told == {
        (ChangeKind.DECIDED, "前任", "前任"),
        (ChangeKind.REFUSED, "前任", "係長"),
        (ChangeKind.REFUSED, "前任", "課長"),
    }


def test_a_tick_that_was_decided_rests_on_the_answer(plan: Plan) -> None:
    """Its evidence is the answer that was chosen, and no longer the matrix; a text has none."""
    said = [answer(Tick.NO, Tick.YES, TICK, department=name, leads=False) for name in OWNERS[1:]]
    said += [answer("い", "前", department=OWNERS[1], leads=False)]
    start = register_with(measures="前", **{TICK: Tick.YES})
    start = replace(start, items=(replace(start.items[0], evidence={TICK: Evidence.MATRIX}),))
    register = merged(start, plan, files_of(*said))
    rows = tuple(replace(row, decision=Decision.ANSWER) for row in register.conflicts)
    item = resolve(replace(register, conflicts=rows), plan, NOW).register.item(ITEM)
    assert item is not None
    assert (item.values[TICK], item.values["measures"], item.evidence) == (Tick.NO, "い", {TICK: Evidence.ANSWER})


def test_an_edit_of_another_kind_or_field_settles_nothing(plan: Plan) -> None:
    """Only a person's own edit of that very field closes its question."""
    register = disputed(plan)
    edit = Change(NOW, ChangeKind.EDITED, ITEM, "1-1", "measures", "前", "事務局の文")
    others = (edit._replace(kind=ChangeKind.ANSWERED), edit._replace(field="title"), edit._replace(item="K0002"))
    assert decided_by_edits(register, plan, others) == register
    closed = decided_by_edits(register, plan, (edit,))
    assert closed.open_conflicts == ()
    assert [change.new for change in closed.changes[len(register.changes) :]] == ["あ", "い"]

"""What becomes of a field when answers go or change, where the merge's main tests leave a rule open.

1. What a file said that says it no more is taken back, and the history tells it.
2. What an owner answers for itself it may change by itself.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Contribution
from kohyo.model.returned_file import ReturnedFile
from kohyo.model.tick import Evidence, Tick
from kohyo.register.ownership import own_name
from tests.register.builders import ITEM, NOW, OWNERS, answer, files_of, merged, register_with

LEAD, SECOND, _ = OWNERS
TICK = "tick_digital"


def test_an_answer_that_nobody_gives_any_more_is_taken_back(plan: Plan) -> None:
    """Its file is still known, and its sheet was replaced: the field is as it was before (1)."""
    for before in (None, "前"):
        register = merged(register_with(measures=before), plan, files_of(answer("あ", before)))
        silent = ReturnedFile(f"{LEAD}-1.xlsx", f"{LEAD}-1", Outcome.SUPERSEDED)
        back = merged(register, plan, [silent])
        assert back.items[0].values["measures"] == before
        told = [(row.kind, row.old, row.new) for row in back.changes]
        assert told == [(ChangeKind.ANSWERED, before, "あ"), (ChangeKind.ANSWERED, "あ", before)]
        assert merged(back, plan, [silent]) == back


@pytest.mark.parametrize(
    ("before", "said", "evidence"),
    [
        (Tick.YES, Tick.NO, Evidence.MATRIX),
        (Tick.NO, Tick.YES, Evidence.ANSWER),
        (Tick.UNKNOWN, Tick.YES, Evidence.NONE),
    ],
)
def test_a_tick_that_is_taken_back_rests_on_what_it_rested_on(
    plan: Plan, before: Tick, said: Tick, evidence: Evidence
) -> None:
    """A ○ without an answer is the printed matrix's, 不明 rests on nothing (1)."""
    given = answer(said, before, TICK)
    register = merged(register_with(**{TICK: before}), plan, files_of(given))
    assert register.items[0].evidence[TICK] is Evidence.ANSWER
    back = merged(register, plan, [ReturnedFile(f"{LEAD}-1.xlsx", f"{LEAD}-1", Outcome.SUPERSEDED)])
    assert (back.items[0].values[TICK], back.items[0].evidence[TICK]) == (before, evidence)


def test_an_owner_changes_what_it_answers_for_itself(plan: Plan) -> None:
    """Without asking the lead, also what a person wrote for it; the history tells whose it is (2)."""
    name = own_name(plan, "person", SECOND)
    edit = Change(NOW, ChangeKind.EDITED, ITEM, "1-1", name, None, "甲")
    held = Contribution(ITEM, SECOND, {"person": "甲"})
    register = replace(register_with(person="主管"), contributions=(held,), changes=(edit,))
    own = answer("乙", "甲", "person", department=SECOND, leads=False, issued_after=1)
    changed = merged(register, plan, files_of(own))
    assert changed.contributions == (replace(held, values={"person": "乙"}),)
    assert (changed.items[0].values["person"], changed.conflicts) == ("主管", ())
    assert [(row.field, row.old, row.new) for row in changed.changes[1:]] == [(name, "甲", "乙")]

"""Years after an end (終了後の年度): what a form need not plan, and when it is missed after all.

1. A sheet that wants its item to end with the year misses no plan of a later year; everything else it does, and a
   sheet that names no end misses all.
2. A plan that was emptied there stands as it went out: nobody is asked, nothing is lost.
3. What the register does not hold of these years is missed in the same file, once the end is declined, put off or
   no longer wanted; not while that is open, and not of what another owner has planned.
4. Only what is to be asked, and was not, is told as a step.
5. Of a sheet that neither asks nor shows the choice the form knows whether the item is to end.
6. What somebody wrote over an empty cell instead of into it answers nothing, and is told; nothing else is taken for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from kohyo.definition.ends import is_silent
from kohyo.model.finding import Finding
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.numbering import ItemNumber
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Ending, Receipt, Register
from kohyo.model.returned_book import Answers
from kohyo.model.returned_file import ReturnedFile
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.after_end import ends_with_the_year, missed_after_all, to_be_asked
from kohyo.returns.read_return import read_return
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import filled, form_issue, raw_return, raw_sheet, sheet_issue
from tests.tables.small_plan import conflict

NOW = datetime(2024, 12, 1, 9)  # noqa: DTZ001 - the register knows no time zones
LATER = ("plan_2025", "plan_2026")
LAST = "plan_2027"  # the year of verification, which need not be filled
PLANS = ("計画：令和7年度", "計画：令和8年度")
K1 = ItemId("K0001")


def _trusted(plan: Plan, sent: dict[str, Any], **typed: RawValue) -> tuple[Answers, list[Finding]]:
    sheet = raw_sheet(plan, filled(plan, "item", filled_on="令和6年6月3日", **typed))
    (answers,), findings = trust_sheet(plan, sheet, sheet_issue(plan, **sent))
    return answers, findings


def _missed(findings: list[Finding]) -> list[str]:
    return [finding.field for finding in findings if finding.code in ("K201", "K220")]


@pytest.mark.parametrize("direction", ["廃止", "完了", "統合", "完　了", "継続", "修正", "検討", None])
@pytest.mark.parametrize("sent", [{}, dict.fromkeys((*LATER, LAST), "検証する。")])
@pytest.mark.parametrize("typed", [None, "　", "書いた。"])
def test_what_a_sheet_must_plan(plan: Plan, direction: str | None, sent: dict[str, Any], typed: str) -> None:
    """By what its choice says, and what stands in the cells of this year and the later ones (1, 2)."""
    answers, findings = _trusted(
        plan, sent, direction=direction, plan_2024=None, plan_2027=None, **dict.fromkeys(LATER, typed)
    )
    ends = direction in ("廃止", "完了", "統合", "完　了")
    lacking = [] if ends or typed == "書いた。" else list(PLANS)
    assert _missed(findings) == ["計画：令和6年度", *lacking, *([] if direction else ["今後の方向性"])]
    stands = typed if typed == "書いた。" else sent.get(LATER[0]) if ends else None
    assert [answers.values[name].value for name in LATER] == [stands, stands]
    assert answers.values[LAST].value == (sent.get(LAST) if ends else None)


@pytest.mark.parametrize("sent", [{}, {LATER[0]: "検証する。"}])
def test_a_comment_over_a_later_year_is_no_answer(plan: Plan, sent: dict[str, Any]) -> None:
    """Neither empty nor what went out is taken for it, and the year is not missed (6)."""
    typed = filled(plan, "item", filled_on="令和6年6月3日", direction="廃止", plan_2027=None, **dict.fromkeys(LATER))
    sheet = raw_sheet(plan, typed)
    said = sheet.answers[LATER[0]]._replace(comment="委託する。")
    sheet = replace(sheet, answers={**sheet.answers, LATER[0]: said})
    (answers,), findings = trust_sheet(plan, sheet, sheet_issue(plan, **sent))
    assert LATER[0] not in answers.values
    assert answers.values[LATER[1]].value is None
    assert [finding.code for finding in findings if finding.place == said.place] == ["K211"]


def test_a_choice_that_is_only_shown_says_the_same(plan: Plan) -> None:
    """A later survey of the year shows what an earlier one asked (1)."""
    shown = plan.model_copy(
        update={
            "fields": tuple(
                rule.model_copy(update={"readonly": True}) if rule.name == "direction" else rule for rule in plan.fields
            )
        }
    )
    empty = dict.fromkeys(LATER, None)
    for said, missed in (("廃止", []), ("継続", list(PLANS))):
        assert _missed(_trusted(shown, {"direction": said}, direction=said, **empty)[1]) == missed


def _register(direction: str = "完了", ending: Ending | None = None, **values: FieldValue) -> Register:
    said: dict[str, FieldValue] = {"direction": direction, "owners": "土木部", **values}
    return Register((Item(K1, ItemNumber(1, 1), said),), endings=(ending,) if ending else ())


def _ending(decision: Adoption | None = None, last: int = 0, standing: Standing = Standing.COMPLETED) -> Ending:
    at = NOW if decision else None
    return Ending("K0001-2024", K1, 2024, standing, decision=decision, decided_at=at, last_year=last)


@pytest.mark.parametrize(("ends", "missed"), [(True, []), (False, list(PLANS))])
@pytest.mark.parametrize("sent", [{}, dict.fromkeys((*LATER, LAST), "検証する。")])
def test_a_sheet_that_is_silent(plan: Plan, sent: dict[str, Any], ends: bool, missed: list[str]) -> None:  # noqa: FBT001
    """What was said of its item before counts, and nothing that it held is emptied (5)."""
    silent = plan.model_copy(update={"fields": tuple(rule for rule in plan.fields if rule.name != "direction")})
    typed = filled(silent, "item", filled_on="令和6年6月3日", plan_2027=None, **dict.fromkeys(LATER, None))
    base = replace(sheet_issue(silent, **sent), ends=ends)
    (answers,), findings = trust_sheet(silent, raw_sheet(silent, typed), base)
    assert (is_silent(plan, "item"), is_silent(silent, "item"), _missed(findings)) == (False, True, missed)
    assert [answers.values[name].value for name in LATER] == [sent.get(LATER[0]) if ends else None] * 2


@pytest.mark.parametrize(
    ("ending", "direction", "ends"),
    [
        (None, "完了", True),
        (None, "継続", False),
        (_ending(), "完了", True),
        (_ending(Adoption.ADOPTED), "完了", True),
        (_ending(Adoption.ADOPTED, 2025), "完了", False),
        (_ending(Adoption.DECLINED), "完了", False),
    ],
)
def test_what_ends_with_the_year(plan: Plan, ending: Ending | None, direction: str, ends: bool) -> None:  # noqa: FBT001
    """As it was decided, else as it is wanted (5)."""
    assert ends_with_the_year(plan, _register(direction, ending)) == (frozenset({K1}) if ends else frozenset())


def _file(plan: Plan, direction: str = "完了", **typed: RawValue) -> ReturnedFile:
    """Return what came back of a form that wants an end and plans nothing behind it."""
    values = {"filled_on": "令和6年6月3日", "direction": direction, **dict.fromkeys(LATER, None), **typed}
    issue = form_issue(plan, sheet_issue(plan))
    raw = raw_return(plan, raw_sheet(plan, filled(plan, "item", **values)))
    return read_return(raw, plan, {issue.control: issue}, "0" * 64, ())


_OPEN = conflict(K1, "direction", "完了", "継続")


@pytest.mark.parametrize(
    ("register", "missed"),
    [
        (_register(), ()),
        (_register(ending=_ending()), ()),
        (_register(ending=_ending(Adoption.ADOPTED)), ()),
        (_register(ending=_ending(Adoption.ADOPTED, 2025)), PLANS[:1]),
        (_register(ending=_ending(Adoption.DECLINED)), PLANS),
        (_register(ending=_ending(Adoption.DECLINED, standing=Standing.ABOLISHED)), ()),
        (_register("継続"), PLANS),
        (replace(_register("継続"), conflicts=(_OPEN,)), ()),
        (replace(_register("継続"), conflicts=(replace(_OPEN, decided_at=NOW),)), PLANS),
        (_register("継続", plan_2025="進める。"), PLANS[1:]),
        (_register("継続", plan_2025="進める。", plan_2026="終える。"), ()),
    ],
)
def test_when_it_is_missed_after_all(plan: Plan, register: Register, missed: tuple[str, ...]) -> None:
    """By what was decided of the end, and what the register holds (3)."""
    file = _file(plan)
    assert (file.outcome, _missed(list(file.findings))) == (Outcome.ACCEPTED, [])
    (asked,) = missed_after_all([file], plan, register)
    assert tuple(_missed(list(asked.findings))) == missed
    assert "K201" not in {finding.code for finding in asked.findings}
    assert asked.outcome is (Outcome.DEFECTIVE if missed else Outcome.ACCEPTED)
    (sheet,) = asked.sheets
    assert [located.names for located in sheet.findings] == [(name,) for name in LATER if _label(name) in missed]
    assert missed_after_all([asked], plan, register) == (asked,)


def _label(name: str) -> str:
    return PLANS[LATER.index(name)]


def test_what_was_missed_already_is_not_missed_twice(plan: Plan) -> None:
    """Of a form that wants no end, and of one that planned (3)."""
    going_on, planned = _file(plan, "継続"), _file(plan, **dict.fromkeys(LATER, "進める。"))
    assert _missed(list(going_on.findings)) == list(PLANS)
    assert missed_after_all([going_on, planned], plan, _register("継続")) == (going_on, planned)


@pytest.mark.parametrize(
    ("outcomes", "asked"),
    [
        ((Outcome.ACCEPTED,), 1),
        ((Outcome.CONFLICT,), 1),
        ((Outcome.SENT_BACK,), 0),
        ((Outcome.SUPERSEDED, Outcome.DEFECTIVE), 0),
        ((Outcome.MISSING,), 0),
    ],
)
def test_the_step(plan: Plan, outcomes: tuple[Outcome, ...], asked: int) -> None:
    """As long as nothing is wrong with what the lead sent (4)."""
    receipts = tuple(Receipt("土木部", outcome) for outcome in outcomes)
    declined = replace(_register(ending=_ending(Adoption.DECLINED)), receipts=receipts)
    settled = replace(_register("継続"), receipts=receipts, conflicts=(replace(_OPEN, decided_at=NOW),))
    for register in (declined, settled):
        assert len(to_be_asked(plan, register)) == asked
    for register in (_register("継続"), _register(ending=_ending())):
        assert to_be_asked(plan, replace(register, receipts=receipts)) == ()

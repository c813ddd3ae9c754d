"""Rounds: what a correction that came back stands for, what came too late, what another file mends.

1. A correction takes the place of the sheets that it holds; nothing else does, and of no other department.
2. What the correction was made from is replaced; any other file of an earlier round is late, and told.
3. What a late sheet says otherwise is named, and kept as a note for a person to see to.
4. An error is none where another file of the department and of no earlier round holds all its answers right.
5. Files are grouped by the department whose items they answer for, with its latest form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kohyo.model.answer import FieldAnswer, answer_state
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.note import Note, NoteKind
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.returned_file import Offer, ReturnedFile, ReturnedSheet, SheetFinding
from kohyo.model.value import FieldValue
from kohyo.returns.supersede import by_department, code_of, judge
from tests.returns.builders import control, form_issue

OWN, OTHER = "土木部", "総務部"
Typed = Mapping[str, FieldValue]


def sheet(plan: Plan, tab: str, typed: Typed, *wrong: str, copied: bool = False) -> ReturnedSheet:
    """Return a sheet, called as its item, on which this was typed; each field in ``wrong`` has an error."""
    code = f"K000{tab[-1]}"
    base = IssuedSheet(control(plan, code), "item", tab, ItemId(code), {})
    findings = tuple(SheetFinding(error(tab, name), (name,)) for name in wrong)
    return ReturnedSheet(f"{tab}の写し" if copied else tab, base, copied, typed, frozenset(), findings)


def error(tab: str, name: str) -> Finding:
    """Return that a required field is empty."""
    return Finding(Code.K201, Place("回答", tab), name)


def returned(plan: Plan, name: str, *sheets: ReturnedSheet, **facts: object) -> ReturnedFile:
    """Return a file of 土木部's first form with these sheets, each answer over an empty field."""
    form = {key: facts.pop(key) for key in ("round", "correction", "answers", "department") if key in facts}
    issue: IssuedForm = replace(form_issue(plan, *(one.base for one in sheets)), **form)  # type: ignore[arg-type]
    said = [
        FieldAnswer(
            one.base.item or ItemId(""), field, answer_state(value, None), value, None, issue.department, issue.round,
            one.base.control, leads=True, place=Place(f"{name}.xlsx", one.tab, "B9"), typed="", sha256=name,
        )
        for one in sheets if not one.copied
        for field, value in one.changes.items()
    ]  # fmt: skip
    findings = tuple(located.finding for one in sheets for located in one.findings)
    outcome = Outcome.DEFECTIVE if findings else Outcome.ACCEPTED
    read = ReturnedFile(f"{name}.xlsx", name, outcome, issue, tuple(said), findings=findings, sheets=sheets)
    return replace(read, **facts)  # type: ignore[arg-type]


def correction(plan: Plan, name: str, *sheets: ReturnedSheet, **facts: object) -> ReturnedFile:
    """Return a file of the correction of round 2."""
    return returned(plan, name, *sheets, **{"round": 2, "correction": True, **facts})


def offer(tab: str, **values: FieldValue) -> Offer:
    """Return what was offered on a sheet."""
    place = Place("回答.xlsx", tab)
    return Offer(Answers("addition", None, place, {name: Answer(value, place, "") for name, value in values.items()}))


def test_what_a_correction_was_made_from_is_replaced(plan: Plan) -> None:
    """Nothing of it counts any more, which is said; its offers stay, for the correction shows them again (1, 2)."""
    first = returned(
        plan, "甲", sheet(plan, "1-1", {"measures": "前"}, "direction"), offers=(offer("1-1", title="案"),)
    )
    second = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}), answers=("甲",))
    for files in ((first, second), (second, first)):
        found = {file.file: file for file in judge(files, plan)}
        assert found["乙.xlsx"] == second
        old = found["甲.xlsx"]
        assert (old.outcome, old.sheets, old.offers, old.notes) == (Outcome.SUPERSEDED, (), first.offers, ())
        assert [(one.code, dict(one.context)) for one in old.findings] == [("K158", {"own": "1", "later": "2"})]


@pytest.mark.parametrize(
    "facts",
    [
        {"correction": False},
        {"outcome": Outcome.UNREADABLE},
        {"round": 1},
        {"department": OTHER},
        {"issue": None},
    ],
)
def test_what_takes_no_place(plan: Plan, facts: dict[str, object]) -> None:
    """A form that is no correction, that could not be read, of the same round, of another department (1)."""
    first = returned(plan, "甲", sheet(plan, "1-1", {"measures": "前"}))
    second = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}), answers=("甲",), **facts)
    assert judge((first, second), plan) == (first, second)


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.FOREIGN])
def test_what_was_not_taken_in_stays_what_it_is(plan: Plan, outcome: Outcome) -> None:
    """Of a file whose answers nobody took in nothing is replaced (1)."""
    first = returned(plan, "甲", sheet(plan, "1-1", {"measures": "前"}), outcome=outcome)
    second = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}))
    assert judge((first, second), plan) == (first, second)


def test_only_the_sheets_of_the_correction_are_replaced(plan: Plan) -> None:
    """The others count on, with their own findings, and decide what becomes of the file (1)."""
    kept = sheet(plan, "1-2", {"measures": "ほか"})
    first = returned(plan, "甲", sheet(plan, "1-1", {"measures": "前"}, "direction"), kept)
    second = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}), answers=("甲",))
    old, _ = judge((first, second), plan)
    assert (old.outcome, old.sheets, [one.code for one in old.findings]) == (Outcome.ACCEPTED, (kept,), ["K158"])
    wrong = sheet(plan, "1-2", {}, "direction")
    old, _ = judge((returned(plan, "甲", first.sheets[0], wrong), second), plan)
    assert (old.outcome, [one.code for one in old.findings]) == (Outcome.DEFECTIVE, ["K201", "K158"])
    alone = returned(plan, "甲", kept)
    assert judge((alone, second), plan) == (alone, second)


def test_a_copy_is_replaced_by_the_sheet_that_shows_it_again(plan: Plan) -> None:
    """By its tab, and by no sheet of an item; a copy in the correction takes no place (1)."""
    copy = sheet(plan, "1-1", {"title": "案"}, copied=True)
    assert (code_of(copy), code_of(sheet(plan, "1-1", {}))) == ("", "K0001")
    first = returned(plan, "甲", copy, sheet(plan, "1-2", {"measures": "ほか"}))
    shown = sheet(plan, "1-9", {"title": "案"})
    shown = replace(shown, base=replace(shown.base, item=None, tab=copy.tab))
    of_item = replace(shown, base=replace(shown.base, item=ItemId("K0009")))
    left = {
        name: [one.tab for one in judge((first, correction(plan, "乙", held, answers=("甲",))), plan)[0].sheets]
        for name, held in (("shown", shown), ("of item", of_item), ("copy", copy))
    }
    assert left == {"shown": ["1-2"], "of item": ["1-1の写し", "1-2"], "copy": ["1-1の写し", "1-2"]}


def test_a_late_file_is_told_and_kept(plan: Plan) -> None:
    """What it says otherwise than the last correction, and what it offers: named with its cell, a note each (2, 3)."""
    late = returned(
        plan,
        "甲",
        sheet(plan, "1-1", {"measures": "前", "situation": "同じ", "effect_finance": 12.0, "overview": None}),
        sheet(plan, "1-2", {"measures": "ほか"}),
        offers=(offer("1-1", title=None, overview="概要"), offer("1-2", title="別")),
        notes=(Note(NoteKind.OUTSIDE, Place(), "メモ"),),
    )
    early = correction(plan, "丙", sheet(plan, "1-1", {"measures": "前"}))
    last = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後", "situation": "同じ"}), round=3)
    for files in ((late, early, last), (last, late, early)):
        (found,) = [file for file in judge(files, plan) if file.file == "甲.xlsx"]
        assert [one.tab for one in found.sheets] == ["1-2"]
        assert found.offers == late.offers[1:]
        (said,) = found.findings
        answers = "取組内容（1-1 B9）「前」、効果：財政（千円）（1-1 B9）「12」、1-1（1-1）「概要」"
        context = {"own": "1", "later": "3", "count": "3", "answers": answers}
        assert (said.code, said.value, said.place.file, said.context) == ("K157", "1-1", "甲.xlsx", context)
        assert found.notes[:1] == late.notes
        assert [
            (one.kind, one.place.cell, one.text, one.field, one.department, one.sha256) for one in found.notes[1:]
        ] == [
            (NoteKind.LATE, "B9", "前", "取組内容", OWN, "甲"),
            (NoteKind.LATE, "B9", "12", "効果：財政（千円）", OWN, "甲"),
            (NoteKind.LATE, "", "概要", "1-1", OWN, "甲"),
        ]


def test_a_wholly_late_file(plan: Plan) -> None:
    """What it emptied, and an offer without a word, are notes that say so (2, 3)."""
    base = sheet(plan, "1-1", {"measures": "前"})
    late = returned(plan, "甲", base, offers=(offer("1-1", title=None),))
    late = replace(late, answers=(late.answers[0]._replace(state=answer_state(None, "前"), value=None, base="前"),))
    found, _ = judge((late, correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}))), plan)
    assert (found.outcome, found.sheets, found.offers) == (Outcome.SUPERSEDED, (), ())
    assert [one.text for one in found.notes] == ["（空）", "（空）"]


def test_a_late_file_that_says_nothing_else(plan: Plan) -> None:
    """Neither a finding to look at nor a note; what the correction left as it went out is said otherwise (2, 3)."""
    late = returned(plan, "甲", sheet(plan, "1-1", {"measures": "前"}))
    found, _ = judge((late, correction(plan, "乙", sheet(plan, "1-1", {"measures": "前"}))), plan)
    assert ([one.code for one in found.findings], found.notes) == (["K158"], ())
    found, _ = judge((late, correction(plan, "乙", sheet(plan, "1-1", {}))), plan)
    assert ([one.code for one in found.findings], [one.text for one in found.notes]) == (["K157"], ["前"])
    left = replace(late, answers=tuple(one._replace(base="前", state=answer_state("前", "前")) for one in late.answers))
    found, _ = judge((left, correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}))), plan)
    assert [one.code for one in found.findings] == ["K158"]


def test_what_one_correction_was_made_from_is_not_late_for_another(plan: Plan) -> None:
    """Its answers stand in the first of them (2)."""
    first = returned(plan, "甲", sheet(plan, "1-1", {"measures": "前"}))
    made = correction(plan, "乙", sheet(plan, "1-1", {"measures": "後"}), answers=("甲",))
    without = correction(plan, "丙", sheet(plan, "1-1", {"measures": "別"}), round=3)
    found, _, _ = judge((first, made, without), plan)
    assert ([one.code for one in found.findings], found.notes) == (["K158"], ())


def mended(plan: Plan, *others: ReturnedFile) -> list[str]:
    """Return what is found of a file with an empty field on 1-1, beside other files."""
    wrong = sheet(plan, "1-1", {}, "measures")
    found = judge((returned(plan, "甲", wrong, sheet(plan, "1-2", {"measures": "文"})), *others), plan)[0]
    assert (found.outcome is Outcome.ACCEPTED) == ("K201" not in {one.code for one in found.findings})
    assert (found.sheets[0].findings == ()) == ("K201" not in {one.code for one in found.findings})
    return [" ".join([one.code, one.value, *one.context.values()]).strip() for one in found.findings]


def test_an_error_that_another_file_mends(plan: Plan) -> None:
    """It is none any more, and the file that holds the answer is named (4)."""
    right = returned(plan, "乙", sheet(plan, "1-1", {"measures": "文"}))
    assert mended(plan, right) == ["K159 1 乙.xlsx"]
    again = returned(plan, "丙", sheet(plan, "1-1", {"measures": "文"}))
    assert mended(plan, again, right) == ["K159 1 丙.xlsx、乙.xlsx"]
    assert mended(plan, returned(plan, "乙", sheet(plan, "1-1", {"measures": "文"}), round=2)) == ["K159 1 乙.xlsx"]


@pytest.mark.parametrize("why", ["emptied", "unread", "wrong", "copy", "other item", "other field", "other", "open"])
def test_an_error_that_another_file_does_not_mend(plan: Plan, why: str) -> None:
    """Emptied, not read, wrong itself, on a copy, of another item, field or department, on a form for anybody (4)."""
    right = sheet(plan, "1-1", {"measures": "文"})
    held = {
        "emptied": sheet(plan, "1-1", {"measures": None}),
        "unread": replace(right, unread=frozenset({"measures"})),
        "wrong": sheet(plan, "1-1", {"measures": "文"}, "measures"),
        "copy": replace(right, copied=True),
        "other item": sheet(plan, "1-2", {"measures": "文"}),
        "other field": sheet(plan, "1-1", {"situation": "文"}),
        "open": replace(right, base=replace(right.base, item=None)),
    }.get(why, right)
    assert mended(plan, returned(plan, "乙", held, department=OTHER if why == "other" else OWN)) == ["K201"]


def test_an_earlier_round_mends_nothing(plan: Plan) -> None:
    """What was right before may have been spoiled since (4)."""
    first = returned(plan, "乙", sheet(plan, "1-1", {"measures": "文"}))
    later = returned(plan, "甲", sheet(plan, "1-1", {}, "measures"), round=2)
    assert judge((later, first), plan)[0] == later


def test_what_was_not_taken_in_is_not_mended(plan: Plan) -> None:
    """It stays what it is (4)."""
    twice = returned(plan, "甲", sheet(plan, "1-1", {}, "measures"), outcome=Outcome.DUPLICATE)
    assert judge((twice, returned(plan, "乙", sheet(plan, "1-1", {"measures": "文"}))), plan)[0] == twice


def test_an_error_about_several_answers_needs_them_all(plan: Plan) -> None:
    """Be they in one file or in several; what is only to be looked at stays (4)."""
    both = SheetFinding(error("1-1", "measures、situation"), ("measures", "situation"))
    look = SheetFinding(Finding(Code.K212, Place("回答", "1-1"), "number"), ("number",))
    wrong = replace(sheet(plan, "1-1", {}), findings=(both, look))
    first = returned(plan, "甲", wrong)
    half = returned(plan, "乙", sheet(plan, "1-1", {"measures": "文", "number": "1-1"}))
    assert judge((first, half), plan)[0] == first
    rest = returned(plan, "丙", sheet(plan, "1-1", {"situation": "文"}))
    found = judge((first, half, rest), plan)[0]
    assert ([one.code for one in found.findings], found.sheets[0].findings) == (["K212", "K159"], (look,))


def test_files_of_a_department(plan: Plan) -> None:
    """With its latest form that came back; what was not read and forms for anybody belong to none (5)."""
    own = sheet(plan, "1-1", {"measures": "文"})
    first, second = returned(plan, "甲", own), correction(plan, "乙", own)
    third = returned(plan, "丙", own, department=OTHER)
    open_ = returned(plan, "丁", replace(own, base=replace(own.base, item=None)), department="職員")
    files = (second, first, third, open_, replace(first, outcome=Outcome.FOREIGN), replace(first, issue=None))
    assert list(by_department(files)) == [
        (OWN, second.issue, [second, first]),
        (OTHER, third.issue, [third]),
    ]

"""What a returned sheet holds, as it can go out again.

1. Only what differs from what went out is a change; read values are values, the rest stands as it was written.
2. A finding is about the answers that it names, by label, among equals by cell; 情報 is no trouble.
3. Put onto a sheet, what the register has not taken keeps the register's value as its base.
4. Answers of blocks keep their block; an untouched sheet changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found, RawAnswer
from kohyo.model.returned_file import ReturnedSheet
from kohyo.model.value import RawValue
from kohyo.returns.compare_sheet import compare_sheet, sheet_findings
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import FILE, answer, filled, raw_sheet, sheet_issue


def held(plan: Plan, **typed: RawValue) -> ReturnedSheet:
    """Return what an item sheet holds on which this was typed over what went out."""
    sheet = raw_sheet(plan, {name: answer(value, f"B{row}") for row, (name, value) in enumerate(typed.items(), 5)})
    base = sheet_issue(plan, situation="前", effect_finance=100)
    answers, _ = trust_sheet(plan, sheet, base)
    return compare_sheet(plan, sheet, answers, base, copied=False)


def test_only_what_changed_is_held(plan: Plan) -> None:
    """What is as it went out is no change; a number typed wide is the number (1)."""
    found = held(plan, situation="前", effect_finance="１２０", measures="新しい文")
    assert (dict(found.changes), found.unread) == ({"effect_finance": 120, "measures": "新しい文"}, frozenset())


def test_what_cannot_be_read_stands_as_written(plan: Plan) -> None:
    """Words in a number field, an unknown choice, a number among texts, a moment: each stands again (1)."""
    found = held(plan, effect_finance="約百", direction="やめる", tick_digital="たぶん", filled_on="いつか")
    expected = {"effect_finance": "約百", "direction": "やめる", "tick_digital": "たぶん", "filled_on": "いつか"}
    assert (dict(found.changes), found.unread) == (expected, frozenset(expected))
    moment = datetime(2024, 6, 3, 9, 30)  # noqa: DTZ001 - a cell of a workbook
    assert held(plan, effect_finance=moment).changes == {"effect_finance": "2024-06-03 09:30:00"}


def test_what_was_not_found_is_no_change(plan: Plan) -> None:
    """A field that is gone from the sheet keeps what went out (1)."""
    sheet = raw_sheet(plan, {"situation": RawAnswer(Place(FILE, "1-1"), None, Found.NOT_FOUND)})
    base = sheet_issue(plan, situation="前")
    assert compare_sheet(plan, sheet, (), base, copied=False).changes == {}


@given(text=st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()))
def test_free_text_is_held_letter_by_letter(plan: Plan, text: str) -> None:
    """Whatever somebody wrote (1)."""
    assert held(plan, measures=text).changes == {"measures": text}


def test_a_finding_is_about_its_answers(plan: Plan) -> None:
    """By label; several at once by all their labels; 情報 and other sheets are none of it (2)."""
    sheet = raw_sheet(plan, filled(plan))
    labels = ("視点：デジタル", "視点：組織")
    findings = [
        Finding(Code.K201, sheet.answers["measures"].place, "取組内容"),
        Finding(Code.K216, sheet.answers["tick_digital"].place, "、".join(labels)),
        Finding(Code.K256, Place(FILE, "1-1", "D4"), value="メモ"),
        Finding(Code.K207, sheet.answers["measures"].place, "取組内容"),
        Finding(Code.K201, Place(FILE, "1-2", "B5"), "取組内容"),
    ]
    found = [(one.finding.code, set(one.names)) for one in sheet_findings(plan, sheet, findings)]
    assert found == [("K201", {"measures"}), ("K216", {"tick_digital", "tick_organisation"}), ("K256", set())]


def test_of_equal_labels_the_cell_decides(plan: Plan) -> None:
    """On a sheet of blocks every block has the same labels (2, 4)."""
    places = {name: Place(FILE, "課題", cell) for name, cell in (("issue_text.1", "B5"), ("issue_text.2", "B9"))}
    answers = {name: RawAnswer(place, "文", Found.BY_NAME) for name, place in places.items()}
    base = raw_sheet(plan, answers, "課題", "S4X1")
    sheet = type(base)(base.place, base.control, "issue", answers)
    label = next(rule.label for rule in plan.fields if rule.name == "issue_text")
    (trouble,) = sheet_findings(plan, sheet, [Finding(Code.K202, places["issue_text.2"], label)])
    assert trouble.names == ("issue_text.2",)


def test_what_the_register_did_not_take_keeps_its_base(plan: Plan) -> None:
    """Read answers are their own base; unread and disputed ones go on from what the register knew (3)."""
    found = held(plan, effect_finance="約百", measures="新しい文", situation="後")
    sheet = found.applied(found.base, {"situation"})
    assert {name: sheet.values[name] for name in ("effect_finance", "measures", "situation")} == {
        "effect_finance": "約百",
        "measures": "新しい文",
        "situation": "後",
    }
    assert sheet.before == {"effect_finance": 100, "situation": "前"}
    assert (sheet.known["effect_finance"], sheet.known["measures"]) == (100, "新しい文")


def test_an_untouched_blank_sheet_changes_nothing(plan: Plan) -> None:
    """Ticks that say 不明 as they went out are no answer (4)."""
    sheet = raw_sheet(plan, {"title": answer(None), "tick_digital": answer("不明")})
    blank = type(sheet)(sheet.place, sheet.control, "addition", sheet.answers)
    base = sheet_issue(plan)
    answers, _ = trust_sheet(plan, blank, base)
    assert compare_sheet(plan, blank, answers, base, copied=False).changes == {}

"""Raw answers become trusted ones.

1. What a person typed in a free text is stored letter by letter.
2. An answer that is not surely a number, date, tick or choice is absent and has a finding with its cell.
3. What was normalised is said as information.
4. An empty required field is a finding; an untouched proposal is not asked for anything.
5. An empty tick means 非該当 only where the group holds a ○; 不明 stays 不明 and is a finding.
6. A comment, a formula, an error value is never silently dropped.
7. A field that is not to be filled is compared with what went out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kohyo.definition.fields import form_fields
from kohyo.definition.load import shipped
from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answers, Found, RawAnswer, RawSheet
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import FILE, answer, filled, raw_sheet, sheet_issue


def read(plan: Plan, **changes: RawValue) -> tuple[Answers, list[Finding]]:
    """Trust a filled item sheet with some answers changed."""
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, filled(plan, "item", **changes)), sheet_issue(plan))
    return answers, findings


def codes(findings: list[Finding]) -> list[str]:
    """Return the codes of findings, in order."""
    return [finding.code for finding in findings]


def test_a_filled_sheet_has_no_findings_but_the_dates_reading(plan: Plan) -> None:
    """A sheet on which every required field is filled raises nothing but how its typed date was read."""
    assert codes(read(plan)[1]) == ["K207"]


@pytest.mark.parametrize("text", ["２‐24　のまま", " 前後の空白 ", "=SUM(A1)", "一行目\n二行目", "𠮷野家と髙﨑"])
def test_free_text_is_stored_as_written(plan: Plan, text: str) -> None:
    """Free text keeps every letter, space and line (requirement 1)."""
    assert read(plan, measures=text)[0].values["measures"].value == text


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("effect_finance", "▲１，２００千円", -1200),
        ("effect_finance", 1200.0, 1200),
        ("indicator_target", "12.5", 12.5),
        ("filled_on", "令和6年6月3日", date(2024, 6, 3)),
        ("direction", "継　続", "継続"),
        ("contact", 1234.0, "1234"),
    ],
)
def test_typed_values_are_read(plan: Plan, field: str, raw: RawValue, value: FieldValue) -> None:
    """Numbers, dates and choices are understood as people write them."""
    assert read(plan, **{field: raw})[0].values[field].value == value


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        ("effect_finance", "約100万円", "K204"),
        ("effect_finance", "12.5", "K217"),
        ("filled_on", "６月１４日", "K205"),
        ("filled_on", "令和6年2月30日", "K205"),
        ("tick_digital", "たぶん", "K206"),
        ("direction", "検討", "K203"),
        ("measures", "制御\x0b文字", "K213"),
    ],
)
def test_what_is_not_surely_read_is_absent_with_a_finding(plan: Plan, field: str, raw: RawValue, code: str) -> None:
    """An answer that cannot be trusted is not taken, and its cell is named (requirement 2)."""
    answers, findings = read(plan, **{field: raw})
    assert field not in answers.values
    (finding,) = [one for one in findings if one.code == code]
    assert (finding.place.file, finding.value) == (FILE, raw)
    assert finding.place.cell.startswith("B")


def test_too_long_text_is_taken_whole_with_a_finding(plan: Plan) -> None:
    """A text over its limit is stored uncut and found as K202."""
    text = "長" * 401
    answers, findings = read(plan, situation=text)
    assert answers.values["situation"].value == text
    assert "K202" in codes(findings)


def test_a_number_that_is_read_as_a_day_is_said(plan: Plan) -> None:
    """Where a cell shows 45446 and a day is understood, that is told as K207 (requirement 3)."""
    answers, findings = read(plan, filled_on=45446)
    assert answers.values["filled_on"].value == date(2024, 6, 3)
    assert ("K207", "45446") in {(finding.code, finding.value) for finding in findings}


def test_normalised_numbers_are_said(plan: Plan) -> None:
    """A number typed in full width is read and said as K207 (requirement 3)."""
    findings = read(plan, effect_finance="１２００")[1]
    (said,) = [one for one in findings if one.code == "K207" and one.value == "１２００"]
    assert said.context["read"] == "1200"


def test_an_empty_required_field_is_found(plan: Plan) -> None:
    """White space alone in a required field is K201 (requirement 4)."""
    answers, findings = read(plan, measures="　 ")
    assert answers.values["measures"].value is None
    assert "K201" in codes(findings)


def test_an_untouched_proposal_yields_nothing(plan: Plan) -> None:
    """A blank proposal whose ticks still say 不明 is neither an answer nor a finding (requirement 4)."""
    answers = {name: answer("不明" if name.startswith("tick") else None) for name in filled(plan, "addition")}
    sheet = RawSheet(Place(FILE, "R6追加"), "", "addition", answers)
    assert trust_sheet(plan, sheet, None) == ((), [])


def test_a_begun_proposal_is_asked_for_the_rest(plan: Plan) -> None:
    """A proposal with one field filled is found for every other required one."""
    answers = {name: answer(None) for name in filled(plan, "addition")} | {"title": answer("新しい取組み")}
    (trusted,), findings = trust_sheet(plan, RawSheet(Place(FILE, "R6追加"), "", "addition", answers), None)
    assert trusted.values["title"].value == "新しい取組み"
    assert "K201" in codes(findings)


def test_blocks_are_read_one_by_one(plan: Plan) -> None:
    """On a sheet of blocks each filled block is an answer of its own, empty blocks are nothing."""
    answers = {"issue_text.1": answer(None), "issue_text.2": answer("人が足りない"), "issue_wish.2": answer("増員")}
    trusted, _ = trust_sheet(plan, RawSheet(Place(FILE, "課題"), "", "issue", answers), None)
    assert [one.values["issue_text"].value for one in trusted] == ["人が足りない"]


def test_empty_ticks_mean_no_beside_a_circle(plan: Plan) -> None:
    """Where one perspective has ○, empty ones that were 不明 are 非該当 (requirement 5)."""
    answers, findings = read(plan, tick_digital="〇", tick_people=None)
    assert answers.values["tick_digital"].value is Tick.YES
    assert answers.values["tick_people"].value is Tick.NO
    assert "K216" not in codes(findings)


def test_empty_ticks_without_a_circle_stay_unknown(plan: Plan) -> None:
    """Where no perspective has ○, an empty tick is never taken for 非該当 (requirement 5)."""
    answers, findings = read(plan, tick_people=None)
    assert answers.values["tick_people"].value is Tick.UNKNOWN
    assert "K216" in codes(findings)


def test_a_known_circle_that_was_emptied_is_an_emptied_field(plan: Plan) -> None:
    """A ○ that the form held and that is gone is reported as emptied, not as 非該当."""
    base = sheet_issue(plan, tick_digital=Tick.YES)
    sheet = raw_sheet(plan, filled(plan, tick_digital=None, tick_people="○"))
    (answers,), _ = trust_sheet(plan, sheet, base)
    assert answers.values["tick_digital"].value is None


@pytest.mark.parametrize(("note", "code"), [("formula", "K208"), ("uncalculated", "K209"), ("error", "K210")])
def test_what_a_cell_hides_is_said(plan: Plan, note: str, code: str) -> None:
    """A formula, an uncalculated formula and an error value each have their finding (requirement 6)."""
    answers = filled(plan) | {"measures": answer("結果" if note == "formula" else None, note=note)}
    (trusted,), findings = trust_sheet(plan, raw_sheet(plan, answers), sheet_issue(plan))
    assert code in codes(findings)
    assert ("measures" in trusted.values) == (note == "formula")


def test_a_comment_is_written_out(plan: Plan) -> None:
    """A comment on an answer is K211 with its words (requirement 6)."""
    answers = filled(plan) | {"measures": answer("文", comment="実は来年から")}
    findings = trust_sheet(plan, raw_sheet(plan, answers), sheet_issue(plan))[1]
    assert [one.context["comment"] for one in findings if one.code == "K211"] == ["実は来年から"]


def test_a_changed_fixed_field_is_found_and_not_taken(plan: Plan) -> None:
    """A number that somebody rewrote is K212 and no answer (requirement 7)."""
    answers, findings = read(plan, number="1-2")
    assert "number" not in answers.values
    assert "K212" in codes(findings)


def test_a_number_outside_its_range_is_found(plan: Plan) -> None:
    """A number beyond the definition's limits is K214."""
    rules = [rule.model_copy(update={"maximum": 100.0}) if rule.type == "integer" else rule for rule in plan.fields]
    bounded = plan.model_copy(update={"fields": (*rules,), "plan": plan.plan.model_copy(update={"code": "bounded"})})
    sheet = raw_sheet(bounded, filled(bounded, effect_finance=101.0))
    assert "K214" in codes(trust_sheet(bounded, sheet, sheet_issue(bounded))[1])


@pytest.mark.parametrize(
    ("text", "apart", "known", "held"),
    [
        ("使用料を実費に合わせ、", "減免も見直す。", None, True),
        ("窓口を一つに", "まとめる", "別の文", True),
        ("窓口を一つにする。", "減免も見直す。", None, False),
        ("窓口を一つに", "※担当に確認中", None, False),
        ("窓口を一つに", "まとめる", "窓口を一つに", False),
    ],
)
def test_a_text_that_breaks_off_is_held_where_more_stands_in_its_row(
    plan: Plan, text: str, apart: str, known: str | None, *, held: bool
) -> None:
    """Half a sentence does not go into the register; a whole one, a memo and what went out are none (1, 2)."""
    written = RawAnswer(Place(FILE, "1-1", "B9"), text, Found.BY_NAME, apart={"H9": apart})
    (answers,), findings = trust_sheet(
        plan, raw_sheet(plan, filled(plan) | {"measures": written}), sheet_issue(plan, measures=known)
    )
    assert ("measures" not in answers.values) == held
    told = [
        (found.place.cell, found.context["cells"], found.context["rest"]) for found in findings if found.code == "K267"
    ]
    assert told == [("B9", "H9", apart)] * held


def _bounded(plan: Plan, code: str, **limits: float) -> Plan:
    """Return the plan with limits on its whole numbers and free texts."""
    numbers = {name: limit for name, limit in limits.items() if name != "max_length"}
    rules = [
        rule.model_copy(update=numbers)
        if rule.type == "integer"
        else rule.model_copy(update={"max_length": int(limits.get("max_length", 0))})
        if rule.type == "multiline"
        else rule
        for rule in plan.fields
    ]
    return plan.model_copy(update={"fields": tuple(rules), "plan": plan.plan.model_copy(update={"code": code})})


@pytest.mark.parametrize(("number", "found"), [(1.0, False), (100.0, False), (0.0, True), (101.0, True)])
def test_the_limits_themselves_are_allowed(plan: Plan, number: float, *, found: bool) -> None:
    """A number at an edge is within; one beyond is K214 and still taken, for a person to look at (2)."""
    bounded = _bounded(plan, "edges", minimum=1.0, maximum=100.0)
    sheet = raw_sheet(bounded, filled(bounded, effect_finance=number))
    (answers,), findings = trust_sheet(bounded, sheet, sheet_issue(bounded))
    assert ("K214" in codes(findings), answers.values["effect_finance"].value) == (found, int(number))


@pytest.mark.parametrize(
    ("text", "found"), [("あ" * 40, False), ("あ" * 41, True), ("𠮷" * 20, False), ("𠮷" * 20 + "野", True)]
)
def test_the_longest_text_itself_is_allowed(plan: Plan, text: str, *, found: bool) -> None:
    """A text of the greatest length is within, as Excel counts (𠮷 is two); longer is K202, and kept whole (2)."""
    bounded = _bounded(plan, "lengths", max_length=40)
    sheet = raw_sheet(bounded, filled(bounded, measures=text))
    (answers,), findings = trust_sheet(bounded, sheet, sheet_issue(bounded))
    assert ("K202" in codes(findings), answers.values["measures"].value) == (found, text)


@pytest.mark.parametrize(("note", "comment"), [("", "○だったはず"), ("error", ""), ("uncalculated", "")])
def test_an_emptied_tick_that_hides_something_claims_nothing(plan: Plan, note: str, comment: str) -> None:
    """Neither － nor 不明 is read from a cell that a comment or an error stands for (5, 6)."""
    ticks = [field.name for field in form_fields(plan, "item") if field.type == "tick"]
    given = filled(plan) | {name: answer("○") for name in ticks} | {ticks[0]: answer(None, "B9", note, comment)}
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, given), sheet_issue(plan))
    assert ticks[0] not in answers.values
    assert answers.values[ticks[1]].value is Tick.YES
    assert [finding.code for finding in findings if finding.place.cell == "B9"] != []


def _with(issue: IssuedSheet, field: str, value: FieldValue) -> IssuedSheet:
    return replace(issue, values={**issue.values, field: value})


@pytest.mark.parametrize(("known", "value"), [(Tick.YES, None), (Tick.UNKNOWN, Tick.NO), (Tick.NO, Tick.NO)])
def test_an_empty_tick_beside_a_yes(plan: Plan, known: Tick, value: Tick | None) -> None:
    """It means 非該当; where a ○ went out somebody emptied it, which is said and not turned into － (5)."""
    ticks = [field.name for field in form_fields(plan, "item") if field.type == "tick"]
    given = filled(plan) | {name: answer("○") for name in ticks} | {ticks[0]: answer(None)}
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, given), _with(sheet_issue(plan), ticks[0], known))
    assert answers.values[ticks[0]].value is value
    assert "K216" not in codes(findings)


@pytest.mark.parametrize(("rest", "value"), [(False, Tick.UNKNOWN), (True, Tick.NO)])
def test_all_the_rest_may_be_no(plan: Plan, value: Tick, *, rest: bool) -> None:
    """Ticks left open stay 不明 and are asked for, unless the sheet says that all the rest are － (5)."""
    ticks = [field.name for field in form_fields(plan, "item") if field.type == "tick"]
    given = filled(plan) | dict.fromkeys(ticks, answer("不明"))
    sheet = replace(raw_sheet(plan, given), rest=rest)
    (answers,), findings = trust_sheet(plan, sheet, sheet_issue(plan))
    assert {answers.values[name].value for name in ticks} == {value}
    assert ("K216" in codes(findings)) == (not rest)


def test_what_the_cover_says_fills_what_a_sheet_leaves_empty(plan: Plan) -> None:
    """A field asked for once: empty it takes the cover's answer, filled it keeps its own, beside a comment nothing."""
    (once, *_) = [field.name for field in form_fields(plan, "item") if field.once]
    cover = {once: answer("表紙の係", "C9"), "measures": answer("表紙にない欄", "C10")}

    def read_with(given: RawAnswer) -> object:
        sheet = raw_sheet(plan, filled(plan) | {once: given, "measures": answer(None)})
        (answers,), _ = trust_sheet(plan, sheet, sheet_issue(plan), cover)
        assert answers.values["measures"].value is None
        return answers.values[once].value if once in answers.values else "nothing"

    assert read_with(answer(None)) == "表紙の係"
    assert read_with(answer("票の係")) == "票の係"
    assert read_with(answer(None, comment="調整中")) == "nothing"


def test_a_field_that_was_not_found_claims_nothing(plan: Plan) -> None:
    """A field the reader could not locate is absent; the reader's finding stands alone."""
    missing = RawAnswer(Place(FILE, "1-1"), None, Found.NOT_FOUND)
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, filled(plan) | {"measures": missing}), sheet_issue(plan))
    assert "measures" not in answers.values
    assert "K201" not in codes(findings)


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("②", "② 審査業務", ["K207"]),
        ("２", "② 審査業務", ["K207"]),
        (2.0, "② 審査業務", ["K207"]),
        ("② 審査業務", "② 審査業務", []),
        ("②審査", None, ["K203"]),
        ("9", None, ["K203"]),
    ],
)
def test_the_mark_of_a_choice_is_read_and_told(plan: Plan, typed: RawValue, value: str | None, told: list[str]) -> None:
    """What begins a choice and is parted from its words stands for it; another beginning is asked about (2)."""
    field = next(field for field in form_fields(plan, "item") if "② 審査業務" in field.choices)
    (answers,), findings = trust_sheet(plan, raw_sheet(plan, filled(plan, "item", **{field.name: typed})), None)
    found = answers.values.get(field.name)
    assert (found.value if found else None) == value
    assert [one.code for one in findings if one.field == field.register_label] == told


@pytest.mark.parametrize("name", [field.name for field in form_fields(shipped("setagaya-r6"), "item")])
@pytest.mark.parametrize("face", [None, Face(Look.ERASED, "")])
def test_a_comment_is_told_whatever_becomes_of_its_field(plan: Plan, name: str, face: Face | None) -> None:
    """Of every field, also where what its cell shows is asked about (6)."""
    sheet = raw_sheet(plan, filled(plan, "item"))
    said = sheet.answers[name]._replace(comment="要確認", face=face)
    (_, findings) = trust_sheet(plan, replace(sheet, answers={**sheet.answers, name: said}), sheet_issue(plan))
    assert "要確認" in [finding.context.get("comment") for finding in findings if finding.place == said.place]

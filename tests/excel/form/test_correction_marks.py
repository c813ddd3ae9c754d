"""Marks of a correction (差戻し) beside an answer.

1. What must be mended opens as every wrong answer does and counts as wrong; what is to be looked at does not.
2. What is not filled in goes on saying so: no mark hides it.
3. The mark stands as long as the cell holds what it held: of every kind of value, and of texts of any length.
4. The reader knows every mark for the form's own, and nothing that a person writes.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.form.correction_marks import asks_by_place, marked
from kohyo.excel.form.form_grid import FormGrid
from kohyo.excel.form.form_remarks import Remark, State
from kohyo.excel.form.form_vocabulary import printed
from kohyo.excel.ooxml.raw_book import RawGrid
from kohyo.model.issued_form import Ask
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue

CALM = Remark('="500字まで"', "500字まで", State.FINE, ("500字まで",))
FORMULA_LIMIT = 8192


def ask(*, must: bool, reason: str = "「実績」は数として読めません。", fields: tuple[str, ...] = ("result",)) -> Ask:
    """Return something asked for."""
    return Ask("R6-28-K0001-2-00", fields, "1-1", reason, "数字だけを書いてください。", must)


def test_what_must_be_mended_counts_as_wrong() -> None:
    """It opens with the mark that colours and counts look for, and says the reason (1)."""
    found = marked(CALM, "B5", "abc", [ask(must=True)])
    assert found.state is State.WRONG
    assert found.text == "直してください　「実績」は数として読めません。（差戻し）"
    assert found.text in found.may_say


def test_what_is_looked_at_counts_nowhere() -> None:
    """Several reasons stand under each other (1)."""
    found = marked(CALM, "B5", "abc", [ask(must=False, reason="一つ目。"), ask(must=False, reason="二つ目。")])
    assert (found.state, found.text) == (State.FINE, "確かめてください　一つ目。\n二つ目。（差戻し）")


def test_what_is_missing_says_so_itself() -> None:
    """An empty required field comes back when it is emptied again, which a mark would not (2)."""
    missing = Remark('="未記入です"', "未記入です", State.MISSING, ("未記入です",))
    assert marked(missing, "B5", None, [ask(must=True)]) is missing
    assert marked(CALM, "B5", "abc", []) is CALM


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("約百", 'EXACT(B5,"約百")'),
        ('"引用"', 'EXACT(B5,"""引用""")'),
        (12.5, "B5=12.5"),
        (date(2024, 6, 3), "B5=45446"),
    ],
)
def test_the_mark_stands_while_nothing_changed(value: RawValue, condition: str) -> None:
    """The formula compares with what the cell held, then says what it would have said (3)."""
    built = marked(CALM, "B5", value, [ask(must=True)]).formula
    assert built.startswith(f"=IF({condition},")
    assert built.endswith(f",{CALM.formula.removeprefix('=')})")


@given(st.text(alphabet="長い文\n\"'=＝🙂", min_size=1, max_size=3000))
def test_no_text_makes_the_formula_too_long(text: str) -> None:
    """A long text is told by its length and both ends (3)."""
    assert len(marked(CALM, "B5", text, [ask(must=True)]).formula) < FORMULA_LIMIT


@given(reason=st.text(alphabet='長\n"\x0b', max_size=9000), must=st.booleans())
def test_no_reason_makes_the_formula_too_long(reason: str, *, must: bool) -> None:
    """A reason that quotes a long answer is cut beside the answer; the cover says it whole (3)."""
    assert len(marked(CALM, "B5", "長い" * 90, [ask(must=must, reason=reason)]).formula) < FORMULA_LIMIT


def test_the_ends_of_a_text_are_counted_as_excel_counts() -> None:
    """LEFT and RIGHT count 𠮷 as two (3)."""
    built = marked(CALM, "B5", "𠮷" * 300, [ask(must=True)]).formula
    assert f'EXACT(LEFT(B5,90),"{"𠮷" * 45}")' in built
    assert f'EXACT(RIGHT(B5,90),"{"𠮷" * 45}")' in built
    assert "LEN(B5)=600" in built


def test_a_place_is_known_by_sheet_and_name() -> None:
    """What is asked about several answers stands beside each of them (1)."""
    several = ask(must=True, fields=("tick_a", "tick_b"))
    assert asks_by_place([several]) == {(several.sheet, "tick_a"): [several], (several.sheet, "tick_b"): [several]}


def is_known(text: str, plan: Plan) -> bool:
    """Tell whether the reader takes a text beside an answer for the form's own."""
    grid = RawGrid("1-1", "visible", {(4, 2): text}, (), {}, {})
    return FormGrid(grid, set(), printed(plan)).is_remark((4, 2))


@given(reason=st.text(min_size=1, max_size=300), must=st.booleans())
def test_the_reader_knows_every_mark(plan: Plan, reason: str, *, must: bool) -> None:
    """Whatever the reason says, however long it is (4)."""
    assert is_known(marked(CALM, "B5", "abc", [ask(must=must, reason=reason)]).text, plan)


@pytest.mark.parametrize("text", ["差戻しの件、了解しました。（差戻し）", "直してください　と言われたので直しました。"])
def test_a_persons_words_are_no_mark(plan: Plan, text: str) -> None:
    """Neither the opening nor the ending alone make a mark (4)."""
    assert not is_known(text, plan)

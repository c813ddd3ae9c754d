"""What stands outside the answers: by hand, or the form's own."""

from __future__ import annotations

from kohyo.excel.form.stray_answers import leftovers
from kohyo.model.plan import Plan
from tests.excel.form.drawn_grid import ROWS, drawn


def test_labels_in_their_column_are_the_form_s_own(plan: Plan) -> None:
    """Where there are enough of them, only what stands beside is by hand."""
    assert leftovers(drawn(plan, ROWS), {(2, 1): True, (3, 1): True, (4, 1): True}, ()) == []


def test_an_answer_that_reads_like_a_label_is_told_where_no_labels_are(plan: Plan) -> None:
    """Without the labels' column, the answer 「担当者」 would pass for the label it reads like."""
    answers = {"A3": "窓口", "A4": "担当者", "A5": "係長"}
    assert leftovers(drawn(plan, answers), {}, ()) == [(2, 0), (3, 0), (4, 0)]


def test_a_sheet_that_asks_for_little_has_few_labels(plan: Plan) -> None:
    """A frame with one question, printed twice, has two labels: they are the form's, unless it asks for more."""
    two = {cell: text for cell, text in ROWS.items() if cell[1:] in ("3", "4")}
    used = {(2, 1): True, (3, 1): True}
    assert leftovers(drawn(plan, two), used, (), 2) == []
    assert leftovers(drawn(plan, two), used, ()) == [(2, 0), (3, 0)]

"""Whether an answer stands in its cell alone: what is beside and below it.

1. An empty cell is empty only where nothing stands beside it; comments count where no name says which cell it is.
2. What goes on beside or below an answer belongs to it, further away it is told; a choice and one sign are whole.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kohyo.excel.ooxml.raw_book import ERROR, FORMULA, UNCALCULATED
from kohyo.model.plan import Plan
from tests.excel.form.drawn_grid import REMARK, ROWS, Cells, drawn, locate, says


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "name B4 None"),
        ({"D4": "一つに"}, "K254 D4"),
        ({"B4": "　 ", "D4": "一つに"}, "K254 D4"),
        ({"E4": "四", "D4": "三"}, "K254 D4 E4"),
        ({"C4": REMARK}, "name B4 None"),
        ({"D5": "下"}, "name B4 None"),
        ({"B4": "文", "F4": "遠い"}, "name B4 文 +F4"),
    ],
)
def test_an_answer_beside_its_empty_cell(plan: Plan, cells: Cells, said: str) -> None:
    """The field is not taken for empty; what the form itself says there is nobody's answer (1)."""
    found = locate(drawn(plan, {**ROWS, "B4": None, **cells}), plan, {"measures": "B4"})
    assert says(found["measures"]) == said


def test_a_formula_without_a_result_is_not_empty(plan: Plan) -> None:
    """What it would say nobody knows, but it stands in the cell (1)."""
    cells = {**ROWS, "B4": None, "D4": "一つに"}
    found = locate(drawn(plan, cells, notes={"B4": UNCALCULATED}), plan, {"measures": "B4"})
    assert says(found["measures"]) == "name B4 None"


@pytest.mark.parametrize(
    ("comment", "names", "said"),
    [
        ("C4", {}, "K254 C4"),
        ("B4", {}, "label B4 None"),
        ("A4", {}, "label B4 None"),
        ("C5", {}, "label B4 None"),
        ("C4", {"measures": "B4"}, "name B4 None"),
    ],
)
def test_a_comment_beside_an_empty_cell(plan: Plan, comment: str, names: Mapping[str, str], said: str) -> None:
    """May be the answer where only the label tells the cell; on a named cell's right it is a note (1)."""
    sheet = drawn(plan, {**ROWS, "B4": None}, comments={comment: "部長が見ました"})
    assert says(locate(sheet, plan, names)["measures"]) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"C4": "続き"}, "K264 B4 C4"),
        ({"C4": "続き", "E4": "終り"}, "K264 B4 C4 E4"),
        ({"D4": "遠い"}, "name B4 一つに +D4"),
        ({"D4": "続き", "D3": REMARK}, "K264 B4 D4"),
        ({"E4": "遠い", "D3": REMARK}, "name B4 一つに +E4"),
        ({"D4": "遠い", "D9": REMARK}, "name B4 一つに +D4"),
    ],
)
def test_what_goes_on_beside_an_answer(plan: Plan, cells: Cells, said: str) -> None:
    """Right beside it, or where the form's remarks stand beside labels, it is a part; further away apart (2)."""
    assert says(locate(drawn(plan, {**ROWS, **cells}), plan, {"measures": "B4"})["measures"]) == said


def test_what_goes_on_beside_a_merged_answer(plan: Plan) -> None:
    """Beside the whole merge (2)."""
    for column, said in (("D", "K264 B4 D4"), ("E", "name B4 一つに +E4")):
        sheet = drawn(plan, {**ROWS, f"{column}4": "続き"}, merges="B4:C4")
        assert says(locate(sheet, plan, {"measures": "B4"})["measures"]) == said


@pytest.mark.parametrize(
    ("cells", "merges", "notes", "said"),
    [
        ({"B6": "続き"}, "", {}, "K264 B5 B6"),
        ({"B6": "続き", "B7": "終り"}, "", {}, "K264 B5 B6 B7"),
        ({"B6": "続き", "B8": "以上"}, "", {}, "K264 B5 B6"),
        ({"B7": "以上"}, "", {}, "name B5 係長"),
        ({"C6": "横"}, "", {}, "name B5 係長"),
        ({"A6": "職員", "B6": "以上"}, "", {}, "K264 B5 B6"),
        ({"A6": "連絡先", "B6": "1234"}, "", {}, "name B5 係長"),
        ({"B6": REMARK}, "", {}, "name B5 係長"),
        ({"B7": "続き"}, "B5:B6", {}, "K264 B5 B7"),
        ({}, "", {"B6": UNCALCULATED}, "K264 B5 B6"),
        ({}, "", {"B6": FORMULA}, "name B5 係長"),
        ({"B6": "#REF!"}, "", {"B6": ERROR}, "name B5 係長"),
    ],
)
def test_what_goes_on_below_an_answer(plan: Plan, cells: Cells, merges: str, notes: Cells, said: str) -> None:
    """Row by row while something stands there and no label does (2)."""
    sheet = drawn(plan, {**ROWS, **cells}, merges=merges, notes=notes)
    assert says(locate(sheet, plan, {"person": "B5"})["person"]) == said


def test_below_an_answer_another_answer_is_its_own(plan: Plan) -> None:
    """Whose label is gone, but not its name (2)."""
    found = locate(drawn(plan, {**ROWS, "B6": "1234"}), plan, {"person": "B5", "contact": "B6"})
    assert [says(found[name]) for name in ("person", "contact")] == ["name B5 係長", "name B6 1234"]


@pytest.mark.parametrize(
    ("name", "label", "value", "whole"),
    [
        ("direction", "今後の方向性", "継続", True),
        ("goal", "到達点", "1", True),
        ("tick_digital", "", " ○ ", True),
        ("tick_digital", "", "○で", False),
        ("contact", "連絡先", "1", False),
        ("measures", "取組内容", "文", False),
    ],
)
def test_what_is_whole_by_itself(plan: Plan, name: str, label: str, value: str, *, whole: bool) -> None:
    """A choice of a list and the one sign of a tick need no more, whatever stands beside (2)."""
    label = label or next(one.label for one in plan.perspectives if one.key == "digital")
    found = locate(drawn(plan, {"A4": label, "B4": value, "C4": "続き"}), plan, {name: "B4"})
    assert says(found[name]) == (f"name B4 {value}" if whole else "K264 B4 C4")


def test_an_empty_field_has_no_parts(plan: Plan) -> None:
    """What stands below it is not its own (2)."""
    found = locate(drawn(plan, {**ROWS, "B5": None, "B6": "以上"}), plan, {"person": "B5"})
    assert says(found["person"]) == "name B5 None"

"""Where each answer of a sheet is: rules of the locator that a drawn grid shows best.

1. A name counts where its label agrees, or where no label tells otherwise; else the field is asked about.
2. Without a name the label leads to the answer, unless another name has it, or a merge covers other answers.
3. In blocks a label is surely a block's only where all stand as they were printed.
4. A sheet holds more blocks than were printed only where every label was copied along.
"""

from __future__ import annotations

import random

import pytest

from kohyo.excel.form.field_locator import Locator, count_blocks, wanted_fields
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from tests.excel.form.drawn_grid import REMARK, ROWS, Cells, drawn, locate, says

BLOCKS = ("関連する番号", "課題の内容", "求める対応")


@pytest.mark.parametrize(
    ("cells", "name", "said"),
    [
        ({}, "B4", "name B4 一つに"),
        ({"A4": "うちの取組み"}, "B4", "name B4 一つに"),
        ({"A4": None, "A9": "取組内容", "B9": "一つに"}, "B4", "name B9 一つに"),
        ({"A4": None, "A9": "取組内容", "B9": "別の文"}, "B4", "K251 B4 B9"),
        ({"A9": "取組内容", "B9": "別の文"}, "B6", "K251 B6 B4 B9"),
        ({}, "B5", "K251 B5 B4"),
        ({}, "C4", "name C4 None"),
    ],
)
def test_a_name_counts_where_its_label_agrees(plan: Plan, cells: Cells, name: str, said: str) -> None:
    """Or where the label is gone; elsewhere the label's answer is taken only if it says the same (1)."""
    found = locate(drawn(plan, {**ROWS, **cells}), plan, {"measures": name})
    assert says(found["measures"]) == said


@pytest.mark.parametrize(
    ("cells", "merges", "said"),
    [
        ({}, "", "label B4 一つに"),
        ({"A4": None}, "", "K252"),
        ({"A9": "取組内容"}, "", "K253 B4 B9"),
        ({"B4": REMARK}, "", "K252 B4"),
        ({}, "B4:B5", "K255 B4 B5"),
        ({}, "A4:A5", "K255 B4 A5"),
        ({"A5": None, "B5": None}, "A4:A5", "label B4 一つに"),
        ({}, "A4:B4", "K255 B4 C4"),
        ({"B4": None}, "A4:B4", "label C4 None"),
        ({}, "B4:C4", "label B4 一つに"),
        ({"B5": None, "A5": None}, "B4:C5", "label B4 一つに"),
    ],
)
def test_a_label_leads_to_its_answer(plan: Plan, cells: Cells, merges: str, said: str) -> None:
    """Not to what a merge holds together with another answer or label, nor to the form's own remark (2)."""
    assert says(locate(drawn(plan, {**ROWS, **cells}, merges=merges), plan)["measures"]) == said


def test_a_fixed_field_may_be_gone(plan: Plan) -> None:
    """Nobody has to fill it, so that is a matter of its own (2)."""
    found = locate(drawn(plan, ROWS), plan)
    assert (says(found["number"]), says(found["contact"])) == ("K260", "K252")


@pytest.mark.parametrize("merges", ["", "A3:A4", "B3:B4"])
def test_an_answer_that_another_name_has_is_not_taken(plan: Plan, merges: str) -> None:
    """Where a name points beside another field's label, neither is believed (2)."""
    found = locate(drawn(plan, ROWS), plan, {"title": "B4"})
    assert (says(found["title"]), says(found["measures"])) == ("K251 B4 B3", "K251 B4")
    assert says(locate(drawn(plan, ROWS, merges=merges), plan, {"person": "B5"})["person"]) == "name B5 係長"


@pytest.mark.parametrize(
    ("merges", "said"),
    [("B4:B5", "K255 B4 B5"), ("A4:B4", "K255 B4 A4"), ("B3:B5", "K255 B4 B3 B5"), ("A5:B5", "name B4 一つに")],
)
def test_a_named_answer_in_a_merge(plan: Plan, merges: str, said: str) -> None:
    """With another answer or its label it is not read; the first and the last row count as any (2)."""
    names = {"title": "B3", "measures": "B4", "person": "B5"}
    found = locate(drawn(plan, ROWS, merges=merges), plan, names)
    assert says(found["measures"]) == said
    if merges == "A5:B5":
        assert says(found["person"]) == "K255 B5 A5"
    if merges == "B3:B5":
        assert says(found["title"]) == "K255 B3 B4 B5"


def test_an_answer_under_a_merge_is_covered(plan: Plan) -> None:
    """Nobody sees what stands off the first cell of a merge; an empty one is covered by nothing (2)."""
    cells = {**ROWS, "B4": None, "C4": "一つに"}
    found = locate(drawn(plan, cells, merges="B4:C4"), plan, {"measures": "B4"})
    assert says(found["measures"]) == "name C4 一つに covered"
    empty = locate(drawn(plan, {**ROWS, "B4": None}, merges="B4:C4"), plan, {"measures": "C4"})
    assert says(empty["measures"]) == "name B4 None"


def blocks(*labels: str, start: int = 3) -> dict[str, RawValue]:
    """Return labels from a row on, each with an answer that says where it stands."""
    return {
        key: value
        for row, label in enumerate(labels, start)
        for key, value in ((f"A{row}", label), (f"B{row}", f"文{row}"))
    }


def test_blocks_as_they_were_printed(plan: Plan) -> None:
    """Each answer is its block's, by name or by label, and what is named leaves the rest in their order (3)."""
    sheet = drawn(plan, blocks(*BLOCKS * 3), "issue")
    for names in ({}, {"issue_text.2": "B7"}, {"issue_text.1": "B4", "issue_text.3": "B10"}):
        found = locate(sheet, plan, names, "issue", 3)
        texts = {one: says(found[one]).split()[1:] for one in ("issue_text.1", "issue_text.2", "issue_text.3")}
        assert texts == {
            "issue_text.1": ["B4", "文4"],
            "issue_text.2": ["B7", "文7"],
            "issue_text.3": ["B10", "文10"],
        }
        assert says(found["issue_item.2"]) == "label B6 文6"


@pytest.mark.parametrize(
    "labels",
    [
        (*BLOCKS, BLOCKS[1], BLOCKS[0], BLOCKS[2]),
        (*BLOCKS, *BLOCKS[1:]),
        (*BLOCKS, *BLOCKS, *BLOCKS),
    ],
)
def test_blocks_out_of_order(plan: Plan, labels: tuple[str, ...]) -> None:
    """Moved, missing or copied labels are nobody's, whether a name says so or not (3)."""
    sheet = drawn(plan, blocks(*labels), "issue")
    places = [f"B{row}" for row, label in enumerate(labels, 3) if label == BLOCKS[1]]
    assert says(locate(sheet, plan, {}, "issue", 2)["issue_text.2"]) == " ".join(["K253", *places])
    assert says(locate(sheet, plan, {"issue_text.1": "B4"}, "issue", 2)["issue_text.1"]) == "K253 B4"


def test_the_one_label_that_is_left_is_a_blocks_only_beside_names(plan: Plan) -> None:
    """Of two blocks one label without a name could be either's; where the other's answer is named it is its (3)."""
    sheet = drawn(plan, blocks(BLOCKS[1]), "issue")
    assert says(locate(sheet, plan, {}, "issue", 2)["issue_text.1"]) == "K253 B3"
    found = locate(sheet, plan, {"issue_text.1": "B9"}, "issue", 2)
    assert says(found["issue_text.2"]) == "label B3 文3"
    assert says(locate(sheet, plan, {}, "issue", 1)["issue_text.1"]) == "label B3 文3"


def test_remarks_where_answers_stood(plan: Plan) -> None:
    """Where one label leads to a remark, what others find in that column is none; elsewhere, and by name, it is (2)."""
    cells = {**ROWS, "B4": REMARK}
    found = locate(drawn(plan, {**cells, "B5": None}, merges="A5:B5"), plan, {"title": "B3"})
    assert [says(found[name]) for name in ("title", "measures", "person")] == [
        "name B3 窓口",
        "K252 B4",
        "label C5 None",
    ]
    found = locate(drawn(plan, cells), plan)
    assert [says(found[name]) for name in ("title", "measures", "person")] == ["K252 B3", "K252 B4", "K252 B5"]


@pytest.mark.parametrize(
    ("labels", "printed_blocks", "blocks_found"),
    [
        (BLOCKS * 3, 3, 3),
        (BLOCKS * 5, 3, 5),
        (BLOCKS * 2, 3, 3),
        ((*BLOCKS * 4, BLOCKS[0]), 3, 3),
        ((), 3, 3),
    ],
)
def test_how_many_blocks_a_sheet_holds(
    plan: Plan, labels: tuple[str, ...], printed_blocks: int, blocks_found: int
) -> None:
    """Those that were printed, or as many as people copied whole (4)."""
    wanted = wanted_fields(plan, "issue", 0)
    sheet = drawn(plan, blocks(*labels), "issue")
    assert count_blocks(sheet, wanted, printed_blocks) == blocks_found
    names = [one.name for one in wanted_fields(plan, "issue", 2) if one.field.name == "issue_text"]
    assert names == ["issue_text.1", "issue_text.2"]


def test_an_intact_sheet_is_read_at_one_look_as_by_searching(plan: Plan) -> None:
    """What is seen at one look is what looking for each answer finds, whatever else stands on the sheet (1, 2, 3)."""
    chance = random.Random(5)  # noqa: S311 - which sheets are tried
    wanted = [sought for sought in wanted_fields(plan, "item", 0) if sought.field.label in ROWS.values()]
    names = {sought.name: (2 + at, 1) for at, sought in enumerate(wanted)}
    looks = 0
    for _ in range(600):
        cells: dict[str, RawValue] = {**ROWS, "C3": REMARK, "C5": REMARK, "A1": "見出し"}
        for _ in range(chance.randrange(3)):
            place = f"{chance.choice('ABCD')}{chance.randrange(1, 8)}"
            cells[place] = chance.choice([None, "書き込み", REMARK, "項目名", 5, " "])
        comments: Cells = {"B4": "見て"} if chance.random() < 0.1 else {}
        notes: Cells = {"B6": "uncalculated"} if chance.random() < 0.1 else {}
        merges = chance.choice(["", "", "", "A1:C1", "B4:C4", "A4:A5"])
        sheet = drawn(plan, cells, merges=merges, comments=comments, notes=notes)
        named = {f"k_{name}": cell for name, cell in names.items() if chance.random() < 0.98}
        locator = Locator(sheet, named, wanted)
        found = locator.locate()
        looks += locator.at_one_look
        assert found == locator.searched(), (cells, merges, comments, notes)
    assert 100 < looks < 500

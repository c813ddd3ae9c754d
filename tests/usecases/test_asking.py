"""What a department is asked about its own answers (直していただくこと), each thing once.

1. Answers of its own that differ: the field shows one, the question names the others; the correction decides.
2. A required field that was emptied is one thing to mend, with what had stood there; any other is to be looked at.
3. The cover lists what must be mended first, and both in the order of the form.
"""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pytest

from kohyo.model.issued_form import Ask
from tests.usecases.corrections import COVER, correction, issue, send_correction
from tests.usecases.small import NOW, Small, cell_of, tab_of

LATER = NOW + timedelta(days=3)
OLD = "使用料を実費に合わせる。"


def asks(small: Small, field: str, number: int = 2) -> list[Ask]:
    """Return what the correction of a round asks about a field."""
    return [ask for ask in issue(small, number=number).asks if field in ask.fields]


def disagree(small: Small, *answers: str) -> None:
    """Send as many first-round files, each with its answer, and something that has to be mended."""
    for number, answer in enumerate(answers, start=1):
        values = {"1-1": {"schedule_2031": answer}, "2-1": {"state": "だめ"}}
        small.send("企画財政局", values, name=f"{number}通目.xlsx")


def test_a_correction_settles_what_the_department_disputed_with_itself(small: Small) -> None:
    """The answer that the field does not show is named; the correction decides, the others stay told (1)."""
    disagree(small, "一案", "二案")
    small.consolidate()
    sheet = next(sheet for sheet in issue(small).sheets if sheet.tab == "カード1-1")
    shown = str(sheet.values["schedule_2031"])
    (ask,) = asks(small, "schedule_2031")
    (other,) = {"一案", "二案"} - {shown}
    assert other in ask.reason
    assert shown not in ask.reason
    assert not ask.must
    send_correction(small, {"1-1": {"schedule_2031": "三案"}, "2-1": {"state": "順調"}})
    done = small.consolidate(LATER)
    assert (done.open_conflicts, small.item("1-1").values["schedule_2031"]) == (0, "三案")
    kept = "".join(path.read_text(encoding="utf-8") for path in small.workspace.answers.iterdir())
    assert all(answer in kept for answer in ("一案", "二案"))


def test_three_answers_are_one_question(small: Small) -> None:
    """The field shows the last; the two others stand in one sentence (1)."""
    disagree(small, "一案", "二案", "三案")
    small.consolidate()
    (ask,) = asks(small, "schedule_2031")
    assert sum(answer in ask.reason for answer in ("一案", "二案", "三案")) == 2


def test_an_answer_against_ones_own_earlier_one(small: Small) -> None:
    """Where the second came after the first was taken, the question names the one that is not shown (1)."""
    disagree(small, "一案")
    small.consolidate()
    small.send("企画財政局", {"1-1": {"schedule_2031": "二案"}, "2-1": {"state": "だめ", "saving": "約百"}})
    small.consolidate(LATER)
    (ask,) = asks(small, "schedule_2031", number=3)
    assert sum(answer in ask.reason for answer in ("一案", "二案")) == 1


def test_a_required_field_that_was_emptied_is_asked_for_once(small: Small) -> None:
    """It must be filled, and the department reads what had stood there (2)."""
    small.send("企画財政局", {"1-1": {"overview": None, "state": None}})
    small.consolidate()
    (ask,) = asks(small, "overview")
    assert (ask.must, OLD in ask.reason) == (True, True)
    (empty,) = asks(small, "state")
    assert empty.fields == ("state",)


@pytest.mark.parametrize("again", [OLD, "あらためて書いた概要。"])
def test_a_field_filled_again_leaves_nothing_to_decide(small: Small, again: str) -> None:
    """Whether with the old words or with new ones (2)."""
    small.send("企画財政局", {"1-1": {"overview": None}})
    assert small.consolidate().open_conflicts == 1
    send_correction(small, {"1-1": {"overview": again}})
    assert small.consolidate(LATER).open_conflicts == 0
    assert small.item("1-1").overview == again


def test_the_cover_lists_in_the_order_of_the_form(small: Small) -> None:
    """What is wrong on one sheet stands together, whichever rule found it (3)."""
    for number, plan in enumerate(("一案", "二案"), start=1):
        first = {"overview": None, "state": "だめ", "schedule_2031": plan}
        small.send("企画財政局", {"1-1": first, "2-1": {"state": "だめ"}}, name=f"{number}通目.xlsx")
    small.consolidate()
    book = openpyxl.load_workbook(correction(small))
    sheet = book[tab_of("1-1")]
    places = [str(row[0].value) for row in book[COVER].iter_rows() if str(row[0].value).startswith("カード")]
    listed = [place.split("　") for place in places if "　" in place]
    assert listed == [
        ["カード1-1", cell_of(sheet, "overview")],
        ["カード1-1", cell_of(sheet, "state")],
        ["カード2-1", cell_of(book[tab_of("2-1")], "state")],
        ["カード1-1", cell_of(sheet, "schedule_2031")],
    ]

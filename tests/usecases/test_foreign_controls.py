"""Control numbers of another department on this department's sheets (ほかの部の管理番号): a 誤り, and nothing is taken.

1. A sheet that bears another department's number, for the same item or another, is a 誤り; so are the cover and a
   sheet that bears two. Nothing that stands on it becomes anyone's answer, and the other department's own file is read.
2. What is left of a mistyped number speaks for its department still.
3. Once a file comes as it should be, it is read and accepted; the other still is not.
4. The name of a file says nothing.
5. Two departments' files in which the numbers were exchanged change nothing of either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from openpyxl import Workbook

from kohyo.messages import severity
from kohyo.model.finding import Severity
from kohyo.model.outcome import Outcome
from kohyo.text.control_number import ControlNumber, parse_control_number
from tests.usecases.small import Small, cell_of, made_up_plan, opened, tab_of

HERE, THERE = "市民局", "企画財政局"
"""Both are asked about 2-1; 1-1 is the other's alone."""

SHARED = "2-1"
WRITTEN = "窓口の予約を電話でも受ける。"
OWN: Mapping[str, Mapping[str, str]] = {SHARED: {"overview": WRITTEN}}


def _control(book: Workbook, tab: str) -> str:
    sheet = book[tab]
    return str(sheet[cell_of(sheet, "control")].value)


def _number(small: Small, tab: str) -> ControlNumber:
    with opened(small.form(THERE)) as book:
        return parse_control_number(_control(book, tab), made_up_plan().plan.code)


def _write(book: Workbook, tab: str, number: object) -> None:
    sheet = book[tab]
    sheet[cell_of(sheet, "control")].value = str(number)


def _for_the_same_item(book: Workbook, small: Small) -> None:
    _write(book, tab_of(SHARED), _number(small, tab_of(SHARED)))


def _for_another_item(book: Workbook, small: Small) -> None:
    _write(book, tab_of(SHARED), _number(small, tab_of("1-1")))


def _on_every_item(book: Workbook, small: Small) -> None:
    for number in (SHARED, "3-1"):
        _write(book, tab_of(number), _number(small, tab_of(number)))


def _on_the_cover(book: Workbook, small: Small) -> None:
    cover = next(sheet for sheet in book.worksheets if "k_control" in sheet.defined_names)
    _write(book, cover.title, _number(small, cover.title))


def _without_its_name(book: Workbook, small: Small) -> None:
    _for_the_same_item(book, small)
    del book[tab_of(SHARED)].defined_names["k_control"]


def _mistyped(book: Workbook, small: Small) -> None:
    number = str(_number(small, tab_of(SHARED)))
    _write(book, tab_of(SHARED), number[:-1] + str((int(number[-1]) + 1) % 10))


def _beside_its_own(book: Workbook, small: Small) -> None:
    book[tab_of(SHARED)]["H40"].value = str(_number(small, tab_of(SHARED)))


def _beside_its_own_without_name(book: Workbook, small: Small) -> None:
    _beside_its_own(book, small)
    del book[tab_of(SHARED)].defined_names["k_control"]


SPOILED: Mapping[str, Callable[[Workbook, Small], None]] = {
    "the same item's": _for_the_same_item,
    "another item's": _for_another_item,
    "on every item": _on_every_item,
    "on the cover": _on_the_cover,
    "without its name": _without_its_name,
    "mistyped": _mistyped,
    "beside its own": _beside_its_own,
    "beside its own, without name": _beside_its_own_without_name,
}


def _answers(small: Small) -> set[object]:
    """Return every text that the register holds of the items, of anyone."""
    return {value for item in small.register().items for value in item.values.values()} | {
        value for row in small.register().contributions for value in row.values.values()
    }


@pytest.mark.parametrize("name", SPOILED)
@pytest.mark.parametrize("both", [False, True], ids=["alone", "both"])
def test_a_sheet_with_another_departments_number(small: Small, name: str, both: bool) -> None:  # noqa: FBT001
    """It is a 誤り of that file, its sheet changes nothing; the other department's own file is read (1, 2)."""
    with opened(small.send(HERE, OWN, name="市民局.xlsx")) as book:
        SPOILED[name](book, small)
    if both:
        small.send(THERE, {"1-1": {"overview": "使用料を半分にする。"}}, name="企画財政局.xlsx")
    findings = small.consolidate().findings
    wrong = [finding for finding in findings if severity(finding.code) is Severity.ERROR]
    assert "市民局.xlsx" in {finding.place.file for finding in wrong}
    assert {finding.place.sheet for finding in wrong if finding.place.file == "市民局.xlsx"} <= {"", tab_of(SHARED)}
    assert WRITTEN not in _answers(small)
    assert ("使用料を半分にする。" in _answers(small)) == both


@pytest.mark.parametrize("name", SPOILED)
def test_the_file_as_it_should_be(small: Small, name: str) -> None:
    """It is read in full, and nothing is wrong with it (3)."""
    path = small.send(HERE, OWN, name="市民局.xlsx")
    with opened(path) as book:
        SPOILED[name](book, small)
    small.consolidate()
    small.send(HERE, OWN, name="出し直し.xlsx")
    small.consolidate()
    assert WRITTEN in _answers(small)
    assert small.outcomes()["出し直し.xlsx"] is Outcome.ACCEPTED
    assert small.outcomes()["市民局.xlsx"] is not Outcome.ACCEPTED


def test_the_name_of_a_file_says_nothing(small: Small) -> None:
    """A file under another department's name is read as whose it is (4)."""
    path = small.send(HERE, OWN, name=small.form(THERE).name)
    small.consolidate()
    assert WRITTEN in _answers(small)
    assert small.receipt(path.name).department == HERE


def test_two_files_with_exchanged_numbers(small: Small) -> None:
    """Neither gets the other's answers (5)."""
    theirs = "予約の電話をやめる。"
    paths = (
        small.send(HERE, OWN, name="市民局.xlsx"),
        small.send(THERE, {SHARED: {"overview": theirs}}, name="企画.xlsx"),
    )
    with opened(paths[0]) as one, opened(paths[1]) as other:
        tab = tab_of(SHARED)
        numbers = _control(one, tab), _control(other, tab)
        _write(one, tab, numbers[1])
        _write(other, tab, numbers[0])
    findings = small.consolidate().findings
    assert {finding.place.file for finding in findings if severity(finding.code) is Severity.ERROR} >= {
        "市民局.xlsx",
        "企画.xlsx",
    }
    assert not {WRITTEN, theirs} & _answers(small)

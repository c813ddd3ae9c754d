"""Whose answer a returned sheet is: it is taken only where nothing on it speaks for another.

1. What an office does to a sheet without making another of it is read: a new title, new texts, a new tab, a sentence
   that another item has as well.
2. A lone copy, with a new tab and a new title, is K332 and not taken, whatever its tab is called.
3. Another item's content on a sheet is K333, said with both items; two that were exchanged and three in a ring are
   found, and another department's item is.
4. Marks that contradict each other are K334, said one by one.
5. Beside its original a copy proposes something new; where tab and content point to different sheets, none is taken.
6. Only what went out counts, as it went out: boilerplate, later forms and unread cells are no evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kohyo.messages import describe
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found, RawSheet
from kohyo.returns.pair import pair_sheets
from kohyo.returns.read_return import read_return
from tests.returns.builders import control, form_issue, raw_return
from tests.returns.identity_rows import CONTRADICTED, COPIES, FOREIGN, LONE, NEW, READ, Row
from tests.returns.known_items import (
    SAID,
    TEXTS,
    back,
    content,
    forms,
    own_form,
    returned,
    rewritten,
    sent,
    taken,
    told,
)


@pytest.mark.parametrize("row", [*READ, *LONE, *FOREIGN, *CONTRADICTED, *COPIES], ids=lambda row: row.name)
def test_a_sheet_is_taken_for(plan: Plan, row: Row) -> None:
    """Which sheets are read as what, and what is said of the others (1, 2, 3, 4, 5)."""
    pairs, findings = returned(plan, *row.sheets(plan))
    assert taken(pairs) == row.taken
    assert told(findings) == list(row.told)


def test_a_pasted_sheet_names_both_items(plan: Plan) -> None:
    """The sentence says whose sheet it is and whose content stands on it (3)."""
    _, (finding,) = returned(plan, back(plan, "2-1", **content("2-4")))
    assert describe(finding).startswith("「2-1」の個票に「2-4」の内容が書かれています。")
    _, (finding,) = returned(plan, back(plan, "2-4"), back(plan, "2-4", "2-1"))
    assert describe(finding).startswith("「2-1」の個票に「2-4」の内容が書かれています。")


def test_a_contradiction_names_every_mark(plan: Plan) -> None:
    """The sentence lists what each mark says (4)."""
    _, (finding,) = returned(plan, back(plan, "2-1", "2-1", "2-4", number=None))
    assert finding.value == "管理番号は「2-4」、項目名は「2-1」、記入された文は「2-1」、シート名は「2-1」"
    _, (finding,) = returned(plan, back(plan, "2-1", number="2-4", **rewritten("title")))
    assert finding.value == "管理番号は「2-1」、番号は「2-4」、シート名は「2-1」"


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (lambda plan: back(plan, "2-1", "新規案", **NEW), "K332"),
        (lambda plan: back(plan, "2-1", **content("2-4")), "K333"),
        (lambda plan: back(plan, "2-1", number="2-4"), "K334"),
    ],
    ids=["K332", "K333", "K334"],
)
def test_a_sheet_in_question_changes_nothing(plan: Plan, sheet: Callable[[Plan], RawSheet], code: str) -> None:
    """The file is to be mended, and says nothing of the item: no answer, no proposal (2, 3, 4)."""
    one = read_return(raw_return(plan, sheet(plan)), plan, forms(plan), "a" * 64, ())
    assert (one.answers, one.offers, one.seen, one.sheets) == ((), (), (), ())
    assert [finding.code for finding in one.findings] == [code]


def test_a_text_of_several_items_is_no_evidence(plan: Plan) -> None:
    """What several items went out with tells nothing of whose sheet it is (6)."""
    same = dict.fromkeys(TEXTS, "窓口の混雑を減らし、待つ時間を短くする。")
    form = form_issue(plan, sent(plan, "2-1"), sent(plan, "2-4", **same), sent(plan, "2-5", **same))
    pairs, findings = pair_sheets(raw_return(plan, back(plan, "2-1", **same, **rewritten("title"))), form)
    assert (taken(pairs), findings) == ({"2-1": "2-1"}, [])


def test_a_text_that_is_like_a_sisters_is_its_own(plan: Plan) -> None:
    """Of items whose title and overview hardly differ, a sheet that kept them is what it was (6)."""
    twin = {"title": "健康診断の見直し等", "overview": f"{SAID['2-1'][1]}。", "situation": None, "measures": None}
    form = form_issue(plan, sent(plan, "2-1"), sent(plan, "2-4", **twin))
    edited = back(plan, "2-1", **rewritten("situation", "measures"))
    pairs, findings = pair_sheets(raw_return(plan, edited), form)
    assert (taken(pairs), findings) == ({"2-1": "2-1"}, [])


def test_a_title_that_cannot_be_read_is_no_evidence(plan: Plan) -> None:
    """A title that was not found has not changed: the tab tells the original from its copy (6)."""
    original, copy = (back(plan, "2-1", tab) for tab in ("2-1", "2-1 (2)"))
    lost = original.answers["title"]._replace(value=None, found=Found.NOT_FOUND)
    pairs, findings = returned(plan, replace(original, answers={**original.answers, "title": lost}), copy)
    assert taken(pairs) == {"2-1": "2-1", "2-1 (2)": "copy"}
    assert told(findings) == [("K321", "2-1 (2)")]


def _another_round(plan: Plan, form: IssuedForm, department: str, number: int) -> IssuedForm:
    """Return a form on which 2-4 already bears the title to which 2-1 is renamed."""
    sheet = sent(plan, "2-4", title="健診の電子化")
    return replace(form, control=control(plan, department=department) + str(number), round=number, sheets=(sheet,))


def test_a_younger_form_is_no_evidence(plan: Plan) -> None:
    """What went out after the returned form cannot have been pasted from it (6)."""
    own = own_form(plan)
    younger = _another_round(plan, own, "28", 2)
    raw = raw_return(plan, back(plan, "2-1", title="健診の電子化"))
    assert taken(pair_sheets(raw, own, {"later": younger})[0]) == {"2-1": "2-1"}
    _, (finding,) = pair_sheets(raw, replace(own, round=3), {"earlier": younger})
    assert finding.code == "K333"


def test_a_form_of_another_year_is_no_evidence(plan: Plan) -> None:
    """An item that had the title in another year is another matter (6)."""
    own = own_form(plan)
    past = replace(_another_round(plan, own, "27", 1), department="図書館", year=own.year - 1)
    raw = raw_return(plan, back(plan, "2-1", title="健診の電子化"))
    assert taken(pair_sheets(raw, own, {"past": past})[0]) == {"2-1": "2-1"}
    assert pair_sheets(raw, own, {"now": replace(past, year=own.year)})[0] == ()


def test_an_item_that_went_to_several_departments_is_itself(plan: Plan) -> None:
    """What another owner's form holds of the same item speaks for the item (6)."""
    own = own_form(plan)
    elsewhere = replace(own, control=control(plan, department="27"), department="図書館")
    pairs, findings = pair_sheets(raw_return(plan, back(plan, "2-1", "新名")), own, {"other": elsewhere})
    assert (taken(pairs), told(findings)) == ({"新名": "2-1"}, [("K329", "新名")])
